import type {Dataset} from '../usage/dataset.ts';
import type {RowNumbers} from '../view/rows.ts';
import type {Notation} from './cells.ts';
import {Lines} from './lines.ts';

/** A piece of a file. Bytes are good until the next piece is asked for: who keeps them longer keeps a copy. */
export type Chunk = string | Uint8Array;

/** Rows in one piece of a file: some hundred kilobytes, and about a millisecond between two looks at the keyboard. */
const defaultRows = 2000;

export type ChunkOptions = {
  readonly chunkRows?: number;
  /** Which rows to write, by number, in the order in which they are to stand: a view. All of them without it. */
  readonly rows?: RowNumbers | undefined;
  /** Told how many rows are through each time whoever takes the chunks is done with one and comes for the next. */
  readonly onRows?: (rows: number) => void;
};

/**
 * The rows as lines, some thousand at a time, as bytes from the start: as texts to be joined and encoded, they take three
 * times as long (42 columns: a million rows in 2.9 s and in 1.0). All pieces are filled into one buffer, so that a file of any size costs the memory of one piece.
 */
export function* lineChunks(
  {columns, rowCount}: Dataset,
  notation: Notation,
  {chunkRows = defaultRows, rows, onRows}: ChunkOptions,
): Generator<Uint8Array, void, undefined> {
  const count = rows?.length ?? rowCount;
  const lines = new Lines(columns, notation);
  for (let from = 0; from < count; from += chunkRows) {
    const to = Math.min(from + chunkRows, count);
    yield lines.of(rows?.subarray(from, to) ?? Uint32Array.from({length: to - from}, (_, index) => from + index));
    onRows?.(to);
  }
}
