import type {Column, NumberColumn, TextColumn} from '../usage/block.ts';
import type {RowNumbers} from '../view/rows.ts';
import {isDigits, putDigits} from './digits.ts';
import {type Place, Texts} from './texts.ts';

/** How a format writes a value. `text` also gets `true` and `false`; `absent` stands for a missing value. */
export type Notation = {
  /** ASCII alone. Integers of 32 bits are the same digits in every format and never come here. */
  readonly number: (value: number) => string;
  readonly text: (text: string, kind: 'text' | 'boolean') => string;
  readonly absent: string;
  /** What stands before every value of a column: in JSON, its key. */
  readonly prefix?: (name: string) => string;
  readonly lineStart: string;
  readonly lineEnd: string;
};

/** The values of a column on their way into lines of bytes. */
export type Cells = {
  /** How many bytes the values of these rows take at most. Has to be asked before any of them is put. */
  room(rows: RowNumbers): number;
  /** Puts the value of a row, with what stands before it, at `at` (and up to `slack` bytes more); returns its end. */
  put(row: number, line: DataView, at: number): number;
};

/** The cells of a column, the first of its line or one after a comma. */
export function cellsOf(column: Column, isFirst: boolean, notation: Notation): Cells {
  const before = (isFirst ? '' : ',') + (notation.prefix?.(column.name) ?? '');
  return column.kind === 'number' ? new NumberCells(column, before, notation) : new TextCells(column, before, notation);
}

/** Characters of the longest number between these sizes, like -0.0000012345678901234567, and of the longest there is. */
const usual = {least: 1e-6, most: 1e21, length: 25};
const longest = 330;

class NumberCells implements Cells {
  readonly #values: NumberColumn['values'];
  readonly #write: Notation['number'];
  readonly #texts = new Texts();
  readonly #before: Place;
  readonly #nothing: Place;

  constructor({values}: NumberColumn, before: string, {number, absent}: Notation) {
    this.#values = values;
    this.#write = number;
    this.#before = this.#texts.add(before);
    this.#nothing = this.#texts.add(before + absent);
  }

  room(rows: RowNumbers): number {
    const values = this.#values;
    let unusual = 0;
    for (let index = 0; index < rows.length; index++) {
      const size = Math.abs(values[rows[index] ?? 0] ?? 0);
      if (size > usual.most || (size < usual.least && size > 0)) unusual++;
    }
    const {start, end} = this.#nothing;
    return rows.length * (end - start + usual.length) + unusual * longest;
  }

  put(row: number, line: DataView, at: number): number {
    const value = this.#values[row] ?? Number.NaN;
    const {start, end} = Number.isNaN(value) ? this.#nothing : this.#before;
    const next = this.#texts.copy(start, end, line, at);
    if (isDigits(value)) return putDigits(value, line, next);
    if (Number.isNaN(value)) return next;
    const text = this.#write(value);
    for (let index = 0; index < text.length; index++) line.setUint8(next + index, text.charCodeAt(index));
    return next + text.length;
  }
}

/**
 * Texts are interned, so each is quoted and encoded once, when its first row comes, and not once a row: a whole row takes
 * a microsecond, and so does quoting one text.
 */
class TextCells implements Cells {
  readonly #column: TextColumn;
  readonly #codes: TextColumn['codes'];
  readonly #before: string;
  readonly #notation: Notation;
  readonly #texts = new Texts();
  /** Where each text of the dictionary begins and ends; an end of 0 is that of one which no row has had yet. */
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;

  constructor(column: TextColumn, before: string, notation: Notation) {
    this.#column = column;
    this.#codes = column.codes;
    this.#before = before;
    this.#notation = notation;
    this.#starts = new Uint32Array(column.dictionary.length);
    this.#ends = new Uint32Array(column.dictionary.length);
  }

  room(rows: RowNumbers): number {
    const codes = this.#codes;
    const starts = this.#starts;
    const ends = this.#ends;
    let sum = 0;
    for (let index = 0; index < rows.length; index++) {
      const code = codes[rows[index] ?? 0] ?? 0;
      if (ends[code] === 0) this.#add(code);
      sum += (ends[code] ?? 0) - (starts[code] ?? 0);
    }
    return sum;
  }

  put(row: number, line: DataView, at: number): number {
    const code = this.#codes[row] ?? 0;
    return this.#texts.copy(this.#starts[code] ?? 0, this.#ends[code] ?? 0, line, at);
  }

  #add(code: number): void {
    const {dictionary, kind} = this.#column;
    const {text, absent} = this.#notation;
    const {start, end} = this.#texts.add(this.#before + (code === 0 ? absent : text(dictionary[code] ?? '', kind)));
    this.#starts[code] = start;
    this.#ends[code] = end;
  }
}
