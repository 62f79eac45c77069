import type {Column} from '../usage/block.ts';
import type {Dataset} from '../usage/dataset.ts';
import type {RowNumbers} from '../view/rows.ts';

/** Rows in one piece of a file: some hundred kilobytes, and a few milliseconds between two looks at the keyboard. */
const defaultRows = 2000;

export type ChunkOptions = {
  readonly chunkRows?: number;
  /** Which rows to write, by number, in the order in which they are to stand: a view. All of them without it. */
  readonly rows?: RowNumbers | undefined;
  /** Told how many rows are through each time whoever takes the chunks is done with one and comes for the next. */
  readonly onRows?: (rows: number) => void;
};

/** How a format writes a value. `text` also gets `true` and `false`; `absent` stands for a missing value. */
export type Notation = {
  readonly number: (value: number) => string;
  readonly text: (text: string, kind: 'text' | 'boolean') => string;
  readonly absent: string;
  /** What stands before every value of a column: in JSON, its key. */
  readonly prefix?: (name: string) => string;
};

/**
 * The rows as lines of values with commas between them, some thousand at a time. Filling in column after column, in a
 * loop for each kind, takes two thirds of the time of row after row; and a joined line is one text from the start, where
 * one put together with += is a tree that whoever takes it has to flatten first, which takes as long again.
 */
export function* lineChunks(
  {columns, rowCount}: Dataset,
  notation: Notation,
  {chunkRows = defaultRows, rows, onRows}: ChunkOptions,
): Generator<string[], void, undefined> {
  const count = rows?.length ?? rowCount;
  const fillers = columns.map(column => fillerOf(column, notation));
  const lines = Array.from({length: Math.min(chunkRows, count)}, () => columns.map(() => ''));
  for (let from = 0; from < count; from += chunkRows) {
    const to = Math.min(from + chunkRows, count);
    const numbers = rows?.subarray(from, to) ?? Uint32Array.from({length: to - from}, (_, index) => from + index);
    for (const [at, fill] of fillers.entries()) fill(lines, at, numbers);
    yield lines.slice(0, to - from).map(line => line.join(','));
    onRows?.(to);
  }
}

/** Writes a column's values of the rows of these numbers into place `at` of each line. */
type Filler = (lines: readonly string[][], at: number, rows: RowNumbers) => void;

function fillerOf(column: Column, {number, text, absent, prefix = () => ''}: Notation): Filler {
  const start = prefix(column.name);
  const nothing = start + absent;
  if (column.kind === 'number') {
    const {values} = column;
    return (lines, at, rows) => {
      for (let index = 0; index < rows.length; index++) {
        const value = values[rows[index] ?? 0] ?? Number.NaN;
        const line = lines[index];
        if (line !== undefined) line[at] = Number.isNaN(value) ? nothing : start + number(value);
      }
    };
  }
  // Texts are interned, so each is quoted once, when its first row comes, and not once a row: a row of twenty fields
  // takes four microseconds, quoting one of them takes one.
  const {codes, dictionary, kind} = column;
  const written = new Array<string | undefined>(dictionary.length);
  written[0] = nothing;
  return (lines, at, rows) => {
    for (let index = 0; index < rows.length; index++) {
      const line = lines[index];
      if (line === undefined) continue;
      const code = codes[rows[index] ?? 0] ?? 0;
      let known = written[code];
      if (known === undefined) {
        known = start + text(dictionary[code] ?? '', kind);
        written[code] = known;
      }
      line[at] = known;
    }
  };
}
