import {type Dataset, findColumn} from '../usage/dataset.ts';
import type {ChartSeries} from './chart.ts';
import {readingContributions} from './contributions.ts';
import {groupCodes} from './dimensions.ts';
import type {Group, GroupQuestion} from './group.ts';
import {type Steps, stepSeconds} from './steps.ts';
import {MetricTally} from './tally.ts';
import {inParts, type Work} from './work.ts';

type Charting = {
  readonly series: readonly ChartSeries[];
  /** All rows by step, what is below zero taken off; NaN where there is nothing. */
  readonly totals: Float64Array;
  readonly hasNegative: boolean;
};

type ChartQuestion = GroupQuestion & {readonly steps: Steps};

/**
 * The first `most` of the groups, which are those of the dimension, step by step, and as `other` all that is in the rest
 * of them; all rows as `total` where `most` is 0. What is below zero (a credit) is in the totals alone: taken off a
 * group's own it would hide what was spent beside it. One pass over the rows adds up just these few: with the steps of each
 * group a million rows would take too long between a key and its frame.
 */
export function* chartingSeries(
  dataset: Dataset,
  rows: Uint32Array,
  {dimension, metric, steps}: ChartQuestion,
  groups: readonly Group[],
  most = 5,
): Work<Charting> {
  const top = groups.slice(0, most);
  const rest = most === 0 ? ['total'] : groups.length > most ? ['other'] : [];
  const labels = [...top.map(({label}) => label), ...rest];
  const {codes, ids} = groupCodes(dataset, dimension);
  const seriesByCode = new Uint8Array(ids.length).fill(top.length);
  for (const [series, {id}] of top.entries()) seriesByCode[id === undefined ? 0 : ids.indexOf(id, 1)] = series;
  const contributions = yield* readingContributions(dataset, metric);
  const {values} = contributions;
  const times = findColumn(dataset, 'start_time');
  const starts = times?.kind === 'number' ? times.values : undefined;
  const {first, count} = steps;
  const seconds = stepSeconds(steps);
  // A part for each series, and one for all rows.
  const tally = new MetricTally(contributions, (labels.length + 1) * count);
  const whole = labels.length * count;
  let hasNegative = false;
  let start = Number.NaN;
  let step = -1;
  yield* inParts(rows.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const row = rows[at] ?? 0;
      const value = values[row] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      const next = starts?.[row] ?? Number.NaN;
      // Rows come day by day: most begin when the one before did.
      if (next !== start) {
        start = next;
        step = Math.floor((start - first) / seconds);
      }
      if (step < 0 || step >= count) continue;
      tally.addRow(whole + step, row);
      if (value < 0) hasNegative = true;
      else tally.addRow((seriesByCode[codes[row] ?? 0] ?? 0) * count + step, row);
    }
  });
  const stepsFrom = (place: number) => Float64Array.from({length: count}, (_, index) => tally.at(place + index));
  return {
    series: labels.map((label, series) => ({label, steps: stepsFrom(series * count)})),
    totals: stepsFrom(whole),
    hasNegative,
  };
}
