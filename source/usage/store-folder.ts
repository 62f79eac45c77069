import {chmodSync, lstatSync, mkdirSync, readdirSync, statSync, unlinkSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {type Day, parseMonth} from './days.ts';
import {type FileKind, isAccount, kindOf} from './store-key.ts';
import {MAX_FILE_BYTES, type Owner, readOwnFile} from './store-read.ts';
import {sealOf} from './store-seal.ts';
import {HomeIsGone, isMissing, isSystemError} from './store-trouble.ts';

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
 * only if it holds nothing else: nobody who names /tmp as cache folder wants to lose it for all others. `home` is not made.
 */
export function prepareFolder(folder: string, account: string, home: string | undefined): void {
  makeFolder(join(folder, account), home);
  narrow(join(folder, account));
  if (readdirSync(folder).every(name => isAccount(name) || name === COLUMNS_FILE)) narrow(folder);
}

/**
 * Level by level: Node 20's recursive mkdir never comes back from a place that takes no folders, such as /proc.
 * Throws HomeIsGone where it would have to make `home` itself, and what the file system says.
 */
export function makeFolder(folder: string, home: string | undefined): void {
  if (statSync(folder, {throwIfNoEntry: false})) return;
  if (home !== undefined && resolve(folder) === resolve(home)) throw new HomeIsGone(home);
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent, home);
  try {
    mkdirSync(folder, {mode: 0o700});
  } catch (error) {
    // Another program was as quick; or what stands there is a link that leads nowhere.
    const isMade = isSystemError(error) && error.code === 'EEXIST' && statSync(folder, {throwIfNoEntry: false});
    if (!isMade) throw error;
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
 * All our files, of one account or of all, and what else stands under their names, unless it is a folder. Names that are
 * not ours are never listed, and so never deleted. `onTrouble` gets the file system's error for each folder that it
 * keeps from being listed, but not where there is none yet.
 */
export function listFiles(
  folder: string,
  account: string | undefined,
  onTrouble: (error: unknown) => void,
): StoredFile[] {
  const list = <Item>(path: string, itemsOf: (names: readonly string[]) => Item[]): Item[] => {
    try {
      return itemsOf(readdirSync(path));
    } catch (error) {
      if (!isMissing(error)) onTrouble(error);
      return [];
    }
  };
  const accounts = account === undefined ? list(folder, names => names.filter(isAccount)) : [account];
  return accounts.flatMap(each =>
    list(join(folder, each), names => names.flatMap(name => storedFile(folder, each, name) ?? [])),
  );
}

function storedFile(folder: string, account: string, name: string): StoredFile | undefined {
  const kind = kindOf(name);
  const path = join(folder, account, name);
  const stats = kind && lstatSync(path, {throwIfNoEntry: false});
  if (!kind || !stats || stats.isDirectory()) return undefined;
  return {account, name, path, kind, bytes: stats.size, usedAt: stats.mtimeMs};
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

/** Deletes the files, and says how many and how large they were; `onTrouble` gets the error for each that stays. */
export function deleteFiles(
  files: readonly StoredFile[],
  onTrouble: (error: unknown) => void,
): {files: number; bytes: number} {
  const deleted = {files: 0, bytes: 0};
  for (const {path, bytes} of files) {
    try {
      if (!deleteFile(path)) continue;
      deleted.files++;
      deleted.bytes += bytes;
    } catch (error) {
      onTrouble(error);
    }
  }
  return deleted;
}

/**
 * Deletes what a crash left behind and what is too large to be read, then the longest unused usage files until all files
 * together have at most `maxBytes`. Names are never deleted: they can't be fetched again. `now`: Unix milliseconds.
 * @throws the file system's error where it refuses.
 */
export function sweep(folder: string, maxBytes: number, now: number): void {
  const files = listFiles(folder, undefined, error => {
    throw error;
  });
  const isLeftover = ({kind, usedAt}: StoredFile) => kind === 'temporary' && now - usedAt > leftoverAge;
  // A gigabyte that somebody put there would push out everything else.
  const isUseless = ({kind, bytes}: StoredFile) => kind === 'usage' && bytes > MAX_FILE_BYTES;
  for (const file of files) if (isLeftover(file) || isUseless(file)) deleteFile(file.path);
  const kept = files.filter(file => file.kind !== 'temporary' && !isUseless(file));
  let bytes = kept.reduce((sum, file) => sum + file.bytes, 0);
  const usage = kept.filter(({kind}) => kind === 'usage').sort((one, other) => one.usedAt - other.usedAt);
  for (const file of usage) {
    if (bytes <= maxBytes) return;
    deleteFile(file.path);
    bytes -= file.bytes;
  }
}

/**
 * The days that a usage file holds, found without parsing it: a day's key opens its entry, and inside a JSON string
 * that quote would be escaped. A turn of the event loop for each file.
 * @throws the file system's error where it refuses to read.
 */
export async function daysOfFile(file: StoredFile, owner: Owner): Promise<Day[]> {
  const month = parseMonth(file.name.slice(-7));
  if (file.kind !== 'usage' || month === undefined) return [];
  await nextTurn();
  const content = readOwnFile(file.path, owner);
  if (typeof content === 'string' || sealOf(content, file.name) === 'broken') return [];
  const days: Day[] = [];
  for (let at = content.indexOf(entryStart); at !== -1; at = content.indexOf(entryStart, at + 1)) {
    const day = Number.parseInt(content.toString('latin1', at + entryStart.length, at + entryStart.length + 8), 10);
    if (day >= month.first && day <= month.last) days.push(day);
  }
  return days;
}
