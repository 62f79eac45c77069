import {existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {pack} from '../../source/usage/pack.ts';
import {Store} from '../../source/usage/store.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {cachedDay, day, HOUR, NOON, SERIES} from './sample-days.ts';

const other = '0123456789abcdef0123456789abcdef';
const october = {first: day('2026-10-01'), last: day('2026-10-31')};
const storeIn = (folder: string, now = () => NOON, diskBytes?: number): Store =>
  new Store({folder, now, ...(diskBytes !== undefined && {diskBytes})});

/** Two days in two months for `demo`, one for another account, and names for both. */
const filledFolder = async (): Promise<string> => {
  const folder = temporaryFolder();
  const store = storeIn(folder);
  await store.write(SERIES, [cachedDay({iso: '2026-10-05'}), cachedDay({iso: '2026-09-30'})]);
  await store.write({...SERIES, account: other}, [cachedDay({iso: '2026-10-01'})]);
  for (const account of ['demo', other]) await store.writeDirectory(account, () => ({account}));
  return folder;
};

describe('measuring', () => {
  test('counts days, files and bytes, of one account and of all', async () => {
    const folder = await filledFolder();
    const all = await storeIn(folder).measure();
    expect(all).toMatchObject({path: folder, days: 3, files: 3, oldest: day('2026-09-30'), newest: day('2026-10-05')});
    expect(all.names.files).toBe(2);
    expect(all.accounts.map(({account, days}) => [account, days])).toEqual([
      [other, 1],
      ['demo', 2],
    ]);
    const usage = readdirSync(join(folder, 'demo')).filter(name => name !== 'names');
    const bytes = usage.reduce((sum, name) => sum + statSync(join(folder, 'demo', name)).size, 0);
    expect(await storeIn(folder).measure('demo')).toMatchObject({days: 2, files: 2, bytes});
  });

  test('counts a day once that is in memory and on disk', async () => {
    const store = storeIn(temporaryFolder());
    await store.write(SERIES, [cachedDay({iso: '2026-10-01'})]);
    expect((await store.measure()).days).toBe(1);
  });

  test('is not deceived by texts that look like days', async () => {
    const store = storeIn(temporaryFolder(), undefined);
    const name = `{"key":"${october.first + 3}",`;
    const column = {kind: 'text', name, codes: Uint32Array.of(1), dictionary: ['', name]} as const;
    const block = pack({rowCount: 1, columns: new Map([[name, column]])});
    await store.write(SERIES, [cachedDay({iso: '2026-10-01', block})]);
    expect((await store.measure()).days).toBe(1);
  });

  test('finds nothing where nothing was ever kept', async () => {
    const measured = await storeIn(join(temporaryFolder(), 'none')).measure();
    expect(measured).toMatchObject({days: 0, files: 0, bytes: 0, accounts: []});
    expect(measured).not.toHaveProperty('oldest');
  });
});

describe('clearing', () => {
  test("deletes the account's days on disk and in memory, and nothing else", async () => {
    const folder = await filledFolder();
    const store = storeIn(folder);
    await store.read(SERIES, october);
    const {bytes} = await store.measure('demo');
    expect(await store.clear('demo', {names: false})).toEqual({days: 2, files: 2, bytes});
    expect((await store.read(SERIES, october)).size).toBe(0);
    expect((await store.read({...SERIES, account: other}, october)).size).toBe(1);
    expect(await store.readDirectory('demo')).toEqual({account: 'demo'});
  });

  test('deletes names only when asked to', async () => {
    const folder = await filledFolder();
    await storeIn(folder).clear('demo', {names: true});
    expect(await storeIn(folder).readDirectory('demo')).toBeUndefined();
    expect(await storeIn(folder).readDirectory(other)).toEqual({account: other});
  });

  test('deletes all accounts when none is named', async () => {
    const folder = await filledFolder();
    expect(await storeIn(folder).clear(undefined, {names: true})).toMatchObject({days: 3, files: 5});
    expect(await storeIn(folder).measure()).toMatchObject({days: 0, files: 0, names: {files: 0}});
  });

  test('finds and deletes files of an earlier version, which no read finds any more', async () => {
    const folder = await filledFolder();
    const earlier = join(folder, 'demo', 'e7e5a9f9ea9d5ac60c7cc1fc-completions-1d-2026-08');
    const entries = ['format', 'dictionaries', String(day('2026-08-03'))].map(key => ({key, value: {}}));
    writeFileSync(earlier, JSON.stringify(entries));
    expect(await storeIn(folder).measure('demo')).toMatchObject({days: 3, files: 3, oldest: day('2026-08-03')});
    expect(await storeIn(folder).clear('demo', {names: false})).toMatchObject({days: 3, files: 3});
    expect(existsSync(earlier)).toBe(false);
  });

  test('leaves files alone that are not ours', async () => {
    const folder = await filledFolder();
    mkdirSync(join(folder, 'photos'));
    const foreign = ['notes.txt', 'demo/notes.txt', 'photos/names'].map(name => join(folder, name));
    for (const path of foreign) writeFileSync(path, 'mine');
    await storeIn(folder).clear(undefined, {names: true});
    expect(foreign.filter(existsSync)).toEqual(foreign);
  });

  test('is not undone by a write that was waiting', async () => {
    const folder = temporaryFolder();
    const store = storeIn(folder);
    const written = store.write(SERIES, [cachedDay({iso: '2026-10-01'}), cachedDay({iso: '2026-09-01'})]);
    await store.clear('demo', {names: false});
    await written;
    await store.flush();
    expect((await storeIn(folder).measure()).days).toBe(0);
  });
});

describe('the bound on disk', () => {
  const months = ['2026-07-01', '2026-08-01', '2026-09-01', '2026-10-01'];

  /** One file a month, each last used an hour after the one before; returns the size of one. */
  const fill = async (folder: string): Promise<number> => {
    for (const [index, iso] of months.entries()) {
      const store = storeIn(folder, () => NOON + index * HOUR);
      await store.write(SERIES, [cachedDay({iso, rows: 100})]);
    }
    return (await storeIn(folder).measure()).bytes / months.length;
  };

  const heldIn = async (folder: string): Promise<string[]> => {
    const found = await storeIn(folder).read(SERIES, {first: day('2026-07-01'), last: day('2026-12-31')});
    return [...found.keys()].map(found => new Date(found * 86_400_000).toISOString().slice(0, 10));
  };

  test('is kept at flush: the files that were not used for longest go', async () => {
    const folder = temporaryFolder();
    const size = await fill(folder);
    const store = storeIn(folder, () => NOON + 10 * HOUR, 2.5 * size);
    await store.write(SERIES, [cachedDay({iso: '2026-11-01', rows: 1})]);
    expect((await heldIn(folder)).length).toBe(5);
    await store.flush();
    expect(await heldIn(folder)).toEqual(['2026-09-01', '2026-10-01', '2026-11-01']);
  });

  test('counts reading as use', async () => {
    const folder = temporaryFolder();
    const size = await fill(folder);
    const store = storeIn(folder, () => NOON + 10 * HOUR, 2.5 * size);
    await store.read(SERIES, {first: day('2026-07-01'), last: day('2026-07-01')});
    await store.write(SERIES, [cachedDay({iso: '2026-11-01', rows: 1})]);
    await store.flush();
    expect(await heldIn(folder)).toEqual(['2026-07-01', '2026-10-01', '2026-11-01']);
  });

  test('never costs names', async () => {
    const folder = temporaryFolder();
    const store = storeIn(folder, () => NOON, 1);
    await store.writeDirectory('demo', () => ['Ann']);
    await store.write(SERIES, [cachedDay({iso: '2026-10-01'})]);
    await store.flush();
    expect(await storeIn(folder).measure()).toMatchObject({files: 0, names: {files: 1}});
  });
});

test('what a crash left half-written is swept away after an hour', async () => {
  const folder = temporaryFolder();
  const store = storeIn(folder);
  await store.write(SERIES, [cachedDay({iso: '2026-10-01'})]);
  const [name = ''] = readdirSync(join(folder, 'demo'));
  const leftover = (letter: string, age: number): string => {
    const path = join(folder, 'demo', `${name}.${letter.repeat(36)}.tmp`);
    writeFileSync(path, '[{"ke');
    utimesSync(path, (NOON - age) / 1000, (NOON - age) / 1000);
    return path;
  };
  const [old, recent] = [leftover('a', HOUR + 1000), leftover('b', HOUR - 1000)];
  await store.flush();
  expect([old, recent].map(existsSync)).toEqual([false, true]);
});
