import {cpSync} from 'node:fs';
import {join} from 'node:path';
import {daysIn, type Range} from '../../source/usage/days.ts';
import {measureFirstRows} from './first-row.ts';
import {median} from './statistics.ts';
import type {Line, Section} from './table.ts';
import type {Workshop} from './workshop.ts';
import {type Counts, type Organization, type Programs, runChain, runExport} from './year.ts';

const delay = 200;

/** What `--concurrency` is where nobody says otherwise (DESIGN section 4). */
const ceiling = 64;

const coldRuns = 5;

/** The year over HTTP: cold, again, and a day longer. */
export async function measureYear(
  workshop: Workshop,
  programs: Programs,
  organization: Organization,
  range: Range,
): Promise<readonly Section[]> {
  const {url, count} = organization;
  const {first, last} = range;
  const longer = {first, last: last + 1};
  const folder = workshop.folder();
  const output = join(folder, 'year.csv');
  const chain = () => runChain(workshop, programs, url, {range, folder, output});
  const floor = (...atOnce: readonly string[]) =>
    workshop.run([join(programs.bundled, 'floor.mjs'), url, String(first), String(last), ...atOnce], {folder});
  const paced = () => floor(String(ceiling));
  const cold = () => runExport(workshop, programs, url, {range, folder: workshop.folder(), output});
  const again = (to: string) => runExport(workshop, programs, url, {range, folder, output: to});

  // Once without delay: the server makes and keeps every page.
  await count(0);
  for (const warm of [chain, paced, cold]) await warm();
  await runExport(workshop, programs, url, {range: longer, folder: workshop.folder(), output});

  await count(delay);
  const chains = await repeat(2, async () => (await chain()).seconds);
  const chainCount = await count(delay);
  const unpaced = await repeat(3, async () => (await floor()).seconds);
  await count(delay);
  // Turn by turn, so that whatever else the machine does meets both.
  const floors: number[] = [];
  const colds: number[] = [];
  const floorCounts: Counts[] = [];
  const coldCounts: Counts[] = [];
  for (let run = 0; run < coldRuns; run++) {
    floors.push((await paced()).seconds);
    floorCounts.push(await count(delay));
    // The last one leaves its cache to those that follow.
    colds.push((await (run < coldRuns - 1 ? cold() : again(output))).seconds);
    coldCounts.push(await count(delay));
  }
  const repeats = await repeat(5, async () => (await again(output)).seconds);
  const repeatCount = await count(delay);
  const onStdout = await repeat(5, async () => (await again('-')).firstByte);
  const copy = () => {
    const home = workshop.folder();
    cpSync(folder, home, {recursive: true});
    return home;
  };
  const onScreen = await measureFirstRows(workshop, programs, {url, range, home: copy});
  await count(delay);
  const longers: number[] = [];
  const longerCounts: Counts[] = [];
  for (let run = 0; run < 3; run++) {
    longers.push((await runExport(workshop, programs, url, {range: longer, folder: copy(), output})).seconds);
    longerCounts.push(await count(delay));
  }
  const longerOnScreen = await measureFirstRows(workshop, programs, {url, range: longer, home: copy});

  const chained = median(chains);
  const year: Line[] = [
    {what: 'chains of 7-day pages', unit: 's', runs: chains, note: told(chainCount, 2)},
    {what: 'the floor: all windows, parsed, no more', unit: 's', runs: floors, note: told(sum(floorCounts), coldRuns)},
    {what: 'the floor without a limit at once', unit: 's', runs: unpaced},
    {what: 'export', unit: 's', runs: colds, baseline: {what: 'the floor', runs: floors}},
    {
      what: '  times as fast as the chains',
      unit: '×',
      runs: colds.map(seconds => chained / seconds),
      reach: {bound: 'at least', value: 9},
    },
    {
      what: '  export, times that floor',
      unit: '×',
      runs: colds.map((seconds, run) => seconds / (floors[run] ?? Number.NaN)),
      reach: {bound: 'at most', value: 1.3},
      note: '32 at once, doubling to 64 after a round of successes, as the program paces',
    },
    {
      what: '  requests',
      unit: 'requests',
      runs: coldCounts.map(({usage, lists}) => usage + lists),
      reach: {bound: 'at most', value: 160},
      note: told(sum(coldCounts), coldRuns),
    },
  ];
  const repeated: Line[] = [
    {
      what: 'usage requests',
      unit: 'requests',
      runs: [repeatCount.usage / 5],
      reach: {bound: 'at most', value: 0},
    },
    {what: 'to the whole file', unit: 's', runs: repeats, baseline: {what: 'the export cold', runs: colds}},
    {what: 'to the first row on stdout', unit: 's', runs: onStdout, reach: {bound: 'at most', value: 0.6}},
    {...onScreen, reach: {bound: 'at most', value: 0.6}},
  ];
  const dayLonger: Line[] = [
    {
      what: 'usage requests',
      unit: 'requests',
      runs: longerCounts.map(({usage}) => usage),
      reach: {bound: 'at most', value: 11},
    },
    {what: 'to the whole file', unit: 's', runs: longers, baseline: {what: 'the export cold', runs: colds}},
    longerOnScreen,
  ];
  return [
    {title: `${daysIn(range)} days, all endpoints, ${delay} ms a request, whole process, file written`, lines: year},
    {title: 'The same again, in a new process', lines: repeated},
    {title: 'A day longer, in a new process', lines: dayLonger},
  ];
}

async function repeat(times: number, run: () => Promise<number>): Promise<number[]> {
  const figures: number[] = [];
  while (figures.length < times) figures.push(await run());
  return figures;
}

function sum(counts: readonly Counts[]): Counts {
  const of = (what: keyof Counts) => counts.reduce((total, each) => total + each[what], 0);
  return {usage: of('usage'), lists: of('lists')};
}

function told({usage, lists}: Counts, runs: number): string {
  return `${usage / runs} usage requests, ${lists / runs} of the lists`;
}
