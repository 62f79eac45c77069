import {setImmediate as nextTurn} from 'node:timers/promises';
import {type Endpoint, widthFor} from '../api/endpoints.ts';
import {ApiError, stopped} from '../api/errors.ts';
import {type Ask, walkPages} from '../api/pages.ts';
import {fetchMoment, isSettled} from './cache.ts';
import {type Day, daysIn, daysOf, type Range, startOf} from './days.ts';
import type {Pace} from './pace.ts';
import {pack} from './pack.ts';
import {planWindows, type Refresh} from './plan.ts';
import type {EndpointProgress, EndpointState} from './progress.ts';
import {filterParameters, type Query} from './query.ts';
import {RowReader} from './rows.ts';
import type {CachedDay, Series, Store} from './store.ts';

type EndpointJobOptions = {
  readonly endpoint: Endpoint;
  readonly query: Query;
  readonly account: string;
  readonly store: Pick<Store, 'read' | 'write'>;
  readonly pace: Pace;
  readonly get: (request: Parameters<Ask>[0], signal: AbortSignal) => Promise<unknown>;
  readonly refresh: Refresh;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Milliseconds that our clock is ahead of the server's, as far as its answers told. */
  readonly clockAhead: () => number | undefined;
  readonly signal: AbortSignal;
  /** More rows are here than there is room for: nothing more is to be taken, from the cache neither. */
  readonly isFull: () => boolean;
  readonly onProgress: (progress: EndpointProgress) => void;
  /** Days whose rows are here: the directory wants to know their projects. */
  readonly onDays: (days: readonly CachedDay[]) => void;
};

/** What an endpoint came to: every day that could be had, the days that could not, and why. */
export type EndpointResult = {
  readonly endpoint: Endpoint;
  readonly days: readonly CachedDay[];
  readonly missing: readonly Day[];
  /** Days that were asked for in vain, and are here as the cache remembers them. */
  readonly stale: readonly Day[];
  /** The oldest moment (Unix ms) of which an unsettled day is; undefined when all are settled. */
  readonly asOf: number | undefined;
  readonly error: ApiError | undefined;
};

/** Of the cache, whose ids are looked through: a year's take 30 ms or more where it has a million rows. */
const DAYS_A_TURN = 60;

/** Failures that every window of the endpoint would meet again: the rest need not be asked. */
const hopeless = new Set([
  'unauthorized',
  'forbidden',
  'not-found',
  'redirect',
  'proxy',
  'rate-limited',
  'address',
  'certificate',
]);

/** Fetches one endpoint: what the cache lacks, window by window, all at once under the pace. */
export class EndpointJob {
  readonly #options: EndpointJobOptions;
  readonly #series: Series;
  readonly #days = new Map<Day, CachedDay>();
  readonly #givenUp = new AbortController();
  readonly #signal: AbortSignal;
  #held: ReadonlyMap<Day, CachedDay> = new Map();
  #state: EndpointState = 'queued';
  #rows = 0;
  #requests = 0;
  #cached = 0;
  #waiting: {until: number; why: string} | undefined;
  #error: ApiError | undefined;

  constructor(options: EndpointJobOptions) {
    const {endpoint, query, account} = options;
    this.#options = options;
    this.#signal = AbortSignal.any([options.signal, this.#givenUp.signal]);
    this.#series = {
      account,
      endpoint: endpoint.name,
      width: widthFor(endpoint, query.width),
      grouping: endpoint.groupings,
      filters: filterParameters(query.filters),
    };
  }

  async run(): Promise<EndpointResult> {
    const {endpoint, query, store, refresh, now} = this.#options;
    const {range} = query;
    this.#report();
    this.#held = await store.read(this.#series, range);
    const {width} = this.#series;
    const windows = planWindows({endpoint, range, width, held: this.#held, now: now(), refresh});
    const asked = new Set(windows.flatMap(daysOf));
    const reused = [...this.#held.values()].filter(({day}) => !asked.has(day));
    this.#state = 'fetching';
    for (let from = 0; from < reused.length; from += DAYS_A_TURN) {
      if (from > 0) await nextTurn();
      // What the cache holds may be more than there is room for, too.
      if (this.#options.isFull()) {
        this.#error = stopped(endpoint.name);
        break;
      }
      this.#take(reused.slice(from, from + DAYS_A_TURN));
      this.#cached = this.#days.size;
      this.#report();
    }
    this.#report();
    await Promise.all(windows.map(window => this.#fetchWindow(window)));
    const result = this.#result(asked);
    this.#waiting = undefined;
    this.#state = !result.error ? 'finished' : result.error.reason === 'stopped' ? 'stopped' : 'failed';
    this.#report();
    return result;
  }

  /** The pace holds everything until then (or goes on, when undefined). */
  hold(until: number | undefined, error: ApiError | undefined): void {
    if (this.#state !== 'fetching') return;
    this.#waiting = until === undefined ? undefined : {until, why: error?.what ?? 'the server asked to wait'};
    this.#report();
  }

  async #fetchWindow(window: Range): Promise<void> {
    const {endpoint, store, now, clockAhead} = this.#options;
    const span = {start: startOf(window.first), end: startOf(window.last + 1)};
    const {width, filters} = this.#series;
    const reader = new RowReader(endpoint, width);
    // Figures are of the moment they were asked for: a day is settled only if it had ended long before.
    const asked = now();
    try {
      await walkPages({endpoint, span, width, filters}, this.#ask, buckets => reader.add(buckets));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (this.#error === undefined || this.#error.reason === 'stopped') this.#error = error;
      if (hopeless.has(error.reason)) this.#givenUp.abort();
      return;
    }
    const fetchedAt = fetchMoment({asked, answered: now(), ahead: clockAhead()});
    const days = daysOf(window).map(day => {
      const {block, hasBucket} = reader.finish(day);
      return {day, fetchedAt, hasBucket, block: pack(block)};
    });
    this.#take(days);
    this.#waiting = undefined;
    this.#report();
    await store.write(this.#series, days);
  }

  readonly #ask: Ask = (request, read) =>
    this.#options.pace.run({
      lane: this.#options.endpoint.name,
      signal: this.#signal,
      task: async signal => read(await this.#options.get(request, signal)),
      onAttempt: () => {
        this.#requests++;
        if (this.#waiting !== undefined && this.#waiting.until <= this.#options.now()) this.#waiting = undefined;
        this.#report();
      },
      onRetry: (until, error) => {
        this.#waiting = {until, why: error.what};
        this.#report();
      },
    });

  #take(days: readonly CachedDay[]): void {
    for (const day of days) {
      this.#days.set(day.day, day);
      this.#rows += day.block.rowCount;
    }
    this.#options.onDays(days);
  }

  /** A day that could not be fetched again is used as the cache remembers it. */
  #result(asked: ReadonlySet<Day>): EndpointResult {
    const {endpoint, query} = this.#options;
    const stale = [...asked].flatMap(day => (this.#days.has(day) ? [] : (this.#held.get(day) ?? [])));
    this.#take(stale);
    const days = [...this.#days.values()].sort((a, b) => a.day - b.day);
    const unsettled = days.filter(({day, fetchedAt}) => !isSettled(day, fetchedAt));
    return {
      endpoint,
      days,
      missing: daysOf(query.range).filter(day => !this.#days.has(day)),
      stale: stale.map(({day}) => day),
      asOf: unsettled.length === 0 ? undefined : Math.min(...unsettled.map(({fetchedAt}) => fetchedAt)),
      error: this.#error,
    };
  }

  #report(): void {
    this.#options.onProgress({
      kind: 'endpoint',
      endpoint: this.#options.endpoint.name,
      state: this.#state,
      daysDone: this.#days.size,
      daysTotal: daysIn(this.#options.query.range),
      daysCached: this.#cached,
      rows: this.#rows,
      requests: this.#requests,
      ...(this.#waiting && {waitingUntil: this.#waiting.until, waitingFor: this.#waiting.why}),
      ...(this.#error && {error: this.#error}),
    });
  }
}
