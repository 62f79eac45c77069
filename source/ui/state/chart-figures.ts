import type {ChartSeries} from '../../view/chart.ts';
import {chartingSeries} from '../../view/chart-series.ts';
import type {Dimension} from '../../view/dimensions.ts';
import {type Group, groupingRows} from '../../view/group.ts';
import {groupLabel} from '../../view/group-label.ts';
import {isTime} from '../../view/in-time.ts';
import type {Metric} from '../../view/metrics.ts';
import type {RowNumbers} from '../../view/rows.ts';
import {type Steps, stepsOf} from '../../view/steps.ts';
import {sumOf} from '../../view/sum.ts';
import {stage, type Work} from '../../view/work.ts';
import {dimensionOf, metricOf} from './lens.ts';
import type {ResultsState} from './results.ts';

/** A group in the legend. `series` is by number whose fill it has; `share` is of the total, NaN where there is none. */
type LegendEntry = {
  readonly label: string;
  readonly value: number;
  readonly share: number;
  readonly series: number | undefined;
};

/** What a chart shows, whatever its size, and what it was made of. */
export type Charted = {
  readonly rows: RowNumbers;
  readonly metric: Metric;
  readonly dimension: Dimension | undefined;
  readonly steps: Steps;
  readonly series: readonly ChartSeries[];
  /** Of all rows by step; NaN where there is nothing. */
  readonly totals: Float64Array;
  /** Something is below zero (a credit), and is not drawn. */
  readonly hasNegative: boolean;
  readonly legend: readonly LegendEntry[];
  /** Rows that hold the metric. */
  readonly rowCount: number;
  readonly total: number;
  /** The step with the greatest total; undefined where no step has one. */
  readonly highest: {readonly step: number; readonly value: number} | undefined;
};

const MOST_GROUPS = 5;

/** The dimension whose groups a chart tells apart; none for days and hours, which would be a staircase. */
export function chartDimension(results: ResultsState): Dimension | undefined {
  const dimension = dimensionOf(results);
  return dimension && isTime(dimension.name) ? undefined : dimension;
}

/** Whether nothing has changed since that was made. */
export function isUpToDate({rows, metric, dimension}: Charted, results: ResultsState): boolean {
  return rows === results.rows && metric === metricOf(results) && dimension === chartDimension(results);
}

/** The metric of the rows in view over the steps of their range, part by part. */
export function* charting(results: ResultsState, metric: Metric): Work<Charted> {
  const {
    outcome: {dataset, query},
    rows,
  } = results;
  const dimension = chartDimension(results);
  const steps = stepsOf(query.range, query.width, metric);
  const question = {dimension: dimension?.name ?? '', metric, steps};
  const grouping = groupingRows(dataset, rows, {...question, steps: undefined});
  const {groups, total} = yield* stage(grouping, 0, 2);
  // Shares cannot be stacked: their columns are all rows together, and the legend tells the groups' own.
  const isLone = dimension === undefined || metric.kind === 'share';
  const series = chartingSeries(dataset, rows, question, groups, isLone ? 0 : MOST_GROUPS);
  const charted = yield* stage(series, 1, 2);
  const legend = dimension ? (isLone ? sharesOf(groups, total) : partsOf(groups, total)) : [];
  const highest = highestOf(charted.totals);
  return {rows, metric, dimension, steps, ...charted, legend, rowCount: total.rows, total: total.value, highest};
}

function partsOf(groups: readonly Group[], {value: total}: Group): LegendEntry[] {
  const shareOf = (value: number) => (total > 0 ? value / total : Number.NaN);
  const named = groups.slice(0, MOST_GROUPS).map((group, series) => ({
    label: groupLabel(group),
    value: group.value,
    share: shareOf(group.value),
    series,
  }));
  const others = groups.slice(MOST_GROUPS);
  if (others.length === 0) return named;
  const rest = sumOf(others.map(({value}) => value));
  return [...named, {label: `other (${others.length})`, value: rest, share: shareOf(rest), series: MOST_GROUPS}];
}

function sharesOf(groups: readonly Group[], total: Group): LegendEntry[] {
  const entry = (group: Group, series?: number) => {
    return {label: groupLabel(group), value: group.value, share: Number.NaN, series};
  };
  return [entry({...total, label: 'all'}, 0), ...groups.map(group => entry(group))];
}

function highestOf(values: Float64Array): Charted['highest'] {
  let highest: {step: number; value: number} | undefined;
  for (const [step, value] of values.entries()) {
    if (!Number.isNaN(value) && (highest === undefined || value > highest.value)) highest = {step, value};
  }
  return highest;
}
