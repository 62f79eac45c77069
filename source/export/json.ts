import type {Dataset} from '../usage/dataset.ts';
import {type ChunkOptions, lineChunks, type Notation} from './chunks.ts';

/** The dataset as one JSON array, an object a line, `null` for absent values; in pieces of some thousand rows. */
export function* jsonChunks(dataset: Dataset, options: ChunkOptions = {}): Generator<string, void, undefined> {
  let before = '[\n';
  for (const lines of lineChunks(dataset, JSON_NOTATION, options)) {
    yield `${before}{${lines.join('},\n{')}}`;
    before = ',\n';
  }
  yield (options.rows?.length ?? dataset.rowCount) === 0 ? '[\n]\n' : '\n]\n';
}

/** The dataset as newline-delimited JSON: an object a line; in pieces of some thousand rows. */
export function* ndjsonChunks(dataset: Dataset, options: ChunkOptions = {}): Generator<string, void, undefined> {
  for (const lines of lineChunks(dataset, JSON_NOTATION, options)) yield `{${lines.join('}\n{')}}\n`;
}

/**
 * Put together as text: as an object, a row would lose a column named `__proto__`, and columns named like numbers
 * would move to the front. `JSON.stringify` writes keys and texts, once each, and lone surrogates as escapes.
 */
const JSON_NOTATION: Notation = {
  // JSON has no word for infinity. Its numbers may have exponents, so that String's shortest exact form will do.
  number: value => (Number.isFinite(value) ? String(value) : 'null'),
  text: (text, kind) => (kind === 'boolean' ? text : JSON.stringify(text)),
  absent: 'null',
  prefix: name => `${JSON.stringify(name)}:`,
};
