import {type Day, isoOf, type Range} from '../../usage/days.ts';
import type {Change, Changes} from '../../view/compare.ts';
import type {Dimension} from '../../view/dimensions.ts';
import {groupLabel} from '../../view/group-label.ts';
import {formatChange, formatMetric, type Metric} from '../../view/metrics.ts';
import {changeInPercent} from '../../view/percent.ts';
import {periodLabel} from '../../view/periods.ts';
import {alignPoints} from '../../view/points.ts';
import {printable} from '../../view/printable.ts';
import {widthOf} from '../../view/width.ts';

/** A group, a day or an hour. Figures that are not there are NaN. */
export type ChangesLine = {
  /** Harmless for a terminal. */
  readonly name: string;
  readonly figures: {readonly value: number; readonly before: number; readonly change: number};
  readonly cells: readonly string[];
  /** Length of its bar, from 0 to 1. */
  readonly share: number;
};

/** `leaves`: where room is short, the column with the lowest number leaves first; one without never. */
export type ChangesColumn = {readonly heading: string; readonly width: number; readonly leaves: number | undefined};

/** What stands on one level of the screen. The cursor begins on line `start`. */
export type ChangesTable = {
  readonly heading: string;
  readonly nameWidth: number;
  readonly columns: readonly ChangesColumn[];
  readonly lines: readonly ChangesLine[];
  readonly total: ChangesLine;
  readonly start: number;
};

/**
 * One day of a group, and the day at the same place of the period before (NaN where that is shorter). `isCompared`:
 * what changed, and is not there only because one period is longer.
 */
export type DayChange = ChangesLine['figures'] & {readonly day: Day; readonly isCompared: boolean};

/** The days at the end of a longer period before, which no day stands against. */
export type DaysLeft = ChangesLine['figures'] & {readonly range: Range};

type Item = ChangesLine['figures'] & {readonly name: string; readonly size: number; readonly note?: string};

type Column = {
  readonly heading: string;
  readonly leaves?: number;
  readonly cell: (item: Item) => string;
  /** Unless false, decimal points stand under one another. */
  readonly isFigure?: boolean;
};

/** Groups, those that changed most first; the cursor begins on group `mover`, where it is among them. */
export function groupsTable(
  dimension: Dimension,
  metric: Metric,
  {changes, total}: Changes,
  {mover, times}: {readonly mover: Change['id']; readonly times: string},
): ChangesTable {
  const label = printable(dimension.label);
  const itemOf = (change: Change, name: string): Item => {
    const note = change.state === 'both' ? changeInPercent(change, times) : change.state;
    // Per cent of a share would pass for points.
    const isAsked = metric.kind !== 'share' || change.state !== 'both';
    return {...change, name, size: Math.abs(change.change), note: isAsked ? note : ''};
  };
  const nameOf = (its: Change) => (its.id === undefined ? `${its.label}: no ${label}` : groupLabel(its));
  const items = changes.map(change => itemOf(change, nameOf(change)));
  const percent = {heading: '%', leaves: 1, cell: ({note}: Item) => note ?? '', isFigure: false};
  const columns = [...figureColumns(metric), ...(items.some(({note}) => note) ? [percent] : [])];
  const moverAt = changes.findIndex(({id}) => id !== undefined && id === mover);
  return tableWith(label, columns, items, itemOf(total, 'total'), Math.max(0, moverAt));
}

/** The days of a group, then those left over; the cursor begins on the one that changed most. */
export function daysTable(
  metric: Metric,
  {days, left}: {readonly days: readonly DayChange[]; readonly left: DaysLeft | undefined},
  {total, to}: {readonly total: Change; readonly to: string},
): ChangesTable {
  const items = [
    ...days.map(day => ({...day, name: isoOf(day.day), size: day.value})),
    ...(left ? [{...left, name: periodLabel(left.range, to, true), size: Number.NaN}] : []),
  ];
  const start = greatest(days.map(({change, isCompared}) => (isCompared ? Math.abs(change) : Number.NaN)));
  return tableWith('day', figureColumns(metric), items, {...total, name: 'total', size: Number.NaN}, start);
}

/** The hours of a day; the cursor begins on the greatest. */
export function hoursTable(metric: Metric, values: Float64Array, total: number): ChangesTable {
  const none = {before: Number.NaN, change: Number.NaN};
  const items = Array.from(values, (value, hour) => ({
    ...none,
    name: `${String(hour).padStart(2, '0')}:00`,
    value,
    size: value,
  }));
  const columns = [{heading: metric.label, cell: ({value}: Item) => formatMetric(metric, value)}];
  const whole = {...none, name: 'total', value: total, size: Number.NaN};
  return tableWith('hour (UTC)', columns, items, whole, greatest(items.map(({value}) => value)));
}

function figureColumns(metric: Metric): readonly Column[] {
  // A share changes by points: a change in per cent is something else.
  const isShare = metric.kind === 'share';
  return [
    {heading: 'now', leaves: 3, isFigure: !isShare, cell: ({value}) => formatMetric(metric, value)},
    {heading: 'before', leaves: 2, isFigure: !isShare, cell: ({before}) => formatMetric(metric, before)},
    {heading: isShare ? 'points' : 'change', cell: ({change}) => formatChange(metric, change)},
  ];
}

function tableWith(
  heading: string,
  columns: readonly Column[],
  items: readonly Item[],
  total: Item,
  start: number,
): ChangesTable {
  const most = items.reduce((size, item) => Math.max(size, Number.isNaN(item.size) ? 0 : item.size), 0);
  // The total's last: points stand under one another down to it.
  const texts = columns.map(({cell, isFigure = true}) => {
    const own = [...items, total].map(cell);
    return isFigure ? alignPoints(own) : own;
  });
  const lineOf = (item: Item, index: number): ChangesLine => {
    const {name, value, before, change, size} = item;
    return {
      name,
      figures: {value, before, change},
      cells: texts.map(own => own[index] ?? ''),
      share: most > 0 && size > 0 ? size / most : 0,
    };
  };
  const lines = items.map(lineOf);
  const whole = {...lineOf(total, items.length), share: 0};
  const all = [...lines, whole];
  const widest = (texts: readonly string[]) => texts.reduce((width, text) => Math.max(width, widthOf(text)), 0);
  return {
    heading,
    nameWidth: widest([heading, ...all.map(({name}) => name)]),
    columns: columns.map(({heading: its, leaves}, index) => ({
      heading: its,
      width: widest([its, ...all.map(({cells}) => cells[index] ?? '')]),
      leaves,
    })),
    lines,
    total: whole,
    start,
  };
}

/** Where the greatest number is; NaN is none. */
function greatest(values: readonly number[]): number {
  let at = 0;
  for (const [index, value] of values.entries())
    if (value > (values[at] ?? Number.NaN) || Number.isNaN(values[at])) at = index;
  return at;
}
