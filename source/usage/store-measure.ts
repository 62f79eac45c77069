import type {Day} from './days.ts';
import type {StoredFile} from './store-folder.ts';

/** What is held, by memory and disk together. `files` and `bytes` are those of usage; remembered names count apart. */
export type Holding = {
  /** Days of each endpoint, width, grouping and filter: one day of eleven endpoints is eleven. */
  readonly days: number;
  readonly files: number;
  readonly bytes: number;
  readonly oldest?: Day;
  readonly newest?: Day;
  readonly names: {readonly files: number; readonly bytes: number};
};

export type Measure = Holding & {
  /** The cache folder; undefined where everything is in memory. */
  readonly path: string | undefined;
  readonly accounts: readonly (Holding & {readonly account: string})[];
};

/** What identifies a cached day in memory. The account comes first, so that its days can be found. */
export function dayKey(account: string, cacheId: string, day: Day): string {
  return `${account}/${cacheId}/${day}`;
}

/**
 * Adds up the files, whose days `daysOf` knows, and those days that only memory has (their `dayKey`s), for each account
 * and for all.
 */
export async function measureHoldings(
  files: readonly StoredFile[],
  keysInMemory: readonly string[],
  daysOf: (file: StoredFile) => Promise<readonly Day[]>,
): Promise<Holding & {accounts: (Holding & {account: string})[]}> {
  const keys = new Set(keysInMemory);
  for (const file of files) {
    for (const day of await daysOf(file)) keys.add(dayKey(file.account, file.name, day));
  }
  // A key that uses another account's cache holds nothing but the name of that.
  const holding = files.filter(({kind}) => kind !== 'account');
  const accounts = new Set([...holding.map(({account}) => account), ...[...keys].map(accountOfKey)]);
  return {
    ...holdingOf(files, [...keys]),
    accounts: [...accounts].sort().map(account => ({
      account,
      ...holdingOf(
        files.filter(file => file.account === account),
        [...keys].filter(key => accountOfKey(key) === account),
      ),
    })),
  };
}

function holdingOf(files: readonly StoredFile[], keys: readonly string[]): Holding {
  const usage = files.filter(({kind}) => kind === 'usage' || kind === 'temporary');
  const names = files.filter(file => file.kind === 'names');
  const days = keys.map(key => Number(key.slice(key.lastIndexOf('/') + 1)));
  return {
    days: days.length,
    files: usage.length,
    bytes: bytesOf(usage),
    ...(days.length > 0 && {
      oldest: days.reduce((one, other) => Math.min(one, other)),
      newest: days.reduce((one, other) => Math.max(one, other)),
    }),
    names: {files: names.length, bytes: bytesOf(names)},
  };
}

function bytesOf(files: readonly StoredFile[]): number {
  return files.reduce((sum, file) => sum + file.bytes, 0);
}

function accountOfKey(key: string): string {
  return key.slice(0, key.indexOf('/'));
}
