import {execFileSync} from 'node:child_process';
import {chmodSync, chownSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {Store} from '../../source/usage/store.ts';
import {troubleTeller} from '../../source/usage/store-trouble.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {tinyDisk} from '../helpers/tiny-disk.ts';
import {bundledChild, runChild} from './run-child.ts';
import {cachedDay, day, NOON, SERIES} from './sample-days.ts';

const october = {first: day('2026-10-01'), last: day('2026-10-31')};

/** A store in that folder, and what it says of it. */
const troubledStore = (folder: string): {store: Store; told: string[]} => {
  const told: string[] = [];
  return {store: new Store({folder, now: () => NOON, onTrouble: sentence => told.push(sentence)}), told};
};

/** Runs it as somebody whose folder it is, and who may not read everything: root may. */
const withoutRoot = async (action: () => Promise<void>, folder: string): Promise<void> => {
  if (process.geteuid?.() !== 0) return action();
  const nobody = 65_534;
  for (const path of [folder, join(folder, 'demo')]) chownSync(path, nobody, nobody);
  process.seteuid?.(nobody);
  try {
    await action();
  } finally {
    process.seteuid?.(0);
  }
};

describe('a session goes on from memory, and says so once,', () => {
  /** Writes, reads and remembers as a session does; everything must be there as long as the session lasts. */
  const expectToGoOn = async (store: Store): Promise<void> => {
    for (const iso of ['2026-10-01', '2026-10-02']) {
      await store.write(SERIES, [cachedDay({iso, rows: 5000, tokens: 1})]);
      await store.flush();
    }
    await store.writeDirectory('demo', () => ({user_1: 'Ann'.repeat(30_000)}));
    expect((await store.read(SERIES, october)).size).toBe(2);
    expect(await store.readDirectory('demo')).toEqual({user_1: 'Ann'.repeat(30_000)});
    await store.measure();
  };

  test.each(['', 'below'])('where the folder is a file, or below one (%j)', async below => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, 'not a folder');
    const {store, told} = troubledStore(join(path, below));
    await expectToGoOn(store);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(
      `The cache at ${join(path, below)} can't be written: a file or a dead link is in its way`,
    );
    expect(told[0]).toContain('--cache-dir');
  });

  test('where the disk is full, and what was written before stays whole', async ({skip}) => {
    const folder = tinyDisk(skip, 'size=64k');
    const {store, told} = troubledStore(folder);
    await expectToGoOn(store);
    expect(told).toEqual([
      `The cache at ${folder} can't be written: the disk is full. Going on from memory. Free some space, or use --cache-dir.`,
    ]);
    expect(readdirSync(join(folder, 'demo'))).toHaveLength(1);
    expect((await troubledStore(folder).store.read(SERIES, october)).size).toBe(1);
  });

  test('where the disk is read-only; what is there is still read', async ({skip}) => {
    const folder = tinyDisk(skip, 'size=4m');
    await troubledStore(folder).store.write(SERIES, [cachedDay({iso: '2026-10-03'})]);
    execFileSync('mount', ['-o', 'remount,ro', folder], {stdio: 'ignore'});
    const {store, told} = troubledStore(folder);
    expect((await store.read(SERIES, october)).size).toBe(1);
    expect(told).toEqual([]);
    await store.write(SERIES, [cachedDay({iso: '2026-10-04'})]);
    expect((await store.read(SERIES, october)).size).toBe(2);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('the disk is read-only');
  });

  test('where a file may not be larger than the system says', async () => {
    const folder = temporaryFolder();
    const child = await bundledChild();
    const limited = ['-c', 'ulimit -f 4; exec "$@"', 'sh', process.execPath, child, folder, 'large', '5000'];
    const {troubles, days, names} = await runChild('/bin/sh', limited);
    expect(days).toEqual([0, 1, 2].map(later => october.first + later));
    expect(names).toEqual({user_1: 'Ann'});
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toContain('files may not be so large');
    expect(readdirSync(join(folder, 'demo'))).toEqual(['names']);
  });
});

test('names that cannot be read now are not lost: what is new waits, and joins them', async () => {
  const folder = temporaryFolder();
  const adding = (id: string, name: string) => (known: unknown) => ({
    ...(typeof known === 'object' && known),
    [id]: name,
  });
  await troubledStore(folder).store.writeDirectory('demo', adding('user_1', 'Ann'));
  const path = join(folder, 'demo', 'names');
  const {store, told} = troubledStore(folder);
  chmodSync(path, 0o000);
  await withoutRoot(async () => {
    expect(await store.readDirectory('demo')).toBeUndefined();
    expect(await store.writeDirectory('demo', adding('user_2', 'Bob'))).toBe(false);
    expect(await store.readDirectory('demo')).toEqual({user_2: 'Bob'});
  }, folder);
  expect(told).toHaveLength(1);
  expect(told[0]).toContain("can't be read: you have no right to");
  chmodSync(path, 0o600);
  expect(await troubledStore(folder).store.readDirectory('demo')).toEqual({user_1: 'Ann'});
  expect(await store.writeDirectory('demo', adding('user_3', 'Cid'))).toBe(true);
  const all = {user_1: 'Ann', user_2: 'Bob', user_3: 'Cid'};
  expect(await troubledStore(folder).store.readDirectory('demo')).toEqual(all);
});

describe('a trouble', () => {
  const failure = (code: string): Error => Object.assign(new Error(`${code}: it failed`), {code, syscall: 'open'});

  test('is told once for each kind, not for each failure', () => {
    const told: string[] = [];
    const report = troubleTeller('/cache', sentence => told.push(sentence));
    for (const code of ['EACCES', 'EPERM', 'ENOSPC', 'EDQUOT', 'EIO']) report('write', failure(code));
    for (const code of ['EACCES', 'EIO', 'ENOSPC']) report('read', failure(code));
    expect(told).toHaveLength(3);
  });

  test('says what could not be deleted even if it was told before that nothing can be written', () => {
    const told: string[] = [];
    const report = troubleTeller('/cache', sentence => told.push(sentence));
    report('write', failure('EROFS'));
    report('delete', failure('EROFS'));
    expect(told[1]).toBe(
      "The cache at /cache can't be deleted: the disk is read-only. What is there stays there. Make it writable, or use --cache-dir.",
    );
  });

  test.each(['ENOTDIR', 'EEXIST', 'ELOOP', 'EISDIR', 'ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EACCES', 'ENAMETOOLONG'])(
    'of the kind %s is said, with what to do, in the two lines that a small screen has for it',
    code => {
      for (const doing of ['read', 'write'] as const) {
        const told: string[] = [];
        troubleTeller('/home/ann/.cache/openai-usage', sentence => told.push(sentence))(doing, failure(code));
        expect(told[0]).toMatch(/--cache-dir.*\.$/);
        expect(told[0]?.length).toBeLessThan(2 * 78);
      }
    },
  );

  test('repeats what the system says where it is none of the usual', () => {
    const told: string[] = [];
    troubleTeller('/cache', sentence => told.push(sentence))('read', failure('EIO'));
    expect(told[0]).toContain('EIO: it failed');
  });
});
