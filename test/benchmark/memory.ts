import {join} from 'node:path';
import type {Large, Part} from './large.ts';
import type {LoadingReport} from './loading.ts';
import type {Line, Section} from './table.ts';
import type {ViewsReport} from './views.ts';
import type {Workshop} from './workshop.ts';
import type {Programs} from './year.ts';

const runs = 3;
const million = 1_000_000;

/** So many rows without a network: from the cache to the table, what is asked of the table, and from there to CSV. */
export async function measureRows(
  workshop: Workshop,
  programs: Programs,
  {home}: Large,
  {least, range}: Part,
): Promise<Section> {
  const report = async <Report>(program: string): Promise<Report> => {
    const argv = [join(programs.bundled, program), home, String(range.first), String(range.last)];
    const {stdout} = await workshop.run(argv, {folder: home});
    const read: Report = JSON.parse(stdout);
    return read;
  };
  const loadings: LoadingReport[] = [];
  while (loadings.length < runs) loadings.push(await report<LoadingReport>('loading.mjs'));
  const {answers, csvRate} = await report<ViewsReport>('views.mjs');

  const of = (figure: keyof LoadingReport) => loadings.map(loading => loading[figure]);
  const reach = (bound: 'at least' | 'at most', value: number): Pick<Line, 'reach'> =>
    least < million ? {} : {reach: {bound, value}};
  const [one] = loadings;
  return {
    title: `${least.toLocaleString('en-US')} rows`,
    lines: [
      {
        what: 'from the cache to the table',
        unit: 's',
        runs: of('seconds'),
        ...reach('at most', 2),
        note: `${one?.rows.toLocaleString('en-US')} rows × ${one?.columns} columns`,
      },
      {what: '  peak memory', unit: 'MiB', runs: of('peak'), ...reach('at most', 500)},
      ...answers.map(
        ({what, most, baseline, ours, theirs}): Line => ({
          what,
          unit: 'ms',
          runs: ours,
          ...reach('at most', most),
          baseline: {what: baseline, runs: theirs},
        }),
      ),
      {
        what: 'from the table to CSV',
        unit: 'rows/s',
        runs: of('csvRate'),
        ...reach('at least', 250_000),
        baseline: {what: 'papaparse over row objects, in one text', runs: [csvRate]},
        note: `${Math.round((one?.bytes ?? 0) / 2 ** 20)} MiB`,
      },
      {what: '  memory it adds', unit: 'MiB', runs: of('csvGrowth')},
    ],
  };
}
