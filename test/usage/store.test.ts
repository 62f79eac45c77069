import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {Store, type StoreOptions} from '../../source/usage/store.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {blockOf, cachedDay, day, HOUR, NOON, rowsOf, SERIES, tokensOf} from './sample-days.ts';

const october = {first: day('2026-10-01'), last: day('2026-10-31')};
const other = '0123456789abcdef0123456789abcdef';

const storeIn = (folder: string | undefined, options: Partial<StoreOptions> = {}): Store =>
  new Store({
    folder,
    now: () => NOON,
    onTrouble: sentence => {
      throw new Error(`Unexpected: ${sentence}`);
    },
    ...options,
  });

const daysOf = (found: ReadonlyMap<number, unknown>): number[] => [...found.keys()];

describe('days that were written', () => {
  test('are read in a new process, in their order, with their rows', async () => {
    const folder = temporaryFolder();
    const days = [cachedDay({iso: '2026-10-31', tokens: 7}), cachedDay({iso: '2026-10-02', rows: 0})];
    await storeIn(folder).write(SERIES, days);
    const found = await storeIn(folder).read(SERIES, october);
    expect(daysOf(found)).toEqual([day('2026-10-02'), day('2026-10-31')]);
    for (const {day, fetchedAt, hasBucket, block} of days) {
      expect(found.get(day)).toMatchObject({day, fetchedAt, hasBucket});
      expect(rowsOf(found.get(day)?.block ?? block)).toEqual(rowsOf(block));
    }
  });

  test('are there at once: while they wait for their turn on disk, and memory has no room for them', async () => {
    const store = storeIn(temporaryFolder(), {memoryBytes: 1});
    const written = store.write(
      SERIES,
      ['2026-07-01', '2026-08-01', '2026-09-01', '2026-10-02'].map(iso => cachedDay({iso})),
    );
    expect(daysOf(await store.read(SERIES, october))).toEqual([day('2026-10-02')]);
    expect(store.statistics.diskWrites).toBeLessThan(4);
    await written;
    expect(store.statistics.diskWrites).toBe(4);
  });

  test('are read from memory, and from disk only when memory lacks one', async () => {
    const folder = temporaryFolder();
    await storeIn(folder).write(SERIES, [cachedDay({iso: '2026-10-02'}), cachedDay({iso: '2026-11-02'})]);
    const store = storeIn(folder);
    const range = {first: day('2026-10-02'), last: day('2026-10-02')};
    await store.read(SERIES, range);
    await store.read(SERIES, range);
    expect(store.statistics).toMatchObject({memoryHits: 1, memoryMisses: 1, memoryEntries: 1, diskReads: 1});
  });

  test('are read from disk where memory holds what would be asked for again: another program may have asked', async () => {
    const folder = temporaryFolder();
    const [one, another] = [storeIn(folder), storeIn(folder)];
    const settled = cachedDay({iso: '2026-10-02', tokens: 2});
    await one.write(SERIES, [{...settled, fetchedAt: settled.fetchedAt - HOUR}]);
    await another.write(SERIES, [settled]);
    expect((await one.read(SERIES, october)).get(settled.day)?.fetchedAt).toBe(settled.fetchedAt);
  });

  test('are found across months', async () => {
    const folder = temporaryFolder();
    await storeIn(folder).write(
      SERIES,
      ['2025-12-31', '2026-01-01'].map(iso => cachedDay({iso})),
    );
    const range = {first: day('2025-12-01'), last: day('2026-01-31')};
    expect(daysOf(await storeIn(folder).read(SERIES, range))).toEqual([day('2025-12-31'), day('2026-01-01')]);
  });

  test('belong to one account, endpoint, width, grouping and filter', async () => {
    const store = storeIn(temporaryFolder());
    await store.write(SERIES, [cachedDay({iso: '2026-10-02'})]);
    for (const series of [
      {...SERIES, account: other},
      {...SERIES, endpoint: 'embeddings'} as const,
      {...SERIES, width: '1h'} as const,
      {...SERIES, grouping: ['model']},
      {...SERIES, filters: [['models', 'gpt-5']]} as const,
    ]) {
      expect((await store.read(series, october)).size).toBe(0);
    }
  });

  test('without a row fit into memory too: lru-cache throws for a size of 0', async () => {
    const store = storeIn(undefined);
    await store.write(SERIES, [cachedDay({iso: '2026-10-02', rows: 0})]);
    expect((await store.read(SERIES, october)).size).toBe(1);
  });

  test('that come in small pieces are written in few', async () => {
    const store = storeIn(temporaryFolder());
    const pieces = Array.from({length: 31}, (_, index) => ({
      ...cachedDay({iso: '2026-10-01'}),
      day: october.first + index,
      block: blockOf(2, 1000, october.first + index),
    }));
    await Promise.all(pieces.map(piece => store.write(SERIES, [piece])));
    expect(store.statistics.diskWrites).toBe(1);
    expect((await store.read(SERIES, october)).size).toBe(31);
  });
});

describe('writing into a month that is on disk', () => {
  test("keeps the other days, another program's too", async () => {
    const folder = temporaryFolder();
    const [one, another] = [storeIn(folder), storeIn(folder)];
    await one.write(SERIES, [cachedDay({iso: '2026-10-01'})]);
    await another.write(SERIES, [cachedDay({iso: '2026-10-02'})]);
    await one.write(SERIES, [cachedDay({iso: '2026-10-03'})]);
    expect((await storeIn(folder).read(SERIES, october)).size).toBe(3);
  });

  test('keeps the newer copy of a day, whichever came first', async () => {
    const folder = temporaryFolder();
    const newer = cachedDay({iso: '2026-11-21', fetchedAt: NOON, tokens: 2});
    const older = cachedDay({iso: '2026-11-21', fetchedAt: NOON - HOUR, tokens: 1});
    await storeIn(folder).write(SERIES, [newer]);
    await storeIn(folder).write(SERIES, [older]);
    const found = await storeIn(folder).read(SERIES, {first: newer.day, last: newer.day});
    expect(tokensOf(found.get(newer.day))).toBe(2);
  });

  test('never gives up a settled day for one without a bucket', async () => {
    const folder = temporaryFolder();
    const settled = cachedDay({iso: '2026-10-01', tokens: 5});
    await storeIn(folder).write(SERIES, [settled]);
    await storeIn(folder).write(SERIES, [cachedDay({iso: '2026-10-01', fetchedAt: NOON, hasBucket: false, rows: 0})]);
    expect(tokensOf((await storeIn(folder).read(SERIES, october)).get(settled.day))).toBe(5);
  });

  test('starts anew where the file is damaged', async () => {
    const folder = temporaryFolder();
    await storeIn(folder).write(SERIES, [cachedDay({iso: '2026-10-01'})]);
    const path = onlyFileIn(join(folder, 'demo'));
    writeFileSync(path, readFileSync(path).subarray(0, 100));
    const store = storeIn(folder);
    expect((await store.read(SERIES, october)).size).toBe(0);
    expect(store.statistics.diskDamaged).toBe(1);
    await store.write(SERIES, [cachedDay({iso: '2026-10-02'})]);
    expect((await storeIn(folder).read(SERIES, october)).size).toBe(1);
  });
});

describe('what is kept is kept from others', () => {
  const modeOf = (path: string): number => statSync(path).mode & 0o777;

  test('in folders and files for their owner alone', async () => {
    const folder = join(temporaryFolder(), 'a', 'openai-usage');
    const store = storeIn(folder);
    await store.write(SERIES, [cachedDay({iso: '2026-10-01'})]);
    await store.writeDirectory('demo', () => ({}));
    expect([folder, join(folder, 'demo')].map(modeOf)).toEqual([0o700, 0o700]);
    expect(readdirSync(join(folder, 'demo')).map(name => modeOf(join(folder, 'demo', name)))).toEqual([0o600, 0o600]);
  });

  test('in folders that were open before, too', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'demo'));
    writeFileSync(join(folder, 'columns.json'), '{}');
    for (const each of [folder, join(folder, 'demo')]) chmodSync(each, 0o755);
    await storeIn(folder).write(SERIES, [cachedDay({iso: '2026-10-01'})]);
    expect([folder, join(folder, 'demo')].map(modeOf)).toEqual([0o700, 0o700]);
  });

  test('without closing a folder that holds other things', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'notes.txt'), '');
    await storeIn(folder).write(SERIES, [cachedDay({iso: '2026-10-01'})]);
    expect([folder, join(folder, 'demo')].map(modeOf)).toEqual([0o755, 0o700]);
  });

  test.each(['../x', '', 'x/../../y'])('and never outside the folder: no account is called %j', async account => {
    const folder = join(temporaryFolder(), 'cache');
    const series = {...SERIES, account};
    await expect(storeIn(folder).write(series, [cachedDay({iso: '2026-10-01'})])).rejects.toThrow(RangeError);
    await expect(storeIn(folder).read(series, october)).rejects.toThrow(RangeError);
    await expect(storeIn(folder).writeDirectory(account, () => 1)).rejects.toThrow(RangeError);
    await expect(storeIn(folder).clear(account, {names: true})).rejects.toThrow(RangeError);
    expect(existsSync(folder)).toBe(false);
  });
});

describe('without a folder', () => {
  test('everything is kept in memory, up to its bound', async () => {
    const store = storeIn(undefined, {memoryBytes: 20_000});
    for (const iso of ['2026-10-01', '2026-10-02', '2026-10-03']) {
      await store.write(SERIES, [cachedDay({iso, rows: 2000})]);
    }
    expect(daysOf(await store.read(SERIES, october))).toEqual([day('2026-10-02'), day('2026-10-03')]);
    expect(store.statistics.memoryBytes).toBeLessThanOrEqual(20_000);
    expect(await store.measure()).toMatchObject({path: undefined, days: 2, files: 0});
    expect(await store.clear('demo', {names: false})).toMatchObject({days: 2, files: 0});
    expect((await store.read(SERIES, october)).size).toBe(0);
  });

  test('names are remembered for the session', async () => {
    const store = storeIn(undefined);
    await store.writeDirectory('demo', () => ['a']);
    expect(await store.readDirectory('demo')).toEqual(['a']);
    expect(await store.readDirectory(other)).toBeUndefined();
  });
});

describe('names', () => {
  test('are kept for each account, and read in a new process', async () => {
    const folder = temporaryFolder();
    await storeIn(folder).writeDirectory('demo', () => ({user_1: 'Ann'}));
    expect(await storeIn(folder).readDirectory('demo')).toEqual({user_1: 'Ann'});
    expect(await storeIn(folder).readDirectory(other)).toBeUndefined();
  });

  test('are merged with those that another program wrote in between', async () => {
    const folder = temporaryFolder();
    const [one, another] = [storeIn(folder), storeIn(folder)];
    const add = (name: string) => (known: unknown) => [...(Array.isArray(known) ? known : []), name];
    await one.writeDirectory('demo', add('a'));
    await another.writeDirectory('demo', add('b'));
    await one.writeDirectory('demo', add('c'));
    expect(await another.readDirectory('demo')).toEqual(['a', 'b', 'c']);
  });

  test('that the disk refused are added to those it holds as soon as it takes them', async () => {
    const folder = temporaryFolder();
    const add = (name: string) => (known: unknown) => [...(Array.isArray(known) ? known : []), name];
    const told: string[] = [];
    const store = storeIn(folder, {onTrouble: sentence => told.push(sentence)});
    writeFileSync(join(folder, 'demo'), 'in the way');
    await store.writeDirectory('demo', add('mine'));
    expect(await store.readDirectory('demo')).toEqual(['mine']);
    rmSync(join(folder, 'demo'));
    await storeIn(folder).writeDirectory('demo', add("another program's"));
    await store.writeDirectory('demo', add('later'));
    expect(await storeIn(folder).readDirectory('demo')).toEqual(["another program's", 'mine', 'later']);
    expect(told).toHaveLength(1);
  });

  test('outlive the format of the days: they cannot be fetched again', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'demo'));
    const written = [
      {key: 'format', value: 1},
      {key: 'directory', value: ['from the first version on']},
    ];
    writeFileSync(join(folder, 'demo', 'names'), JSON.stringify(written));
    expect(await storeIn(folder).readDirectory('demo')).toEqual(['from the first version on']);
  });

  test('are a miss where their file is damaged', async () => {
    const folder = temporaryFolder();
    await storeIn(folder).writeDirectory('demo', () => ({}));
    writeFileSync(join(folder, 'demo', 'names'), '[{"key":');
    expect(await storeIn(folder).readDirectory('demo')).toBeUndefined();
  });
});

test('a folder that vanishes in the middle of a session is made again', async () => {
  const folder = temporaryFolder();
  const store = storeIn(folder);
  await store.write(SERIES, [cachedDay({iso: '2026-10-01'})]);
  rmSync(folder, {recursive: true});
  await store.write(SERIES, [cachedDay({iso: '2026-10-02'})]);
  expect((await store.read(SERIES, october)).size).toBe(2);
  expect(daysOf(await storeIn(folder).read(SERIES, october))).toEqual([day('2026-10-02')]);
});

function onlyFileIn(folder: string): string {
  const [name, ...others] = readdirSync(folder);
  if (name === undefined || others.length > 0) throw new Error(`Not one file in ${folder}: ${name} ${others}`);
  return join(folder, name);
}
