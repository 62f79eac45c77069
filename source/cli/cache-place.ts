import {statSync} from 'node:fs';
import {sep} from 'node:path';
import {cacheFolder} from '../options.ts';
import type {System} from './system.ts';

/** Without a folder nothing can be kept; `trouble` says why not and what to do, in a sentence or two. */
export type CachePlace =
  | {readonly folder: string; readonly trouble: undefined}
  | {readonly folder: undefined; readonly trouble: string};

const nothingKept = 'nothing is kept after this run';
const advice = 'or choose a folder for the cache with --cache-dir.';

/**
 * Where the cache is. A home folder that is not there is never made: it may be on a disk that comes back, and what
 * was written in its place would be hidden then.
 */
export function cachePlace({environment, home, platform}: System, flag: string | undefined): CachePlace {
  const folder = cacheFolder(environment, home, platform, flag);
  if (folder === undefined) return {folder, trouble: `There is no home folder, so ${nothingKept}. Set HOME, ${advice}`};
  if (home !== undefined && isBelow(folder, home) && isMissing(home)) {
    const trouble = `Your home folder ${home} does not exist, so ${nothingKept}. Create it, ${advice}`;
    return {folder: undefined, trouble};
  }
  return {folder, trouble: undefined};
}

function isBelow(folder: string, home: string): boolean {
  return folder.startsWith(home.endsWith(sep) ? home : `${home}${sep}`);
}

/** Whatever else keeps a home from being used is told when something is read or written there. */
function isMissing(path: string): boolean {
  try {
    return statSync(path, {throwIfNoEntry: false}) === undefined;
  } catch {
    return false;
  }
}
