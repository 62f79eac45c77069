import type {Block} from './block.ts';
import {CONSTANT, DOUBLES, lengthOf, type PackedBlock, type PackedColumn, SHIFTED, widthOf} from './packed.ts';

/** The block in the form in which it is kept. Columns in which every value is absent are left out. */
export function pack({rowCount, columns}: Block): PackedBlock {
  const packer = new Packer(rowCount);
  const packed = new Map<string, PackedColumn>();
  for (const column of columns.values()) {
    const {name, kind} = column;
    const cells = kind === 'number' ? packer.addNumbers(column.values) : packer.addCodes(column.codes);
    if (cells === undefined) continue;
    packed.set(
      name,
      kind === 'number' ? {kind, name, ...cells} : {kind, name, dictionary: column.dictionary, ...cells},
    );
  }
  return {rowCount, columns: packed, bytes: packer.finish()};
}

type Place = {readonly form: number; readonly offset: number};
type Cells = Float64Array | Uint32Array;

/** Lays columns out one after the other, each in the narrowest form that holds it. */
export class Packer {
  readonly #rowCount: number;
  readonly #columns: (Place & {readonly cells: Cells | DataView})[] = [];
  #length = 0;

  constructor(rowCount: number) {
    this.#rowCount = rowCount;
  }

  /** Where they will stand, and how; undefined where every value is absent (NaN): such a column is none. */
  addNumbers(values: Float64Array): Place | undefined {
    const form = formOfNumbers(values);
    return form === undefined ? undefined : this.#add(form, values);
  }

  /** As `addNumbers`; 0 is absent. */
  addCodes(codes: Uint32Array): Place | undefined {
    const form = formOfCodes(codes);
    return form === undefined ? undefined : this.#add(form, codes);
  }

  /** A column that is packed already. */
  addPacked(bytes: DataView, {form, offset}: Place): Place {
    const length = lengthOf(form, this.#rowCount);
    return this.#add(form, new DataView(bytes.buffer, bytes.byteOffset + offset, length));
  }

  finish(): DataView {
    const bytes = new DataView(new ArrayBuffer(packedLength(this.#length, this.#rowCount)));
    for (const {form, offset, cells} of this.#columns) {
      if (cells instanceof DataView) bytesOf(bytes).set(bytesOf(cells), offset);
      else if (form === CONSTANT) bytes.setFloat64(offset, cells[0] ?? 0, true);
      else if (form === DOUBLES) writeDoubles(bytes, offset, cells);
      else if (cells instanceof Float64Array) writeNumbers(bytes, offset, form, cells);
      else writeCodes(bytes, offset, form, cells);
    }
    return bytes;
  }

  #add(form: number, cells: Cells | DataView): Place {
    const place = {form, offset: this.#length};
    this.#columns.push({...place, cells});
    this.#length += lengthOf(form, this.#rowCount);
    return place;
  }
}

/**
 * The bytes of a block whose columns have so many: at least one a row, or a file of constants could claim any number of
 * rows, and have us reserve memory for them.
 */
export function packedLength(ofColumns: number, rowCount: number): number {
  return Math.max(ofColumns, rowCount);
}

function bytesOf({buffer, byteOffset, byteLength}: DataView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function formOfNumbers(values: Float64Array): number | undefined {
  const first = values[0];
  let most = -1;
  let isConstant = true;
  let isEmpty = true;
  let isWhole = true;
  let hasAbsent = false;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    if (!Object.is(value, first)) isConstant = false;
    if (Number.isNaN(value)) {
      hasAbsent = true;
      continue;
    }
    isEmpty = false;
    // What is no unsigned integer of 32 bits changes here; -0 does so without being unequal.
    if (value >>> 0 !== value || Object.is(value, -0)) isWhole = false;
    else if (value > most) most = value;
  }
  if (isEmpty) return undefined;
  const form = isWhole ? formFor(hasAbsent ? most + 1 : most) : DOUBLES;
  return narrower(hasAbsent && form !== DOUBLES ? SHIFTED + form : form, isConstant, values.length);
}

function formOfCodes(codes: Uint32Array): number | undefined {
  const first = codes[0];
  let most = 0;
  let isConstant = true;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? 0;
    if (code > most) most = code;
    if (code !== first) isConstant = false;
  }
  return most === 0 ? undefined : narrower(formFor(most), isConstant, codes.length);
}

function formFor(most: number): number {
  if (most <= 0xff) return 1;
  if (most <= 0xffff) return 2;
  return most <= 0xffff_ffff ? 4 : DOUBLES;
}

/** A few equal cells take less room than the constant they are. */
function narrower(form: number, isConstant: boolean, rowCount: number): number {
  return isConstant && lengthOf(form, rowCount) > lengthOf(CONSTANT, rowCount) ? CONSTANT : form;
}

function writeDoubles(bytes: DataView, offset: number, values: Cells): void {
  for (let row = 0; row < values.length; row++) bytes.setFloat64(offset + 8 * row, values[row] ?? Number.NaN, true);
}

function writeNumbers(bytes: DataView, offset: number, form: number, values: Float64Array): void {
  const width = widthOf(form);
  const shift = form & SHIFTED ? 1 : 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    writeInteger(bytes, width, offset + width * row, Number.isNaN(value) ? 0 : value + shift);
  }
}

function writeCodes(bytes: DataView, offset: number, form: number, codes: Uint32Array): void {
  const width = widthOf(form);
  for (let row = 0; row < codes.length; row++) writeInteger(bytes, width, offset + width * row, codes[row] ?? 0);
}

function writeInteger(bytes: DataView, width: number, at: number, value: number): void {
  if (width === 1) bytes.setUint8(at, value);
  else if (width === 2) bytes.setUint16(at, value, true);
  else bytes.setUint32(at, value, true);
}
