import Papa from 'papaparse';
import {beforeAll} from 'vitest';
import {type Result, runHere, sharedFolder} from '../helpers/program.ts';

export const environment = {OPENAI_ADMIN_KEY: 'sk-admin-0123456789abcdefghijklmnop'};
export const october = ['--start', '2026-10', '--end', '2026-10'];

type Row = Record<string, string>;

export const readCsv = (text: string): Row[] => Papa.parse<Row>(text, {header: true, skipEmptyLines: true}).data;

/** Days of the demo organization, fetched once for the file that asks for them; all else is told from the cache. */
export function cachedDays(first: string, last: string) {
  const folder = sharedFolder();
  let rows: readonly Row[] = [];
  beforeAll(async () => {
    const argv = ['export', '--demo', '--start', first, '--end', last, '--output', '-'];
    rows = readCsv((await runHere(argv, {folder})).stdout);
  });
  return {
    folder,
    summary: (...argv: readonly string[]): Promise<Result> =>
      runHere(['summary', '--demo', '--offline', ...argv], {folder}),
    /** What the exported rows of a month come to, added up here, by a column. */
    exported(month: string, by: string, metric: string): Map<string, number> {
      const sums = new Map<string, number>();
      for (const row of rows) {
        if (!row['date']?.startsWith(month) || !row[metric]) continue;
        const group = row[by] || '(none)';
        sums.set(group, (sums.get(group) ?? 0) + Number(row[metric]));
      }
      return sums;
    },
  };
}
