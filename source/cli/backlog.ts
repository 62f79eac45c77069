/** So much a Linux PTY holds before it takes no more, in bytes: 12,632 in writes of 7,000, 20,512 in writes of 50. */
const HOLDS = 20_000;

/** When no more than this is left, the next frame may go out. */
const LEFT = 2048;

/** A line that takes more bytes a millisecond than this is not slow: a full terminal is behind by 0.4 s. */
const FAST = 50;

/** A terminal that took something so long after it last refused was not tried in between, in milliseconds. */
const STILL_FULL = 250;

/** Full for less than this, in milliseconds, its rate is that of one lump that it took, and not its line's. */
const COUNTED_FOR = 1000;

/** A rate is believed for so long after the last refusal, in milliseconds: what stood in the way may be gone. */
const BELIEVED = 60_000;

/** However slow it was, nobody waits longer than this for the next frame, in milliseconds. */
const LONGEST = 10_000;

/**
 * How much of what the terminal took it has yet to draw, where only its refusals tell: whatever a full one takes is
 * what the line took from it. Times are milliseconds of any one clock.
 */
export class Backlog {
  #behind = 0;
  /** When `#behind` was true. */
  #at = 0;
  /** Bytes a millisecond, once it is known. */
  #rate: number | undefined;
  #refusedAt = Number.NEGATIVE_INFINITY;
  #fullSince: number | undefined;
  /** Whether it has taken anything since it last refused. */
  #hasTaken = false;
  /** Whether `#taken` counts what it took since `#fullSince`. */
  #isCounted = false;
  #taken = 0;

  took(bytes: number, now: number): void {
    this.#drain(now);
    this.#behind += bytes;
    this.#taken += bytes;
    this.#hasTaken = true;
    // Not full all the time since then: a moment that is over, or a frame that found room.
    if (now - this.#refusedAt > STILL_FULL) this.#fullSince = undefined;
  }

  refused(now: number): void {
    if (this.#fullSince === undefined) {
      this.#fullSince = now;
      this.#isCounted = false;
    } else if (this.#hasTaken && this.#isCounted) {
      if (now - this.#fullSince >= COUNTED_FOR) this.#rate = this.#taken / (now - this.#fullSince);
    } else if (this.#hasTaken) {
      // It makes room in lumps (up to 3,877 bytes on Linux), and how far it was with the first nobody knows.
      this.#fullSince = now;
      this.#isCounted = true;
      this.#taken = 0;
    }
    this.#hasTaken = false;
    this.#refusedAt = now;
    this.#behind = HOLDS;
    this.#at = now;
  }

  /** Milliseconds until the next frame would find it nearly empty; 0 where it is not known to be slow. */
  wait(now: number): number {
    if (this.#rate === undefined || this.#rate > FAST || now - this.#refusedAt > BELIEVED) return 0;
    this.#drain(now);
    return Math.min(Math.max(0, this.#behind - LEFT) / this.#rate, LONGEST);
  }

  #drain(now: number): void {
    if (this.#rate !== undefined) this.#behind = Math.max(0, this.#behind - (now - this.#at) * this.#rate);
    this.#at = now;
  }
}
