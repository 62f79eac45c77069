import {utimesSync} from 'node:fs';
import {join} from 'node:path';
import {type CachedDay, preferred} from './cache.ts';
import type {Day} from './days.ts';
import {decodeDays} from './store-codec.ts';
import {encodeDays} from './store-encode.ts';
import {type Entries, readCacheFile} from './store-file.ts';
import {prepareFolder} from './store-folder.ts';
import {ACCOUNT, LOCK, NAMES} from './store-key.ts';
import {withLock} from './store-lock.ts';
import {replaceCacheFile} from './store-replace.ts';
import type {Doing} from './store-trouble.ts';

/** Apart from that of usage: names that were remembered can't be fetched again, and the first had no checksum. */
const NAMES_FORMAT = 1;

/**
 * The disk tier: a month's file, or an account's names, at a time. A file is read again, merged and replaced in one turn
 * of the event loop, since flat-cache works so: nothing of this process comes between. Other processes are kept out by
 * a lock beside the file; should one break it, because this process stood still, the replaced file says so, and is
 * merged again. Nothing throws because of the disk: a failure is reported, and is a miss.
 */
export class Disk {
  readonly #folder: string;
  readonly #now: () => number;
  readonly #report: (doing: Doing, error: unknown) => void;
  readonly #user: number | undefined;
  readonly #touched = new Set<string>();
  reads = 0;
  writes = 0;
  /** Files that were there and could not be read, or held none of what was written there. */
  damaged = 0;

  /** `user`: the numeric id of whose files are believed; undefined where the system knows none. */
  constructor(folder: string, now: () => number, report: (doing: Doing, error: unknown) => void, user?: number) {
    this.#folder = folder;
    this.#now = now;
    this.#report = report;
    this.#user = user;
  }

  /** Those of the days that the file holds. */
  readDays(account: string, cacheId: string, days: Iterable<Day>): CachedDay[] {
    try {
      const found = this.#decode(this.#read(account, cacheId), monthOfFile(cacheId), days);
      if (found.length > 0) this.#touch(join(this.#folder, account, cacheId));
      return found;
    } catch (error) {
      this.#report('read', error);
      return [];
    }
  }

  /**
   * Merges the days into the file: of each day the better copy stays. `take` gives them, in the turn in which they are
   * written; undefined says that there are none any more. Returns whether they are on disk.
   */
  async mergeDays(
    account: string,
    cacheId: string,
    take: () => ReadonlyMap<Day, CachedDay> | undefined,
  ): Promise<boolean> {
    let days: ReadonlyMap<Day, CachedDay> | undefined;
    return this.#write(account, cacheId, () => {
      days ??= take();
      if (days === undefined) return undefined;
      const month = monthOfFile(cacheId);
      const file = this.#read(account, cacheId);
      // Only of a day that came again is it asked what the file has: the others stay as they are written there.
      const held = this.#decode(file, month, days.keys());
      const kept = new Set(held.filter(known => isKept(known, days?.get(known.day), this.#now())).map(({day}) => day));
      return encodeDays(
        [...days.values()].filter(({day}) => !kept.has(day)),
        month,
        file,
      );
    });
  }

  /** What `mergeNames` wrote, parsed but not checked; undefined where there is nothing readable. */
  readNames(account: string): unknown {
    try {
      const file = readCacheFile(join(this.#folder, account), NAMES, {user: this.#user, isSealed: false});
      if (file === 'damaged') this.damaged++;
      return typeof file === 'object' && file.get('format') === NAMES_FORMAT ? file.get('directory') : undefined;
    } catch (error) {
      this.#report('read', error);
      return undefined;
    }
  }

  /** Replaces the names by what `merge` makes of them; `merge` may be called again. Returns whether they are on disk. */
  writeNames(account: string, merge: (known: unknown) => unknown): Promise<boolean> {
    return this.#write(account, NAMES, () => [
      ['format', NAMES_FORMAT],
      ['directory', merge(this.readNames(account))],
    ]);
  }

  /** What `writeRecord` wrote, parsed but not checked; undefined where there is nothing readable. */
  readRecord(account: string): unknown {
    try {
      const file = readCacheFile(join(this.#folder, account), ACCOUNT, {user: this.#user, maxBytes: 4096});
      return typeof file === 'object' ? file.get('record') : undefined;
    } catch (error) {
      this.#report('read', error);
      return undefined;
    }
  }

  /** Returns whether the record is on disk. */
  writeRecord(account: string, record: unknown): Promise<boolean> {
    return this.#write(account, ACCOUNT, () => [['record', record]]);
  }

  #read(account: string, cacheId: string): Entries | undefined {
    const file = readCacheFile(join(this.#folder, account), cacheId, {user: this.#user});
    if (file === 'absent') return undefined;
    this.reads++;
    if (file !== 'damaged') return file;
    this.damaged++;
    return undefined;
  }

  #decode(file: Entries | undefined, month: string, days: Iterable<Day>): CachedDay[] {
    const found = file && decodeDays(file, month, days);
    if (file && !found) this.damaged++;
    return found ?? [];
  }

  /** Replaces the file by what `merge` makes of it, unless that is nothing. Returns whether that is on disk. */
  async #write(
    account: string,
    cacheId: string,
    merge: () => Iterable<readonly [string, unknown]> | undefined,
  ): Promise<boolean> {
    const folder = join(this.#folder, account);
    try {
      prepareFolder(this.#folder, account);
      await withLock(join(folder, `${cacheId}${LOCK}`), () => {
        if (replaceCacheFile(folder, cacheId, merge, this.#now())) this.writes++;
      });
      return true;
    } catch (error) {
      this.#report('write', error);
      return false;
    }
  }

  /** Marks the file as used, once in the life of this process: the longest unused are the first to be deleted. */
  #touch(path: string): void {
    if (this.#touched.has(path)) return;
    this.#touched.add(path);
    try {
      utimesSync(path, this.#now() / 1000, this.#now() / 1000);
    } catch {
      // A cache that may only be read is still good for reading; nothing will be deleted from it either.
    }
  }
}

function isKept(known: CachedDay, other: CachedDay | undefined, now: number): boolean {
  return other === undefined || preferred(known, other, now) === known;
}

function monthOfFile(cacheId: string): string {
  return cacheId.slice(-7);
}
