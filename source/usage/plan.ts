import type {BucketWidth, Endpoint, EndpointName} from '../api/endpoints.ts';
import {BUCKET_SECONDS, ENDPOINTS, widthFor} from '../api/endpoints.ts';
import {isReusable, isSettled} from './cache.ts';
import {type Day, daysIn, type Range} from './days.ts';

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

/** What many requests are, and how many the next wider buckets take. */
export type ManyRequests = {readonly count: number; readonly wider: BucketWidth; readonly widerCount: number};

/**
 * Minutes come a day at a time: a year of them is to be announced and not found out. Undefined where it is few requests,
 * or days, which nothing makes fewer. As if the cache held nothing.
 */
export function manyRequests(
  range: Range,
  names: readonly EndpointName[],
  width: BucketWidth,
): ManyRequests | undefined {
  const count = requestsFor(range, names, width);
  if (count <= MANY_REQUESTS || width === '1d') return undefined;
  const wider = width === '1m' ? '1h' : '1d';
  return {count, wider, widerCount: requestsFor(range, names, wider)};
}

/** More than that take minutes where the API answers slowly or limits them. */
const MANY_REQUESTS = 1000;

function requestsFor(range: Range, names: readonly EndpointName[], width: BucketWidth): number {
  return ENDPOINTS.filter(({name}) => names.includes(name)).reduce(
    (sum, endpoint) => sum + Math.ceil(daysIn(range) / daysPerWindow(endpoint, width)),
    0,
  );
}

function canReuse(held: Held | undefined, day: Day, now: number, refresh: Refresh): boolean {
  if (held === undefined || refresh === 'everything') return false;
  // What a clock of the future called settled may be today's half-filled figures.
  if (refresh === 'unsettled') return held.hasBucket && held.fetchedAt <= now && isSettled(day, held.fetchedAt);
  return isReusable({day, ...held}, now);
}
