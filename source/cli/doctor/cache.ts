import {mkdtempSync, rmdirSync, statfsSync, statSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {listFiles} from '../../usage/store-folder.ts';
import {troubleOf} from '../../usage/store-trouble.ts';
import {counted, sizeLabel} from '../../view/counted.ts';
import type {Check} from './check.ts';

/** Bytes. A large organization's year takes some hundred megabytes, an export as much again. */
const enough = 200_000_000;

/** Whether days that are fetched can be kept in the folder, and how much room is left for them. */
export function checkCache(folder: string | undefined): readonly Check[] {
  const name = 'cache';
  if (folder === undefined) {
    const found = 'in memory alone, since there is no home folder';
    return [{name, state: 'note', found, advice: 'To keep what is fetched, name a folder in OPENAI_USAGE_CACHE_DIR.'}];
  }
  try {
    const existing = nearest(resolve(folder));
    const isThere = existing === resolve(folder);
    probe(existing);
    return [isThere ? held(folder) : {name, state: 'ok', found: `${folder}, not made yet`}, checkSpace(existing)];
  } catch (error) {
    const {cause, advice} = troubleOf(error);
    return [{name, state: 'fix', found: `${folder} can't be written: ${cause}`, advice}];
  }
}

function held(folder: string): Check {
  const files = listFiles(folder, undefined, error => {
    throw error;
  });
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const found = `${folder}, ${counted(files.length, 'file')}, ${sizeLabel(bytes)}`;
  const mode = statSync(folder).mode & 0o777;
  if ((mode & 0o077) === 0) return {name: 'cache', state: 'ok', found};
  const advice = `Keep it to yourself: chmod 700 ${folder}`;
  return {name: 'cache', state: 'note', found: `${found}, open to others (mode ${mode.toString(8)})`, advice};
}

/** The folder itself, or the one that stands above where it will be. */
function nearest(folder: string): string {
  let at = folder;
  while (dirname(at) !== at && !statSync(at, {throwIfNoEntry: false})) at = dirname(at);
  return at;
}

/** Tried, since rights alone do not tell: a disk may be read-only, and root has all of them. It leaves nothing behind. */
function probe(folder: string): void {
  rmdirSync(mkdtempSync(join(folder, '.openai-usage-')));
}

function checkSpace(folder: string): Check {
  const {bavail, bsize} = statfsSync(folder);
  const free = bavail * bsize;
  const found = `${sizeLabel(free)} free for the cache`;
  if (free >= enough) return {name: 'disk', state: 'ok', found};
  return {name: 'disk', state: 'fix', found, advice: 'Free some space, or choose another folder with --cache-dir.'};
}
