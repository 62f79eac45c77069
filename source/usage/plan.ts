import type {BucketWidth, Endpoint} from '../api/endpoints.ts';
import {BUCKET_SECONDS, widthFor} from '../api/endpoints.ts';
import {isReusable, isSettled} from './cache.ts';
import type {Day, Range} from './days.ts';

/** What is known of a day that the cache holds. */
export type Held = {readonly fetchedAt: number; readonly hasBucket: boolean};

/**
 * How much of the cache may be used: `reuse` what is settled or fresh, `unsettled` asks again for every day that may
 * still change, `everything` for every day, `nothing` sends no request at all.
 */
export type Refresh = 'reuse' | 'unsettled' | 'everything' | 'nothing';

type PlanInput = {
  readonly endpoint: Endpoint;
  readonly range: Range;
  readonly width: BucketWidth;
  readonly held: ReadonlyMap<Day, Held>;
  /** Unix milliseconds. */
  readonly now: number;
  readonly refresh: Refresh;
};

/** Most days that one page of the endpoint can hold: 31 (costs 180), with hours 7, with minutes 1. */
export function daysPerWindow(endpoint: Endpoint, width: BucketWidth): number {
  const own = widthFor(endpoint, width);
  return Math.max(1, Math.floor(((endpoint.pageLimits[own] ?? 1) * BUCKET_SECONDS[own]) / BUCKET_SECONDS['1d']));
}

/**
 * The windows to ask for: every day of the range that the cache can't answer, exactly once, in order, none longer than
 * a page. Windows never reach over a day that is held, so a settled day is never asked for again.
 */
export function planWindows({endpoint, range, width, held, now, refresh}: PlanInput): Range[] {
  if (refresh === 'nothing') return [];
  const most = daysPerWindow(endpoint, width);
  const windows: Range[] = [];
  let open: {first: Day; last: Day} | undefined;
  for (let day = range.first; day <= range.last; day++) {
    if (canReuse(held.get(day), day, now, refresh)) continue;
    if (open !== undefined && open.last === day - 1 && day - open.first < most) {
      open.last = day;
    } else {
      open = {first: day, last: day};
      windows.push(open);
    }
  }
  return windows;
}

function canReuse(held: Held | undefined, day: Day, now: number, refresh: Refresh): boolean {
  if (held === undefined || refresh === 'everything') return false;
  // What a clock of the future called settled may be today's half-filled figures.
  if (refresh === 'unsettled') return held.hasBucket && held.fetchedAt <= now && isSettled(day, held.fetchedAt);
  return isReusable({day, ...held}, now);
}
