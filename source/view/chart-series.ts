import {type Dataset, findColumn} from '../usage/dataset.ts';
import type {ChartSeries} from './chart.ts';
import {contributionsOf} from './contributions.ts';
import {groupCodes} from './dimensions.ts';
import type {Group, GroupQuestion} from './group.ts';
import {type Steps, stepSeconds} from './steps.ts';
import {MetricTally} from './tally.ts';

/**
 * The first `most` of the groups, which are those of the dimension, step by step, and as `other` all that is in the rest
 * of them; all rows as `total` where `most` is 0. One pass over the rows adds up just these few: with the steps of each
 * group a million rows would take too long between a key and its frame.
 */
export function chartSeries(
  dataset: Dataset,
  rows: Uint32Array,
  {dimension, metric, steps}: GroupQuestion & {readonly steps: Steps},
  groups: readonly Group[],
  most = 5,
): readonly ChartSeries[] {
  const top = groups.slice(0, most);
  const rest = most === 0 ? ['total'] : groups.length > most ? ['other'] : [];
  const labels = [...top.map(({label}) => label), ...rest];
  const {codes, ids} = groupCodes(dataset, dimension);
  const seriesByCode = new Uint8Array(ids.length).fill(top.length);
  for (const [series, {id}] of top.entries()) seriesByCode[id === undefined ? 0 : ids.indexOf(id, 1)] = series;
  const contributions = contributionsOf(dataset, metric);
  const {values} = contributions;
  const times = findColumn(dataset, 'start_time');
  const starts = times?.kind === 'number' ? times.values : undefined;
  const {first, count} = steps;
  const seconds = stepSeconds(steps);
  const tally = new MetricTally(contributions, labels.length * count);
  let start = Number.NaN;
  let step = -1;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    if (Number.isNaN(values[row])) continue;
    const next = starts?.[row] ?? Number.NaN;
    // Rows come day by day: most begin when the one before did.
    if (next !== start) {
      start = next;
      step = Math.floor((start - first) / seconds);
    }
    if (step >= 0 && step < count) tally.addRow((seriesByCode[codes[row] ?? 0] ?? 0) * count + step, row);
  }
  return labels.map((label, series) => ({
    label,
    steps: Float64Array.from({length: count}, (_, index) => tally.at(series * count + index)),
  }));
}
