/** Each character of a literal as a type of its own: `Characters<'ab'>` is `'a' | 'b'`. */
export type Characters<Text extends string> = Text extends `${infer First}${infer Rest}`
  ? First | Characters<Rest>
  : never;

export type Letter = Characters<'abcdefghijklmnopqrstuvwxyz'>;

type Movement = 'up' | 'down' | 'left' | 'right' | 'pageup' | 'pagedown' | 'home' | 'end';

type Named = Movement | 'insert' | 'delete' | 'backspace' | 'enter' | 'escape' | 'tab' | 'space';

/** Modifiers are part of the name, so that comparing names compares modifiers exactly. */
export type KeyName = `${'' | 'ctrl-'}${'' | 'shift-'}${Named}` | `ctrl-${Letter}`;

/**
 * One press of a key, or one paste. `text` is one character (code point), the space bar's included. `answer` is nobody's
 * press: the terminal says that it is there (DSR 5), which the keyboard hands on to who asked.
 */
export type Key =
  | {readonly name: KeyName | 'answer'}
  | {readonly name: 'text'; readonly text: string}
  | {readonly name: 'paste'; readonly text: string};

/**
 * What an escape sequence turned out to be: its length in UTF-16 units, and the key it stands for. Without a key it is
 * a report, a mouse event, a function key or an Alt combination: nothing this program answers to.
 */
type Reading = {readonly length: number; readonly key?: Key; readonly startsPaste?: true};

const cursorKeys: ReadonlyMap<string, Named> = new Map([
  ['A', 'up'],
  ['B', 'down'],
  ['C', 'right'],
  ['D', 'left'],
  ['H', 'home'],
  ['F', 'end'],
]);

const editingKeys: ReadonlyMap<string, Named> = new Map([
  ['1', 'home'],
  ['2', 'insert'],
  ['3', 'delete'],
  ['4', 'end'],
  ['5', 'pageup'],
  ['6', 'pagedown'],
  ['7', 'home'],
  ['8', 'end'],
]);

const controlKeys: ReadonlyMap<number, Named> = new Map([
  [8, 'backspace'],
  [9, 'tab'],
  [10, 'enter'],
  [13, 'enter'],
  [27, 'escape'],
  [127, 'backspace'],
  [57_414, 'enter'], // the keypad's, as kitty numbers it
]);

// Longer than any answer a terminal gives unasked; what is longer is a stream that has lost its beginning.
const longestSequence = 4096;

const isLetter = (character: string): character is Letter => /^[a-z]$/.test(character);

/**
 * The key of a single character outside escape sequences, or undefined for control characters without a meaning here
 * and for the mark that stands in place of broken UTF-8.
 */
export function readCharacter(character: string): Key | undefined {
  const code = character.codePointAt(0) ?? 0;
  const named = controlKeys.get(code);
  if (named) return {name: named};
  if (code === 0) return {name: 'ctrl-space'};
  const letter = String.fromCodePoint(code + 0x60);
  if (code < 0x20) return isLetter(letter) ? {name: `ctrl-${letter}`} : undefined;
  return (code > 0x7f && code < 0xa0) || code === 0xfffd ? undefined : {name: 'text', text: character};
}

/**
 * Reads the escape sequence that `text` begins with; undefined while it may still go on. Anything with the form of a
 * sequence is taken whole, known or not (ECMA-48, and what rxvt, the Linux console and X10 mice send beside it), so
 * that no tail of it is ever mistaken for typing. What breaks off in the middle goes without the character that broke it.
 */
export function readSequence(text: string): Reading | undefined {
  switch (text[1]) {
    case undefined:
      return undefined;
    case '[':
      return readControlSequence(text);
    case 'O':
      return readKeypadSequence(text);
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_':
      return readControlString(text);
    // Someone leaving in a hurry: Escape, then the next key. Keyboards that say Alt+↑ with a second ESC are long gone.
    case '\x1b':
    case '\x03':
      return {length: 1, key: {name: 'escape'}};
    default:
      return {length: 1 + ((text.codePointAt(1) ?? 0) > 0xffff ? 2 : 1)};
  }
}

function readControlSequence(text: string): Reading | undefined {
  const irregular = /^\x1b\[(?:\[.|[2-8]\$|M[^\x1b]{3})/su.exec(text);
  if (irregular) return {length: irregular[0].length};
  const [begun = '', parameters = '', last = ''] = /^\x1b\[([0-?]*)[ -/]*([@-~]?)/.exec(text) ?? [];
  const mayGoOn = last === '' ? begun.length === text.length : begun === text && /^\x1b\[[[M]$/.test(text);
  const isMouse = /^\x1b\[M[^\x1b]{0,2}$/u.test(text);
  if ((mayGoOn || isMouse) && text.length < longestSequence) return undefined;
  if (begun === '\x1b[200~') return {length: begun.length, startsPaste: true};
  const isPlain = begun.length === 2 + parameters.length + last.length;
  const key = isPlain ? keyOfControlSequence(parameters.split(';'), last) : undefined;
  return {length: begun.length, ...(key && {key})};
}

function keyOfControlSequence(parameters: readonly string[], last: string): Key | undefined {
  const [first = '', second = '1', third = ''] = parameters;
  const cursorKey = cursorKeys.get(last);
  if (cursorKey) return first === '' || first === '1' ? withModifiers(cursorKey, second) : undefined;
  if (last === 'Z') return withModifiers('tab', '2');
  if (last === 'n') return first === '0' ? ({name: 'answer'} as const) : undefined;
  if (last === 'u') return keyOfCode(Number.parseInt(first, 10), second);
  if (last !== '~') return undefined;
  if (first === '27') return keyOfCode(Number(third), second); // xterm's modifyOtherKeys
  const editingKey = editingKeys.get(first);
  return editingKey && withModifiers(editingKey, second);
}

function readKeypadSequence(text: string): Reading | undefined {
  const [begun = '', parameters = '', last = ''] = /^\x1bO([0-9;]*)([A-Za-z]?)/.exec(text) ?? [];
  if (last === '') return begun === text && text.length < longestSequence ? undefined : {length: begun.length};
  const named = last === 'M' ? 'enter' : cursorKeys.get(last);
  const key = named && withModifiers(named, parameters.split(';').at(-1) || '1');
  return {length: begun.length, ...(key && {key})};
}

/** OSC, DCS, SOS, PM, APC: up to BEL or ESC \. Any other control character, Ctrl+C above all, ends them too. */
function readControlString(text: string): Reading | undefined {
  const end = text.slice(2).search(/[\x00-\x1f]/);
  if (end === -1) return text.length < longestSequence ? undefined : {length: text.length};
  const at = end + 2;
  if (text[at] === '\x07') return {length: at + 1};
  if (text[at] !== '\x1b') return {length: at};
  if (at === text.length - 1) return undefined;
  return {length: text[at + 1] === '\\' ? at + 2 : at};
}

/** The modifiers of xterm and kitty: a sum plus one, then `:` and 3 when it is the key's release. */
function readModifiers(field: string): {readonly ctrl: boolean; readonly shift: boolean} | undefined {
  const [sum = '', event = '1'] = field.split(':');
  const bits = (Number(sum) || 1) - 1;
  const isKnown = (bits & ~(1 | 4 | 64 | 128)) === 0; // Shift, Ctrl, and the two locks, which change no key
  return isKnown && event !== '3' ? {ctrl: (bits & 4) !== 0, shift: (bits & 1) !== 0} : undefined;
}

function withModifiers(named: Named, field: string): Key | undefined {
  const modifiers = readModifiers(field);
  return modifiers && {name: `${modifiers.ctrl ? 'ctrl-' : ''}${modifiers.shift ? 'shift-' : ''}${named}`};
}

function keyOfCode(code: number, field: string): Key | undefined {
  const modifiers = readModifiers(field);
  const named = controlKeys.get(code);
  if (named) return withModifiers(named, field);
  const isPrivate = code >= 0xe000 && code <= 0xf8ff;
  if (!modifiers || !(code >= 0x20 && code <= 0x10_ffff) || isPrivate) return undefined;
  const character = String.fromCodePoint(code);
  if (modifiers.ctrl) {
    if (character === ' ') return withModifiers('space', field);
    return isLetter(character) && !modifiers.shift ? {name: `ctrl-${character}`} : undefined;
  }
  return readCharacter(modifiers.shift ? character.toUpperCase() : character);
}
