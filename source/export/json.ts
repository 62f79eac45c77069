import type {Dataset} from '../usage/dataset.ts';
import type {Notation} from './cells.ts';
import {type Chunk, type ChunkOptions, lineChunks} from './chunks.ts';

/** The dataset as one JSON array, an object a line, `null` for absent values; in pieces of some thousand rows. */
export function* jsonChunks(dataset: Dataset, options: ChunkOptions = {}): Generator<Chunk, void, undefined> {
  yield '[';
  let separator = ',';
  for (const chunk of lineChunks(dataset, {...objects, lineStart: `${separator}\n{`, lineEnd: '}'}, options)) {
    // Before the very first object stands the bracket instead.
    yield chunk.subarray(separator.length);
    separator = '';
  }
  yield '\n]\n';
}

/** The dataset as newline-delimited JSON: an object a line; in pieces of some thousand rows. */
export function* ndjsonChunks(dataset: Dataset, options: ChunkOptions = {}): Generator<Chunk, void, undefined> {
  yield* lineChunks(dataset, {...objects, lineStart: '{', lineEnd: '}\n'}, options);
}

/**
 * Put together value by value: as an object, a row would lose a column named `__proto__`, and columns named like numbers
 * would move to the front. `JSON.stringify` writes keys and texts, once each, and lone surrogates as escapes.
 */
const objects: Omit<Notation, 'lineStart' | 'lineEnd'> = {
  // JSON has no word for infinity. Its numbers may have exponents, so that String's shortest exact form will do.
  number: value => (Number.isFinite(value) ? String(value) : 'null'),
  text: (text, kind) => (kind === 'boolean' ? text : JSON.stringify(text)),
  absent: 'null',
  prefix: name => `${JSON.stringify(name)}:`,
};
