import type {TypedCommand, TypedFlag} from '../completion.ts';

/** Works from the bash 3.2 of macOS on, and without the package bash-completion. */
export function bash(commands: readonly TypedCommand[]): string {
  const valued = [...new Set(commands.flatMap(({flags}) => flags.filter(takesValue).map(({word}) => word)))];
  return `# What bash completes behind openai-usage. In this shell: source <(openai-usage completion bash)
# In every new one, with the package bash-completion:
#   mkdir -p ~/.local/share/bash-completion/completions
#   openai-usage completion bash > ~/.local/share/bash-completion/completions/openai-usage
# and without it: echo 'source <(openai-usage completion bash)' >> ~/.bashrc

_openai_usage() {
  local IFS=$' \\t\\n' current=\${COMP_WORDS[COMP_CWORD]} command= flag= value= lead= chosen= list= names= word index
  COMPREPLY=()

  # The command, and the flag whose value is typed. bash takes --flag=value apart, as three words.
  for ((index = 1; index < COMP_CWORD; index++)); do
    word=\${COMP_WORDS[index]}
    if [[ -n $flag ]]; then
      [[ $word == '=' ]] || flag=
      continue
    fi
    case $word in
      ${valued.join(' | ')}) flag=$word ;;
      -* | =) ;;
      *)
        # What readline parts at colons and redirections is no command.
        case "\${command:+$command }$word" in
          ${commands
            .map(({typed}) => typed)
            .filter(Boolean)
            .map(pattern)
            .join(' | ')}) command="\${command:+$command }$word" ;;
        esac
        ;;
    esac
  done
  if [[ -n $flag ]]; then
    [[ $current == '=' ]] || value=$current
  elif [[ $current == --*=* ]]; then
    flag=\${current%%=*} value=\${current#*=}
    [[ $COMP_WORDBREAKS == *=* ]] || lead="$flag="
  fi

  if [[ -n $flag ]]; then
    case "$command $flag" in
${commands.flatMap(command => valueCases(command)).join('\n')}
    esac
  elif [[ $current == -* ]]; then
    case $command in
${commands.map(({typed, flags}) => `      ${pattern(typed)}) names='${flags.map(({word}) => word).join(' ')}' ;;`).join('\n')}
    esac
    value=$current
  else
    case $command in
${commands.map(command => `      ${pattern(command.typed)}) names='${wordsOf(command)}' ;;`).join('\n')}
    esac
    value=$current
  fi

  if [[ -n $list ]]; then
    [[ $value == *,* ]] && chosen=\${value%,*}, value=\${value##*,}
    for word in $names; do
      [[ ,$chosen == *,$word,* ]] || list="$list $word"
    done
    names=\${list#list} lead=$lead$chosen
    compopt -o nospace 2> /dev/null
  fi
  COMPREPLY=($(compgen -P "$lead" -W "$names" -- "$value"))
}

if ((BASH_VERSINFO[0] > 3)); then
  complete -F _openai_usage openai-usage
else
  complete -o default -F _openai_usage openai-usage
fi
`;
}

function takesValue({values}: TypedFlag): boolean {
  return values !== undefined;
}

function valueCases({typed, flags}: TypedCommand): readonly string[] {
  return flags.flatMap(({word, values}) => {
    const place = `      "${typed} ${word}")`;
    switch (values?.kind) {
      case 'names':
        return `${place} names='${values.names.join(' ')}'${values.isList ? ' list=list' : ''} ;;`;
      // The shell's own way with paths knows the tilde, variables and quotes.
      case 'file':
        return `${place} compopt -o default 2> /dev/null ;;`;
      case 'folder':
        return `${place} compopt -o dirnames 2> /dev/null ;;`;
      default:
        return [];
    }
  });
}

/** Where no word can follow, the flags are all there is to choose from. */
function wordsOf({words, flags}: TypedCommand): string {
  return (words.length > 0 ? words : flags).map(({word}) => word).join(' ');
}

function pattern(typed: string): string {
  return `'${typed}'`;
}
