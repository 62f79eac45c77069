import {isoOf} from '../../usage/days.ts';
import {counted} from '../../view/counted.ts';
import {formatNumber} from '../../view/format.ts';
import {formatMetric} from '../../view/metrics.ts';
import {printableName} from '../../view/printable.ts';
import {widthOf} from '../../view/width.ts';
import type {Glyphs} from '../theme.ts';
import {dimensionOf, metricOf} from './lens.ts';
import {columnsShown} from './pivot-columns.ts';
import type {ResultsState} from './results.ts';
import {naturalOrder} from './summary-figures.ts';
import {GAP, WIDTH_FOR_SHARE} from './summary-lines.ts';
import type {SummaryRoom} from './summary-room.ts';
import {taskOf} from './tasks.ts';

const orderWords = {biggest: 'biggest first', smallest: 'smallest first', name: 'by name'} as const;

/** `2026-11-16 → 2026-11-22 · cost by project · 12 groups`; on narrow screens what it is comes first. */
export function summaryTitle(results: ResultsState, width: number, glyphs: Glyphs): string {
  const {first, last} = results.outcome.query.range;
  const {figures} = results.summary;
  const metric = metricOf(results);
  const down = dimensionOf(results);
  const by = [down, figures?.across].filter(each => each !== undefined).map(({label}) => printableName(label));
  const range = `${isoOf(first)} ${glyphs.to} ${isoOf(last)}`;
  const parts = [
    ...(metric && down ? [`${metric.label} by ${by.join(' and ')}`] : []),
    counted(figures?.groups.length ?? 0, 'group'),
    ...(figures && figures.order !== naturalOrder(figures.dimension) ? [orderWords[figures.order]] : []),
  ];
  return (width < WIDTH_FOR_SHARE ? [...parts, range] : [range, ...parts]).join(` ${glyphs.separator} `);
}

/** `group 3 of 12 · 1,204 rows · rows with cost: 604 of 3,732`, and what else is to be known of the figures. */
export function summaryPosition(
  results: ResultsState,
  {width, glyphs, hasUnaccounted}: {readonly glyphs: Glyphs} & Pick<SummaryRoom, 'width' | 'hasUnaccounted'>,
): string {
  const {figures, cursor} = results.summary;
  const count = figures?.groups.length ?? 0;
  const group = figures?.groups[cursor];
  const joined = (parts: readonly string[]) => parts.join(` ${glyphs.separator} `);
  const parts = [`group ${formatNumber(group ? cursor + 1 : 0)} of ${formatNumber(count)}`];
  if (!figures || !group) return joined(parts);
  const {metric, total, rows, dimension, across, pivot, unaccounted} = figures;
  // Where the list is too short for a line of its own. Before all else: small screens cut the end off.
  if (!hasUnaccounted && unaccounted && unaccounted.total.rows > 0) {
    parts.push(`unaccounted ${formatMetric(metric, unaccounted.total.value)}`);
  }
  parts.push(counted(group.rows, 'row'));
  const columns = pivot && columnsShown(figures, pivot, width);
  if (pivot && columns === 1 && pivot.across.length > 1) parts.push(`1 of ${pivot.across.length} columns`);
  if (total.rows < rows.length) {
    parts.push(`rows with ${metric.label}: ${formatNumber(total.rows)} of ${formatNumber(rows.length)}`);
  }
  if (metric.kind !== 'money' || (dimension.name !== 'model' && across?.name !== 'model')) return joined(parts);
  const full = joined([...parts, 'costs: model read from the line item']);
  return widthOf(full) <= width ? full : joined([...parts, 'model by line item']);
}

/** The dimensions in one line, cut around the current one, which stands between brackets. */
export function dimensionParts(
  labels: readonly string[],
  current: number,
  width: number,
  ellipsis: string,
): {readonly before: string; readonly current: string; readonly after: string} {
  const items = labels.map((label, index) => (index === current ? `[${printableName(label)}]` : printableName(label)));
  const textOf = (from: number, to: number) => [
    ...(from > 0 ? [ellipsis] : []),
    ...items.slice(from, to),
    ...(to < items.length ? [ellipsis] : []),
  ];
  const fits = (from: number, to: number) => widthOf(textOf(from, to).join(GAP)) <= width;
  // The next one is in sight too, so that one sees where → leads.
  const needed = Math.min(items.length, current + 2);
  let from = 0;
  while (from < current && !fits(from, needed)) from++;
  let to = Math.max(current + 1, Math.min(needed, items.length));
  if (!fits(from, to)) to = current + 1;
  while (to < items.length && fits(from, to + 1)) to++;
  const before = textOf(from, to).slice(0, current - from + (from > 0 ? 1 : 0));
  const after = textOf(from, to).slice(before.length + 1);
  return {
    before: before.map(item => item + GAP).join(''),
    current: items[current] ?? '',
    after: after.map(item => GAP + item).join(''),
  };
}

/** Why there are no figures, or only those of rows that belong to no group, and the way out. */
export function summaryAdvice(results: ResultsState, glyphs: Glyphs): readonly string[] {
  const {outcome, rows, prompt, summary} = results;
  const metric = metricOf(results);
  const dimension = dimensionOf(results);
  if (outcome.dataset.rowCount === 0) return ['There are no rows to add up.', 'd chooses other dates.'];
  if (rows.length === 0 && prompt?.kind === 'filter') return ['What is typed leaves no rows.', 'Esc takes it back.'];
  if (rows.length === 0) return ['The filters leave no rows.', 'Backspace undoes the last one, Esc all of them.'];
  if (!metric) return ['The rows have no figures to add up.', 'Tab shows them.'];
  if (!dimension) return ['The rows have nothing to group them by.', 'Tab shows them.'];
  if (!summary.figures && taskOf(results, 'place')) return [];
  const groups = summary.figures?.groups ?? [];
  if (groups.length === 0) return [`None of the rows in view has ${metric.label}.`, 'm chooses another metric.'];
  if (groups.every(({id}) => id === undefined)) {
    const what = printableName(dimension.label);
    return [
      `The rows with ${metric.label} have no ${what}.`,
      `Another dimension (${glyphs.left} ${glyphs.right}) or metric (m) tells more.`,
    ];
  }
  return [];
}
