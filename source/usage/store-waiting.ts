/**
 * Milliseconds for which a program waits for the dead, all in all: a folder may be full of their locks, and in each may
 * stand, by accident or because somebody wrote it there, that it is good for hours. A single one gets half of what is left.
 */
const FOR_THE_DEAD = 20_000;

/** What is left for each when that is used up: nobody who works at this moment is overrun at once. */
const LEAST = 20;

/** How long a program goes on waiting for others that hold locks: a little each time, not too much in sum, none when it is to end. */
export class Waiting {
  readonly now: () => number;
  #left = FOR_THE_DEAD;
  #signal: AbortSignal | undefined;

  /** `now`: milliseconds of a clock that nobody sets. A pause takes longer than was asked for where the machine is busy. */
  constructor(now = () => performance.now()) {
    this.now = now;
  }

  /** Whose work is done from now on: when it is stopped, nobody is waited for. */
  heed(signal: AbortSignal): void {
    this.#signal = signal;
  }

  get isOver(): boolean {
    return this.#signal?.aborted ?? false;
  }

  /** For how long a lock may stay the same one before its program counts as dead, where it asks for so many milliseconds. */
  patience(asked: number): number {
    return Math.min(asked, Math.max(LEAST, this.#left / 2));
  }

  /** So many milliseconds went to a lock that nobody gave back. */
  waste(milliseconds: number): void {
    this.#left = Math.max(0, this.#left - milliseconds);
  }
}
