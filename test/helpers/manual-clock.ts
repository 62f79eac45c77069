import {setImmediate as nextTurn} from 'node:timers/promises';
import type {Clock} from '../../source/usage/pace.ts';

/** 2026-11-22, 12:00 UTC. */
export const NOON = Date.UTC(2026, 10, 22, 12);

type Sleeper = {readonly until: number; readonly wake: () => void};

/** A clock that stands still until a test moves it, and remembers how long it was asked to sleep. */
export class ManualClock implements Clock {
  readonly sleeps: number[] = [];
  #now: number;
  #sleepers: Sleeper[] = [];

  constructor(now = NOON) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  readonly sleep = (milliseconds: number, signal: AbortSignal): Promise<void> => {
    this.sleeps.push(milliseconds);
    if (signal.aborted) return Promise.resolve();
    return new Promise(resolve => {
      const sleeper = {
        until: this.#now + milliseconds,
        wake: () => {
          this.#sleepers = this.#sleepers.filter(each => each !== sleeper);
          signal.removeEventListener('abort', sleeper.wake);
          resolve();
        },
      };
      this.#sleepers.push(sleeper);
      signal.addEventListener('abort', sleeper.wake);
    });
  };

  get sleeping(): number {
    return this.#sleepers.length;
  }

  /** Lets time pass: whoever wakes on the way runs, in the order of waking, until everybody waits again. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    await settle();
    for (;;) {
      const next = this.#sleepers.reduce<Sleeper | undefined>(
        (first, each) => (each.until <= end && (first === undefined || each.until < first.until) ? each : first),
        undefined,
      );
      if (next === undefined) break;
      this.#now = Math.max(this.#now, next.until);
      next.wake();
      await settle();
    }
    this.#now = end;
  }

  /** Moves the time without waking anybody: what happens while nobody of ours sleeps. */
  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }
}

/** A clock on which every sleep is over at once, and has taken its time all the same. */
export class InstantClock implements Clock {
  readonly sleeps: number[] = [];
  #now: number;

  constructor(now = NOON) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  readonly sleep = async (milliseconds: number): Promise<void> => {
    this.sleeps.push(milliseconds);
    this.#now += milliseconds;
    await nextTurn();
  };

  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }
}

/** Until every promise that is settled has been heard of. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await nextTurn();
}
