import {setImmediate as nextTurn} from 'node:timers/promises';
import {type CachedDay, preferred} from './cache.ts';
import type {Day} from './days.ts';

/** Days on their way to one file. */
type Pending = {readonly account: string; readonly cacheId: string; readonly days: Map<Day, CachedDay>};

/**
 * Writes a file, whose days it `take`s in the turn in which it does so, or not at all. Until then they wait here, where
 * others join them and `drop` finds them. Must not reject.
 */
type WriteFile = (
  account: string,
  cacheId: string,
  take: () => ReadonlyMap<Day, CachedDay> | undefined,
) => Promise<void>;

/**
 * Writes files one after the other, with a turn of the event loop between two. Days for a file that come in while it
 * waits are written with it, in one go: a month that arrives in thirty windows is not written thirty times.
 */
export class WriteQueue {
  readonly #pending = new Map<string, Pending>();
  readonly #writeFile: WriteFile;
  #draining: Promise<void> | undefined;

  constructor(writeFile: WriteFile) {
    this.#writeFile = writeFile;
  }

  /** Of two copies of a day that wait, the better one is written. `now`: Unix milliseconds. */
  add(account: string, cacheId: string, cached: CachedDay, now: number): void {
    const key = `${account}/${cacheId}`;
    const pending = this.#pending.get(key) ?? {account, cacheId, days: new Map<Day, CachedDay>()};
    this.#pending.set(key, pending);
    const waiting = pending.days.get(cached.day);
    pending.days.set(cached.day, waiting === undefined ? cached : preferred(waiting, cached, now));
  }

  /** The day's copy that waits to be written. */
  get(account: string, cacheId: string, day: Day): CachedDay | undefined {
    return this.#pending.get(`${account}/${cacheId}`)?.days.get(day);
  }

  /** Forgets what waits, of one account or of all. */
  drop(account: string | undefined): void {
    for (const [key, pending] of this.#pending) {
      if (account === undefined || pending.account === account) this.#pending.delete(key);
    }
  }

  /** Resolves when nothing waits any more. */
  drain(): Promise<void> {
    this.#draining ??= this.#run();
    return this.#draining;
  }

  async #run(): Promise<void> {
    for (;;) {
      await nextTurn();
      const [next] = this.#pending;
      if (next === undefined) break;
      const [key, {account, cacheId}] = next;
      let isTaken = false;
      const take = () => {
        isTaken = true;
        const days = this.#pending.get(key)?.days;
        this.#pending.delete(key);
        return days;
      };
      await this.#writeFile(account, cacheId, take);
      // Refused before it came to that: it will not be tried for ever.
      if (!isTaken) take();
    }
    // In the same turn in which nothing was left: whoever adds from now on starts a new run.
    this.#draining = undefined;
  }
}
