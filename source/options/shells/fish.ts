import type {TypedCommand, TypedFlag, Word} from '../completion.ts';

/** For fish 3 and newer. */
export function fish(commands: readonly TypedCommand[]): string {
  const valued = [...new Set(commands.flatMap(({flags}) => flags.filter(({values}) => values).map(({word}) => word)))];
  return `# What fish completes behind openai-usage. In this shell: openai-usage completion fish | source
# In every new one: openai-usage completion fish > ~/.config/fish/completions/openai-usage.fish

# Whether the words before the cursor are those of one of these commands ('' is the session).
function __openai_usage_in
    set -l command
    set -l is_value 0
    for word in (commandline -opc)[2..-1]
        if test $is_value = 1
            set is_value 0
            continue
        end
        switch $word
            case ${valued.join(' ')}
                set is_value 1
            case '-*'
            case '*'
                set -a command $word
        end
    end
    contains -- "$command" $argv
end

# The names that can continue a comma-separated list, each behind what is there already.
function __openai_usage_list
    set -l typed (string replace -r -- '^--[a-z-]+=' '' (commandline -ct))
    set -l lead (string match -r -- '^.*,' "$typed"; or echo)
    set -l chosen (string split -- , $lead)
    for name in $argv
        contains -- $name $chosen; or echo $lead$name
    end
end

complete -c openai-usage -f
${[...wordLines(commands), ...flagLines(commands)].join('\n')}
`;
}

function wordLines(commands: readonly TypedCommand[]): readonly string[] {
  return commands.flatMap(({typed, words}) =>
    words.map(({word, purpose}: Word) => line([typed], [`-a ${quoted(word)}`, `-d ${quoted(purpose)}`])),
  );
}

/** A flag that is the same in several commands stands there once. */
function flagLines(commands: readonly TypedCommand[]): readonly string[] {
  const places = new Map<string, {readonly flag: TypedFlag; readonly typed: string[]}>();
  for (const {typed, flags} of commands) {
    for (const flag of flags) {
      const key = JSON.stringify(flag);
      const place = places.get(key) ?? {flag, typed: []};
      place.typed.push(typed);
      places.set(key, place);
    }
  }
  return [...places.values()].flatMap(({flag: {word, purpose, values}, typed}) => {
    const long = `-l ${word.slice(2)}`;
    const described = `-d ${quoted(purpose)}`;
    if (values?.kind !== 'names') return [line(typed, [long, ...valueWords(values), described])];
    // Apart, since fish would say the flag's purpose behind each of its values; of several lines the last one tells it.
    return [line(typed, [long, ...valueWords(values)]), line(typed, [long, '-x', described])];
  });
}

function valueWords(values: TypedFlag['values']): readonly string[] {
  switch (values?.kind) {
    case undefined:
      return [];
    case 'names':
      return [
        '-x',
        `-a ${quoted(values.isList ? `(__openai_usage_list ${values.names.join(' ')})` : values.names.join(' '))}`,
      ];
    case 'file':
      return ['-r', '-F'];
    case 'folder':
      return ['-x', "-a '(__fish_complete_directories)'"];
    case 'text':
      return ['-x'];
  }
}

function line(typed: readonly string[], rest: readonly string[]): string {
  const condition = ['__openai_usage_in', ...typed.map(each => `"${each}"`)].join(' ');
  return ['complete -c openai-usage', `-n '${condition}'`, ...rest].join(' ');
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
