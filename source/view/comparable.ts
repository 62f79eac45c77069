import type {EndpointName} from '../api/endpoints.ts';
import {type Dataset, findColumn} from '../usage/dataset.ts';
import type {Range} from '../usage/days.ts';
import type {Outcome} from '../usage/outcome.ts';
import type {Side} from './compare.ts';
import type {Periods} from './periods.ts';
import {allRows, keepRows, type RowNumbers, rowsWithin} from './rows.ts';

/** Two outcomes cut to what can be compared, and the endpoints that cannot. */
export type Comparable = {readonly now: Side; readonly before: Side; readonly leftOut: readonly EndpointName[]};

/**
 * Both sides' rows of the days compared, of those endpoints that have every day on both sides: what is missing from one
 * of them would pass for a change. Undefined where no endpoint has.
 */
export function comparable(now: Outcome, before: Outcome, periods: Periods): Comparable | undefined {
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
