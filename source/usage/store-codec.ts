import {type Block, type Column, Interners, type TextColumn} from './block.ts';
import type {CachedDay} from './cache.ts';
import {type Day, monthOf} from './days.ts';
import type {Entries} from './store-file.ts';
import {FORMAT} from './store-key.ts';

/*
 * What a month's file holds, by key:
 *   format        FORMAT
 *   dictionaries  [[column, ['', 'text', …]], …]   shared by all days of the file; code 0 is "absent"
 *   20743         {fetchedAt, hasBucket, rowCount, columns: [[column, kind, cells], …]}   one key a day
 * Plain arrays throughout: JSON turns a typed array into an object, and an object cannot have a column `__proto__`.
 */

/** More rows than a file within its bound can hold: whoever says so lies, and would have us reserve memory for it. */
const maxRows = 2 ** 25;
const maxClock = 8.64e15;

/** JSON has no word for these; NaN, which is "absent", becomes null. */
const wordless: ReadonlyMap<unknown, number> = new Map([
  ['-0', -0],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

type Dictionaries = ReadonlyMap<string, readonly string[]>;

/** What `decodeDays` reads, as keys and values that survive JSON. The days are all of one month. */
export function encodeDays(days: Iterable<CachedDay>): ReadonlyMap<string, unknown> {
  const recoder = new Recoder();
  const entries = new Map<string, unknown>([['format', FORMAT]]);
  for (const {day, fetchedAt, hasBucket, block} of days) {
    const columns = [...block.columns.values()].map(column => [column.name, column.kind, recoder.cellsOf(column)]);
    entries.set(String(day), {fetchedAt, hasBucket, rowCount: block.rowCount, columns});
  }
  return entries.set('dictionaries', recoder.dictionaries());
}

/**
 * Those of `days` that the file of `month` holds intact, straight into typed arrays. Whatever is not as `encodeDays`
 * writes it (wrong types or lengths, codes that name no text) makes its day a miss, never a crash; undefined says that
 * the file as a whole is no such file, or of another version.
 */
export function decodeDays(entries: Entries, month: string, days: Iterable<Day>): CachedDay[] | undefined {
  if (entries.get('format') !== FORMAT) return undefined;
  const dictionaries = readDictionaries(entries.get('dictionaries'));
  if (dictionaries === undefined) return undefined;
  const decoded: CachedDay[] = [];
  for (const day of days) {
    const cached = monthOf(day) === month ? readDay(day, entries.get(String(day)), dictionaries) : undefined;
    if (cached !== undefined) decoded.push(cached);
  }
  return decoded;
}

/** Turns codes of the blocks' many dictionaries into codes of the file's one dictionary a column. */
class Recoder {
  readonly #interners = new Interners();
  readonly #names = new Set<string>();
  readonly #recoded = new Map<string, Map<readonly string[], Uint32Array>>();

  cellsOf(column: Column): readonly unknown[] {
    return column.kind === 'number' ? numberCells(column.values) : this.#codeCells(column);
  }

  dictionaries(): readonly unknown[] {
    return [...this.#names].map(name => [name, this.#interners.of(name).dictionary]);
  }

  #codeCells({name, codes, dictionary}: TextColumn): number[] {
    this.#names.add(name);
    const interner = this.#interners.of(name);
    const recoded = this.#recodedOf(name, dictionary);
    const cells = new Array<number>(codes.length);
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row] ?? 0;
      let cell = recoded[code] ?? 0;
      if (cell === 0 && code !== 0) {
        const text = dictionary[code];
        if (text !== undefined) cell = recoded[code] = interner.codeOf(text);
      }
      cells[row] = cell;
    }
    return cells;
  }

  #recodedOf(name: string, dictionary: readonly string[]): Uint32Array {
    const ofColumn = this.#recoded.get(name) ?? new Map<readonly string[], Uint32Array>();
    this.#recoded.set(name, ofColumn);
    const recoded = ofColumn.get(dictionary) ?? new Uint32Array(dictionary.length);
    ofColumn.set(dictionary, recoded);
    return recoded;
  }
}

function numberCells(values: Float64Array): unknown[] {
  const cells = new Array<unknown>(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? Number.NaN;
    if (Number.isNaN(value)) cells[row] = null;
    else cells[row] = Object.is(value, -0) || !Number.isFinite(value) ? wordOf(value) : value;
  }
  return cells;
}

function wordOf(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

function readDictionaries(written: unknown): Dictionaries | undefined {
  if (!Array.isArray(written)) return undefined;
  const dictionaries = new Map<string, readonly string[]>();
  for (const entry of written) {
    if (!Array.isArray(entry)) return undefined;
    const [name, texts]: unknown[] = entry;
    if (typeof name !== 'string' || !isTexts(texts) || texts[0] !== '') return undefined;
    dictionaries.set(name, texts);
  }
  return dictionaries;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(text => typeof text === 'string');
}

function readDay(day: Day, written: unknown, dictionaries: Dictionaries): CachedDay | undefined {
  if (typeof written !== 'object' || written === null) return undefined;
  const {fetchedAt, hasBucket, rowCount, columns}: Record<string, unknown> = {...written};
  if (typeof fetchedAt !== 'number' || !(fetchedAt >= 0 && fetchedAt <= maxClock)) return undefined;
  if (typeof hasBucket !== 'boolean' || !isCount(rowCount)) return undefined;
  const block = readBlock(rowCount, columns, dictionaries);
  return block && {day, fetchedAt, hasBucket, block};
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= maxRows;
}

function readBlock(rowCount: number, written: unknown, dictionaries: Dictionaries): Block | undefined {
  if (!Array.isArray(written)) return undefined;
  const columns = new Map<string, Column>();
  for (const entry of written) {
    const column = Array.isArray(entry) ? readColumn(entry, rowCount, dictionaries) : undefined;
    if (column === undefined || columns.has(column.name)) return undefined;
    columns.set(column.name, column);
  }
  return {rowCount, columns};
}

function readColumn(entry: readonly unknown[], rowCount: number, dictionaries: Dictionaries): Column | undefined {
  const [name, kind, cells] = entry;
  if (typeof name !== 'string' || !Array.isArray(cells) || cells.length !== rowCount) return undefined;
  if (kind === 'number') {
    const values = readNumbers(cells);
    return values && {kind, name, values};
  }
  const dictionary = dictionaries.get(name);
  if ((kind !== 'text' && kind !== 'boolean') || dictionary === undefined) return undefined;
  const codes = readCodes(cells, dictionary.length);
  return codes && {kind, name, codes, dictionary};
}

function readNumbers(cells: readonly unknown[]): Float64Array | undefined {
  const values = new Float64Array(cells.length);
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    const value = typeof cell === 'number' ? cell : cell === null ? Number.NaN : wordless.get(cell);
    if (value === undefined) return undefined;
    values[row] = value;
  }
  return values;
}

function readCodes(cells: readonly unknown[], count: number): Uint32Array | undefined {
  const codes = new Uint32Array(cells.length);
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    // The typed array would cut 1.5, -1 and 2^33 to some other code.
    if (typeof cell !== 'number' || !(cell >= 0 && cell < count) || !Number.isInteger(cell)) return undefined;
    codes[row] = cell;
  }
  return codes;
}
