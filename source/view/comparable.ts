import type {EndpointName} from '../api/endpoints.ts';
import {type Dataset, findColumn} from '../usage/dataset.ts';
import {type Day, dayOf, type Range} from '../usage/days.ts';
import type {Outcome} from '../usage/outcome.ts';
import type {Side} from './compare.ts';
import type {Periods} from './periods.ts';
import {allRows, keepRows, type RowNumbers, rowsWithin} from './rows.ts';

/** Two outcomes cut to what can be compared, and the endpoints that cannot. */
export type Comparable = {readonly now: Side; readonly before: Side; readonly leftOut: readonly EndpointName[]};

/**
 * The day from which on figures may have been still filling when they were fetched: that of `now` (Unix milliseconds), or
 * that of the oldest fetch, if rows fetched before midnight, or offline days ago, are compared later. Unsettled days
 * before it were all fetched on it or after.
 */
export function firstOpenDay({asOf}: Pick<Outcome, 'asOf'>, now: number): Day {
  return dayOf(Math.min(now, asOf ?? now) / 1000);
}

/**
 * Whether a day of the range may be half-filled. Only of an outcome from the cache alone: where days were asked for, the
 * older ones among them are told as stale.
 */
export function isPerhapsFilling({asOf, gaps}: Pick<Outcome, 'asOf' | 'gaps'>, {last}: Range): boolean {
  if (asOf === undefined || gaps.some(({stale}) => stale.length > 0)) return false;
  return firstOpenDay({asOf}, asOf) <= last;
}

/**
 * Both sides' rows of the days compared, of those endpoints that have every day on both sides: what is missing from one
 * of them would pass for a change. Undefined where no endpoint has, or days before were fetched before they were over.
 */
export function comparable(now: Outcome, before: Outcome, periods: Periods): Comparable | undefined {
  if (isPerhapsFilling(before, periods.before)) return undefined;
  const gaps = [...gapsIn(now, periods.now), ...gapsIn(before, periods.before)];
  const asked = now.query.endpoints.filter(endpoint => !now.skipped.includes(endpoint));
  const leftOut = asked.filter(endpoint => gaps.includes(endpoint));
  if (leftOut.length === asked.length) return undefined;
  const isOut = new Set<string>(leftOut);
  const sideOf = ({dataset}: Outcome, range: Range): Side => ({
    dataset,
    rows: without(dataset, rowsWithin(dataset, allRows(dataset.rowCount), range), isOut),
  });
  return {now: sideOf(now, periods.now), before: sideOf(before, periods.before), leftOut};
}

/** Endpoints of which a day of the range is missing, or only as an earlier fetch found it: perhaps half-filled. */
function gapsIn({gaps}: Outcome, {first, last}: Range): readonly EndpointName[] {
  return gaps
    .filter(({missing, stale}) => [...missing, ...stale].some(day => day >= first && day <= last))
    .map(({endpoint}) => endpoint);
}

function without(dataset: Dataset, rows: RowNumbers, endpoints: ReadonlySet<string>): RowNumbers {
  const column = findColumn(dataset, 'endpoint_type');
  if (endpoints.size === 0 || column === undefined || column.kind === 'number') return rows;
  const {codes, dictionary} = column;
  const isKept = Uint8Array.from(dictionary, name => (endpoints.has(name) ? 0 : 1));
  return keepRows(rows, row => isKept[codes[row] ?? 0] === 1);
}
