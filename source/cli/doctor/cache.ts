import {lstatSync, mkdirSync, mkdtempSync, rmdirSync, statfsSync, statSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {listFiles} from '../../usage/store-folder.ts';
import {troubleOf} from '../../usage/store-trouble.ts';
import {counted, sizeLabel} from '../../view/counted.ts';
import type {CachePlace} from '../cache-place.ts';
import type {Check} from './check.ts';

/** Bytes. A large organization's year takes some hundred megabytes, an export as much again. */
const enough = 200_000_000;

/** Whether days that are fetched can be kept there, and how much room is left for them: with `fix` nothing is kept. */
export function checkCache({folder, trouble}: CachePlace): readonly Check[] {
  const name = 'cache';
  if (folder === undefined) return [{name, state: 'fix', found: trouble}];
  try {
    const existing = nearest(resolve(folder));
    const isThere = existing === resolve(folder);
    probe(existing);
    return [
      isThere ? held(folder) : {name, state: 'ok', found: `${folder}, not made yet`},
      checkSpace(freeIn(existing)),
    ];
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

/** What stands there, be it a link that leads nowhere; or what stands above where it will be. */
function nearest(folder: string): string {
  let at = folder;
  while (dirname(at) !== at && !lstatSync(at, {throwIfNoEntry: false})) at = dirname(at);
  return at;
}

/** Tried, since rights alone do not tell: a disk may be read-only, and root has all of them. It leaves nothing behind. */
function probe(folder: string): void {
  // A dead link: making the folder, as a fetch would, says what is wrong.
  if (!statSync(folder, {throwIfNoEntry: false})) mkdirSync(folder);
  rmdirSync(mkdtempSync(join(folder, '.openai-usage-')));
}

/** Bytes that are free for us on the folder's disk. */
function freeIn(folder: string): number {
  const {bavail, bsize} = statfsSync(folder);
  return bavail * bsize;
}

/** Whether that many bytes are enough for what is kept. */
export function checkSpace(free: number): Check {
  const found = `${sizeLabel(free)} free for the cache`;
  if (free >= enough) return {name: 'disk', state: 'ok', found};
  return {name: 'disk', state: 'fix', found, advice: 'Free some space, or choose another folder with --cache-dir.'};
}
