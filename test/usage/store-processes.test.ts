import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {setImmediate as nextTurn, setTimeout as sleep} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {Store} from '../../source/usage/store.ts';
import {kindOf} from '../../source/usage/store-key.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {bundledChild, type ChildReport, runChild} from './run-child.ts';
import {blockOf, cachedDay, day, SERIES, tokensOf} from './sample-days.ts';

const october = {first: day('2026-10-01'), last: day('2026-10-31')};
const all = Array.from({length: 30}, (_, index) => october.first + index);

test('two programs that write into one month at a time tear nothing, for themselves or a reader', async () => {
  const folder = temporaryFolder();
  const child = await bundledChild();
  const running: Promise<ChildReport>[] = [0, 15].map(first =>
    runChild(process.execPath, [child, folder, 'turns', String(first), '90']),
  );
  let isOver = false;
  const reports = Promise.all(running).finally(() => {
    isOver = true;
  });
  let readsInBetween = 0;
  while (!isOver) {
    const reader = new Store({folder, now: Date.now});
    for (const cached of (await reader.read(SERIES, october)).values()) {
      expect(cached.block.rowCount).toBe(300);
      expect(tokensOf(cached)).toBe(cached.day < october.first + 15 ? 0 : 15);
    }
    expect(reader.statistics.diskDamaged).toBe(0);
    readsInBetween++;
    await nextTurn();
  }
  for (const {troubles, damaged} of await reports) expect({troubles, damaged}).toEqual({troubles: [], damaged: 0});
  expect(readsInBetween).toBeGreaterThan(0);
  expect(readdirSync(join(folder, 'demo'))).toHaveLength(1);

  // What one lost to the other is fetched again, and then everything is there.
  const store = new Store({folder, now: Date.now});
  const found = await store.read(SERIES, october);
  expect(found.size).toBeGreaterThan(0);
  const lost = all
    .filter(each => !found.has(each))
    .map(each => ({...cachedDay({iso: '2026-10-01'}), day: each, block: blockOf(2, 1000, each)}));
  await store.write(SERIES, lost);
  expect([...(await new Store({folder, now: Date.now}).read(SERIES, october)).keys()]).toEqual(all);
});

/** Five programs that all write into one month, and into the next one a moment later, for so many seconds. */
const fiveIn = async (folder: string, seconds: number): Promise<readonly ChildReport[]> => {
  const child = await bundledChild();
  const runs = [0, 1, 2, 3, 4].map(number =>
    runChild(process.execPath, [child, folder, 'contend', String(number), String(seconds)]),
  );
  const reports = await Promise.all(runs);
  for (const {troubles} of reports) expect(troubles).toEqual([]);
  return reports;
};
const ever = {first: 0, last: day('2069-12-31')};

test('five programs that write into one month at a time lose nothing of each other, days or names', async () => {
  const folder = temporaryFolder();
  const reports = await fiveIn(folder, 12);
  const store = new Store({folder, now: Date.now});
  const found = await store.read(SERIES, ever);
  const wrote = reports.flatMap(report => report.wrote);
  expect(reports.map(({damaged}) => damaged)).toEqual([0, 0, 0, 0, 0]);
  expect(wrote.length).toBeGreaterThan(300);
  expect(wrote.filter(each => !found.has(each))).toEqual([]);
  expect(Object.keys((await store.readDirectory('demo')) ?? {})).toEqual(
    expect.arrayContaining(reports.flatMap(report => report.named)),
  );
  expect(readdirSync(join(folder, 'demo')).filter(name => kindOf(name) === 'temporary')).toEqual([]);
}, 60_000);

test('a sixth that clears the cache all the time does not trouble them, nor leave anything torn', async () => {
  const folder = temporaryFolder();
  let isOver = false;
  const reports = fiveIn(folder, 6);
  const end = () => {
    isOver = true;
  };
  reports.then(end, end);
  let cleared = 0;
  while (!isOver) {
    const store = new Store({folder, now: Date.now});
    cleared += (await store.clear(undefined, {names: true})).files;
    await sleep(5);
  }
  await reports;
  expect(cleared).toBeGreaterThan(0);
  const store = new Store({folder, now: Date.now});
  for (const cached of (await store.read(SERIES, ever)).values()) expect(cached.block.rowCount).toBe(50);
  expect(store.statistics.diskDamaged).toBe(0);
}, 60_000);
