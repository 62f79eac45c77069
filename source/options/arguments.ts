import {parseArgs} from 'node:util';
import {type CommandName, commandLine, exampleOf, FLAGS, type Flag, type FlagName} from './flags.ts';
import {type Before, NAMED_COMMANDS, strayWord, unknownCommand, unknownFlag} from './meant.ts';
import {holdsKey, quoted, UsageMistake} from './mistake.ts';

/** The command line, taken apart: which command, and the values of each flag in the order they were typed. */
export type Arguments = {
  readonly command: CommandName;
  /** What the command is asked for, behind it: the shell of `completion`. */
  readonly word: string | undefined;
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

/** A word that belongs to no flag, and the flag with its value that may stand before it. */
type Word = {readonly text: string; readonly before: Before | undefined};

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

  const words = tokens.flatMap((token, index): Word[] => {
    const before = tokens[index - 1];
    const flag = before?.kind === 'option' ? flagNamed(before.name) : undefined;
    const value = before?.kind === 'option' ? before.value : undefined;
    if (token.kind !== 'positional') return [];
    return [{text: token.value, before: flag && value !== undefined ? {flag, value} : undefined}];
  });
  const options = tokens.flatMap(token => (token.kind === 'option' ? [token] : []));
  // `openai-usage help export` is for those who know it from git or npm.
  const isHelp = words[0]?.text === 'help';
  const isAskedByFlag = options.some(({name}) => name === 'help' || name === 'version');
  const isAsking = isHelp || isAskedByFlag;
  const known = options.flatMap(token => {
    const flag = flagNamed(token.name);
    if (flag !== undefined) return [{flag, value: token.value, isInline: token.inlineValue ?? false}];
    if (isAsking) return [];
    throw unknownFlag(argv[token.index] ?? token.rawName, commandAskedAbout(words));
  });
  // Pages and chats make of two dashes a long one.
  const dashed = isAsking ? undefined : words.find(({text}) => /^(?!-)[\p{Pd}\u2212]/u.test(text));
  if (dashed !== undefined) throw unknownFlag(dashed.text, commandAskedAbout(words));
  const {command, word} = isAskedByFlag
    ? {command: commandAskedAbout(words), word: undefined}
    : commandOf(isHelp ? words.filter(({text}) => text !== 'help') : words, isHelp);
  const values = new Map<FlagName, string[]>();
  for (const {flag, value, isInline} of known) {
    if (!isAsking) check(flag, value, isInline, command);
    values.set(flag.name, [...(values.get(flag.name) ?? []), value ?? '']);
  }

  if (isHelp) values.set('help', ['']);

  const text = (name: FlagName) => values.get(name)?.at(-1);
  const items = (name: FlagName) => (values.get(name) ?? []).flatMap(value => itemsOf(name, value));
  return {
    command,
    word,
    isGiven: name => values.has(name),
    text,
    items,
    list: name => [...new Set(items(name))],
    whole: (name, least, most) => wholeNumber(name, text(name), least, most),
  };
}

/** The command, and the word behind it, which only one of them takes. */
function commandOf(words: readonly Word[], isHelp: boolean): {command: CommandName; word: string | undefined} {
  const [first, second] = words;
  if (first === undefined) return {command: 'session', word: undefined};
  const command =
    NAMED_COMMANDS.find(name => name === `${first.text} ${second?.text}`) ??
    NAMED_COMMANDS.find(name => name === first.text);
  if (command === undefined) throw unknownCommand(first.text, first.before, isHelp);
  const [next, extra] = words.slice(command.split(' ').length);
  if (command === 'completion' && extra === undefined) return {command, word: next?.text};
  if (command === 'completion') throw strayWord(extra?.text ?? '', command, extra?.before);
  if (next === undefined) return {command, word: undefined};
  if (command === 'cache') throw unknownCommand(`cache ${next.text}`, undefined, isHelp);
  throw strayWord(next.text, command, next.before);
}

/** Whoever asks for help gets it, whatever else is on the line. */
function commandAskedAbout(words: readonly Word[]): CommandName {
  const [first, second] = words.filter(({text}) => text !== 'help');
  if (first?.text === 'cache' && second?.text === 'clear') return 'cache clear';
  return NAMED_COMMANDS.find(name => name === first?.text) ?? 'session';
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
  if (isNextFlag && value !== '-h' && flagNamed(value.replace(/^--|=.*$/gs, '')) === undefined) {
    throw new UsageMistake(
      `--${flag.name} is followed by ${quoted(value)}, which begins like an option; if that is its value, join them with =, like --${flag.name}=-x.`,
    );
  }
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
