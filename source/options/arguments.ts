import {parseArgs} from 'node:util';
import {COMMANDS, type CommandName, commandLine, exampleOf, FLAGS, type Flag, type FlagName} from './flags.ts';
import {holdsKey, nearest, quoted, UsageMistake} from './mistake.ts';

/** The command line, taken apart: which command, and the values of each flag in the order they were typed. */
export type Arguments = {
  readonly command: CommandName;
  readonly isGiven: (name: FlagName) => boolean;
  /** The flag's value; of several, the last, so that an alias with defaults can be overridden. */
  readonly text: (name: FlagName) => string | undefined;
  /** The values of a comma-separated flag, of all its occurrences together, as typed; empty if it is not given. */
  readonly items: (name: FlagName) => readonly string[];
  /** The same, each once. */
  readonly list: (name: FlagName) => readonly string[];
  /** A whole number between two others, both allowed. */
  readonly whole: (name: FlagName, least: number, most: number) => number | undefined;
};

/** The session is what runs without a command. */
const namedCommands = COMMANDS.filter(name => name !== 'session');

/** A flag by its name without dashes. */
function flagNamed(name: string): Flag | undefined {
  return FLAGS.find(flag => flag.name === name);
}

/** `--last 30` */
export function exampleFor(name: FlagName): string {
  const flag = flagNamed(name);
  return flag === undefined ? `--${name}` : exampleOf(flag);
}

/**
 * Reads the words after the program's name, or a question for help or version, which needs nothing else to be right.
 * Throws a UsageMistake for words that no command and no flag has, for flags of another command, for missing values.
 *
 * parseArgs runs without `strict`, which would speak in its own words; strictness is in the tokens, below.
 */
export function readArguments(argv: readonly string[]): Arguments {
  const {tokens} = parseArgs({
    args: [...argv],
    allowPositionals: true,
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      FLAGS.map(({name, value}) => [
        name,
        {type: value === undefined ? 'boolean' : 'string', ...(name === 'help' && {short: 'h'})} as const,
      ]),
    ),
  });

  const words = tokens.flatMap(token => (token.kind === 'positional' ? [token.value] : []));
  const options = tokens.flatMap(token => (token.kind === 'option' ? [token] : []));
  const isAsking = options.some(({name}) => name === 'help' || name === 'version');
  const known = options.flatMap(token => {
    const flag = flagNamed(token.name);
    if (flag !== undefined) return [{flag, value: token.value, isInline: token.inlineValue ?? false}];
    if (isAsking) return [];
    throw unknownFlag(argv[token.index] ?? token.rawName);
  });
  const command = isAsking ? commandAskedAbout(words) : commandOf(words);
  const values = new Map<FlagName, string[]>();
  for (const {flag, value, isInline} of known) {
    if (!isAsking) check(flag, value, isInline, command);
    values.set(flag.name, [...(values.get(flag.name) ?? []), value ?? '']);
  }

  const text = (name: FlagName) => values.get(name)?.at(-1);
  const items = (name: FlagName) => (values.get(name) ?? []).flatMap(value => itemsOf(name, value));
  return {
    command,
    isGiven: name => values.has(name),
    text,
    items,
    list: name => [...new Set(items(name))],
    whole: (name, least, most) => wholeNumber(name, text(name), least, most),
  };
}

function commandOf(words: readonly string[]): CommandName {
  const [first, second] = words;
  if (first === undefined) return 'session';
  const command =
    namedCommands.find(name => name === `${first} ${second}`) ?? namedCommands.find(name => name === first);
  const extra = command === undefined ? undefined : words[command.split(' ').length];
  if (command !== undefined && extra === undefined) return command;
  if (command === undefined || command === 'cache')
    throw unknownCommand(extra === undefined ? first : `cache ${extra}`);
  const hint =
    command === 'export' || command === 'summary'
      ? 'name the file with --output usage.csv'
      : `write ${commandLine(command)}`;
  throw new UsageMistake(`${command} takes no argument ${quoted(extra ?? '')}; ${hint}.`);
}

function unknownCommand(typed: string): UsageMistake {
  const meant = nearest(typed, namedCommands);
  const hint =
    meant === undefined
      ? `there are ${namedCommands.join(', ')}, for example openai-usage export --last 30.`
      : `did you mean ${commandLine(meant)}?`;
  return new UsageMistake(`Unknown command ${quoted(typed)}: ${hint}`);
}

/** Whoever asks for help gets it, whatever else is on the line. */
function commandAskedAbout([first, second]: readonly string[]): CommandName {
  if (first === 'cache' && second === 'clear') return 'cache clear';
  return COMMANDS.find(name => name === first) ?? 'session';
}

function unknownFlag(word: string): UsageMistake {
  const typed = word.replace(/=.*$/s, '');
  const names = FLAGS.map(({name}) => name);
  const meant = nearest(typed.replace(/^-+/, ''), names);
  const hint = meant === undefined ? 'openai-usage --help lists them all.' : `did you mean ${exampleFor(meant)}?`;
  return new UsageMistake(`Unknown option ${quoted(typed)}: ${hint}`);
}

function check(flag: Flag, value: string | undefined, isInline: boolean, command: CommandName): void {
  const example = exampleOf(flag);
  if (!flag.commands.includes(command)) {
    const owners = flag.commands.map(owner => `${commandLine(owner)} ${example}`).join(' or ');
    const here = command === 'session' ? 'the session' : command;
    throw new UsageMistake(`--${flag.name} is no option of ${here}; write ${owners}.`);
  }
  if (flag.value === undefined) {
    if (isInline) throw new UsageMistake(`--${flag.name} takes no value; write --${flag.name} alone.`);
    return;
  }
  // parseArgs takes the next word whatever it is: `--output --force` would make a file called --force.
  const isNextFlag = !isInline && value !== undefined && /^-[^\d]/.test(value);
  if (value === undefined || value.trim() === '' || isNextFlag) {
    throw new UsageMistake(`--${flag.name} needs a value, for example ${example}.`);
  }
  // It would stand in a file's name, in a request's address or in what the next run shows. --api-key has words of its own.
  if (holdsKey(value) && flag.name !== 'api-key') {
    throw new UsageMistake(
      `--${flag.name} was given a key, which is read from OPENAI_ADMIN_KEY alone: others see what stands on a command line, and shells keep it. Write it like ${example}.`,
    );
  }
}

function itemsOf(name: FlagName, value: string): readonly string[] {
  const parts = value.split(',').map(part => part.trim());
  // Not skipped: in --project "$ONE,$OTHER" an unset variable would quietly change what is asked.
  if (parts.includes('')) {
    throw new UsageMistake(`--${name} has an empty item in ${quoted(value)}; write it like ${exampleFor(name)}.`);
  }
  return parts;
}

function wholeNumber(name: FlagName, text: string | undefined, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageMistake(
    `--${name} must be a whole number from ${least} to ${most}, for example ${exampleFor(name)}, not ${quoted(text)}.`,
  );
}
