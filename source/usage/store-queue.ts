import {setImmediate as nextTurn} from 'node:timers/promises';
import {type CachedDay, preferred} from './cache.ts';
import type {Day} from './days.ts';

/** Days on their way to one file. */
type Pending = {readonly account: string; readonly cacheId: string; readonly days: Map<Day, CachedDay>};

/**
 * Writes files one after the other, with a turn of the event loop between two. Days for a file that come in while it
 * waits are written with it, in one go: a month that arrives in thirty windows is not written thirty times.
 */
export class WriteQueue {
  readonly #pending = new Map<string, Pending>();
  readonly #writeFile: (pending: Pending) => void;
  #draining: Promise<void> | undefined;

  /** `writeFile` must not throw. */
  constructor(writeFile: (pending: Pending) => void) {
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
      // Taken and written within one turn, so that `drop` never comes between.
      this.#pending.delete(next[0]);
      this.#writeFile(next[1]);
    }
    // In the same turn in which nothing was left: whoever adds from now on starts a new run.
    this.#draining = undefined;
  }
}
