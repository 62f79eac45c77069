import type {Column} from '../usage/block.ts';

/** Rows in one piece of a file: some hundred kilobytes, and a few milliseconds between two looks at the keyboard. */
export const CHUNK_ROWS = 2000;

export type ChunkOptions = {
  readonly chunkRows?: number;
  /** Told how many rows are through each time whoever takes the chunks is done with one and comes for the next. */
  readonly onRows?: (rows: number) => void;
};

/** How a format writes a value. `text` also gets `true` and `false`; `absent` stands for a missing value. */
export type Notation = {
  readonly number: (value: number) => string;
  readonly text: (text: string, kind: 'text' | 'boolean') => string;
  readonly absent: string;
};

/**
 * Reads a column's values as they are written. Texts are interned, so each is quoted once, when its first row comes,
 * and not once a row: quoting takes about a microsecond, and a row of twenty fields may cost four.
 */
export function cellWriter(column: Column, {number, text, absent}: Notation): (row: number) => string {
  if (column.kind === 'number') {
    const {values} = column;
    return row => {
      const value = values[row];
      return value === undefined || Number.isNaN(value) ? absent : number(value);
    };
  }
  const {codes, dictionary, kind} = column;
  const written = new Array<string | undefined>(dictionary.length);
  written[0] = absent;
  return row => {
    const code = codes[row] ?? 0;
    const known = written[code];
    if (known !== undefined) return known;
    const first = text(dictionary[code] ?? '', kind);
    written[code] = first;
    return first;
  };
}
