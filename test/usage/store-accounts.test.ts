import {existsSync, mkdirSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {Store} from '../../source/usage/store.ts';
import type {StoredAccounts} from '../../source/usage/store-accounts.ts';
import {writeCacheFile} from '../../source/usage/store-file.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {cachedDay, day, NOON, SERIES} from './sample-days.ts';

const [one, other, third] = ['a'.repeat(32), 'b'.repeat(32), 'c'.repeat(32)];
const realm = 'd'.repeat(32);
const october = {first: day('2026-10-01'), last: day('2026-10-31')};

const storeIn = (folder: string): Store => new Store({folder, now: () => NOON});

const write = (store: Store, account: string, iso: string): Promise<void> =>
  store.write({...SERIES, account}, [cachedDay({iso})]);

const accountsOf = ({accounts}: Store): StoredAccounts => {
  if (accounts === undefined) throw new Error('a store without a folder');
  return accounts;
};

/** The days that any of the accounts holds. */
const daysIn = async (folder: string, ...accounts: string[]): Promise<number[]> => {
  const found = await Promise.all(
    accounts.map(account =>
      storeIn(folder)
        .read({...SERIES, account}, october)
        .then(days => [...days.keys()]),
    ),
  );
  return [...new Set(found.flat())].sort();
};

const usageFiles = (folder: string, account: string): string[] =>
  readdirSync(join(folder, account)).filter(name => name.endsWith('2026-10'));

/** Takes a file's lock as another program does; returns what gives it back. */
const lock = (folder: string, account: string, name: string): (() => void) => {
  mkdirSync(join(folder, account), {recursive: true});
  const path = join(folder, account, `${name}.lock`);
  writeFileSync(path, "another program's");
  return () => rmSync(path);
};

test('days are given to another account, and the file goes', async () => {
  const folder = temporaryFolder();
  await write(storeIn(folder), one, '2026-10-01');
  await write(storeIn(folder), other, '2026-10-02');
  await accountsOf(storeIn(folder)).giveDays(one, other);
  expect(await daysIn(folder, other)).toEqual([day('2026-10-01'), day('2026-10-02')]);
  expect(usageFiles(folder, one)).toEqual([]);
});

test('days that the other account’s folder does not take stay where they are', async () => {
  const folder = temporaryFolder();
  await write(storeIn(folder), one, '2026-10-01');
  writeFileSync(join(folder, other), 'in the way');
  await accountsOf(storeIn(folder)).giveDays(one, other);
  expect(await daysIn(folder, one)).toEqual([day('2026-10-01')]);
});

test('a day that another program writes while its month waits to be given away is not deleted with it', async () => {
  const folder = temporaryFolder();
  await write(storeIn(folder), one, '2026-10-01');
  const [name = ''] = usageFiles(folder, one);
  const giveBack = lock(folder, other, name);
  const given = accountsOf(storeIn(folder)).giveDays(one, other);
  // By then it has read the file, and waits for the other one.
  await write(storeIn(folder), third, '2026-10-01');
  await write(storeIn(folder), one, '2026-10-02');
  giveBack();
  await given;
  expect(await daysIn(folder, one, other)).toEqual([day('2026-10-01'), day('2026-10-02')]);
});

test('a month that somebody writes at this moment is deleted only when that is done, and not then', async () => {
  const folder = temporaryFolder();
  await write(storeIn(folder), one, '2026-10-01');
  const [name = ''] = usageFiles(folder, one);
  const giveBack = lock(folder, one, name);
  const given = accountsOf(storeIn(folder)).giveDays(one, other);
  while (!existsSync(join(folder, other, name))) await new Promise(setImmediate);
  writeFileSync(join(folder, one, name), 'what the other program has written');
  giveBack();
  await given;
  expect(usageFiles(folder, one)).toEqual([name]);
});

test('two accounts that give their days to one another at the same time lose none', async () => {
  for (let turn = 0; turn < 10; turn++) {
    const folder = temporaryFolder();
    await Promise.all([write(storeIn(folder), one, '2026-10-01'), write(storeIn(folder), other, '2026-10-02')]);
    const [name = ''] = usageFiles(folder, one);
    const giveBack = lock(folder, turn % 2 === 0 ? one : other, name);
    const given = Promise.all([
      accountsOf(storeIn(folder)).giveDays(one, other),
      accountsOf(storeIn(folder)).giveDays(other, one),
    ]);
    for (let pause = 0; pause < turn * 3; pause++) await new Promise(setImmediate);
    giveBack();
    await given;
    expect(await daysIn(folder, one, other)).toEqual([day('2026-10-01'), day('2026-10-02')]);
  }
});

test.each([false, true])('names that were taken over go, unless they have changed meanwhile (%j)', async isChanged => {
  const folder = temporaryFolder();
  await storeIn(folder).writeDirectory(one, () => ({user_1: 'Ann'}));
  await accountsOf(storeIn(folder)).giveNames(one, async () => {
    if (isChanged) await storeIn(folder).writeDirectory(one, () => ({user_1: 'Ann', user_2: 'Bob'}));
    return true;
  });
  const left = await storeIn(folder).readDirectory(one);
  expect(left).toEqual(isChanged ? {user_1: 'Ann', user_2: 'Bob'} : undefined);
});

test('an account that uses its own cache is joined by others, and joins nobody itself any more', async () => {
  const folder = temporaryFolder();
  const decide = (account: string, joined?: string) => accountsOf(storeIn(folder)).decide(account, {realm, joined});
  expect(await decide(other)).toBe(other);
  expect(await Promise.all([decide(one, other), decide(other, one)])).toEqual([other, other]);
  expect(await decide(one)).toBe(other);
  expect(await decide(third, one)).toBeUndefined();
});

test('who would join an account that is joining another one at this moment finds out, and decides again', async () => {
  const folder = temporaryFolder();
  const accounts = accountsOf(storeIn(folder));
  for (const account of [other, third]) await accounts.decide(account, {realm});
  const giveBack = lock(folder, other, 'account');
  const decided = accounts.decide(one, {realm, joined: other});
  const record = {version: 1, realm, joined: third};
  writeCacheFile(join(folder, other), 'account', [['record', record]], NOON);
  giveBack();
  expect(await decided).toBeUndefined();
  expect(accounts.record(one)).toBeUndefined();
});

test('accounts that join one another at the same time never do so in a circle', async () => {
  const folder = temporaryFolder();
  const circle = [
    [one, other],
    [other, third],
    [third, one],
  ] as const;
  const decide = ([account, joined]: (typeof circle)[number]) =>
    accountsOf(storeIn(folder)).decide(account, {realm, joined});
  await Promise.all(circle.map(decide));
  await accountsOf(storeIn(folder)).decide(third, {realm});
  await Promise.all(circle.map(decide));
  await Promise.all(circle.map(decide));
  expect(circle.map(([account]) => accountsOf(storeIn(folder)).follow(account, realm))).toEqual([
    undefined,
    third,
    third,
  ]);
});
