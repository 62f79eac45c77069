import type {Chart} from '../../view/chart.ts';
import {counted} from '../../view/counted.ts';
import {formatNumber} from '../../view/format.ts';
import {formatAxis, formatMetric} from '../../view/metrics.ts';
import {periodLabel} from '../../view/periods.ts';
import {printable} from '../../view/printable.ts';
import {stepLabel} from '../../view/steps.ts';
import {widthOf} from '../../view/width.ts';
import type {Glyphs} from '../theme.ts';
import {type Charted, chartDimension} from './chart-figures.ts';
import {metricOf} from './lens.ts';
import type {ResultsState} from './results.ts';
import {taskOf} from './tasks.ts';

/** `2026-10-01 → 10-31 · cost by project per day`, or as much of it as fits into `width` columns. */
export function chartTitle(results: ResultsState, width: number, {to, separator}: Glyphs): string {
  const {charted} = results.chart;
  const range = periodLabel(results.outcome.query.range, to);
  const metric = metricOf(results);
  if (!metric) return firstFitting([`${range} ${separator} chart`, 'Chart'], width);
  const dimension = chartDimension(results);
  const what = `${metric.label}${dimension ? ` by ${printable(dimension.label)}` : ''}`;
  const per = `${what} per ${charted?.steps.unit ?? 'day'}`;
  return firstFitting([`${range} ${separator} ${per}`, per, what], width);
}

/** `31 days · total $1,234.56 · highest 2026-10-27 $410.20`, less of it in less room; no number is cut. */
export function chartPosition(charted: Charted, width: number, {separator}: Glyphs): string {
  const {steps, metric, total, highest} = charted;
  const join = (...parts: readonly string[]) => parts.filter(part => part !== '').join(` ${separator} `);
  const brief = (value: number) =>
    metric.kind === 'count' ? formatAxis(metric, value) : formatMetric(metric, value, 'short');
  const word = metric.kind === 'share' ? 'overall' : 'total';
  const sum = `${word} ${formatMetric(metric, total)}`;
  const when = highest === undefined ? '' : stepLabel(steps, highest.step).replace('T', ' ').replace('Z', '');
  const peak = (date: string, value: string) =>
    highest === undefined || steps.count === 1 ? '' : `highest ${date} ${value}`;
  const exact = formatMetric(metric, highest?.value ?? Number.NaN);
  const short = brief(highest?.value ?? Number.NaN);
  const lines = [
    join(counted(steps.count, steps.unit), sum, peak(when, exact)),
    join(sum, peak(when, exact)),
    join(sum, peak(when.slice(5), exact)),
    join(`${word} ${brief(total)}`, peak(when.slice(5), short)),
    join(brief(total), peak(when.slice(5), short)),
    sum,
  ];
  return firstFitting(lines, width);
}

/** What is to be known about the columns of a chart: long, and in a few words. */
export function chartNotes({steps, metric, hasNegative}: Charted, {perCell}: Chart) {
  const several = counted(perCell, steps.unit);
  return [
    ...(perCell > 1
      ? [{long: `each column shows the mean of ${several}`, short: `a column is ${several} (mean)`}]
      : []),
    ...(hasNegative ? [{long: 'amounts below zero (credits) are not drawn', short: 'credits not drawn'}] : []),
    ...(metric.kind === 'share' ? [{long: 'columns show all rows together', short: 'columns: all rows'}] : []),
    ...(steps.unit === 'day' && steps.count === 1 && metric.kind !== 'money'
      ? [{long: 'a single day: fetched with 1h buckets it shows its hours', short: '1h buckets show its hours'}]
      : []),
  ];
}

/** The notes as one line: where the legend is, if not all of it is in sight, and what the columns are. */
export function notesLine({chart}: ResultsState, width: number, {up, down, separator}: Glyphs): string {
  const {drawn, top} = chart;
  if (!drawn) return '';
  const {notes, legend, legendHeight} = drawn;
  const last = top + legendHeight;
  const scroll =
    legend.length > legendHeight
      ? [`legend ${formatNumber(top + 1)}-${formatNumber(last)} of ${formatNumber(legend.length)} (${up} ${down})`]
      : [];
  const lines = [notes.map(({long}) => long), notes.map(({short}) => short)].map(said =>
    [...scroll, ...said].join(` ${separator} `),
  );
  return firstFitting(lines, width);
}

/** What is said above a table, without the keys that mean something only there. */
export function sayHere(text: string, {separator}: Glyphs): string {
  const key = ['x', 'Backspace undoes'].find(each => text.endsWith(` ${separator} ${each}`));
  return key === undefined ? text : text.slice(0, -` ${separator} ${key}`.length);
}

/** Why there is no chart, and the way out. */
export function whyEmpty(results: ResultsState, {to}: Glyphs): readonly string[] {
  const {rows, filters, outcome, chart} = results;
  const metric = metricOf(results);
  if (outcome.dataset.rowCount === 0) return [`No usage from ${periodLabel(outcome.query.range, to)} (UTC).`];
  if (!metric) return ['The rows have no figures that a chart could show.'];
  if (rows.length === 0 && filters.length > 0) {
    return ['No row is left by the filters.', 'Esc leads back; there Backspace undoes the last filter.'];
  }
  if (chart.charted && chart.charted.rowCount > 0) return [];
  if (!chart.charted && taskOf(results, 'place')) return [];
  const which = rows.length === 1 ? 'The row in view has' : `None of the ${formatNumber(rows.length)} rows in view has`;
  return [`${which} ${rows.length === 1 ? 'no ' : ''}${metric.label}.`, 'm chooses another metric.'];
}

/** The first text that fits; the last, to be cut, where none does. */
function firstFitting(texts: readonly string[], width: number): string {
  return texts.find(text => widthOf(text) <= width) ?? texts.at(-1) ?? '';
}
