import {randomUUID} from 'node:crypto';
import {chmodSync, closeSync, openSync, renameSync, rmSync, type Stats, statSync, utimesSync} from 'node:fs';
import {join} from 'node:path';
import {FlatCache} from 'flat-cache';

/** A larger file is not read: its text alone would be half of what the program may use. */
const MAX_FILE_BYTES = 256 * 2 ** 20;

/** A value by key; undefined where the file has none. Nothing in it is checked. */
export type Entries = {readonly get: (key: string) => unknown};

/** `damaged`: there is something, but not a readable flat-cache file. For the reader a miss, like `absent`. */
type CacheFile = 'absent' | 'damaged' | Entries;

/**
 * Reads one flat-cache file, all of it.
 * @throws the file system's error where it refuses to read (never because there is no file).
 */
export function readCacheFile(folder: string, cacheId: string, maxBytes = MAX_FILE_BYTES): CacheFile {
  const stats = statOf(join(folder, cacheId));
  if (stats === undefined) return 'absent';
  // Not a file: reading a pipe would hang. flat-cache itself would take what it can't read for an empty cache.
  if (!stats.isFile() || stats.size > maxBytes) return 'damaged';
  const {cache, failures} = open(folder, cacheId);
  cache.load(cacheId, folder);
  const [failure] = failures;
  if (failure === undefined) return {get: key => cache.get<unknown>(key)};
  if (isSystemError(failure)) throw failure;
  return 'damaged';
}

/**
 * Writes one flat-cache file so that a reader sees the old one or the new one, whole: into a file beside it, which is
 * then renamed. Not synced to disk first: what a power cut leaves torn is a miss, and a sync per file would cost more
 * than fetching the day again.
 * @param now Unix milliseconds: when the file was last used.
 * @returns its size in bytes.
 * @throws whatever kept it from being written; no temporary file stays behind.
 */
export function writeCacheFile(
  folder: string,
  cacheId: string,
  entries: Iterable<readonly [string, unknown]>,
  now: number,
  maxBytes = MAX_FILE_BYTES,
): number {
  const temporary = `${cacheId}.${randomUUID()}.tmp`;
  const path = join(folder, temporary);
  // Made here, because flat-cache would make it readable for all, and would follow a link that somebody put there.
  closeSync(openSync(path, 'wx', 0o600));
  try {
    const {cache, failures} = open(folder, temporary);
    for (const [key, value] of entries) cache.set(key, value);
    cache.save(true);
    if (failures.length > 0) throw failures[0];
    // If somebody cleared the cache meanwhile, flat-cache has made the file anew, for all to read.
    chmodSync(path, 0o600);
    const {size} = statSync(path);
    if (size === 0 || size > maxBytes) throw new Error(`${size} bytes are not a size for a cache file`);
    utimesSync(path, now / 1000, now / 1000);
    renameSync(path, join(folder, cacheId));
    return size;
  } catch (error) {
    try {
      rmSync(path, {force: true});
    } catch {
      // The first failure is the one to tell; what stays behind is swept away later.
    }
    throw error;
  }
}

/** Whether the file system said so: its errors carry a code such as ENOSPC. */
export function isSystemError(error: unknown): error is Error & {code: string} {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string';
}

/**
 * One cache for one load or save, then dropped. Freshness is ours: no ttl, no lruSize, no intervals. The default
 * serializer takes seconds for a month of rows and `useClone` doubles a load. Errors only come as events, so that the
 * listener is there before anything happens.
 */
function open(cacheDir: string, cacheId: string) {
  const cache = new FlatCache({
    cacheDir,
    cacheId,
    useClone: false,
    serialize: JSON.stringify,
    deserialize: JSON.parse,
  });
  const failures: unknown[] = [];
  cache.on('error', (error: unknown) => failures.push(error));
  return {cache, failures};
}

/** `throwIfNoEntry: false` would also be silent, from Node 22 on, about a file that stands where a folder should be. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
