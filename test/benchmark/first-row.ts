import process from 'node:process';
import {isoOf, type Range} from '../../source/usage/days.ts';
import type {Line} from './table.ts';
import {Terminal, whyNoTerminal} from './terminal.ts';
import type {Workshop} from './workshop.ts';
import {KEY, type Programs} from './year.ts';

const runs = 5;

type Question = {
  readonly url: string;
  readonly range: Range;
  /** A home of its own for each run, with what the cache is to hold. */
  readonly home: () => string;
};

/** How long the session takes from the start of its process, Enter and Enter typed ahead, to a screen with a row. */
export async function measureFirstRows(
  workshop: Workshop,
  {cli}: Programs,
  {url, range, home}: Question,
): Promise<Line> {
  const line = {what: 'to the first row on the screen', unit: 's'} as const;
  const lack = whyNoTerminal();
  if (lack !== undefined) return {...line, runs: [], note: lack};
  const seconds: number[] = [];
  while (seconds.length < runs) {
    const days = ['--start', isoOf(range.first), '--end', isoOf(range.last), '--no-compare'];
    const terminal = await Terminal.start(workshop, [process.execPath, cli, ...days, '--base-url', url], {
      folder: home(),
      columns: 80,
      rows: 24,
      environment: {OPENAI_ADMIN_KEY: KEY},
    });
    terminal.type('\r\r');
    const arrivals = await terminal.until('row 1 of');
    seconds.push(((arrivals.at(-1)?.at ?? Number.NaN) - terminal.started) / 1000);
    await terminal.end();
  }
  return {...line, runs: seconds, note: 'from the start of the process, Enter and Enter typed ahead'};
}
