import {closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats, statSync} from 'node:fs';
import {isSystemError} from './store-trouble.ts';

/** A larger file is not read: its text alone would be half of what the program may use. */
export const MAX_FILE_BYTES = 256 * 2 ** 20;

/** Whose files count: ours (the numeric user id, undefined where the system knows none), in that cache folder. */
export type Owner = {readonly user: number | undefined; readonly folder: string};

/**
 * All bytes of a file in the cache folder; `refused` where that is no plain file of ours with `maxBytes` at most: a
 * link, a pipe (whose reader would wait for ever), a gigabyte, something that another user has put there.
 * @throws the file system's error where it refuses to read (never because there is no file).
 */
export function readOwnFile(path: string, owner: Owner, maxBytes = MAX_FILE_BYTES): Buffer | 'absent' | 'refused' {
  const isGood = (stats: Stats) => stats.isFile() && stats.size <= maxBytes && isOurs(stats, owner);
  const found = ifThere(() => lstatSync(path));
  if (found === undefined) return 'absent';
  if (!isGood(found)) return 'refused';
  // Asked again of what was opened: it may have been exchanged in between.
  const file = ifThere(() => openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK));
  // Another program has just cleared the cache.
  if (file === undefined) return 'absent';
  try {
    const stats = fstatSync(file);
    return isGood(stats) ? readAll(file, stats.size) : 'refused';
  } finally {
    closeSync(file);
  }
}

function readAll(file: number, size: number): Buffer {
  // A byte more than there should be: a file that has grown is not cut to what it was.
  const bytes = Buffer.allocUnsafeSlow(size + 1);
  let length = 0;
  while (length < bytes.length) {
    const count = readSync(file, bytes, length, bytes.length - length, null);
    if (count === 0) break;
    length += count;
  }
  return bytes.subarray(0, length);
}

/**
 * Root's files are good for everybody. Root itself believes the cache folder's owner too: it may be somebody's home, or
 * on a disk where every file belongs to one and the same user whoever made it.
 */
function isOurs({uid}: Stats, {user, folder}: Owner): boolean {
  if (user === undefined || uid === user || uid === 0) return true;
  return user === 0 && statSync(folder).uid === uid;
}

/** `throwIfNoEntry: false` would also be silent, from Node 22 on, about a file that stands where a folder should be. */
function ifThere<Result>(look: () => Result): Result | undefined {
  try {
    return look();
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
