import {ENDPOINTS, type EndpointName} from '../../api/endpoints.ts';
import type {Dataset} from '../../usage/dataset.ts';
import {type Day, isoOf, startOf} from '../../usage/days.ts';
import type {Outcome} from '../../usage/outcome.ts';
import type {Change} from '../../view/compare.ts';
import {type Dimension, groupCodes} from '../../view/dimensions.ts';
import {type Filter, filterRows} from '../../view/filter.ts';
import {groupRows} from '../../view/group.ts';
import {type Metric, metricsOf} from '../../view/metrics.ts';
import {printableName} from '../../view/printable.ts';
import {allRows, type RowNumbers, rowsWithin} from '../../view/rows.ts';
import {sentenceOf} from '../sentences.ts';
import {filtersForHours} from './changes-filters.ts';
import {failuresOf, outcomeErrors} from './fetching.ts';

type GroupFilter = Extract<Filter, {kind: 'group'}>;

/** How a group's hours of a day come: from the rows that are here, by asking those endpoints, or not at all. */
export type HoursPlan =
  | {readonly kind: 'here'; readonly target: GroupFilter}
  | {readonly kind: 'fetch'; readonly target: GroupFilter; readonly endpoints: readonly EndpointName[]}
  | {readonly kind: 'none'; readonly why: string};

/** A group's hours: 24 values, NaN where there is nothing. `isInstead`: not the metric asked for, which has no hours. */
export type Hours = {
  readonly metric: Metric;
  readonly isInstead: boolean;
  readonly values: Float64Array;
  readonly total: number;
};

export function groupFilter({name}: Dimension, {id, label}: Pick<Change, 'id' | 'label'>): GroupFilter {
  return {kind: 'group', dimension: name, id, label};
}

/** Only endpoints that had the group on that day, as the daily rows say, are asked for its hours; costs have none. */
export function planHours(
  {dataset, query}: Outcome,
  filters: readonly Filter[],
  {dimension, group, day}: {readonly dimension: Dimension; readonly group: Change; readonly day: Day},
): HoursPlan {
  const label = printableName(group.label);
  const rows = rowsOfDay(dataset, filters, day);
  const target = targetOf(dataset, rows, groupFilter(dimension, group));
  if (!target) {
    const why = `Costs have no hours, and ${label} on ${isoOf(day)} names no model whose usage could be shown instead.`;
    return {kind: 'none', why};
  }
  const found = endpointsIn(dataset, filterRows(dataset, rows, [target]));
  const endpoints = found.filter(name => name !== 'costs');
  if (found.length === 0) return {kind: 'none', why: `There was nothing of ${label} on ${isoOf(day)}.`};
  if (endpoints.length === 0) {
    return {kind: 'none', why: `Costs have no hours, and the rows hold nothing else of ${label} on ${isoOf(day)}.`};
  }
  return query.width === '1d' ? {kind: 'fetch', target, endpoints} : {kind: 'here', target};
}

/** The hours of the group; undefined where the rows have none of the metric, nor of what stands in for money. */
export function hoursOf(
  {dataset}: Outcome,
  filters: readonly Filter[],
  {target, day, metric}: {readonly target: GroupFilter; readonly day: Day; readonly metric: Metric},
): Hours | undefined {
  const rows = filterRows(dataset, rowsOfDay(dataset, filters, day), [target]);
  const steps = {unit: 'hour', first: startOf(day), count: 24} as const;
  for (const candidate of metricsFor(dataset, metric)) {
    const {groups, total} = groupRows(dataset, rows, {dimension: 'endpoint', metric: candidate, steps});
    if (groups.length === 0) continue;
    return {metric: candidate, isInstead: metric.kind === 'money', values: total.steps, total: total.value};
  }
  return undefined;
}

/** Why the hours that were asked for are not there; undefined where at least one endpoint has them. */
export function whyNoHours(outcome: Outcome, day: Day): string | undefined {
  const {gaps, query, isStopped} = outcome;
  if (isStopped) return 'Stopped. Enter tries again.';
  if (gaps.length < query.endpoints.length) return undefined;
  const [failure] = failuresOf(outcomeErrors(outcome));
  return failure ? `${sentenceOf(failure)} Enter tries again.` : `Offline: the cache holds no hours of ${isoOf(day)}.`;
}

function metricsFor(dataset: Dataset, {kind, name}: Metric): readonly Metric[] {
  const metrics = metricsOf(dataset);
  if (kind !== 'money') return metrics.filter(metric => metric.name === name);
  const rank = (metric: Metric) => ['requests', 'tokens'].indexOf(metric.name);
  return metrics.filter(metric => metric.kind === 'count').sort((a, b) => rank(b) - rank(a));
}

function rowsOfDay(dataset: Dataset, filters: readonly Filter[], day: Day): RowNumbers {
  const rows = rowsWithin(dataset, allRows(dataset.rowCount), {first: day, last: day});
  return filterRows(dataset, rows, filtersForHours(filters, dataset).kept);
}

/** The group as rows of usage know it: a line item by its model; none where only costs are grouped like that. */
function targetOf(dataset: Dataset, rows: RowNumbers, group: GroupFilter): GroupFilter | undefined {
  if (group.dimension === 'currency' || group.dimension === 'quantity_unit') return undefined;
  if (group.dimension !== 'line_item') return group;
  if (group.id === undefined) return undefined;
  const [row = -1] = filterRows(dataset, rows, [group]);
  const {codes, ids} = groupCodes(dataset, 'model');
  const id = ids[codes[row] ?? 0];
  return id ? {kind: 'group', dimension: 'model', id, label: id} : undefined;
}

function endpointsIn(dataset: Dataset, rows: RowNumbers): readonly EndpointName[] {
  const {codes, ids} = groupCodes(dataset, 'endpoint');
  const isFound = new Uint8Array(ids.length);
  for (let at = 0; at < rows.length; at++) isFound[codes[rows[at] ?? 0] ?? 0] = 1;
  const found = new Set(ids.filter((_, code) => isFound[code] === 1));
  return ENDPOINTS.map(({name}) => name).filter(name => found.has(name));
}
