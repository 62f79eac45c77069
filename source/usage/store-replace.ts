import {lstatSync} from 'node:fs';
import {join} from 'node:path';
import {writeCacheFile} from './store-file.ts';

/** How often a file is merged again because another program was quicker. The last attempt counts, whatever happens. */
const ATTEMPTS = 5;

/**
 * Replaces a flat-cache file by what `merge` makes of it at that moment. Should another program have replaced it since
 * `merge` read it, or have cleared the cache, it is merged again, in the same turn: so it is even where a lock was lost.
 *
 * `now`: Unix milliseconds, when the file was last used. `needless`: `merge` has nothing to write. `cleared`: whoever
 * clears the cache all the time was quicker each time. Throws whatever else kept it from being written.
 */
export function replaceCacheFile(
  folder: string,
  cacheId: string,
  merge: () => Iterable<readonly [string, unknown]> | undefined,
  now: number,
): 'written' | 'needless' | 'cleared' {
  const path = join(folder, cacheId);
  for (let left = ATTEMPTS - 1; left >= 0; left--) {
    const before = stateOf(path);
    const contents = merge();
    if (contents === undefined) return 'needless';
    const isSame = () => left === 0 || stateOf(path) === before;
    if (writeCacheFile(folder, cacheId, contents, now, undefined, isSame) !== undefined) return 'written';
  }
  return 'cleared';
}

/** What a file that replaced another never shares with it: an inode can be the same again, at another moment. */
export function stateOf(path: string): string {
  const stats = lstatSync(path, {throwIfNoEntry: false, bigint: true});
  return stats === undefined ? '' : `${stats.ino} ${stats.ctimeNs} ${stats.mtimeNs} ${stats.size}`;
}
