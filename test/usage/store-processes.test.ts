import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {Store} from '../../source/usage/store.ts';
import {bundledChild, type ChildReport, runChild} from './run-child.ts';
import {cachedDay, day, SERIES, tokensOf} from './sample-days.ts';
import {temporaryFolder} from './temporary-folder.ts';

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
  const lost = all.filter(each => !found.has(each)).map(each => ({...cachedDay({iso: '2026-10-01'}), day: each}));
  await store.write(SERIES, lost);
  expect([...(await new Store({folder, now: Date.now}).read(SERIES, october)).keys()]).toEqual(all);
});
