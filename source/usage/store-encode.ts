import {type Column, Interner} from './block.ts';
import type {CachedDay} from './cache.ts';
import {type Day, daysOf, parseMonth} from './days.ts';
import {Packer} from './pack.ts';
import {copyCodes, type PackedBlock, type PackedTexts} from './packed.ts';
import {type FileColumn, readColumns, readWritten, type WrittenDay} from './store-codec.ts';
import type {Entries} from './store-file.ts';
import {FORMAT} from './store-key.ts';

/**
 * What `decodeDays` reads, as keys and values that survive JSON: these days, and all others of the month that the
 * `earlier` file holds. Those are taken as they are written there, without decoding them; so the file's columns and
 * dictionaries only ever grow, by what the new days need. The days are all of that month.
 */
export function encodeDays(days: Iterable<CachedDay>, month: string, earlier?: Entries): ReadonlyMap<string, unknown> {
  const known = earlier && readColumns(earlier);
  const columns = new FileColumns(known ?? []);
  const written = new Map<Day, WrittenDay>();
  const range = parseMonth(month);
  for (const day of range && known ? daysOf(range) : []) {
    const unchanged = earlier && readWritten(earlier, day);
    if (unchanged) written.set(day, unchanged);
  }
  for (const {day, fetchedAt, hasBucket, block} of days) {
    written.set(day, {fetchedAt, hasBucket, rowCount: block.rowCount, ...columns.encode(block)});
  }
  const entries = new Map<string, unknown>([['format', FORMAT]]);
  entries.set('columns', columns.written());
  for (const [day, entry] of [...written].sort(([one], [other]) => one - other)) entries.set(String(day), entry);
  return entries;
}

/** The columns of the file; its dictionaries grow by what the blocks need. */
class FileColumns {
  readonly #columns: GrowingColumn[] = [];
  readonly #byName = new Map<string, GrowingColumn>();

  constructor(known: readonly FileColumn[]) {
    for (const {kind, name, dictionary} of known) this.#add(kind, name, dictionary);
  }

  encode(block: PackedBlock): Pick<WrittenDay, 'columns' | 'cells'> {
    const packer = new Packer(block.rowCount);
    const columns: number[] = [];
    for (const column of block.columns.values()) {
      const {kind, name} = column;
      const {index, recode} = this.#byName.get(`${kind} ${name}`) ?? this.#add(kind, name, ['']);
      const place = kind === 'number' ? packer.addPacked(block.bytes, column) : packer.addCodes(recode(block, column));
      if (place) columns.push(index, place.form);
    }
    const {buffer, byteOffset, byteLength} = packer.finish();
    return {columns, cells: Buffer.from(buffer, byteOffset, byteLength).toString('base64')};
  }

  written(): readonly unknown[] {
    return this.#columns.map(({kind, name, interner}) =>
      kind === 'number' ? [name, kind] : [name, kind, interner.dictionary],
    );
  }

  #add(kind: Column['kind'], name: string, dictionary: readonly string[]): GrowingColumn {
    const interner = new Interner(dictionary);
    const column = {kind, name, index: this.#columns.length, interner, recode: recoderInto(interner)};
    this.#columns.push(column);
    this.#byName.set(`${kind} ${name}`, column);
    return column;
  }
}

type Recode = (block: PackedBlock, column: PackedTexts) => Uint32Array;
type GrowingColumn = {
  readonly kind: Column['kind'];
  readonly name: string;
  readonly index: number;
  readonly interner: Interner;
  readonly recode: Recode;
};

/** Turns codes of blocks, which have many dictionaries, into codes of the one that is growing. */
function recoderInto(interner: Interner): Recode {
  const known = new Map<readonly string[], Uint32Array>();
  return (block, column) => {
    const {dictionary} = column;
    const recoded = known.get(dictionary) ?? new Uint32Array(dictionary.length);
    known.set(dictionary, recoded);
    const codes = new Uint32Array(block.rowCount);
    copyCodes(block, column, {from: 0, to: block.rowCount}, codes, 0);
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row] ?? 0;
      if (code !== 0) codes[row] = recoded[code] ||= interner.codeOf(dictionary[code] ?? '');
    }
    return codes;
  };
}
