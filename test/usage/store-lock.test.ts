import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {Store} from '../../source/usage/store.ts';
import {withLock} from '../../source/usage/store-lock.ts';
import {replaceCacheFile} from '../../source/usage/store-replace.ts';
import {cachedDay, NOON, SERIES} from './sample-days.ts';
import {temporaryFolder} from './temporary-folder.ts';

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
  await withLock(path, () => writeFileSync(path, "another program's"));
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
  expect(replaceCacheFile(folder, 'x', merge, NOON)).toBe(true);
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
  expect(replaceCacheFile(folder, 'x', merge, NOON)).toBe(true);
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
