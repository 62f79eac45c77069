import {type Day, startOf} from './days.ts';
import type {PackedBlock} from './packed.ts';

/** One day of one endpoint as the cache holds it. All clocks of the cache are Unix milliseconds. */
export type CachedDay = {
  readonly day: Day;
  /** Unix milliseconds. */
  readonly fetchedAt: number;
  /** Whether the API sent all of the day's buckets (one, 24 or 1,440), with or without results. */
  readonly hasBucket: boolean;
  readonly block: PackedBlock;
};

/** Unix milliseconds of our clock, and by how much that is ahead of the server's, where this is known. */
type FetchTimes = {readonly asked: number; readonly answered: number; readonly ahead: number | undefined};

const hour = 3_600_000;

/** Clocks that differ by less are taken for the same: answers are on their way for seconds, and days settle in days. */
const CLOCK_TOLERANCE = 5 * 60_000;

/** Figures still arrive after midnight; 48 h after a day's end they no longer change (DESIGN section 1). */
const SETTLING = 48 * hour;

/** For how long an unsettled day is reused. */
export const UNSETTLED_REUSE = 5 * 60_000;

/** For how long users, projects and keys are reused. */
export const DIRECTORY_REUSE = hour;

/** Whether figures of `day` that were fetched at `fetchedAt` (Unix milliseconds) no longer change. */
export function isSettled(day: Day, fetchedAt: number): boolean {
  return fetchedAt >= startOf(day + 1) * 1000 + SETTLING;
}

/** By how much (milliseconds) a clock is so far ahead of the server's, or behind (negative), that it matters; else undefined. */
export function telling(ahead: number | undefined): number | undefined {
  return ahead !== undefined && Math.abs(ahead) > CLOCK_TOLERANCE ? ahead : undefined;
}

/**
 * Of which moment figures are that were asked for and answered then: never a later one than the server's clock allows.
 * A clock that runs days ahead would settle days that are still filling, which then are never asked for again. One that
 * runs behind settles them later than it could, which costs a request. A clock may also be set right between the two.
 */
export function fetchMoment({asked, answered, ahead}: FetchTimes): number {
  return Math.min(asked, answered) - Math.max(0, telling(ahead) ?? 0);
}

/** Whether something fetched at `fetchedAt` is younger than `reuse` ms. What lies in the future came from a wrong clock. */
export function isFresh(fetchedAt: number, reuse: number, now: number): boolean {
  return fetchedAt <= now && now - fetchedAt < reuse;
}

/**
 * Whether a cached day need not be asked for again: its figures are settled, or it was fetched within five minutes.
 * A day without a bucket is never settled: the API said nothing about it. A day fetched "later than now" is neither:
 * a clock that ran a year ahead would make today's half-filled figures final.
 */
export function isReusable(cached: Omit<CachedDay, 'block'>, now: number): boolean {
  if (isFresh(cached.fetchedAt, UNSETTLED_REUSE, now)) return true;
  return cached.fetchedAt <= now && isFinal(cached);
}

/**
 * Which of two copies of a day to keep: one from the future goes first, a settled one is never given up for one that
 * isn't, and of equals the newer stays (`other`, if they are of the same moment).
 */
export function preferred(one: CachedDay, other: CachedDay, now: number): CachedDay {
  for (const isBetter of [(copy: CachedDay) => copy.fetchedAt <= now, isFinal]) {
    if (isBetter(one) !== isBetter(other)) return isBetter(one) ? one : other;
  }
  return one.fetchedAt > other.fetchedAt ? one : other;
}

function isFinal({day, fetchedAt, hasBucket}: Omit<CachedDay, 'block'>): boolean {
  return hasBucket && isSettled(day, fetchedAt);
}
