import {setImmediate as nextTurn} from 'node:timers/promises';
import {type CachedDay, isReusable} from './cache.ts';
import {byMonth, type Day, daysOf, type Range} from './days.ts';
import {StoredAccounts} from './store-accounts.ts';
import {Disk} from './store-disk.ts';
import {daysOfFile, deleteFiles, listFiles, type StoredFile, sweep} from './store-folder.ts';
import {cacheIdOf, checkAccount, type Series} from './store-key.ts';
import {dayKey, type Measure, measureHoldings} from './store-measure.ts';
import {DayMemory} from './store-memory.ts';
import type {StoreOptions} from './store-options.ts';
import {WriteQueue} from './store-queue.ts';
import {type Doing, troubleTeller} from './store-trouble.ts';

export type {CachedDay} from './cache.ts';
export {accountOf, realmOf, type Series} from './store-key.ts';
export type {Measure} from './store-measure.ts';
export type {StoreOptions} from './store-options.ts';

type Statistics = {
  readonly memoryHits: number;
  readonly memoryMisses: number;
  readonly memoryEntries: number;
  readonly memoryBytes: number;
  /** Files read and written; those damaged were read in vain. */
  readonly diskReads: number;
  readonly diskWrites: number;
  readonly diskDamaged: number;
};

/** Makes the names to keep of those that are held, which are unchecked JSON, or undefined where there are none. */
type Merge = (known: unknown) => unknown;

/** What was deleted; `days` as `Holding` counts them. */
export type Cleared = {readonly days: number; readonly files: number; readonly bytes: number};

/**
 * The cache: days in memory first, and in a month's file on disk. It never rejects because of the disk: what can't be read is a
 * miss, what can't be written stays in memory, and `onTrouble` says so once.
 */
export class Store {
  /** Which accounts there are; undefined where everything is in memory. */
  readonly accounts: StoredAccounts | undefined;
  readonly #folder: string | undefined;
  readonly #now: () => number;
  readonly #user: number | undefined;
  readonly #diskBytes: number;
  readonly #memory: DayMemory;
  readonly #report: (doing: Doing, error: unknown) => void;
  readonly #disk: Disk | undefined;
  readonly #queue: WriteQueue;
  #writesSwept = 0;
  /** The turn in which the last of the files asked for is read: two in one turn would be twice as long. */
  #lastTurn = Promise.resolve();
  /** By account: what would have changed its names, had the disk taken it; the next write tries again. */
  readonly #unsavedNames = new Map<string, readonly Merge[]>();
  #hits = 0;
  #misses = 0;

  constructor({folder, now, user, home, memoryBytes = 64 * 2 ** 20, diskBytes = 2 ** 30, onTrouble}: StoreOptions) {
    this.#folder = folder;
    this.#now = now;
    this.#user = user;
    this.#diskBytes = diskBytes;
    this.#memory = new DayMemory(memoryBytes);
    this.#report = troubleTeller(folder ?? '', sentence => onTrouble?.(sentence));
    this.#disk = folder === undefined ? undefined : new Disk(folder, now, this.#report, {user, home});
    this.#queue = new WriteQueue(async (...file) => void (await this.#disk?.mergeDays(...file)));
    this.accounts =
      this.#disk &&
      new StoredAccounts(this.#disk, {
        files: account => this.#list(account, 'read'),
        settle: async account => {
          await this.#queue.drain();
          this.#memory.delete(this.#memory.keysOf(account));
        },
      });
  }

  get statistics(): Statistics {
    return {
      memoryHits: this.#hits,
      memoryMisses: this.#misses,
      memoryEntries: this.#memory.entries,
      memoryBytes: this.#memory.bytes,
      diskReads: this.#disk?.reads ?? 0,
      diskWrites: this.#disk?.writes ?? 0,
      diskDamaged: this.#disk?.damaged ?? 0,
    };
  }

  /**
   * Says whose work is done from now on: when it is stopped, no write waits for another program any more. Where one holds
   * a file at that moment, both write it, and each merges again what the other has written.
   */
  heed(signal: AbortSignal): void {
    this.#disk?.heed(signal);
  }

  /**
   * The days of the range that are held, in their order, however old: whether one may be reused is `isReusable`'s to
   * say. Memory first; then the files of those months of which a day is missing or would be asked for again, a turn of the event loop for each.
   * @throws RangeError where the account or the endpoint is no name for a file.
   */
  async read(series: Series, range: Range): Promise<Map<Day, CachedDay>> {
    const account = checkAccount(series.account);
    const found = new Map<Day, CachedDay>();
    for (const [month, days] of byMonth(daysOf(range), day => day)) {
      const cacheId = cacheIdOf(series, month);
      const missing = days.filter(day => {
        const held = this.#held(account, cacheId, day);
        if (held !== undefined) found.set(day, held);
        // Another program may have fetched again what this one would have to ask for.
        return held === undefined || !isReusable(held, this.#now());
      });
      this.#hits += days.length - missing.length;
      this.#misses += missing.length;
      if (missing.length === 0 || this.#disk === undefined) continue;
      this.#lastTurn = this.#lastTurn.then(() => nextTurn());
      await this.#lastTurn;
      for (const cached of this.#disk.readDays(account, cacheId, missing)) {
        found.set(cached.day, this.#memory.put(dayKey(account, cacheId, cached.day), cached, this.#now()));
      }
    }
    return new Map([...found].sort(([one], [other]) => one - other));
  }

  /**
   * Takes the days into memory at once; resolves when they are on disk, merged with what is there, or when the disk
   * has refused them. Of two copies of a day `preferred` says which one stays.
   * @throws RangeError where the account or the endpoint is no name for a file.
   */
  async write(series: Series, days: readonly CachedDay[]): Promise<void> {
    const account = checkAccount(series.account);
    for (const [month, cachedDays] of byMonth(days, cached => cached.day)) {
      const cacheId = cacheIdOf(series, month);
      for (const cached of cachedDays) {
        this.#memory.put(dayKey(account, cacheId, cached.day), cached, this.#now());
        if (this.#disk !== undefined) this.#queue.add(account, cacheId, cached, this.#now());
      }
    }
    await this.#queue.drain();
  }

  /** Resolves when everything that was written is on disk (or refused by it), and the files keep to their bound. */
  async flush(): Promise<void> {
    await this.#queue.drain();
    const writes = this.#disk?.writes ?? 0;
    if (this.#folder === undefined || writes === this.#writesSwept) return;
    this.#writesSwept = writes;
    try {
      sweep(this.#folder, this.#diskBytes, this.#now());
    } catch (error) {
      this.#report('delete', error);
    }
  }

  /** What `writeDirectory` last wrote for the account, in this program or another: unchecked JSON, or undefined. */
  async readDirectory(account: string): Promise<unknown> {
    const unsaved = this.#unsavedNames.get(checkAccount(account)) ?? [];
    return unsaved.reduce((known, merge) => merge(known), this.#disk?.readNames(account));
  }

  /**
   * Replaces the account's names by what `merge` makes of those that are held now: another program may have added some
   * since they were read. `merge` must be pure and not throw: it is called again where the disk refuses.
   * Returns whether they are on disk.
   */
  async writeDirectory(account: string, merge: Merge): Promise<boolean> {
    const merges = [...(this.#unsavedNames.get(checkAccount(account)) ?? []), merge];
    this.#unsavedNames.set(account, merges);
    const unsaved = () => this.#unsavedNames.get(account) ?? [];
    let saved: readonly Merge[] = [];
    const mergeAll: Merge = known => {
      // Those too that came while this waited for another program, but none that was cleared away.
      saved = unsaved();
      return saved.reduce((names, each) => each(names), known);
    };
    if (!(await this.#disk?.writeNames(account, mergeAll))) return false;
    const left = unsaved().filter(each => !saved.includes(each));
    if (left.length > 0) this.#unsavedNames.set(account, left);
    else this.#unsavedNames.delete(account);
    return true;
  }

  /**
   * Forgets the account's days (all accounts' for undefined), in memory, on disk and on their way there; its names
   * only if `names` says so. Returns what was deleted: distinct days, files and their bytes.
   */
  async clear(account: string | undefined, options: {readonly names: boolean}): Promise<Cleared> {
    const {days} = await this.measure(account);
    // From here on nothing waits: no write comes between what is forgotten and what is deleted.
    this.#memory.delete(this.#memory.keysOf(account));
    this.#queue.drop(account);
    for (const each of options.names ? [...this.#unsavedNames.keys()] : []) {
      if (account === undefined || each === account) this.#unsavedNames.delete(each);
    }
    const isAsked = ({kind}: StoredFile) => options.names || (kind !== 'names' && kind !== 'account');
    const files = this.#list(account, 'delete').filter(isAsked);
    return {days, ...deleteFiles(files, error => this.#report('delete', error))};
  }

  /** What is held, of one account or of all. Reads the files, since only they know their days. */
  async measure(account?: string): Promise<Measure> {
    if (account !== undefined) checkAccount(account);
    const inMemory = this.#memory.keysOf(account);
    const path = this.#folder;
    const daysOf = async (file: StoredFile) => {
      try {
        return path === undefined ? [] : await daysOfFile(file, {user: this.#user, folder: path});
      } catch (error) {
        this.#report('read', error);
        return [];
      }
    };
    const measured = await measureHoldings(this.#list(account, 'read'), inMemory, daysOf);
    return {path, ...measured, ...(path === undefined && {bytes: this.#memory.bytes})};
  }

  #held(account: string, cacheId: string, day: Day): CachedDay | undefined {
    return this.#memory.get(dayKey(account, cacheId, day)) ?? this.#queue.get(account, cacheId, day);
  }

  #list(account: string | undefined, doing: Doing): StoredFile[] {
    if (this.#folder === undefined) return [];
    return listFiles(this.#folder, account, error => this.#report(doing, error));
  }
}
