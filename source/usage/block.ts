/** A column of numbers; NaN marks an absent value. Integers are exact to 2^53. */
export type NumberColumn = {readonly kind: 'number'; readonly name: string; readonly values: Float64Array};

/**
 * A column of interned strings: `dictionary[codes[row]]`. Code 0 marks an absent value (and `dictionary[0]` is `''`).
 * A dictionary may be shared between columns and blocks, may hold strings no row uses, and need not be free of
 * duplicates (two projects of one name). `boolean` columns hold the strings `true` and `false`.
 */
export type TextColumn = {
  readonly kind: 'text' | 'boolean';
  readonly name: string;
  readonly codes: Uint32Array;
  readonly dictionary: readonly string[];
};

export type Column = NumberColumn | TextColumn;

/** Rows by column, as they are read from an answer; `pack` makes of them what is kept. */
export type Block = {readonly rowCount: number; readonly columns: ReadonlyMap<string, Column>};

export const EMPTY_BLOCK: Block = {rowCount: 0, columns: new Map()};

/** Strings numbered in the order they are first seen; number 0 is kept for "absent". */
export class Interner {
  readonly dictionary: string[];
  readonly #codes = new Map<string, number>();
  #lastText = '';
  #lastCode = 0;

  /** Goes on from the strings of a dictionary, which stay where they are. */
  constructor(dictionary: readonly string[] = ['']) {
    this.dictionary = [...dictionary];
    for (let code = 1; code < dictionary.length; code++) this.#codes.set(dictionary[code] ?? '', code);
  }

  codeOf(text: string): number {
    // A project's rows come one after another: comparing is cheaper than hashing a string that was parsed just now.
    if (text === this.#lastText && this.#lastCode !== 0) return this.#lastCode;
    const code = this.#codes.get(text) ?? this.#add(text);
    this.#lastText = text;
    this.#lastCode = code;
    return code;
  }

  #add(text: string): number {
    const code = this.dictionary.push(text) - 1;
    this.#codes.set(text, code);
    return code;
  }
}

/** One interner per column name, shared by all blocks that are read from one answer. */
export class Interners {
  readonly #byColumn = new Map<string, Interner>();

  of(column: string): Interner {
    let interner = this.#byColumn.get(column);
    if (interner === undefined) {
      interner = new Interner();
      this.#byColumn.set(column, interner);
    }
    return interner;
  }
}

/** Cells beyond the rows there are so far, and of rows that have no value, hold what stands for "absent". */
type GrowingColumn = {
  readonly name: string;
  readonly position: number;
  readonly interner: Interner;
  kind: Column['kind'];
  cells: Float64Array | Uint32Array;
};

/**
 * Fills a block cell by cell: `startRow`, then `number`, `text` or `boolean` for each value that is there.
 * A column that gets values of different kinds becomes a text column, so that nothing is lost.
 */
export class BlockBuilder {
  readonly #interners: Interners;
  readonly #columns: GrowingColumn[] = [];
  readonly #byName = new Map<string, GrowingColumn>();
  #rowCount = 0;
  #capacity = 0;
  /** Where the next value's column is, if this row has its values in the order of the row before. */
  #next = 0;

  constructor(interners: Interners) {
    this.#interners = interners;
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  /**
   * So many rows are about to come: most days come in one bucket, whose columns then need no growing and no copy. Of a
   * day in minutes they come 1,440 times: growing by what is expected would copy every row as often.
   */
  expect(rows: number): void {
    const needed = this.#rowCount + rows;
    if (needed > this.#capacity) this.#capacity = Math.max(needed, 2 * this.#capacity);
  }

  startRow(): void {
    this.#rowCount++;
    this.#next = 0;
    if (this.#rowCount > this.#capacity) this.#capacity = Math.max(16, 2 * this.#capacity);
  }

  number(name: string, value: number): void {
    const column = this.#column(name, 'number');
    if (column.kind === 'number') this.#put(column, value);
    else this.text(name, String(value));
  }

  boolean(name: string, value: boolean): void {
    const column = this.#column(name, 'boolean');
    if (column.kind === 'number') becomeText(column);
    this.#put(column, column.interner.codeOf(String(value)));
  }

  text(name: string, value: string): void {
    const column = this.#column(name, 'text');
    if (column.kind === 'number') becomeText(column);
    column.kind = 'text';
    this.#put(column, column.interner.codeOf(value));
  }

  finish(): Block {
    const columns = new Map<string, Column>();
    for (const column of this.#columns) {
      const {name, kind, interner} = column;
      if (column.cells.length < this.#rowCount) column.cells = grown(column.cells, this.#rowCount);
      const cells = column.cells.length === this.#rowCount ? column.cells : column.cells.slice(0, this.#rowCount);
      if (kind === 'number') {
        if (cells instanceof Float64Array) columns.set(name, {kind, name, values: cells});
      } else if (cells instanceof Uint32Array) {
        columns.set(name, {kind, name, codes: cells, dictionary: interner.dictionary});
      }
    }
    return {rowCount: this.#rowCount, columns};
  }

  #column(name: string, kind: Column['kind']): GrowingColumn {
    let column = this.#columns[this.#next];
    if (column?.name !== name) column = this.#byName.get(name) ?? this.#add(name, kind);
    this.#next = column.position + 1;
    return column;
  }

  #add(name: string, kind: Column['kind']): GrowingColumn {
    const cells = kind === 'number' ? absentNumbers(this.#capacity) : new Uint32Array(this.#capacity);
    const column = {name, position: this.#columns.length, interner: this.#interners.of(name), kind, cells};
    this.#columns.push(column);
    this.#byName.set(name, column);
    return column;
  }

  #put(column: GrowingColumn, cell: number): void {
    if (this.#rowCount > column.cells.length) column.cells = grown(column.cells, this.#capacity);
    column.cells[this.#rowCount - 1] = cell;
  }
}

function absentNumbers(count: number): Float64Array {
  return new Float64Array(count).fill(Number.NaN);
}

function grown(cells: GrowingColumn['cells'], capacity: number): GrowingColumn['cells'] {
  const larger = cells instanceof Float64Array ? absentNumbers(capacity) : new Uint32Array(capacity);
  larger.set(cells);
  return larger;
}

function becomeText(column: GrowingColumn): void {
  const codeOf = (value: number) => (Number.isNaN(value) ? 0 : column.interner.codeOf(String(value)));
  column.cells = Uint32Array.from(column.cells, codeOf);
  column.kind = 'text';
}
