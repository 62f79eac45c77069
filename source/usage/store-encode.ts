import {type Column, Interner} from './block.ts';
import type {CachedDay} from './cache.ts';
import {type Day, daysOf, parseMonth} from './days.ts';
import {formOfCodes, packedLength, writeCodes} from './pack.ts';
import {copyCodes, lengthOf, type PackedBlock, type PackedTexts} from './packed.ts';
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
  readonly #byKind = {
    number: new Map<string, GrowingColumn>(),
    text: new Map<string, GrowingColumn>(),
    boolean: new Map<string, GrowingColumn>(),
  };
  /** Room for one day after the other: a year has some 4,000, and 20,000 columns of codes. */
  #bytes = Buffer.alloc(0);
  #codes = new Uint32Array(0);

  constructor(known: readonly FileColumn[]) {
    for (const {kind, name, dictionary} of known) this.#add(kind, name, dictionary);
  }

  encode(block: PackedBlock): Pick<WrittenDay, 'columns' | 'cells'> {
    const {rowCount} = block;
    const bytes = this.#roomFor(rowCount, block.columns.size);
    const columns: number[] = [];
    let ofNumbers = 0;
    let length = 0;
    for (const column of block.columns.values()) {
      const {index, recode} = this.#byKind[column.kind].get(column.name) ?? this.#add(column.kind, column.name, ['']);
      let form: number | undefined = column.form;
      if (column.kind === 'number') {
        ofNumbers += lengthOf(form, rowCount);
      } else {
        recode(block, column, this.#codes);
        form = formOfCodes(this.#codes, rowCount);
        if (form === undefined) continue;
        writeCodes(bytes, length, form, this.#codes, rowCount);
      }
      columns.push(index, form);
      length += lengthOf(form, rowCount);
    }
    this.#bytes.set(new Uint8Array(block.bytes.buffer, block.bytes.byteOffset, ofNumbers));
    const whole = packedLength(length, rowCount, columns.length / 2);
    return {columns, cells: this.#bytes.fill(0, length, whole).toString('base64', 0, whole)};
  }

  written(): readonly unknown[] {
    return this.#columns.map(({kind, name, interner}) =>
      kind === 'number' ? [name, kind] : [name, kind, interner.dictionary],
    );
  }

  #roomFor(rowCount: number, columnCount: number): DataView {
    const length = 8 * Math.max(1, rowCount) * Math.max(1, columnCount);
    if (this.#bytes.length < length) this.#bytes = Buffer.allocUnsafeSlow(2 * length);
    if (this.#codes.length < rowCount) this.#codes = new Uint32Array(2 * rowCount);
    return new DataView(this.#bytes.buffer);
  }

  #add(kind: Column['kind'], name: string, dictionary: readonly string[]): GrowingColumn {
    const interner = new Interner(dictionary);
    const column = {kind, name, index: this.#columns.length, interner, recode: recoderInto(interner)};
    this.#columns.push(column);
    this.#byKind[kind].set(name, column);
    return column;
  }
}

type Recode = (block: PackedBlock, column: PackedTexts, codes: Uint32Array) => void;
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
  return (block, column, codes) => {
    const {dictionary} = column;
    const recoded = known.get(dictionary) ?? new Uint32Array(dictionary.length);
    known.set(dictionary, recoded);
    copyCodes(block, column, {from: 0, to: block.rowCount}, codes, 0);
    for (let row = 0; row < block.rowCount; row++) {
      const code = codes[row] ?? 0;
      if (code !== 0) codes[row] = recoded[code] ||= interner.codeOf(dictionary[code] ?? '');
    }
  };
}
