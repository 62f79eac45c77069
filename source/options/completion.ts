import {COMMANDS, type CommandName, FLAGS, PURPOSES, SHELLS, type Shell} from './flags.ts';
import {bash} from './shells/bash.ts';
import {fish} from './shells/fish.ts';
import {zsh} from './shells/zsh.ts';
import {type Values, valuesOf} from './values.ts';

/** A flag as it can be typed in one command. */
export type TypedFlag = {
  /** `--range` */
  readonly word: string;
  readonly purpose: string;
  /** Undefined for a switch. */
  readonly values: Values | undefined;
};

/** A word, and what it is for. */
export type Word = {readonly word: string; readonly purpose: string};

/** What can be typed behind `openai-usage` and the words of a command. */
export type TypedCommand = {
  /** `cache clear`; empty for the session. */
  readonly typed: string;
  readonly flags: readonly TypedFlag[];
  /** What may come next besides flags: commands, or what the command asks for. */
  readonly words: readonly Word[];
};

/** The script that lets a shell complete what is typed. It asks nobody: all that it knows stands in it. */
export function completion(shell: Shell): string {
  return {bash, zsh, fish}[shell](typedCommands());
}

function typedCommands(): readonly TypedCommand[] {
  const first = [...COMMANDS.flatMap(name => wordOf(name, '')), {word: 'help', purpose: 'help for a command'}];
  const shells = SHELLS.map(word => ({word, purpose: `a completion script for ${word}`}));
  const known = COMMANDS.map(name => {
    const typed = name === 'session' ? '' : name;
    const words = name === 'session' ? first : COMMANDS.flatMap(each => wordOf(each, `${name} `));
    return {typed, flags: flagsOf(name), words: name === 'completion' ? shells : words};
  });
  return [...known, {typed: 'help', flags: [], words: first.filter(({word}) => word !== 'help')}];
}

/** The next word of a command that begins so, unless another follows it. */
function wordOf(name: CommandName, beginning: string): readonly Word[] {
  const rest = name.startsWith(beginning) && name !== 'session' ? name.slice(beginning.length) : ' ';
  return rest.includes(' ') ? [] : [{word: rest, purpose: PURPOSES[name]}];
}

function flagsOf(command: CommandName): readonly TypedFlag[] {
  return FLAGS.filter(({commands}) => commands.includes(command)).map(({name, help, inSummary, value}) => ({
    word: `--${name}`,
    purpose: command === 'summary' ? (inSummary ?? help) : help,
    values: value && valuesOf(name, command),
  }));
}
