import type {Block} from './block.ts';
import {CONSTANT, DOUBLES, lengthOf, type PackedBlock, type PackedColumn, SHIFTED, widthOf} from './packed.ts';

/**
 * The block in the form in which it is kept. Columns in which every value is absent are left out, and numbers come
 * before texts: a file, whose codes are others, takes over the run of all numbers as it is.
 */
export function pack({rowCount, columns}: Block): PackedBlock {
  const packed = new Map<string, PackedColumn>();
  let length = 0;
  for (const column of columns.values()) {
    const form = column.kind === 'number' ? formOfNumbers(column.values) : undefined;
    if (column.kind !== 'number' || form === undefined) continue;
    const {kind, name} = column;
    packed.set(name, {kind, name, form, offset: length});
    length += lengthOf(form, rowCount);
  }
  for (const column of columns.values()) {
    const form = column.kind === 'number' ? undefined : formOfCodes(column.codes, rowCount);
    if (column.kind === 'number' || form === undefined) continue;
    const {kind, name, dictionary} = column;
    packed.set(name, {kind, name, dictionary, form, offset: length});
    length += lengthOf(form, rowCount);
  }
  const bytes = new DataView(new ArrayBuffer(packedLength(length, rowCount, packed.size)));
  for (const {name, form, offset} of packed.values()) {
    const column = columns.get(name);
    if (column?.kind === 'number') writeNumbers(bytes, offset, form, column.values);
    else if (column) writeCodes(bytes, offset, form, column.codes, rowCount);
  }
  return {rowCount, columns: packed, bytes};
}

/**
 * The bytes of a block whose columns have so many: at least one a row and column, or a file of constants could claim any
 * number of rows, and have us reserve eight bytes for each of its cells.
 */
export function packedLength(ofColumns: number, rowCount: number, columnCount: number): number {
  return Math.max(ofColumns, rowCount * Math.max(1, columnCount));
}

/** The narrowest form of those codes, the first `count`; undefined where all are 0. */
export function formOfCodes(codes: Uint32Array, count: number): number | undefined {
  let least = 0xffff_ffff;
  let most = 0;
  for (let row = 0; row < count; row++) {
    const code = codes[row] ?? 0;
    if (code > most) most = code;
    if (code < least) least = code;
  }
  return most === 0 ? undefined : orConstant(formFor(most), least === most, count);
}

/** Writes the first `count` codes in that form. */
export function writeCodes(bytes: DataView, offset: number, form: number, codes: Uint32Array, count: number): void {
  if (form === CONSTANT) bytes.setFloat64(offset, codes[0] ?? 0, true);
  else if (form === 1) for (let row = 0; row < count; row++) bytes.setUint8(offset + row, codes[row] ?? 0);
  else if (form === 2) for (let row = 0; row < count; row++) bytes.setUint16(offset + 2 * row, codes[row] ?? 0, true);
  else for (let row = 0; row < count; row++) bytes.setUint32(offset + 4 * row, codes[row] ?? 0, true);
}

function formOfNumbers(values: Float64Array): number | undefined {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  let absent = 0;
  let isWhole = true;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    if (Number.isNaN(value)) {
      absent++;
      continue;
    }
    if (value > most) most = value;
    if (value < least) least = value;
    // What is no unsigned integer of 32 bits changes here; -0 does so without being unequal.
    if (value >>> 0 !== value || Object.is(value, -0)) isWhole = false;
  }
  if (absent === values.length) return undefined;
  const form = isWhole ? formFor(absent > 0 ? most + 1 : most) : DOUBLES;
  if (absent > 0) return form === DOUBLES ? form : SHIFTED + form;
  // Zeros that are no integers are of two kinds, perhaps.
  return orConstant(form, least === most && (isWhole || most !== 0), values.length);
}

function formFor(most: number): number {
  if (most <= 0xff) return 1;
  if (most <= 0xffff) return 2;
  return most <= 0xffff_ffff ? 4 : DOUBLES;
}

/** A few equal cells take less room than the constant they are. */
function orConstant(form: number, isConstant: boolean, rowCount: number): number {
  return isConstant && lengthOf(form, rowCount) > lengthOf(CONSTANT, rowCount) ? CONSTANT : form;
}

function writeNumbers(bytes: DataView, offset: number, form: number, values: Float64Array): void {
  if (form === CONSTANT) {
    bytes.setFloat64(offset, values[0] ?? Number.NaN, true);
  } else if (form === DOUBLES) {
    for (let row = 0; row < values.length; row++) bytes.setFloat64(offset + 8 * row, values[row] ?? Number.NaN, true);
  } else {
    const width = widthOf(form);
    const shift = form & SHIFTED ? 1 : 0;
    for (let row = 0; row < values.length; row++) {
      const value = values[row] ?? Number.NaN;
      const written = Number.isNaN(value) ? 0 : value + shift;
      if (width === 1) bytes.setUint8(offset + row, written);
      else if (width === 2) bytes.setUint16(offset + 2 * row, written, true);
      else bytes.setUint32(offset + 4 * row, written, true);
    }
  }
}
