import type {Dataset} from '../usage/dataset.ts';
import {type Change, type Changes, changesBy, changesOf, type Side} from '../view/compare.ts';
import {type Dimension, findDimension} from '../view/dimensions.ts';
import {type Grouping, groupRows} from '../view/group.ts';
import {inTime, pivotInTime} from '../view/in-time.ts';
import type {Metric} from '../view/metrics.ts';
import {type Pivot, pivotRows} from '../view/pivot.ts';
import {changesDataset, pivotDataset, type SummaryTable, summaryDataset} from '../view/summary-table.ts';
import {type Unaccounted, unaccountedIn} from '../view/unaccounted.ts';
import {changesInside, type InnerChanges, innerTable} from './inner-changes.ts';

/** A summary: what it is made of, for who draws it, and its figures as a table. */
export type Summary = {readonly dimension: Dimension; readonly metric: Metric; readonly table: SummaryTable} & (
  | {readonly kind: 'groups'; readonly grouping: Grouping; readonly unaccounted: Unaccounted | undefined}
  | {
      readonly kind: 'pivot';
      readonly across: Dimension;
      readonly pivot: Pivot;
      readonly unaccounted: Unaccounted | undefined;
    }
  | {readonly kind: 'changes'; readonly changes: Changes; readonly unaccounted: Changes | undefined}
  | {
      readonly kind: 'inner changes';
      readonly inside: Dimension;
      readonly inner: readonly InnerChanges[];
      readonly total: Change;
      readonly unaccounted: Changes | undefined;
    }
);

type Question = {readonly by: readonly [string] | readonly [string, string]; readonly metric: Metric};

/** The metric of the rows by one dimension, or by two: the first down, the second across. */
export function summarize({dataset, rows}: Side, {by, metric}: Question): Summary {
  const [first, second] = by;
  const dimension = dimensionIn([dataset], first);
  const unaccounted = unaccountedIn(dataset, rows, {dimension: first, metric});
  if (second === undefined) {
    const grouping = inTime(first, groupRows(dataset, rows, {dimension: first, metric}));
    const table = summaryDataset(dimension, metric, grouping, unaccounted);
    return {kind: 'groups', dimension, metric, grouping, unaccounted, table};
  }
  const pivot = pivotInTime(first, second, pivotRows(dataset, rows, {dimension: first, across: second, metric}));
  const across = dimensionIn([dataset], second);
  const table = pivotDataset(dimension, metric, pivot, unaccounted);
  return {kind: 'pivot', dimension, across, metric, pivot, unaccounted, table};
}

/** What changed by one dimension, or by the second one inside each group of the first. */
export function summarizeChanges(now: Side, before: Side, {by, metric}: Question): Summary {
  const [first, second] = by;
  const datasets = [now.dataset, before.dataset];
  const dimension = dimensionIn(datasets, first);
  const changes = changesBy(now, before, first, metric);
  const unaccounted = unaccountedChanges(now, before, first, metric);
  if (second === undefined) {
    const table = changesDataset(dimension, metric, changes, unaccounted);
    return {kind: 'changes', dimension, metric, changes, unaccounted, table};
  }
  const inside = dimensionIn(datasets, second);
  const inner = changesInside(now, before, changes, {dimension: first, inside: second, metric});
  const table = innerTable(dimension, inside, metric, inner, changes.total);
  return {kind: 'inner changes', dimension, inside, metric, inner, total: changes.total, unaccounted, table};
}

function unaccountedChanges(now: Side, before: Side, dimension: string, metric: Metric): Changes | undefined {
  const [present, past] = [now, before].map(({dataset, rows}) => unaccountedIn(dataset, rows, {dimension, metric}));
  if (present === undefined && past === undefined) return undefined;
  const none = groupRows(now.dataset, new Uint32Array(0), {dimension, metric});
  return changesOf(present ?? none, past ?? none, metric);
}

function dimensionIn(datasets: readonly Dataset[], name: string): Dimension {
  const [found] = datasets.flatMap(dataset => findDimension(dataset, name) ?? []);
  return found ?? {name, label: name.replaceAll('_', ' '), column: name};
}
