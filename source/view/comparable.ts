import type {EndpointName} from '../api/endpoints.ts';
import {type Dataset, findColumn} from '../usage/dataset.ts';
import {type Day, dayOf, type Range, startOf} from '../usage/days.ts';
import type {Outcome} from '../usage/outcome.ts';
import type {Side} from './compare.ts';
import type {Periods} from './periods.ts';
import type {RowNumbers} from './rows.ts';
import {finish, inParts, stage, type Work} from './work.ts';

/** Two outcomes cut to what can be compared, and the endpoints that cannot. */
export type Comparable = {readonly now: Side; readonly before: Side; readonly leftOut: readonly EndpointName[]};

/**
 * The day from which on figures may have been still filling when they were fetched: that of `now` (Unix milliseconds), or
 * that of the oldest fetch, if rows fetched before midnight, or offline days ago, are compared later. Unsettled days
 * before it were all fetched on it or after.
 */
export function firstOpenDay({asOf, gaps}: Pick<Outcome, 'asOf' | 'gaps'>, now: number): Day {
  // Stale days are the oldest, and their endpoints are left out of the comparison anyway.
  const fetched = gaps.some(({stale}) => stale.length > 0) ? now : (asOf ?? now);
  return dayOf(Math.min(now, fetched) / 1000);
}

/**
 * Whether a day of the range may be half-filled. Only of an outcome from the cache alone: where days were asked for, the
 * older ones among them are told as stale.
 */
export function isPerhapsFilling({asOf, gaps}: Pick<Outcome, 'asOf' | 'gaps'>, {last}: Range): boolean {
  if (asOf === undefined || gaps.some(({stale}) => stale.length > 0)) return false;
  return dayOf(asOf / 1000) <= last;
}

/**
 * Both sides' rows of the days compared, of those endpoints that have every day on both sides: what is missing from one
 * of them would pass for a change. Undefined where no endpoint has, or days before were fetched before they were over.
 */
export function comparable(now: Outcome, before: Outcome, periods: Periods): Comparable | undefined {
  return finish(makingComparable(now, before, periods));
}

/** The same, part by part. */
export function* makingComparable(now: Outcome, before: Outcome, periods: Periods): Work<Comparable | undefined> {
  if (isPerhapsFilling(before, periods.before)) return undefined;
  const gaps = [...gapsIn(now, periods.now), ...gapsIn(before, periods.before)];
  const asked = now.query.endpoints.filter(endpoint => !now.skipped.includes(endpoint));
  const leftOut = asked.filter(endpoint => gaps.includes(endpoint));
  if (leftOut.length === asked.length) return undefined;
  const isOut = new Set<string>(leftOut);
  const present = yield* stage(findingRows(now.dataset, periods.now, isOut), 0, 2);
  const past = yield* stage(findingRows(before.dataset, periods.before, isOut), 1, 2);
  return {now: {dataset: now.dataset, rows: present}, before: {dataset: before.dataset, rows: past}, leftOut};
}

/** Endpoints of which a day of the range is missing, or only as an earlier fetch found it: perhaps half-filled. */
function gapsIn({gaps}: Outcome, {first, last}: Range): readonly EndpointName[] {
  return gaps
    .filter(({missing, stale}) => [...missing, ...stale].some(day => day >= first && day <= last))
    .map(({endpoint}) => endpoint);
}

/** In one pass: the rows of the range, of the endpoints that are not out. */
function* findingRows(dataset: Dataset, {first, last}: Range, isOut: ReadonlySet<string>): Work<RowNumbers> {
  const times = findColumn(dataset, 'start_time');
  const endpoints = findColumn(dataset, 'endpoint_type');
  if (times?.kind !== 'number') return new Uint32Array(0);
  const named = endpoints?.kind === 'text' && isOut.size > 0 ? endpoints : undefined;
  const isLeft = Uint8Array.from(named?.dictionary ?? [], name => (isOut.has(name) ? 1 : 0));
  const from = startOf(first);
  const to = startOf(last + 1);
  const rows = new Uint32Array(dataset.rowCount);
  const {values} = times;
  let count = 0;
  yield* inParts(rows.length, (begin, end) => {
    let kept = count;
    for (let row = begin; row < end; row++) {
      const start = values[row] ?? Number.NaN;
      if (start >= from && start < to && isLeft[named?.codes[row] ?? 0] !== 1) rows[kept++] = row;
    }
    count = kept;
  });
  return rows.subarray(0, count);
}
