import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {isoOf, parseDay, type Range} from '../../source/usage/days.ts';
import type {Workshop} from './workshop.ts';
import type {Programs} from './year.ts';

/** So many times the demo organization's rows are a million a year. */
export const SCALE = 6.2;

/** The last days of the year that have at least so many rows. */
export type Part = {readonly least: number; readonly rows: number; readonly range: Range};

/** A year of a million rows, in the cache below `home`. */
export type Large = {
  readonly home: string;
  readonly range: Range;
  readonly parts: readonly Part[];
  readonly columns: number;
  /** The first rows as CSV, for a program that takes minutes to load them all. */
  readonly head: {readonly path: string; readonly rows: number};
};

const headRows = 100_000;

/** Lets the program itself fill the cache, from the demo organization: 17 seconds. */
export async function makeLarge(workshop: Workshop, {cli}: Programs, range: Range): Promise<Large> {
  const home = workshop.folder();
  const file = join(home, 'year.csv');
  const days = ['--start', isoOf(range.first), '--end', isoOf(range.last)];
  await workshop.run([cli, 'export', '--demo', '--scale', String(SCALE), ...days, '--output', file], {folder: home});
  const csv = readFileSync(file);
  rmSync(file);
  const starts = lineStarts(csv);
  const header = csv.toString('latin1', 0, starts[0]);
  if (!header.startsWith('date,')) throw new Error(`Rows are told apart by day by their first column, not ${header}`);
  const path = join(home, 'head.csv');
  writeFileSync(path, csv.subarray(0, starts[headRows]));
  const parts = [10_000, 100_000, 1_000_000].map(least => {
    const at = starts.at(-least) ?? 0;
    const first = dateAt(csv, at);
    const rows = starts.length - starts.findIndex(start => dateAt(csv, start) === first);
    return {least, rows, range: {first: parseDay(first) ?? range.first, last: range.last}};
  });
  return {home, range, parts, columns: header.split(',').length, head: {path, rows: headRows}};
}

function dateAt(csv: Buffer, start: number): string {
  return csv.toString('latin1', start, start + '2026-10-01'.length);
}

/** Where each line but the first begins. No field of the demo organization has a line break. */
function lineStarts(csv: Buffer): number[] {
  const starts: number[] = [];
  for (let end = csv.indexOf('\n'); end !== -1 && end + 1 < csv.length; end = csv.indexOf('\n', end + 1)) {
    starts.push(end + 1);
  }
  return starts;
}
