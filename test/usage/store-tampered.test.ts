import {execFileSync} from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {Store} from '../../source/usage/store.ts';
import {readCacheFile} from '../../source/usage/store-file.ts';
import {seal, sealOf} from '../../source/usage/store-seal.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {cachedDay, day, NOON, rowsOf, SERIES} from './sample-days.ts';

const october = {first: day('2026-10-01'), last: day('2026-10-31')};
const days = ['2026-10-01', '2026-10-02', '2026-10-30'].map(iso => cachedDay({iso, rows: 4}));
const names = {users: [{id: 'user_1', name: 'Ann'}]};
const user = process.geteuid?.();
const isRoot = user === 0;

function storeIn(folder: string) {
  const told: string[] = [];
  return {store: new Store({folder, now: () => NOON, user, onTrouble: sentence => told.push(sentence)}), told};
}

/** A cache as a session leaves it, and the path of its one month. */
async function cache() {
  const folder = temporaryFolder();
  const {store} = storeIn(folder);
  await store.write(SERIES, days);
  await store.writeDirectory('demo', () => names);
  await store.flush();
  const account = join(folder, 'demo');
  const name = readdirSync(account).find(each => each !== 'names') ?? '';
  return {folder, account, name, file: join(account, name), names: join(account, 'names')};
}

/** What a new process finds, as a person would see it. */
async function found(folder: string) {
  const {store, told} = storeIn(folder);
  const read = [...(await store.read(SERIES, october)).values()];
  return {
    days: read.map(each => [each.day, each.fetchedAt, rowsOf(each.block)]),
    told,
    damaged: store.statistics.diskDamaged,
  };
}

const whole = days.map(each => [each.day, each.fetchedAt, rowsOf(each.block)]);

test('an untouched cache is found whole', async () => {
  const {folder} = await cache();
  expect(await found(folder)).toEqual({days: whole, told: [], damaged: 0});
});

const odd = fc.constantFrom<unknown[]>(
  null,
  -1,
  0,
  0.5,
  1e15,
  2 ** 53,
  Number.MAX_VALUE,
  true,
  '',
  'x',
  '1e999',
  '__proto__',
  [],
  {},
  JSON.parse('{"__proto__":{"polluted":true}}'),
  JSON.parse(`${'['.repeat(3000)}${']'.repeat(3000)}`),
);
const key = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  'key',
  'value',
  'format',
  '20728',
  '-1',
  '999999',
  '',
);

/** Somewhere in the tree something is replaced, removed, renamed, doubled, added or put in another order. */
const mutation = fc.record({
  at: fc.array(fc.nat(40), {minLength: 1, maxLength: 7}),
  how: fc.constantFrom('replace', 'remove', 'rename', 'double', 'add', 'reverse'),
  odd,
  key,
});
type Mutation = {at: number[]; how: string; odd: unknown; key: string};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mutated(value: unknown, {at: [step = 0, ...deeper], ...rest}: Mutation): unknown {
  const {how, odd, key} = rest;
  if (Array.isArray(value) && value.length > 0) {
    const index = step % value.length;
    const copy: unknown[] = [...value];
    if (deeper.length > 0) copy[index] = mutated(value[index], {at: deeper, ...rest});
    else if (how === 'remove') copy.splice(index, 1);
    else if (how === 'double') copy.splice(index, 0, value[index]);
    else if (how === 'add') copy.splice(index, 0, odd);
    else if (how === 'reverse') copy.reverse();
    else copy[index] = odd;
    return copy;
  }
  if (isRecord(value)) {
    const entries = Object.entries(value);
    const index = step % Math.max(1, entries.length);
    const [name = '', content] = entries[index] ?? [];
    if (deeper.length > 0) entries[index] = [name, mutated(content, {at: deeper, ...rest})];
    else if (how === 'remove') entries.splice(index, 1);
    else if (how === 'rename') entries[index] = [key, content];
    else if (how === 'add' || how === 'double') entries.push([key, odd]);
    else if (how === 'reverse') entries.reverse();
    else entries[index] = [name, odd];
    return Object.fromEntries(entries);
  }
  return how === 'rename' ? key : odd;
}

describe('a file in which one thing was changed', () => {
  const check = {seed: 5, numRuns: 1000} as const;

  test('is a miss as a whole: no day of it is found, nor another figure', async () => {
    const {folder, file} = await cache();
    const original = readFileSync(file, 'utf8');
    await fc.assert(
      fc.asyncProperty(mutation, async change => {
        const text = JSON.stringify(mutated(JSON.parse(original), change));
        writeFileSync(file, text);
        expect((await found(folder)).days).toEqual(text === original ? whole : []);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      check,
    );
  });

  test('costs no names that are not those that were written', async () => {
    const {folder, names: file} = await cache();
    const original = readFileSync(file, 'utf8');
    await fc.assert(
      fc.asyncProperty(mutation, async change => {
        writeFileSync(file, JSON.stringify(mutated(JSON.parse(original), change)));
        const read = await storeIn(folder).store.readDirectory('demo');
        if (read !== undefined) expect(read).toEqual(names);
      }),
      check,
    );
  });

  test('and its checksum made good again yields what can be read, or nothing', async () => {
    const {folder, file, name} = await cache();
    const original = JSON.parse(readFileSync(file, 'utf8')).slice(1);
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, {minLength: 1, maxLength: 3}), async changes => {
        const changed = changes.reduce<unknown>(mutated, original);
        if (!Array.isArray(changed)) return;
        writeFileSync(file, seal(JSON.stringify(changed), name));
        for (const [, fetchedAt, rows] of (await found(folder)).days) {
          expect(fetchedAt).toBeTypeOf('number');
          for (const row of Array.isArray(rows) ? rows : [undefined]) expect(row).toBeTypeOf('object');
        }
        // What is merged with it survives it.
        const {store, told} = storeIn(folder);
        await store.write(SERIES, [cachedDay({iso: '2026-10-15'})]);
        expect((await storeIn(folder).store.read(SERIES, october)).has(day('2026-10-15'))).toBe(true);
        expect(told).toEqual([]);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      {...check, numRuns: 400},
    );
  });

  test('is a miss whichever bit of it flipped, and wherever it was cut', async () => {
    const {file, name} = await cache();
    const bytes = readFileSync(file);
    expect(sealOf(bytes, name)).toBe('intact');
    for (let length = 0; length < bytes.length; length++)
      expect(sealOf(bytes.subarray(0, length), name)).not.toBe('intact');
    let intact = 0;
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const at = bit >> 3;
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7));
      if (sealOf(bytes, name) === 'intact') intact++;
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7));
    }
    expect(intact).toBe(0);
  });

  test('is a miss under the name of another month or endpoint', async () => {
    const {account, folder, file, name} = await cache();
    const other = name.replace('2026-10', '2026-09');
    renameSync(file, join(account, other));
    expect(readCacheFile(account, other, {user})).toBe('damaged');
    expect((await found(folder)).days).toEqual([]);
  });
});

describe('in the place of a file', () => {
  type Place = Awaited<ReturnType<typeof cache>>;
  const sparse = (path: string) => {
    writeFileSync(path, '[');
    truncateSync(path, 2 ** 30);
  };
  const replaced = (make: (path: string, place: Place) => void) => async () => {
    const place = await cache();
    for (const path of [place.file, place.names]) {
      rmSync(path);
      make(path, place);
    }
    return place;
  };
  const things: readonly (readonly [string, (path: string, place: Place) => void])[] = [
    ['a pipe', path => execFileSync('mkfifo', [path])],
    [
      'a link to a pipe',
      (path, {folder}) => {
        if (!existsSync(join(folder, 'pipe'))) execFileSync('mkfifo', [join(folder, 'pipe')]);
        symlinkSync(join(folder, 'pipe'), path);
      },
    ],
    ['a link that leads nowhere', path => symlinkSync('nowhere', path)],
    ['a link that leads to itself', path => symlinkSync(path, path)],
    ['a link to a device without end', path => symlinkSync('/dev/zero', path)],
    ['a gigabyte of nothing', sparse],
    ['nothing', path => writeFileSync(path, '')],
    ['a million brackets', path => writeFileSync(path, '['.repeat(1_000_000))],
    ['bytes that are no UTF-8', path => writeFileSync(path, Buffer.alloc(5000, 0xff))],
  ];
  test.each(things)('%s is a miss, is counted as no day, gives way to a new file and is cleared', async (_, make) => {
    const {folder} = await replaced(make)();
    const before = process.resourceUsage().maxRSS;
    expect((await found(folder)).days).toEqual([]);
    expect(await storeIn(folder).store.readDirectory('demo')).toBeUndefined();
    expect(await storeIn(folder).store.measure()).toMatchObject({days: 0, files: 1});
    const {store, told} = storeIn(folder);
    await store.write(SERIES, days);
    await store.writeDirectory('demo', () => names);
    await store.flush();
    expect(await found(folder)).toMatchObject({days: whole, damaged: 0});
    expect(await storeIn(folder).store.readDirectory('demo')).toEqual(names);
    expect(told).toEqual([]);
    // Kibibytes: a gigabyte that was read would show.
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(300_000);
    const again = await replaced(make)();
    expect((await storeIn(again.folder).store.clear(undefined, {names: true})).files).toBe(2);
    expect(readdirSync(again.account)).toEqual([]);
  });

  test('a folder is a miss, said once where something is written, and left alone', async () => {
    const {folder, account} = await replaced(path => mkdirSync(path))();
    const {store, told} = storeIn(folder);
    expect((await store.read(SERIES, october)).size).toBe(0);
    await store.write(SERIES, days);
    await store.writeDirectory('demo', () => names);
    expect((await store.read(SERIES, october)).size).toBe(3);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^The cache at .* can't be written: a folder is where a file should be\. /);
    await store.clear(undefined, {names: true});
    expect(readdirSync(account)).toHaveLength(2);
  });

  test('a gigabyte pushes nothing else out of the cache', async () => {
    const {folder, account, name} = await cache();
    const other = join(account, name.replace('2026-10', '2026-09'));
    sparse(other);
    const {store} = storeIn(folder);
    await store.write({...SERIES, endpoint: 'images'}, days);
    await store.flush();
    expect((await found(folder)).days).toEqual(whole);
    expect(existsSync(other)).toBe(false);
  });

  test("somebody else's file is a miss", async ({skip}) => {
    if (!isRoot) skip('giving a file away takes root');
    const {folder, account, file} = await cache();
    chownSync(file, 65_534, 65_534);
    const as = (reader: number | undefined) => readCacheFile(account, file.slice(account.length + 1), {user: reader});
    expect((await found(folder)).days).toEqual([]);
    expect(as(1000)).toBe('damaged');
    expect(as(65_534)).toBeTypeOf('object');
    // Where the whole folder is theirs, root works in somebody's home, or on a disk that gives everything to one user.
    chownSync(folder, 65_534, 65_534);
    expect((await found(folder)).days).toEqual(whole);
    expect(as(1000)).toBe('damaged');
    chownSync(file, 0, 0);
    expect(as(1000)).toBeTypeOf('object');
  });
});

test('what one file holds back, another still gives', async () => {
  const {folder} = await cache();
  const other = '0123456789abcdef0123456789abcdef';
  writeFileSync(join(folder, other), 'a file where a folder should be');
  const {store, told} = storeIn(folder);
  expect(await store.measure()).toMatchObject({days: 3, files: 1});
  expect(told).toHaveLength(1);
});
