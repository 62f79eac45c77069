import {COMMANDS, type CommandName, commandLine, exampleOf, FLAGS, type Flag, type FlagName} from './flags.ts';
import {nearest, quoted, UsageMistake} from './mistake.ts';
import {valuesOf} from './values.ts';

/** The session is what runs without a command. */
export const NAMED_COMMANDS = COMMANDS.filter(name => name !== 'session');

/** A flag with its value, right before a word that no flag takes. */
export type Before = {readonly flag: Flag; readonly value: string};

/** What other programs call our flags. */
const otherNames: Readonly<Record<string, FlagName>> = {
  from: 'start',
  since: 'start',
  to: 'end',
  until: 'end',
  days: 'last',
  'group-by': 'by',
  file: 'output',
  verbose: 'debug',
};

/** `help` is said where the command was asked about: `openai-usage help exprot`. */
export function unknownCommand(typed: string, before: Before | undefined, help = false): UsageMistake {
  const line = (command: CommandName) => commandLine(command).replace(/ |$/, help ? ' help ' : '$&');
  const flag = help ? undefined : flagMeant(typed, 'session', before);
  const command = nearest(typed, NAMED_COMMANDS);
  const file =
    !help && isFile(typed) ? `${commandLine('export')} --output ${repeated(typed) ?? 'usage.csv'}` : undefined;
  const meant = flag === undefined ? (command === undefined ? file : line(command)) : `openai-usage ${flag}`;
  const hint =
    meant === undefined
      ? `there are ${NAMED_COMMANDS.join(', ')}, for example ${help ? line('export') : 'openai-usage export --last 30'}.`
      : `did you mean ${meant}?`;
  return new UsageMistake(`Unknown command ${quoted(typed)}: ${hint}`);
}

/** A word behind a command that takes none. */
export function strayWord(typed: string, command: CommandName, before: Before | undefined): UsageMistake {
  const file = isFile(typed) && flagOf('output', command) ? `--output ${repeated(typed) ?? 'usage.csv'}` : undefined;
  const meant = flagMeant(typed, command, before) ?? file;
  const otherwise = flagOf('output', command)
    ? 'name the file with --output usage.csv'
    : `write ${commandLine(command)}`;
  const hint = meant === undefined ? `${otherwise}.` : `did you mean ${meant}?`;
  return new UsageMistake(`${command} takes no argument ${quoted(typed)}; ${hint}`);
}

/** `word` is as it was typed, with its dashes and perhaps a value. */
export function unknownFlag(word: string, command: CommandName): UsageMistake {
  const typed = word.replace(/=.*$/s, '');
  const name = typed.replace(/^[-\p{Pd}\u2212]+/u, '').toLowerCase();
  const hint = /^(?:openai-)?(?:admin-?)?(?:key|token|secret)$/.test(name)
    ? 'the admin key is read from OPENAI_ADMIN_KEY alone; --api-key takes ids of keys.'
    : hintOf(namedMeant(name, command) ?? flagHinted(name, command));
  return new UsageMistake(`Unknown option ${quoted(typed)}: ${hint}`);
}

function hintOf(meant: string | undefined): string {
  return meant === undefined ? 'openai-usage --help lists them all.' : `did you mean ${meant}?`;
}

/** A flag of this command first, then one of another. */
function flagHinted(name: string, command: CommandName): string | undefined {
  const here = FLAGS.filter(({commands}) => commands.includes(command));
  const letters = name.length === 1 ? here.filter(flag => flag.name.startsWith(name)) : [];
  if (letters.length === 1) return letters.map(exampleOf)[0];
  const other = Object.hasOwn(otherNames, name) ? otherNames[name] : undefined;
  const meant =
    other ??
    nearest(
      name,
      here.map(flag => flag.name),
    ) ??
    nearest(
      name,
      FLAGS.map(flag => flag.name),
    );
  const flag = FLAGS.find(each => each.name === meant);
  if (flag === undefined) return undefined;
  if (flag.commands.includes(command)) return exampleOf(flag);
  return `${commandLine(flag.commands[0] ?? 'session')} ${exampleOf(flag)}`;
}

/** What a word without dashes was meant for: `--range last-month` for `last-month`, `--last 30` for `last`. */
function flagMeant(typed: string, command: CommandName, before: Before | undefined): string | undefined {
  const meant = continued(typed, command, before) ?? dated(typed, command, before) ?? namedMeant(typed, command);
  const flag = FLAGS.find(({name, commands}) => name === typed && commands.includes(command));
  return meant ?? (flag && exampleOf(flag));
}

/** One more item of a list that was typed with a space: `--endpoints completions costs`, `--range last month`. */
function continued(typed: string, command: CommandName, before: Before | undefined): string | undefined {
  if (before === undefined) return undefined;
  const {flag, value} = before;
  const values = valuesOf(flag.name, command);
  const isName = (text: string) => values.kind === 'names' && values.names.includes(text);
  if (isName(`${value}-${typed}`)) return `--${flag.name} ${value}-${typed}`;
  const joined =
    flag.value?.shape === 'LIST' ? repeated(`${value.replace(/,\s*$/, '')},${typed.replace(/^,/, '')}`) : undefined;
  return joined !== undefined && (values.kind !== 'names' || isName(typed)) ? `--${flag.name} ${joined}` : undefined;
}

function dated(typed: string, command: CommandName, before: Before | undefined): string | undefined {
  if (flagOf('start', command) === undefined) return undefined;
  if (/^\d{1,4}$/.test(typed) && Number(typed) < 1000) return `--last ${typed}`;
  if (!/^\d{4}-\d{2}(?:-\d{2})?$/.test(typed)) return undefined;
  const start = before?.flag.name === 'start' ? repeated(before.value) : undefined;
  return `--start ${start ?? typed} --end ${typed}`;
}

/** A flag of the command that has the word among its values. */
function namedMeant(typed: string, command: CommandName): string | undefined {
  const flag = FLAGS.find(({name, commands}) => {
    const values = commands.includes(command) ? valuesOf(name, command) : undefined;
    return values?.kind === 'names' && values.names.includes(typed);
  });
  return flag && `--${flag.name} ${typed}`;
}

function flagOf(name: FlagName, command: CommandName): Flag | undefined {
  return FLAGS.find(flag => flag.name === name && flag.commands.includes(command));
}

function isFile(typed: string): boolean {
  return /\.(?:csv|jsonl?|ndjson|txt)$/i.test(typed);
}

/** What was typed, if it can be typed again as it is, and is nothing that `quoted` would hide. */
function repeated(typed: string): string | undefined {
  return /^[\w.,:/+~-]{1,60}$/.test(typed) && quoted(typed) === `"${typed}"` ? typed : undefined;
}
