import type {Dataset} from '../usage/dataset.ts';
import {CHUNK_ROWS, type ChunkOptions, cellWriter, type Notation} from './chunks.ts';

/** The dataset as one JSON array, an object a line, `null` for absent values; in pieces of some thousand rows. */
export function* jsonChunks(dataset: Dataset, options: ChunkOptions = {}): Generator<string, void, undefined> {
  yield '[';
  yield* objects(dataset, options, {before: row => (row === 0 ? '\n' : ',\n'), after: ''});
  yield '\n]\n';
}

/** The dataset as newline-delimited JSON: an object a line; in pieces of some thousand rows. */
export function ndjsonChunks(dataset: Dataset, options: ChunkOptions = {}): Generator<string, void, undefined> {
  return objects(dataset, options, {before: () => '', after: '\n'});
}

const JSON_NOTATION: Notation = {
  // JSON has no word for infinity. Its numbers may have exponents, so that String's shortest exact form will do.
  number: value => (Number.isFinite(value) ? String(value) : 'null'),
  text: (text, kind) => (kind === 'boolean' ? text : JSON.stringify(text)),
  absent: 'null',
};

/**
 * Put together as text: as an object, a row would lose a column named `__proto__`, and columns named like numbers
 * would move to the front. `JSON.stringify` writes keys and texts, once each, and lone surrogates as escapes.
 */
function* objects(
  {rowCount, columns}: Dataset,
  {chunkRows = CHUNK_ROWS, onRows}: ChunkOptions,
  {before, after}: {readonly before: (row: number) => string; readonly after: string},
): Generator<string, void, undefined> {
  const members = columns.map((column, index) => ({
    key: `${index === 0 ? '' : ','}${JSON.stringify(column.name)}:`,
    cell: cellWriter(column, JSON_NOTATION),
  }));
  for (let from = 0; from < rowCount; from += chunkRows) {
    const to = Math.min(from + chunkRows, rowCount);
    let chunk = '';
    for (let row = from; row < to; row++) {
      chunk += `${before(row)}{`;
      for (const {key, cell} of members) chunk += key + cell(row);
      chunk += `}${after}`;
    }
    yield chunk;
    onRows?.(to);
  }
}
