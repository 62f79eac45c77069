import {isFigure} from './figure.ts';

/**
 * A block as it is kept, in memory and on disk: all columns in one run of bytes, each in the narrowest form that holds
 * its cells. A row of the demo's takes 33 bytes so, and 79 in typed arrays of doubles and 32-bit codes. The bytes are in
 * the same order on every machine (little-endian): a file may come from another one.
 */
export type PackedBlock = {
  readonly rowCount: number;
  readonly columns: ReadonlyMap<string, PackedColumn>;
  readonly bytes: DataView;
};

/** Where a column's cells begin in the bytes, and how they stand there. */
type Cells = {readonly form: number; readonly offset: number};

export type PackedNumbers = Cells & {readonly kind: 'number'; readonly name: string};

/** Codes and dictionary as in a `TextColumn`: code 0 marks an absent value. */
export type PackedTexts = Cells & {
  readonly kind: 'text' | 'boolean';
  readonly name: string;
  readonly dictionary: readonly string[];
};

export type PackedColumn = PackedNumbers | PackedTexts;

/*
 * The forms: 1, 2 and 4 are integers of so many bytes, from 0 up; with SHIFTED they stand one higher than they are, and
 * 0 is "absent". DOUBLES hold whatever a number may be, NaN being "absent". CONSTANT is one double for all rows.
 */
export const CONSTANT = 0;
export const DOUBLES = 8;
export const SHIFTED = 16;
const forms = new Set([CONSTANT, 1, 2, 4, DOUBLES, SHIFTED + 1, SHIFTED + 2, SHIFTED + 4]);

export function isForm(form: unknown): form is number {
  return typeof form === 'number' && forms.has(form);
}

/** How many bytes a column of that form has. */
export function lengthOf(form: number, rowCount: number): number {
  return form === CONSTANT ? 8 : widthOf(form) * rowCount;
}

/** Bytes of a cell, where each row has its own. */
export function widthOf(form: number): number {
  return form & 15;
}

/** The one number or code that all rows share; undefined where each row has a cell of its own. */
export function constantOf(bytes: DataView, {form, offset}: Cells): number | undefined {
  return form === CONSTANT ? bytes.getFloat64(offset, true) : undefined;
}

/** Writes the numbers of rows `from` to `to` (exclusive) into `target`, beginning at `at`; NaN where there is none. */
export function copyNumbers(
  {bytes}: PackedBlock,
  {form, offset}: PackedNumbers,
  rows: {readonly from: number; readonly to: number},
  target: Float64Array,
  at: number,
): void {
  const {from, to} = rows;
  if (form === CONSTANT) {
    target.fill(bytes.getFloat64(offset, true), at, at + to - from);
  } else if (form === DOUBLES) {
    for (let row = from; row < to; row++) target[at + row - from] = bytes.getFloat64(offset + 8 * row, true);
  } else {
    const width = widthOf(form);
    const shift = form & SHIFTED ? 1 : 0;
    for (let row = from; row < to; row++) {
      const number = integerAt(bytes, width, offset + width * row) - shift;
      target[at + row - from] = number < 0 ? Number.NaN : number;
    }
  }
}

/** Writes the codes of rows `from` to `to` (exclusive) into `target`, beginning at `at`. */
export function copyCodes(
  {bytes}: PackedBlock,
  {form, offset}: PackedTexts,
  rows: {readonly from: number; readonly to: number},
  target: Uint32Array,
  at: number,
): void {
  const {from, to} = rows;
  if (form === CONSTANT) {
    target.fill(bytes.getFloat64(offset, true), at, at + to - from);
  } else {
    const width = widthOf(form);
    for (let row = from; row < to; row++) {
      target[at + row - from] = integerAt(bytes, width, offset + width * row);
    }
  }
}

/** Whether every row's code names a text of the dictionary, or none. */
export function areCodes(bytes: DataView, {form, offset}: Cells, rowCount: number, count: number): boolean {
  if (form === CONSTANT) {
    const code = bytes.getFloat64(offset, true);
    return Number.isInteger(code) && code >= 0 && code < count;
  }
  const width = widthOf(form);
  if (form !== width || form === DOUBLES) return false;
  let most = 0;
  for (let row = 0; row < rowCount; row++) most = Math.max(most, integerAt(bytes, width, offset + width * row));
  return most < count;
}

/** Whether every number can be a figure of the column, or is absent. Of integers, which have four bytes at most, all are. */
export function areFigures(bytes: DataView, {name, form, offset}: PackedNumbers, rowCount: number): boolean {
  if (form !== CONSTANT && form !== DOUBLES) return true;
  const count = form === CONSTANT ? 1 : rowCount;
  for (let row = 0; row < count; row++) {
    const number = bytes.getFloat64(offset + 8 * row, true);
    if (!isFigure(name, number) && !Number.isNaN(number)) return false;
  }
  return true;
}

// A DataView needs neither views nor alignment: making a typed array for each of a day's columns took longer than
// reading them.
function integerAt(bytes: DataView, width: number, at: number): number {
  if (width === 1) return bytes.getUint8(at);
  return width === 2 ? bytes.getUint16(at, true) : bytes.getUint32(at, true);
}
