import type {Dataset} from '../usage/dataset.ts';
import {type CsvOptions, csvChunks} from './csv.ts';
import {jsonChunks, ndjsonChunks} from './json.ts';

export const FORMATS = ['csv', 'json', 'ndjson'] as const;

export type Format = (typeof FORMATS)[number];

/** The dataset as text of that format, in pieces; `excel` and `formulaGuard` are for CSV alone. */
export function chunksFor(format: Format, dataset: Dataset, options: CsvOptions = {}): Iterable<string> {
  switch (format) {
    case 'csv':
      return csvChunks(dataset, options);
    case 'json':
      return jsonChunks(dataset, options);
    case 'ndjson':
      return ndjsonChunks(dataset, options);
  }
}

/** The format that a file's ending asks for, or undefined where the ending says nothing. */
export function formatOfPath(path: string): Format | undefined {
  const ending = /\.(?<ending>\w+)$/.exec(path)?.groups?.['ending']?.toLowerCase();
  return ending === 'jsonl' ? 'ndjson' : FORMATS.find(format => format === ending);
}
