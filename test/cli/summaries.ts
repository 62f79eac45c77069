import Papa from 'papaparse';
import {run} from '../helpers/program.ts';

export const environment = {OPENAI_ADMIN_KEY: 'sk-admin-0123456789abcdefghijklmnop'};
export const october = ['--start', '2026-10', '--end', '2026-10'];

type Row = Record<string, string>;

export const readCsv = (text: string): Row[] => Papa.parse<Row>(text, {header: true, skipEmptyLines: true}).data;

/** What the rows of an export of the demo organization come to, added up here, by a column. */
export async function exported(folder: string, range: readonly string[], by: string, metric: string) {
  const {stdout} = await run(['export', '--demo', ...range, '--output', '-'], {folder});
  const sums = new Map<string, number>();
  for (const row of readCsv(stdout)) {
    const group = row[by] || '(none)';
    if (row[metric]) sums.set(group, (sums.get(group) ?? 0) + Number(row[metric]));
  }
  return sums;
}

/** Runs a summary of the demo organization. */
export function summary(folder: string, ...argv: readonly string[]) {
  return run(['summary', '--demo', ...argv], {folder});
}
