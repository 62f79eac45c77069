import type {Dataset} from '../usage/dataset.ts';
import type {Chunk} from './chunks.ts';
import {type CsvOptions, csvChunks} from './csv.ts';
import type {Format} from './format.ts';
import {jsonChunks, ndjsonChunks} from './json.ts';

/** The dataset in that format, in pieces; `excel` and `formulaGuard` are for CSV alone. */
export function chunksFor(format: Format, dataset: Dataset, options: CsvOptions = {}): Iterable<Chunk> {
  switch (format) {
    case 'csv':
      return csvChunks(dataset, options);
    case 'json':
      return jsonChunks(dataset, options);
    case 'ndjson':
      return ndjsonChunks(dataset, options);
  }
}
