import {lstatSync, utimesSync} from 'node:fs';
import {join} from 'node:path';
import {type CachedDay, preferred} from './cache.ts';
import {type Day, daysOf, parseMonth} from './days.ts';
import {decodeDays} from './store-codec.ts';
import {encodeDays} from './store-encode.ts';
import {type Entries, readCacheFile} from './store-file.ts';
import {deleteFile, prepareFolder} from './store-folder.ts';
import {ACCOUNT, LOCK, NAMES} from './store-key.ts';
import {type Hold, withLock} from './store-lock.ts';
import type {StoreOptions} from './store-options.ts';
import {replaceCacheFile, stateOf} from './store-replace.ts';
import type {Doing} from './store-trouble.ts';
import {Waiting} from './store-waiting.ts';

/** Apart from that of usage: names that were remembered can't be fetched again, and the first had no checksum. */
const NAMES_FORMAT = 1;

/** Bytes a millisecond that even a slow disk and a busy machine read, merge or write: 5 MB a second. */
const SLOWEST = 5000;

/** Makes a file of what is there now; undefined says that there is nothing to write. May be called again. */
type MakeFile = (hold: Hold) => Iterable<readonly [string, unknown]> | undefined;

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
  readonly #home: string | undefined;
  readonly #touched = new Set<string>();
  readonly #waiting = new Waiting();
  reads = 0;
  writes = 0;
  /** Files that were there and could not be read, or held none of what was written there. */
  damaged = 0;

  constructor(
    folder: string,
    now: () => number,
    report: (doing: Doing, error: unknown) => void,
    {user, home}: Pick<StoreOptions, 'user' | 'home'>,
  ) {
    this.#folder = folder;
    this.#now = now;
    this.#report = report;
    this.#user = user;
    this.#home = home;
  }

  /** From now on nobody is waited for when the signal says so: what is to be written is written at once. */
  heed(signal: AbortSignal): void {
    this.#waiting.heed(signal);
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
    return this.#write(account, cacheId, hold => {
      days ??= take();
      if (days === undefined) return undefined;
      const month = monthOfFile(cacheId);
      const bytes = [...days.values()].reduce(
        (sum, {block}) => sum + block.bytes.byteLength,
        this.#sizeOf(account, cacheId),
      );
      // A large month takes seconds where the disk is slow: each step has its own time.
      hold(bytes / SLOWEST);
      const file = this.#read(account, cacheId);
      // Only of a day that came again is it asked what the file has: the others stay as they are written there.
      const held = this.#decode(file, month, days.keys());
      const kept = new Set(held.filter(known => isKept(known, days?.get(known.day), this.#now())).map(({day}) => day));
      hold(bytes / SLOWEST);
      const encoded = encodeDays(
        [...days.values()].filter(({day}) => !kept.has(day)),
        month,
        file,
      );
      hold(bytes / SLOWEST);
      return encoded;
    });
  }

  /**
   * Merges a file's days into the other account's file, and deletes it then, unless it has changed since it was read:
   * another program may have written into it meanwhile, or have been giving days the other way. Such a file stays, and
   * so does one that the disk refuses to give or take: both accounts have its days then.
   */
  async giveDays(from: string, to: string, cacheId: string): Promise<void> {
    const month = parseMonth(monthOfFile(cacheId));
    if (month === undefined) return;
    const state = this.stateOf(from, cacheId);
    try {
      const days = this.#decode(this.#read(from, cacheId), monthOfFile(cacheId), daysOf(month));
      const given = new Map(days.map(cached => [cached.day, cached] as const));
      if (given.size > 0 && (await this.mergeDays(to, cacheId, () => given)))
        await this.deleteSame(from, cacheId, state);
    } catch (error) {
      this.#report('read', error);
    }
  }

  /** What changes whenever the file does, to be asked before it is read; empty where there is none. */
  stateOf(account: string, cacheId: string): string {
    try {
      return stateOf(join(this.#folder, account, cacheId));
    } catch {
      // A file stands where the folder should be: there is nothing to delete either.
      return '';
    }
  }

  /** Deletes the file, while nobody writes it, if its state is still that one. */
  async deleteSame(account: string, cacheId: string, state: string): Promise<void> {
    if (state === '') return;
    const path = join(this.#folder, account, cacheId);
    try {
      await withLock(`${path}${LOCK}`, () => stateOf(path) === state && deleteFile(path), this.#waiting);
    } catch {
      // It is given once more next time.
    }
  }

  /** What `writeNames` wrote, parsed but not checked; undefined where there is nothing readable. */
  readNames(account: string): unknown {
    try {
      return this.#namesOf(account);
    } catch (error) {
      this.#report('read', error);
      return undefined;
    }
  }

  /**
   * Replaces the names by what `merge` makes of them; `merge` may be called again. Returns whether they are on disk: names
   * that are there and can't be read now are not replaced by those of today alone.
   */
  writeNames(account: string, merge: (known: unknown) => unknown): Promise<boolean> {
    return this.#write(account, NAMES, () => [
      ['format', NAMES_FORMAT],
      ['directory', merge(this.#namesOf(account))],
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

  /**
   * Writes what `make` returns, unless that is undefined, in the turn in which neither this account's record nor the
   * other's can be changed by anybody else. `make` is not called where the disk refuses.
   */
  async writeRecord(account: string, other: string | undefined, make: () => unknown): Promise<void> {
    const makeFile = (): Iterable<readonly [string, unknown]> | undefined => {
      const record = make();
      return record === undefined ? undefined : [['record', record]];
    };
    await this.#write(account, ACCOUNT, makeFile, other === undefined ? [] : [other]);
  }

  #read(account: string, cacheId: string): Entries | undefined {
    const file = readCacheFile(join(this.#folder, account), cacheId, {user: this.#user});
    if (file === 'absent') return undefined;
    this.reads++;
    if (file !== 'damaged') return file;
    this.damaged++;
    return undefined;
  }

  #namesOf(account: string): unknown {
    const file = readCacheFile(join(this.#folder, account), NAMES, {user: this.#user, isSealed: false});
    if (file === 'damaged') this.damaged++;
    return typeof file === 'object' && file.get('format') === NAMES_FORMAT ? file.get('directory') : undefined;
  }

  #decode(file: Entries | undefined, month: string, days: Iterable<Day>): CachedDay[] {
    const found = file && decodeDays(file, month, days);
    if (file && !found) this.damaged++;
    return found ?? [];
  }

  /**
   * Replaces the file by what `merge` makes of it, unless that is nothing, while nobody else writes that of the `others`
   * either. Returns whether that is on disk.
   */
  async #write(account: string, cacheId: string, merge: MakeFile, others: readonly string[] = []): Promise<boolean> {
    const folder = join(this.#folder, account);
    try {
      prepareFolder(this.#folder, account, this.#home);
      const locks = [account, ...others].map(each => join(this.#folder, each, `${cacheId}${LOCK}`));
      const action = (hold: Hold) => replaceCacheFile(folder, cacheId, () => merge(hold), this.#now());
      const result = await withLock(locks, action, this.#waiting);
      if (result === 'written') this.writes++;
      return result !== 'cleared';
    } catch (error) {
      this.#report('write', error);
      return false;
    }
  }

  #sizeOf(account: string, cacheId: string): number {
    return lstatSync(join(this.#folder, account, cacheId), {throwIfNoEntry: false})?.size ?? 0;
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
