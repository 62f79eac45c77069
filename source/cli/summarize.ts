import type {Dataset} from '../usage/dataset.ts';
import {type Change, type Changes, changesBy, type Side} from '../view/compare.ts';
import {type Dimension, findDimension} from '../view/dimensions.ts';
import {type Grouping, groupRows} from '../view/group.ts';
import {inTime, pivotInTime} from '../view/in-time.ts';
import type {Metric} from '../view/metrics.ts';
import {type Pivot, pivotRows} from '../view/pivot.ts';
import {changesDataset, pivotDataset, type SummaryTable, summaryDataset} from '../view/summary-table.ts';
import {changesInside, type InnerChanges, innerTable} from './inner-changes.ts';

/** A summary: what it is made of, for who draws it, and its figures as a table. */
export type Summary = {readonly dimension: Dimension; readonly metric: Metric; readonly table: SummaryTable} & (
  | {readonly kind: 'groups'; readonly grouping: Grouping}
  | {readonly kind: 'pivot'; readonly across: Dimension; readonly pivot: Pivot}
  | {readonly kind: 'changes'; readonly changes: Changes}
  | {
      readonly kind: 'inner changes';
      readonly inside: Dimension;
      readonly inner: readonly InnerChanges[];
      readonly total: Change;
    }
);

type Question = {readonly by: readonly [string] | readonly [string, string]; readonly metric: Metric};

/** The metric of the rows by one dimension, or by two: the first down, the second across. */
export function summarize({dataset, rows}: Side, {by, metric}: Question): Summary {
  const [first, second] = by;
  const dimension = dimensionIn([dataset], first);
  if (second === undefined) {
    const grouping = inTime(first, groupRows(dataset, rows, {dimension: first, metric}));
    return {kind: 'groups', dimension, metric, grouping, table: summaryDataset(dimension, metric, grouping)};
  }
  const pivot = pivotInTime(first, second, pivotRows(dataset, rows, {dimension: first, across: second, metric}));
  const across = dimensionIn([dataset], second);
  return {kind: 'pivot', dimension, across, metric, pivot, table: pivotDataset(dimension, metric, pivot)};
}

/** What changed by one dimension, or by the second one inside each group of the first. */
export function summarizeChanges(now: Side, before: Side, {by, metric}: Question): Summary {
  const [first, second] = by;
  const datasets = [now.dataset, before.dataset];
  const dimension = dimensionIn(datasets, first);
  const changes = changesBy(now, before, first, metric);
  if (second === undefined) {
    return {kind: 'changes', dimension, metric, changes, table: changesDataset(dimension, metric, changes)};
  }
  const inside = dimensionIn(datasets, second);
  const inner = changesInside(now, before, changes, {dimension: first, inside: second, metric});
  const table = innerTable(dimension, inside, metric, inner, changes.total);
  return {kind: 'inner changes', dimension, inside, metric, inner, total: changes.total, table};
}

function dimensionIn(datasets: readonly Dataset[], name: string): Dimension {
  const [found] = datasets.flatMap(dataset => findDimension(dataset, name) ?? []);
  return found ?? {name, label: name.replaceAll('_', ' '), column: name};
}
