import type {Column} from './block.ts';
import type {CachedDay} from './cache.ts';
import {isCredible} from './credible.ts';
import {type Day, monthOf} from './days.ts';
import {packedLength} from './pack.ts';
import {areCodes, areFigures, isForm, lengthOf, type PackedBlock, type PackedColumn} from './packed.ts';
import type {Entries} from './store-file.ts';
import {FORMAT} from './store-key.ts';

/*
 * What a month's file holds, by key:
 *   crc32     checksum of all that follows (store-seal.ts)
 *   format    FORMAT
 *   columns   [[name, 'number'], [name, 'text', ['', 'text', …]], …]   of all days, with their dictionaries
 *   20743     {fetchedAt, hasBucket, rowCount, columns: [column, form, …], cells}   one key a day
 * `cells` are a packed block's bytes in base64, numbers before texts: JSON.parse reads one string where there were thousands of numbers, and
 * a day can go from an old file into its successor without being decoded.
 */

export type FileColumn = {readonly kind: Column['kind']; readonly name: string; readonly dictionary: readonly string[]};

export type WrittenDay = {
  readonly fetchedAt: number;
  readonly hasBucket: boolean;
  readonly rowCount: number;
  readonly columns: readonly number[];
  readonly cells: string;
};

const maxClock = 8.64e15;

/**
 * Those of `days` that the file of `month` holds intact. Whatever is not as `encodeDays` writes it (wrong types or
 * lengths, codes that name no text, numbers that are no figures, rows of another day) makes its day a miss, never a
 * crash; undefined says that the file as a whole is no such file, or of another version.
 */
export function decodeDays(entries: Entries, month: string, days: Iterable<Day>): CachedDay[] | undefined {
  const columns = readColumns(entries);
  if (columns === undefined) return undefined;
  const decoded: CachedDay[] = [];
  for (const day of days) {
    const written = monthOf(day) === month ? readWritten(entries, day) : undefined;
    const block = written && readBlock(written, columns);
    if (block && isCredible(block, day))
      decoded.push({day, fetchedAt: written.fetchedAt, hasBucket: written.hasBucket, block});
  }
  return decoded;
}

/** The columns of the file; undefined where it is no file of ours, or of another version. */
export function readColumns(entries: Entries): readonly FileColumn[] | undefined {
  const written = entries.get('columns');
  if (entries.get('format') !== FORMAT || !Array.isArray(written)) return undefined;
  const columns: FileColumn[] = [];
  for (const entry of written) {
    if (!Array.isArray(entry)) return undefined;
    const [name, kind, texts]: unknown[] = entry;
    if (typeof name !== 'string') return undefined;
    if (kind === 'number') columns.push({kind, name, dictionary: []});
    else if ((kind === 'text' || kind === 'boolean') && isDictionary(texts))
      columns.push({kind, name, dictionary: texts});
    else return undefined;
  }
  return columns;
}

function isDictionary(value: unknown): value is string[] {
  return Array.isArray(value) && value[0] === '' && value.every(text => typeof text === 'string');
}

/** What the file says of the day, its types checked but not its cells; undefined where that is nothing readable. */
export function readWritten(entries: Entries, day: Day): WrittenDay | undefined {
  const written = entries.get(String(day));
  if (typeof written !== 'object' || written === null) return undefined;
  const {fetchedAt, hasBucket, rowCount, columns, cells}: Record<string, unknown> = {...written};
  if (typeof fetchedAt !== 'number' || !(fetchedAt >= 0 && fetchedAt <= maxClock)) return undefined;
  if (typeof hasBucket !== 'boolean' || typeof cells !== 'string' || !isCount(rowCount)) return undefined;
  return isCounts(columns) ? {fetchedAt, hasBucket, rowCount, columns, cells} : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(isCount);
}

function readBlock(written: WrittenDay, fileColumns: readonly FileColumn[]): PackedBlock | undefined {
  const {rowCount} = written;
  const columns = new Map<string, PackedColumn>();
  let hasTexts = false;
  let offset = 0;
  for (let index = 0; index < written.columns.length; index += 2) {
    const column = fileColumns[written.columns[index] ?? -1];
    const form = written.columns[index + 1];
    if (column === undefined || columns.has(column.name) || !isForm(form)) return undefined;
    const {kind, name, dictionary} = column;
    if (kind !== 'number') hasTexts = true;
    else if (hasTexts) return undefined;
    columns.set(name, kind === 'number' ? {kind, name, form, offset} : {kind, name, dictionary, form, offset});
    offset += lengthOf(form, rowCount);
  }
  const bytes = readBytes(written.cells, packedLength(offset, rowCount, columns.size));
  if (bytes === undefined) return undefined;
  for (const column of columns.values()) {
    const isIntact =
      column.kind === 'number'
        ? areFigures(bytes, column, rowCount)
        : areCodes(bytes, column, rowCount, column.dictionary.length);
    if (!isIntact) return undefined;
  }
  return {rowCount, columns, bytes};
}

/** Exactly so many bytes: the text's length says so before any memory is reserved, and nothing but base64 yields them. */
function readBytes(cells: string, length: number): DataView | undefined {
  if (cells.length !== 4 * Math.ceil(length / 3)) return undefined;
  const buffer = Buffer.allocUnsafeSlow(length);
  return buffer.write(cells, 'base64') === length ? new DataView(buffer.buffer, buffer.byteOffset, length) : undefined;
}
