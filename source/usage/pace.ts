import PQueue from 'p-queue';
import {ApiError, stopped} from '../api/errors.ts';
import {backoff, isHopeless, LONGEST_RETRY_AFTER, type Refusals, retriesFor} from './backoff.ts';
import {afterRefusal, afterSuccess, type Congestion, startCongestion} from './congestion.ts';

/** Unix milliseconds, and a sleep that ends early (without an error) when the signal says so. */
export type Clock = {now(): number; sleep(milliseconds: number, signal: AbortSignal): Promise<void>};

/** Full jitter can come out as nothing, which is no answer to a server that refuses. */
const shortestHold = 100;

export type PaceOptions = {
  /** Most requests at once. */
  readonly ceiling: number;
  readonly clock: Clock;
  /** 0 to 1, for jitter. */
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** Everything waits until then because the server refused (429); undefined when it goes on. */
  readonly onHold?: (until: number | undefined, error?: ApiError) => void;
};

export type Job<Answer> = {
  /** Requests of one lane (an endpoint, a list) are given up together. */
  readonly lane: string;
  /** Of those that wait, the highest goes first, and of the same those that came first; below 1000. */
  readonly rank?: number;
  readonly task: (signal: AbortSignal) => Promise<Answer>;
  readonly signal: AbortSignal;
  readonly onAttempt?: () => void;
  readonly onRetry?: (until: number, error: ApiError) => void;
};

/**
 * The one place that decides when a request is sent and whether it is sent again. No request waits inside the queue's
 * places: whoever backs off gives its place to another.
 */
export class Pace {
  readonly #options: PaceOptions;
  readonly #queue: PQueue;
  readonly #refusals = new Map<string, Refusals & {readonly era: number}>();
  #congestion: Congestion;
  #heldUntil = 0;
  #isHolding = false;
  /** Counts halvings, so that the refusals of one burst halve once. */
  #era = 0;
  /** Halvings since anything was answered: where nobody is, one endpoint after the other need not find out alone. */
  #barren: Refusals | undefined;

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#congestion = startCongestion(options.ceiling);
    this.#queue = new PQueue({concurrency: this.#congestion.limit});
  }

  /** How many requests may be under way now. */
  get limit(): number {
    return this.#congestion.limit;
  }

  /** The task's answer. Rejects with the last ApiError when trying again is no use, or with a `stopped` one. */
  async run<Answer>(job: Job<Answer>): Promise<Answer> {
    let failures = 0;
    let tries = 0;
    for (;;) {
      let isHeld = false;
      const attempt = async () => {
        const era = this.#era;
        tries++;
        job.onAttempt?.();
        try {
          return await job.task(job.signal);
        } catch (error) {
          // Here and not below: the queue gives the place to the next request as soon as the attempt ends.
          const isRefusal = error instanceof ApiError && error.reason === 'rate-limited' && !job.signal.aborted;
          if (isRefusal) isHeld = this.#refused(job.lane, error, era);
          throw error;
        }
      };
      try {
        // What was tried before goes first: its rows are waited for longest.
        const priority = 1000 * tries + (job.rank ?? 0);
        const answer = await this.#queue.add(attempt, {signal: job.signal, priority});
        this.#succeeded(job.lane);
        return answer;
      } catch (error) {
        if (job.signal.aborted) throw stopped(job.lane);
        if (!(error instanceof ApiError)) throw error;
        error.tries = tries;
        if (isHeld) continue;
        if (failures >= retriesFor(error)) throw error;
        await this.#backOff(++failures, job, error);
      }
    }
  }

  async #backOff(failures: number, job: Job<unknown>, error: ApiError): Promise<void> {
    const {clock, random} = this.#options;
    const delay = backoff(failures, random);
    job.onRetry?.(clock.now() + delay, error);
    await clock.sleep(delay, job.signal);
    if (job.signal.aborted) throw stopped(job.lane);
  }

  #succeeded(lane: string): void {
    this.#refusals.delete(lane);
    this.#barren = undefined;
    this.#steer(afterSuccess(this.#congestion));
  }

  /** Slows down and holds everything; false says that the lane is to be given up. */
  #refused(lane: string, error: ApiError, era: number): boolean {
    const {clock, random} = this.#options;
    if (error.retryAfter !== undefined && error.retryAfter > LONGEST_RETRY_AFTER) return false;
    const now = clock.now();
    if (era === this.#era) {
      this.#era++;
      this.#barren = {since: now, ...this.#barren, count: (this.#barren?.count ?? 0) + 1};
      this.#steer(afterRefusal(this.#congestion));
    }
    const last = this.#refusals.get(lane) ?? {count: 0, since: now, era: 0};
    const count = era >= last.era ? last.count + 1 : last.count;
    this.#refusals.set(lane, {count, since: last.since, era: this.#era});
    if (isHopeless({count, since: last.since}, now) || (this.#barren && isHopeless(this.#barren, now))) return false;
    this.#hold(now + (error.retryAfter || Math.max(shortestHold, backoff(count, random))), error);
    return true;
  }

  #steer(congestion: Congestion): void {
    if (congestion.limit !== this.#congestion.limit) this.#queue.concurrency = congestion.limit;
    this.#congestion = congestion;
  }

  #hold(until: number, error: ApiError): void {
    if (until <= this.#heldUntil) return;
    this.#heldUntil = until;
    this.#options.onHold?.(until, error);
    if (!this.#isHolding) void this.#waitOut();
  }

  async #waitOut(): Promise<void> {
    const {clock, signal, onHold} = this.#options;
    this.#isHolding = true;
    this.#queue.pause();
    while (!signal.aborted && clock.now() < this.#heldUntil) await clock.sleep(this.#heldUntil - clock.now(), signal);
    this.#isHolding = false;
    onHold?.(undefined);
    this.#queue.start();
  }
}
