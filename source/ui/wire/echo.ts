/** "Are you there?" (DSR 5), which every terminal since the VT100 answers in its turn: when it has drawn what came before. */
const QUESTION = '\x1b[5n';

/** Asked once in so many bytes: nothing on a good line, and often enough on a slow one. */
const ASKED_EVERY = 1024;

/**
 * So many bytes may be under way unanswered. On a line of 20 kbit/s they take 0.8 s; on one with 300 ms of delay they
 * are 17 moves of the cursor a second.
 */
const MOST_UNANSWERED = 2048;

/** An answer that has not come by then is lost, in milliseconds (a `screen` taken up on another terminal). Doubled each time. */
const LOST_AFTER = 5000;

/** The same where the terminal has begun to answer again: what was under way comes in one go, or was lost. */
const LOST_AFTER_OTHERS = 1000;

/**
 * How far the terminal is behind. A write says only that the kernel took the bytes; between it and the eye lie its own
 * buffer (22 kB in a Linux PTY), the connection's, and the network's: at 20 kbit/s, half a minute. So the terminal is
 * asked. Before its first answer nothing is held back, and one that never answers is asked no second time.
 */
export class Echo {
  readonly #onRoom: () => void;
  /** For each question without an answer the bytes that it stands for, the oldest first. */
  #asked: number[] = [];
  /** So many questions were given up whose answers may still come, before any other. */
  #late = 0;
  /** Whether any answer was taken for one of those since. */
  #hasComeLate = false;
  #unasked = 0;
  #hasAnswered = false;
  #patience = LOST_AFTER;
  #timer: NodeJS.Timeout | undefined;
  #settled: (() => void)[] = [];

  constructor(onRoom: () => void) {
    this.#onRoom = onRoom;
  }

  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  /** What to send after an update of so many bytes: the question, or nothing. */
  question(bytes: number): string {
    this.#unasked += bytes;
    if (this.#unasked < ASKED_EVERY || (!this.#hasAnswered && this.#asked.length > 0)) return '';
    this.#asked.push(this.#unasked);
    this.#unasked = 0;
    return QUESTION;
  }

  /**
   * Whether so much is unanswered, with what is about to be sent, that it should not be; then `onRoom` is called when
   * that has changed.
   */
  isAwaited(more: number): boolean {
    const unanswered = this.#asked.reduce((sum, bytes) => sum + bytes, this.#unasked + more);
    const isAwaited = this.#hasAnswered && this.#asked.length > 0 && unanswered >= MOST_UNANSWERED;
    const patience = this.#hasComeLate ? LOST_AFTER_OTHERS : this.#patience;
    if (isAwaited) this.#timer ??= setTimeout(() => this.#giveUp(), patience);
    return isAwaited;
  }

  /** Counts no longer what is unanswered, for somebody who wants to see the screen now. The answers may still come. */
  forget(): void {
    this.#late += this.#asked.length;
    this.#asked = [];
    this.#unasked = 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  answered(): void {
    this.#hasAnswered = true;
    this.#hasComeLate = this.#late > 0;
    if (this.#hasComeLate) {
      this.#late--;
    } else {
      this.#patience = LOST_AFTER;
      this.#asked.shift();
    }
    this.#goOn();
  }

  /**
   * Resolves when nothing is unanswered, given up or not (which may be never); at once where the terminal has never
   * answered.
   */
  settled(): Promise<void> {
    if (!this.#hasAnswered || this.#isQuiet()) return Promise.resolve();
    return new Promise(resolve => void this.#settled.push(resolve));
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asked = [];
  }

  #isQuiet(): boolean {
    return this.#asked.length === 0 && this.#late === 0;
  }

  /**
   * Answers come in the order of their questions. A terminal that says nothing at all may yet answer every one. But
   * where the last answers were taken for late ones, and then no more came, the late ones had been lost for good.
   */
  #giveUp(): void {
    const isLost = this.#hasComeLate;
    this.forget();
    if (isLost) this.#late = 0;
    this.#hasComeLate = false;
    if (this.#late > 0) this.#patience *= 2;
    this.#goOn();
  }

  #goOn(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#isQuiet()) for (const resolve of this.#settled.splice(0)) resolve();
    this.#onRoom();
  }
}
