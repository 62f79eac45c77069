import type {TypedCommand, TypedFlag, Word} from '../completion.ts';

/** For `compinit`: read from a folder of `$fpath`, or by `source` behind it. */
export function zsh(commands: readonly TypedCommand[]): string {
  const [session, ...others] = commands;
  return `#compdef openai-usage
# What zsh completes behind openai-usage. In this shell, behind compinit: source <(openai-usage completion zsh)
# In every new one: mkdir -p ~/.zfunc && openai-usage completion zsh > ~/.zfunc/_openai-usage
# and in ~/.zshrc: fpath=(~/.zfunc $fpath); autoload -Uz compinit; compinit

_openai-usage() {
  local curcontext=$curcontext state state_descr line
  typeset -A opt_args
  local -a commands

  # -A: what follows the command is its own business, options too.
  _arguments -C -A '-*' \\
${session === undefined ? '' : flagLines(session, 4)}
    '1: :->command' \\
    '*:: :->rest' && return
  case $state in
    command)
      commands=(${session === undefined ? '' : described(session.words)})
      _describe -t commands command commands
      ;;
    rest)
      local name=$words[1] clear=\${words[(I)clear]}
      if [[ $name == cache ]] && ((clear > 1 && clear < CURRENT)); then
        name='cache clear'
        words[clear]=()
        ((CURRENT--))
      fi
      case $name in
${others.map(commandCase).join('\n')}
      esac
      ;;
  esac
}

if [[ $funcstack[1] == _openai-usage ]]; then
  _openai-usage "$@"
else
  compdef _openai-usage openai-usage
fi
`;
}

function commandCase(command: TypedCommand): string {
  const words = command.words.length === 0 ? '' : `          '1: :((${inSpec(command.words)}))' \\\n`;
  const flags = command.flags.length === 0 ? '' : `${flagLines(command, 10)}\n`;
  return `        ${quoted(command.typed)})
          _arguments \\
${flags}${words}            && return
          ;;`;
}

function flagLines({flags}: TypedCommand, indent: number): string {
  return flags.map(flag => `${' '.repeat(indent)}${quoted(specOf(flag))} \\`).join('\n');
}

/** `--last=[the last N days]:value:`, as _arguments has it. */
function specOf({word, purpose, values}: TypedFlag): string {
  const text = purpose.replace(/[\\[\]:]/g, '\\$&');
  if (values === undefined) return `${word}[${text}]`;
  return `${word}=[${text}]:${word.slice(2)}:${actionOf(values)}`;
}

function actionOf(values: NonNullable<TypedFlag['values']>): string {
  switch (values.kind) {
    case 'names':
      return values.isList ? `_sequence compadd - ${values.names.join(' ')}` : `(${values.names.join(' ')})`;
    case 'file':
      return '_files';
    case 'folder':
      return '_files -/';
    case 'text':
      return ' ';
  }
}

/** For _describe: `'export:write …'`. */
function described(words: readonly Word[]): string {
  return words.map(({word, purpose}) => quoted(`${word}:${purpose}`)).join(' ');
}

function inSpec(words: readonly Word[]): string {
  return words.map(({word, purpose}) => `${word}\\:${purpose.replace(/[ ,;()'"]/g, '\\$&')}`).join(' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
