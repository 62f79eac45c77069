import {join} from 'node:path';
import type {Range} from '../../source/usage/days.ts';
import type {Line} from './table.ts';
import type {Workshop} from './workshop.ts';
import type {Programs} from './year.ts';

/** What `million.ts` prints: rows a second, seconds, MiB. */
export type MillionReport = {
  readonly rows: number;
  readonly columns: number;
  readonly bytes: number;
  readonly yearReadRate: number;
  readonly tableSeconds: number;
  readonly tablePeak: number;
  readonly assembleMilliseconds: number;
  readonly csvRate: number;
  readonly csvGrowth: number;
};

export type Cached = {readonly folder: string; readonly url: string; readonly range: Range};

const runs = 3;

/** A million rows without any network: from the cache's files to the table, and from the table to CSV. */
export async function measureMillion(workshop: Workshop, programs: Programs, cached: Cached): Promise<readonly Line[]> {
  const {url, range} = cached;
  const folder = join(cached.folder, '.cache', 'openai-usage');
  const reports: MillionReport[] = [];
  for (let run = 0; run < runs; run++) {
    const argv = [join(programs.bundled, 'million.mjs'), folder, url, String(range.first), String(range.last)];
    const {stdout} = await workshop.run(argv, {folder: cached.folder});
    reports.push(JSON.parse(stdout));
  }
  const [one] = reports;
  const of = (figure: keyof MillionReport) => reports.map(report => report[figure]);
  const size = `${one?.rows.toLocaleString('en-US')} rows × ${one?.columns} columns`;
  return [
    {what: 'a year from the cache into blocks', unit: 'rows/s', runs: of('yearReadRate')},
    {
      what: 'from the cache to the table',
      unit: 's',
      runs: of('tableSeconds'),
      reach: {bound: 'at most', value: 2},
      note: size,
    },
    {
      what: '  of it, blocks to dataset',
      unit: 'ms',
      runs: of('assembleMilliseconds'),
    },
    {what: '  peak memory', unit: 'MiB', runs: of('tablePeak'), reach: {bound: 'at most', value: 500}},
    {
      what: 'from the table to CSV',
      unit: 'rows/s',
      runs: of('csvRate'),
      reach: {bound: 'at least', value: 250_000},
      note: `${Math.round((one?.bytes ?? 0) / 2 ** 20)} MiB of text`,
    },
    {what: '  memory it adds', unit: 'MiB', runs: of('csvGrowth')},
  ];
}
