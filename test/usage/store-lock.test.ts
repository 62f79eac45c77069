import {execFileSync} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {Store} from '../../source/usage/store.ts';
import {withLock} from '../../source/usage/store-lock.ts';
import {replaceCacheFile} from '../../source/usage/store-replace.ts';
import {Waiting} from '../../source/usage/store-waiting.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {cachedDay, NOON, SERIES} from './sample-days.ts';

const lockPath = (): string => join(temporaryFolder(), 'x.lock');

test('an action has its lock to itself, for its owner alone, and leaves nothing behind', async () => {
  const path = lockPath();
  expect(await withLock(path, () => existsSync(path))).toBe(true);
  expect(existsSync(path)).toBe(false);
});

test('an action that throws gives its lock back', async () => {
  const path = lockPath();
  await expect(
    withLock(path, () => {
      throw new Error('disk');
    }),
  ).rejects.toThrow('disk');
  expect(existsSync(path)).toBe(false);
});

test('who finds a lock waits until it is given back', async () => {
  const path = lockPath();
  writeFileSync(path, "another program's");
  let isDone = false;
  const done = withLock(path, () => {
    isDone = true;
  });
  await new Promise(resolve => setTimeout(resolve, 5));
  expect(isDone).toBe(false);
  rmSync(path);
  await done;
});

test('a lock that is another one each time it is seen is not a dead program’s, though none has a text yet', async () => {
  const [busy, dead] = [lockPath(), lockPath()];
  const take = () => {
    rmSync(busy, {force: true});
    writeFileSync(busy, '', {flag: 'wx'});
  };
  take();
  writeFileSync(dead, '');
  const taking = setInterval(take, 5);
  const order: string[] = [];
  const done = withLock(busy, () => order.push('busy'));
  await withLock(dead, () => order.push('dead'));
  clearInterval(taking);
  rmSync(busy, {force: true});
  await done;
  expect(order).toEqual(['dead', 'busy']);
});

test('who says that it takes longer is given that time', async () => {
  const [slow, dead] = [lockPath(), lockPath()];
  const texts: string[] = [];
  await withLock(slow, hold => {
    hold(1000);
    texts.push(readFileSync(slow, 'utf8'));
  });
  writeFileSync(slow, texts.join());
  writeFileSync(dead, '');
  const order: string[] = [];
  await Promise.all([withLock(slow, () => order.push('slow')), withLock(dead, () => order.push('dead'))]);
  expect(order).toEqual(['dead', 'slow']);
  expect(existsSync(slow)).toBe(false);
});

test('who has been at it for some time says that it goes on, but not before the time is over that all are given', async () => {
  const path = lockPath();
  let now = 0;
  const texts = new Set<string>();
  const says = () => texts.add(readFileSync(path, 'utf8').slice(37).trim()).size;
  await withLock(
    path,
    hold => {
      for (const [at, milliseconds, count] of [
        [100, 100, 1],
        [200, 60, 2],
        [400, 50, 2],
        [460, 10, 3],
      ] as const) {
        now = at;
        hold(milliseconds);
        expect(says()).toBe(count);
      }
    },
    new Waiting(() => now),
  );
  expect([...texts]).toEqual(['250', '60', '10']);
});

/** The lock of somebody who says that it takes a minute, and never comes back. */
const leaveLock = (path: string): string => {
  const text = `${randomUUID()} ${'60000'.padStart(9)}`;
  writeFileSync(path, text);
  return text;
};

/** A clock of its own, on which each look is a tenth of a second later: pauses take longer than was asked for. */
const slowClock = (): (() => number) => {
  let now = 0;
  return () => (now += 100);
};

test('the dead are waited for by the clock, and not for long in sum, however many they are and whatever they ask', async () => {
  const folder = temporaryFolder();
  const now = slowClock();
  const waiting = new Waiting(now);
  const paths = Array.from({length: 40}, (_, index) => join(folder, `${index}.lock`));
  for (const path of paths) leaveLock(path);
  const waits: number[] = [];
  for (const path of paths) {
    const began = now();
    await withLock(path, () => {}, waiting);
    waits.push(now() - began);
  }
  expect(Math.max(...waits)).toBeLessThan(12_000);
  // Each look at the clock takes its tenth of a second.
  expect(waits.reduce((sum, each) => sum + each, 0)).toBeLessThan(20_000 + 40 * 500);
  expect(paths.filter(existsSync)).toEqual([]);
});

test('who is to end waits for nobody, writes all the same, and leaves the lock to whose it is', async () => {
  const path = lockPath();
  const text = leaveLock(path);
  const controller = new AbortController();
  const waiting = new Waiting();
  waiting.heed(controller.signal);
  let isDone = false;
  const done = withLock(path, () => (isDone = true), waiting);
  await new Promise(resolve => setTimeout(resolve, 5));
  expect(isDone).toBe(false);
  controller.abort();
  await done;
  expect(isDone).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('who is to end still takes the locks that are free', async () => {
  const path = lockPath();
  const waiting = new Waiting();
  waiting.heed(AbortSignal.abort());
  expect(await withLock(path, () => existsSync(path), waiting)).toBe(true);
});

test('who writes a month says that it takes as long as that many bytes take on a slow disk', async () => {
  const folder = temporaryFolder();
  const large = cachedDay({iso: '2026-10-01', rows: 600_000, tokens: 1});
  await new Store({folder, now: () => NOON}).write(SERIES, [large]);
  const [name = ''] = readdirSync(join(folder, 'demo'));
  const asked: number[] = [];
  // The clock is asked in the middle of a merge too: which copy of a day is the better one depends on it.
  const now = () => {
    const lock = join(folder, 'demo', `${name}.lock`);
    if (existsSync(lock)) asked.push(Number(readFileSync(lock, 'utf8').split(/ +/)[1]));
    return NOON;
  };
  await new Store({folder, now}).write(SERIES, [cachedDay({iso: '2026-10-01'})]);
  expect(Math.max(...asked)).toBeGreaterThan(250);
});

test('of several locks none is held while another one is waited for', async () => {
  const [one, other] = [lockPath(), lockPath()].sort();
  if (one === undefined || other === undefined) throw new Error('no paths');
  writeFileSync(other, "another program's");
  let isDone = false;
  const done = withLock([other, one], () => {
    isDone = existsSync(one) && existsSync(other);
  });
  expect([existsSync(one), isDone]).toEqual([false, false]);
  rmSync(other);
  await done;
  expect([existsSync(one), existsSync(other), isDone]).toEqual([false, false, true]);
});

test.each(["a dead program's", ''])('a lock that says %j for too long is a dead program’s', async text => {
  const path = lockPath();
  writeFileSync(path, text);
  expect(await withLock(path, () => readFileSync(path, 'utf8'))).not.toBe(text);
  expect(existsSync(path)).toBe(false);
});

test('a pipe or a gigabyte in the place of a lock is read by nobody, and deleted', async () => {
  const pipe = lockPath();
  execFileSync('mkfifo', [pipe]);
  const gigabyte = lockPath();
  writeFileSync(gigabyte, '');
  truncateSync(gigabyte, 2 ** 30);
  await Promise.all([pipe, gigabyte].map(path => withLock(path, () => {})));
  expect([pipe, gigabyte].filter(existsSync)).toEqual([]);
});

test('a lock that can be neither read nor deleted keeps nobody for good', async () => {
  const path = lockPath();
  mkdirSync(path);
  expect(await withLock(path, () => 'done')).toBe('done');
});

test('where no lock can be made the action says what is wrong', async () => {
  expect(await withLock(join(temporaryFolder(), 'none', 'x.lock'), () => 'done')).toBe('done');
});

test('who lost its lock to another leaves that one alone', async () => {
  const path = lockPath();
  await withLock(path, () => {
    rmSync(path);
    writeFileSync(path, "another program's");
  });
  expect(readFileSync(path, 'utf8')).toBe("another program's");
});

test('a file that another program replaced meanwhile is merged again: its lock had been broken', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'x');
  let merges = 0;
  const merge = () => {
    const known = existsSync(path) ? readFileSync(path, 'utf8') : '';
    if (merges++ === 0) writeFileSync(path, 'theirs');
    return [['known', known]] as const;
  };
  expect(replaceCacheFile(folder, 'x', merge, NOON)).toBe('written');
  expect(readFileSync(path, 'utf8')).toContain('theirs');
  expect(readdirSync(folder)).toEqual(['x']);
});

test('a file is written although others replace it all the time', () => {
  const folder = temporaryFolder();
  let merges = 0;
  const merge = () => {
    writeFileSync(join(folder, 'x'), 'theirs'.repeat(++merges));
    return [['mine', 1]] as const;
  };
  expect(replaceCacheFile(folder, 'x', merge, NOON)).toBe('written');
  expect(readFileSync(join(folder, 'x'), 'utf8')).toContain('mine');
});

test('days written past a dead program’s lock are on disk, which is clean afterwards', async () => {
  const folder = temporaryFolder();
  const cached = cachedDay({iso: '2026-10-01'});
  await new Store({folder, now: () => NOON}).write(SERIES, [cached]);
  const [name = ''] = readdirSync(join(folder, 'demo'));
  writeFileSync(join(folder, 'demo', `${name}.lock`), "a dead program's");
  await new Store({folder, now: () => NOON}).write(SERIES, [cachedDay({iso: '2026-10-02'})]);
  const found = await new Store({folder, now: () => NOON}).read(SERIES, {first: cached.day, last: cached.day + 1});
  expect(found.size).toBe(2);
  expect(readdirSync(join(folder, 'demo'))).toEqual([name]);
});

test('days that were cleared while they waited for another program are not written', async () => {
  const folder = temporaryFolder();
  await new Store({folder, now: () => NOON}).write(SERIES, [cachedDay({iso: '2026-10-01'})]);
  const [name = ''] = readdirSync(join(folder, 'demo'));
  const store = new Store({folder, now: () => NOON});
  const lock = join(folder, 'demo', `${name}.lock`);
  writeFileSync(lock, "another program's");
  const written = store.write(SERIES, [cachedDay({iso: '2026-10-02'})]);
  await store.clear('demo', {names: false});
  await written;
  expect((await store.measure()).days).toBe(0);
});
