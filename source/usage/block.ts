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

/** The rows of one endpoint and one day, by column. A column in which every value is absent is left out. */
export type Block = {readonly rowCount: number; readonly columns: ReadonlyMap<string, Column>};

export const EMPTY_BLOCK: Block = {rowCount: 0, columns: new Map()};

/** Strings numbered in the order they are first seen; number 0 is kept for "absent". */
export class Interner {
  readonly dictionary: string[] = [''];
  readonly #codes = new Map<string, number>();

  codeOf(text: string): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
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

type GrowingColumn = {kind: Column['kind']; cells: number[]};

/**
 * Fills a block cell by cell: `startRow`, then `number`, `text` or `boolean` for each value that is there.
 * A column that gets values of different kinds becomes a text column, so that nothing is lost.
 */
export class BlockBuilder {
  readonly #interners: Interners;
  readonly #columns = new Map<string, GrowingColumn>();
  #rowCount = 0;

  constructor(interners: Interners) {
    this.#interners = interners;
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  startRow(): void {
    this.#rowCount++;
  }

  number(name: string, value: number): void {
    const column = this.#column(name, 'number');
    if (column.kind === 'number') this.#put(column, value, Number.NaN);
    else this.text(name, String(value));
  }

  boolean(name: string, value: boolean): void {
    const column = this.#column(name, 'boolean');
    if (column.kind === 'number') this.#becomeText(name, column);
    this.#put(column, this.#interners.of(name).codeOf(String(value)), 0);
  }

  text(name: string, value: string): void {
    const column = this.#column(name, 'text');
    if (column.kind === 'number') this.#becomeText(name, column);
    column.kind = 'text';
    this.#put(column, this.#interners.of(name).codeOf(value), 0);
  }

  finish(): Block {
    const columns = new Map<string, Column>();
    for (const [name, {kind, cells}] of this.#columns) {
      const absent = kind === 'number' ? Number.NaN : 0;
      while (cells.length < this.#rowCount) cells.push(absent);
      columns.set(
        name,
        kind === 'number'
          ? {kind, name, values: Float64Array.from(cells)}
          : {kind, name, codes: Uint32Array.from(cells), dictionary: this.#interners.of(name).dictionary},
      );
    }
    return {rowCount: this.#rowCount, columns};
  }

  #column(name: string, kind: Column['kind']): GrowingColumn {
    let column = this.#columns.get(name);
    if (column === undefined) {
      column = {kind, cells: []};
      this.#columns.set(name, column);
    }
    return column;
  }

  #put({cells}: GrowingColumn, cell: number, absent: number): void {
    while (cells.length < this.#rowCount - 1) cells.push(absent);
    cells[this.#rowCount - 1] = cell;
  }

  #becomeText(name: string, column: GrowingColumn): void {
    const interner = this.#interners.of(name);
    column.cells = column.cells.map(value => (Number.isNaN(value) ? 0 : interner.codeOf(String(value))));
    column.kind = 'text';
  }
}
