import type {Dataset} from '../usage/dataset.ts';
import {type Change, type Changes, changesBy, type Side} from '../view/compare.ts';
import {type Dimension, groupCodes} from '../view/dimensions.ts';
import type {Metric} from '../view/metrics.ts';
import type {RowNumbers} from '../view/rows.ts';
import {changesDataset, type SummaryTable} from '../view/summary-table.ts';

/** The change of one group, and what changed inside it by another dimension. */
export type InnerChanges = {readonly group: Change; readonly changes: readonly Change[]};

/** What changed by the dimension `inside`, in each of the groups of `changes`, which are those of `dimension`. */
export function changesInside(
  now: Side,
  before: Side,
  {changes}: Changes,
  {dimension, inside, metric}: {readonly dimension: string; readonly inside: string; readonly metric: Metric},
): readonly InnerChanges[] {
  const present = rowsByGroup(now, dimension);
  const past = rowsByGroup(before, dimension);
  return changes.map(group => ({
    group,
    changes: changesBy(sideOf(now, present.get(group.id)), sideOf(before, past.get(group.id)), inside, metric).changes,
  }));
}

/** Every inner change on a line, after the group that it lies in. */
export function innerTable(
  dimension: Dimension,
  inside: Dimension,
  metric: Metric,
  inner: readonly InnerChanges[],
  total: Change,
): SummaryTable {
  const outer = inner.flatMap(({group, changes}) => changes.map(() => group));
  const groups = changesDataset(dimension, metric, {changes: outer, total});
  const figures = changesDataset(inside, metric, {changes: inner.flatMap(({changes}) => changes), total});
  // What names the group comes first, and then its figures, which are not those of this line.
  const named = groups.columns.findIndex(({kind}) => kind === 'number');
  const joined = (left: Dataset, right: Dataset) => ({
    rowCount: right.rowCount,
    columns: [...left.columns.slice(0, named), ...right.columns],
  });
  return {...joined(groups, figures), totals: joined(groups.totals, figures.totals)};
}

function sideOf({dataset}: Side, rows: RowNumbers = new Uint32Array(0)): Side {
  return {dataset, rows};
}

/** The rows of each group, in their order, by the group's id. */
function rowsByGroup({dataset, rows}: Side, dimension: string): ReadonlyMap<string | undefined, RowNumbers> {
  const {codes, ids} = groupCodes(dataset, dimension);
  const ends = new Uint32Array(ids.length + 1);
  for (let at = 0; at < rows.length; at++) {
    const code = codes[rows[at] ?? 0] ?? 0;
    ends[code + 1] = (ends[code + 1] ?? 0) + 1;
  }
  for (let code = 1; code < ends.length; code++) ends[code] = (ends[code] ?? 0) + (ends[code - 1] ?? 0);
  const next = ends.slice();
  const sorted = new Uint32Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    const code = codes[row] ?? 0;
    const place = next[code] ?? 0;
    sorted[place] = row;
    next[code] = place + 1;
  }
  return new Map(ids.map((id, code) => [code === 0 ? undefined : id, sorted.subarray(ends[code], ends[code + 1])]));
}
