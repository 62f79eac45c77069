import {join} from 'node:path';
import {daysIn, type Range} from '../../source/usage/days.ts';
import type {Cached} from './memory.ts';
import {type Line, median, type Section} from './table.ts';
import type {Timed, Workshop} from './workshop.ts';
import {type Organization, type Programs, runChain, runExport} from './year.ts';

const delay = 200;

/** The year over HTTP, cold and again; and where its cache is, for what is measured without a network. */
export async function measureYear(
  workshop: Workshop,
  programs: Programs,
  organization: Organization,
  range: Range,
): Promise<{sections: readonly Section[]; cached: Cached}> {
  const {url, count} = organization;
  const {first, last} = range;
  const longer = {first, last: last + 1};
  const folder = workshop.folder();
  const output = join(folder, 'year.csv');
  const chain = () => runChain(workshop, programs, url, {range, folder, output});
  const floor = () => workshop.run([join(programs.bundled, 'floor.mjs'), url, String(first), String(last)], {folder});
  const cold = () => runExport(workshop, programs, url, {range, folder: workshop.folder(), output});
  const again = (to: string) => runExport(workshop, programs, url, {range, folder, output: to});

  // Once without delay: the server makes and keeps every page.
  await count(0);
  for (const warm of [chain, floor, cold]) await warm();
  await runExport(workshop, programs, url, {range: longer, folder: workshop.folder(), output});

  await count(delay);
  const chains = await repeat(2, chain);
  const chainCount = await count(delay);
  const floors = await repeat(3, floor);
  const floorCount = await count(delay);
  const colds = [...(await repeat(4, cold)), (await again(output)).seconds];
  const coldCount = await count(delay);
  const repeats = await repeat(5, () => again(output));
  const repeatCount = await count(delay);
  const firstRows = await repeat(
    5,
    () => again('-'),
    ({firstByte}) => firstByte,
  );
  await count(delay);
  await runExport(workshop, programs, url, {range: longer, folder, output});
  const longerCount = await count(delay);

  const baseline = median(chains);
  const requests = ({usage, lists}: {usage: number; lists: number}, runs: number) =>
    `${usage / runs} usage requests, ${lists / runs} of the lists`;
  const year: Line[] = [
    {what: 'chains of 7-day pages (the baseline)', unit: 's', runs: chains, note: requests(chainCount, 2)},
    {what: 'all windows at once, parsed, no more (the floor)', unit: 's', runs: floors, note: requests(floorCount, 3)},
    {what: 'export', unit: 's', runs: colds},
    {
      what: '  times as fast as the chains',
      unit: '×',
      runs: colds.map(seconds => baseline / seconds),
      reach: {bound: 'at least', value: 9},
    },
    {
      what: '  requests',
      unit: 'requests',
      runs: [(coldCount.usage + coldCount.lists) / 5],
      reach: {bound: 'at most', value: 160},
      note: requests(coldCount, 5),
    },
  ];
  const cached: Line[] = [
    {
      what: 'usage requests',
      unit: 'requests',
      runs: [repeatCount.usage / 5],
      reach: {bound: 'at most', value: 0},
    },
    {what: 'to the whole file', unit: 's', runs: repeats},
    {what: 'to the first row on stdout', unit: 's', runs: firstRows, reach: {bound: 'at most', value: 0.6}},
    {
      what: 'a range one day longer, usage requests',
      unit: 'requests',
      runs: [longerCount.usage],
      reach: {bound: 'at most', value: 11},
    },
  ];
  return {
    sections: [
      {title: `${daysIn(range)} days, all endpoints, ${delay} ms a request, whole process, file written`, lines: year},
      {title: 'The same again, in a new process', lines: cached},
    ],
    cached: {folder, url, range},
  };
}

async function repeat(
  times: number,
  run: () => Promise<Timed>,
  figure: (timed: Timed) => number = ({seconds}) => seconds,
): Promise<number[]> {
  const figures: number[] = [];
  while (figures.length < times) figures.push(figure(await run()));
  return figures;
}
