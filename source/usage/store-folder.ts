import {chmodSync, mkdirSync, readdirSync, statSync, unlinkSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {type Day, parseMonth} from './days.ts';
import {isSystemError} from './store-file.ts';
import {type FileKind, isAccount, kindOf} from './store-key.ts';

/** One of our files. `usedAt`: Unix milliseconds, when it was last read or written. */
export type StoredFile = {
  readonly account: string;
  readonly name: string;
  readonly path: string;
  readonly kind: FileKind;
  readonly bytes: number;
  readonly usedAt: number;
};

/** A temporary file that is older was left behind by a program that ended in the middle of a write. */
const leftoverAge = 3_600_000;

const entryStart = '{"key":"';

/** What else we keep beside the accounts: the choice of columns. */
export const COLUMNS_FILE = 'columns.json';

/**
 * Makes the account's folder, readable for its owner alone. A folder above that was there already is narrowed too, but
 * only if it holds nothing else: nobody who names /tmp as cache folder wants to lose it for all others.
 */
export function prepareFolder(folder: string, account: string): void {
  makeFolder(join(folder, account));
  narrow(join(folder, account));
  if (readdirSync(folder).every(name => isAccount(name) || name === COLUMNS_FILE)) narrow(folder);
}

/** Level by level: Node 20's recursive mkdir never comes back from a place that takes no folders, such as /proc. */
export function makeFolder(folder: string): void {
  if (statSync(folder, {throwIfNoEntry: false})) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    mkdirSync(folder, {mode: 0o700});
  } catch (error) {
    // Another program was as quick.
    if (!isSystemError(error) || error.code !== 'EEXIST') throw error;
  }
}

function narrow(folder: string): void {
  if ((statSync(folder).mode & 0o777) === 0o700) return;
  try {
    chmodSync(folder, 0o700);
  } catch {
    // Somebody else's folder, or a file system without rights. The files themselves are for their owner alone.
  }
}

/**
 * All our files, of one account or of all. Names that are not ours are never listed, and so never deleted.
 * @throws the file system's error, but not where there is no folder yet.
 */
export function listFiles(folder: string, account: string | undefined): StoredFile[] {
  const accounts = account === undefined ? entriesOf(folder).filter(isAccount) : [account];
  return accounts.flatMap(each =>
    entriesOf(join(folder, each)).flatMap(name => {
      const kind = kindOf(name);
      const path = join(folder, each, name);
      const stats = kind && statSync(path, {throwIfNoEntry: false});
      if (!kind || !stats?.isFile()) return [];
      return [{account: each, name, path, kind, bytes: stats.size, usedAt: stats.mtimeMs}];
    }),
  );
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Deletes a file; returns false where another program was quicker. @throws the file system's error otherwise. */
export function deleteFile(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/**
 * Deletes what a crash left behind, then the longest unused usage files until all files together have at most
 * `maxBytes`. Names are never deleted: they can't be fetched again. `now`: Unix milliseconds.
 */
export function sweep(folder: string, maxBytes: number, now: number): void {
  const files = listFiles(folder, undefined);
  for (const {kind, path, usedAt} of files) {
    if (kind === 'temporary' && now - usedAt > leftoverAge) deleteFile(path);
  }
  let bytes = files.reduce((sum, file) => (file.kind === 'temporary' ? sum : sum + file.bytes), 0);
  const usage = files.filter(file => file.kind === 'usage').sort((one, other) => one.usedAt - other.usedAt);
  for (const file of usage) {
    if (bytes <= maxBytes) return;
    deleteFile(file.path);
    bytes -= file.bytes;
  }
}

/**
 * The days that a usage file holds, found without parsing it: a day's key opens its entry, and inside a JSON string
 * that quote would be escaped. Whether a day is intact only shows when it is read.
 */
export async function daysOfFile(file: StoredFile): Promise<Day[]> {
  const month = parseMonth(file.name.slice(-7));
  if (file.kind !== 'usage' || month === undefined) return [];
  const content = await contentOf(file.path);
  const days: Day[] = [];
  for (let at = content.indexOf(entryStart); at !== -1; at = content.indexOf(entryStart, at + 1)) {
    const day = Number.parseInt(content.toString('latin1', at + entryStart.length, at + entryStart.length + 8), 10);
    if (day >= month.first && day <= month.last) days.push(day);
  }
  return days;
}

async function contentOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return Buffer.alloc(0);
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return isSystemError(error) && error.code === 'ENOENT';
}
