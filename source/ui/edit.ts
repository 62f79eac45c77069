import stringWidth from 'string-width';
import type {Key} from './sequences.ts';

/** A line being edited. The cursor is an index into `value` (UTF-16 units), always between two graphemes. */
export type Line = {
  readonly value: string;
  readonly cursor: number;
  /** The value was proposed, not typed: the first character typed replaces it, any other key keeps it. */
  readonly isProposed: boolean;
};

/** A line with its cursor at the end. */
export function lineOf(value: string, isProposed = false): Line {
  return {value, cursor: value.length, isProposed: isProposed && value !== ''};
}

/** The line after a key; the same object when the key edits nothing. */
export function edit(line: Line, key: Key): Line {
  if (key.name === 'text') return insert(line, key.text);
  if (key.name === 'paste') return insert(line, cleanPaste(key.text));
  const {value, cursor} = line;
  switch (key.name) {
    case 'left':
      return moveTo(line, cursor - before(line).length);
    case 'right':
      return moveTo(line, cursor + after(line).length);
    case 'home':
    case 'ctrl-a':
      return moveTo(line, 0);
    case 'end':
    case 'ctrl-e':
      return moveTo(line, value.length);
    case 'backspace':
      return cut(line, cursor - before(line).length, cursor);
    case 'delete':
      return cut(line, cursor, cursor + after(line).length);
    case 'ctrl-u':
      return cut(line, 0, cursor);
    case 'ctrl-k':
      return cut(line, cursor, value.length);
    case 'ctrl-w':
      return cut(line, value.slice(0, cursor).search(/[^\s/]*[\s/]*$/), cursor);
    default:
      return line;
  }
}

/**
 * What a paste means in a field of one line: a key copied with its newline, a path copied with its quotes, a value that
 * a mail client broke in two. Invisible characters go, because no one could see what is wrong with the value.
 */
export function cleanPaste(text: string): string {
  const joined = text.replaceAll(/\s*[\r\n\u2028\u2029]\s*/g, '');
  const visible = joined.replaceAll(/[\p{Cc}\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu, '').trim();
  const quoted = /^(?:"([^"]*)"|'([^']*)'|“([^”]*)”)$/.exec(visible);
  return quoted ? (quoted[1] ?? quoted[2] ?? quoted[3] ?? '').trim() : visible;
}

/** What a field shows: the text before the cursor, the grapheme under it (a space at the end) and the text after it. */
export type Part = {readonly before: string; readonly at: string; readonly after: string};

/**
 * The part of a line that fits into `width` cells and holds the cursor, wide characters counted as two. The line is
 * shown from its beginning while that reaches the cursor; else the cursor stands near the right edge.
 */
export function visiblePart({value, cursor}: Pick<Line, 'value' | 'cursor'>, width: number): Part {
  const left = graphemesOf(value.slice(0, cursor));
  const [at = ' ', ...right] = graphemesOf(value.slice(cursor));
  let room = width - Math.max(1, stringWidth(at));
  let first = left.length;
  while (first > 0 && stringWidth(left[first - 1] ?? '') <= room) {
    first--;
    room -= stringWidth(left[first] ?? '');
  }
  let last = 0;
  while (last < right.length && stringWidth(right[last] ?? '') <= room) {
    room -= stringWidth(right[last] ?? '');
    last++;
  }
  return {before: left.slice(first).join(''), at, after: right.slice(0, last).join('')};
}

/** The characters as a reader counts them: an accent or an emoji's parts belong to one. */
export function graphemesOf(text: string): readonly string[] {
  // The first segmenter loads ICU's tables, 9 ms before the first screen, whose fields hold dates.
  if (/^[ -~]*$/.test(text)) return [...text];
  const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
  return Array.from(segmenter.segment(text), ({segment}) => segment);
}

function insert(line: Line, text: string): Line {
  if (text === '') return line;
  const {value, cursor} = line.isProposed ? {value: '', cursor: 0} : line;
  return {
    value: value.slice(0, cursor) + text + value.slice(cursor),
    cursor: cursor + text.length,
    isProposed: false,
  };
}

function moveTo(line: Line, cursor: number): Line {
  return cursor === line.cursor && !line.isProposed ? line : {...line, cursor, isProposed: false};
}

function cut(line: Line, from: number, to: number): Line {
  const value = line.value.slice(0, from) + line.value.slice(to);
  return value === line.value ? moveTo(line, from) : {value, cursor: from, isProposed: false};
}

const before = ({value, cursor}: Line) => graphemesOf(value.slice(0, cursor)).at(-1) ?? '';

const after = ({value, cursor}: Line) => graphemesOf(value.slice(cursor))[0] ?? '';
