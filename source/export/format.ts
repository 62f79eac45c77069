export const FORMATS = ['csv', 'json', 'ndjson'] as const;

export type Format = (typeof FORMATS)[number];

/** Endings of what is not written here, and would be opened as what it is not. */
const FOREIGN = /\.(tsv|xlsx?|ods|numbers|parquet|xml|ya?ml|html?|pdf|gz|zip)$/i;

/** The ending that promises another format than any of ours: `.xlsx`. */
export function foreignEnding(path: string): string | undefined {
  return FOREIGN.exec(path)?.[0];
}

/** The format that a file's ending asks for; CSV for every ending that says nothing. */
export function formatOf(path: string | undefined): Format {
  const ending = /\.([^./\\]+)$/.exec(path ?? '')?.[1]?.toLowerCase();
  return ending === 'jsonl' ? 'ndjson' : (FORMATS.find(format => format === ending) ?? 'csv');
}
