import process from 'node:process';
import {isoOf, type Range} from '../../source/usage/days.ts';
import type {Section} from './table.ts';
import {bytesOf, countUpdates, Terminal, whyNoTerminal} from './terminal.ts';
import type {Workshop} from './workshop.ts';
import {KEY, type Organization, type Programs} from './year.ts';

/** From one answer to the next: 139 requests for a year make 30 seconds. */
const gap = 216;

/** What the fetch screen sends while a year arrives, answer by answer. */
export async function measureFetchScreen(
  workshop: Workshop,
  {cli}: Programs,
  {url, count}: Organization,
  range: Range,
): Promise<Section> {
  const title = 'The fetch screen, 80x24, one answer after the other for half a minute';
  const lack = whyNoTerminal();
  if (lack !== undefined) return {title, lines: [{what: 'bytes', unit: 'B/s', runs: [], note: lack}]};
  await count(0, gap);
  const days = ['--start', isoOf(range.first), '--end', isoOf(range.last), '--no-compare'];
  const terminal = await Terminal.start(workshop, [process.execPath, cli, ...days, '--base-url', url], {
    folder: workshop.folder(),
    columns: 80,
    rows: 24,
    environment: {OPENAI_ADMIN_KEY: KEY},
  });
  terminal.type('\r\r');
  const arrivals = await terminal.until('row 1 of');
  await terminal.end();
  const {usage, lists} = await count(0);
  const seconds = ((arrivals.at(-1)?.at ?? Number.NaN) - terminal.started) / 1000;
  return {
    title,
    lines: [
      {
        what: 'bytes',
        unit: 'B/s',
        runs: [bytesOf(arrivals) / seconds],
        reach: {bound: 'less than', value: 2000},
        note: `${bytesOf(arrivals).toLocaleString('en-US')} bytes in ${seconds.toFixed(1)} s, ${usage + lists} answers, the first and the last screen included`,
      },
      {what: 'updates', unit: 'frames/s', runs: [countUpdates(arrivals) / seconds]},
    ],
  };
}
