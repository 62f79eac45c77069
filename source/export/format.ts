export const FORMATS = ['csv', 'json', 'ndjson'] as const;

export type Format = (typeof FORMATS)[number];

/** The format that a file's ending asks for; CSV for every ending that says nothing. */
export function formatOf(path: string | undefined): Format {
  const ending = /\.([^./\\]+)$/.exec(path ?? '')?.[1]?.toLowerCase();
  return ending === 'jsonl' ? 'ndjson' : (FORMATS.find(format => format === ending) ?? 'csv');
}
