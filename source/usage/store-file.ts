import {randomUUID} from 'node:crypto';
import {chmodSync, closeSync, openSync, renameSync, rmSync, statSync, utimesSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {FlatCache} from 'flat-cache';
import {MAX_FILE_BYTES, readOwnFile} from './store-read.ts';
import {seal, sealOf} from './store-seal.ts';
import {isMissing} from './store-trouble.ts';

/** A value by key; undefined where the file has none. Nothing in it is checked but the checksum over it all. */
export type Entries = {readonly get: (key: string) => unknown};

type ReadOptions = {
  /** The numeric user id whose files are ours; undefined where the system knows none. */
  readonly user?: number | undefined;
  readonly maxBytes?: number;
  /** Whether a file without a checksum counts. */
  readonly isSealed?: boolean;
};

/** `damaged`: there is something, but not a readable flat-cache file. For the reader a miss, like `absent`. */
type CacheFile = 'absent' | 'damaged' | Entries;

/**
 * Reads one flat-cache file, all of it, and without flat-cache: that opens whatever stands under the name, a link or a
 * pipe, and hands over a text whose checksum would take four times as long as the bytes'.
 * @throws the file system's error where it refuses to read (never because there is no file).
 */
export function readCacheFile(folder: string, cacheId: string, options: ReadOptions = {}): CacheFile {
  const {user, maxBytes, isSealed = true} = options;
  const bytes = readOwnFile(join(folder, cacheId), {user, folder: dirname(folder)}, maxBytes);
  if (bytes === 'absent') return 'absent';
  if (bytes === 'refused') return 'damaged';
  const found = sealOf(bytes, cacheId);
  if (found === 'broken' || (found === 'unsealed' && isSealed)) return 'damaged';
  return entriesIn(bytes) ?? 'damaged';
}

function entriesIn(bytes: Buffer): Entries | undefined {
  let items: unknown;
  try {
    items = JSON.parse(bytes.toString());
  } catch {
    // Not JSON, or larger than a text may be: nothing that we have written.
    return undefined;
  }
  if (!Array.isArray(items)) return undefined;
  const entries = new Map<string, unknown>();
  for (const item of items) {
    const {key, value}: {readonly key?: unknown; readonly value?: unknown} = item ?? {};
    // Of two days by one name neither is to be believed.
    if (typeof key !== 'string' || entries.has(key)) return undefined;
    entries.set(key, value);
  }
  return entries;
}

/**
 * Writes one flat-cache file so that a reader sees the old one or the new one, whole: into a file beside it, which is
 * then renamed. Not synced to disk first: what a power cut leaves torn is a miss, and a sync per file would cost more
 * than fetching the day again.
 * @param now Unix milliseconds: when the file was last used.
 * @param mayReplace asked last of all, when the new file lacks nothing but its name.
 * @returns its size in bytes, or undefined where it may not replace the old one, or somebody took it away meanwhile.
 * @throws whatever kept it from being written; no temporary file stays behind.
 */
export function writeCacheFile(
  folder: string,
  cacheId: string,
  entries: Iterable<readonly [string, unknown]>,
  now: number,
  maxBytes = MAX_FILE_BYTES,
  mayReplace = () => true,
): number | undefined {
  const temporary = `${cacheId}.${randomUUID()}.tmp`;
  const path = join(folder, temporary);
  // Made here, because flat-cache would make it readable for all, and would follow a link that somebody put there.
  closeSync(openSync(path, 'wx', 0o600));
  try {
    const {cache, failures} = open(folder, temporary, cacheId);
    for (const [key, value] of entries) cache.set(key, value);
    cache.save(true);
    if (failures.length > 0) throw failures[0];
    // If somebody cleared the cache meanwhile, flat-cache has made the file anew, for all to read.
    chmodSync(path, 0o600);
    const {size} = statSync(path);
    if (size === 0 || size > maxBytes) throw new Error(`${size} bytes are not a size for a cache file`);
    utimesSync(path, now / 1000, now / 1000);
    if (!mayReplace()) {
      rmSync(path);
      return undefined;
    }
    renameSync(path, join(folder, cacheId));
    return size;
  } catch (error) {
    // Only who clears a cache takes away a file that is being written.
    if (isMissing(error)) return undefined;
    try {
      rmSync(path, {force: true});
    } catch {
      // The first failure is the one to tell; what stays behind is swept away later.
    }
    throw error;
  }
}

/**
 * One cache for one save, then dropped. Freshness is ours: no ttl, no lruSize, no intervals. The default
 * serializer takes seconds for a month of rows. Errors only come as events, so that the listener is there before
 * anything happens.
 */
function open(cacheDir: string, cacheId: string, finalName: string) {
  const cache = new FlatCache({
    cacheDir,
    cacheId,
    useClone: false,
    serialize: items => seal(JSON.stringify(items), finalName),
  });
  const failures: unknown[] = [];
  cache.on('error', (error: unknown) => failures.push(error));
  return {cache, failures};
}
