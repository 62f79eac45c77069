import {meanBetween} from './bins.ts';
import type {ChartSeries} from './chart.ts';
import type {Steps} from './steps.ts';

/**
 * Columns from left to right, each of `width` terminal columns, which need not be whole; each stands for `perCell`
 * steps, the last perhaps for fewer.
 */
export type ChartColumns = {readonly count: number; readonly width: number; readonly perCell: number};

/** Each column's values: `parts[series][column]`, never negative, and their sum. */
export type Stacks = {
  readonly parts: readonly Float64Array[];
  readonly totals: Float64Array;
  readonly greatest: number;
  readonly isWhole: boolean;
};

/** Columns all alike look better, unless they leave more than the rest of the room empty. */
const ENOUGH_OF_ROOM = 0.8;

const HOURS = [1, 2, 3, 4, 6, 8, 12];

/** As wide as fits. Of more steps than there is room for, so many share a column that all have one. */
export function placeColumns({unit, count}: Steps, room: number): ChartColumns {
  if (room < 1 || count < 1) return {count: 0, width: 1, perCell: 1};
  const needed = Math.ceil(count / room);
  const perCell = unit === 'hour' ? wholeHours(needed) : needed;
  const columns = Math.ceil(count / perCell);
  const width = room / columns;
  const isEven = Math.floor(width) >= ENOUGH_OF_ROOM * width;
  return {count: columns, width: isEven ? Math.floor(width) : width, perCell};
}

/** Terminal columns left of that column; of the one after the last, the width of all. */
export function leftOf({width}: ChartColumns, column: number): number {
  // So many times the width of so many parts is the whole again, but for the last bit.
  return Math.floor(column * width + 1e-9);
}

/** At least so many hours, such that a day is a whole number of columns or a column a whole number of days. */
export function wholeHours(least: number): number {
  return HOURS.find(hours => hours >= least) ?? Math.ceil(least / 24) * 24;
}

/** What the columns hold; what is below zero is nothing. */
export function stackColumns(series: readonly ChartSeries[], columns: ChartColumns, isShare: boolean): Stacks {
  const parts = series.map(() => new Float64Array(columns.count));
  const totals = new Float64Array(columns.count);
  let isWhole = !isShare;
  for (let column = 0; column < columns.count; column++) {
    const from = column * columns.perCell;
    for (const [index, {steps}] of series.entries()) {
      const mean = meanBetween(steps, from, Math.min(from + columns.perCell, steps.length), isShare);
      if (Number.isNaN(mean)) continue;
      isWhole &&= columns.perCell > 1 || Number.isInteger(mean);
      totals[column] = (totals[column] ?? 0) + Math.max(0, mean);
      const own = parts[index];
      if (own !== undefined) own[column] = Math.max(0, mean);
    }
  }
  return {parts, totals, greatest: totals.reduce((most, total) => Math.max(most, total), 0), isWhole};
}

/**
 * How many of `height` cells belong to each part, by largest remainder: rounded one by one they would not add up to
 * the height of the stack.
 */
export function shareOut(parts: readonly number[], height: number): number[] {
  const total = parts.reduce((sum, part) => sum + part, 0);
  const exact = parts.map(part => (total > 0 ? (part / total) * height : 0));
  const cells = exact.map(Math.floor);
  const byRemainder = exact.map((_, index) => index).sort((a, b) => ((exact[b] ?? 0) % 1) - ((exact[a] ?? 0) % 1));
  let missing = total > 0 ? height - cells.reduce((sum, each) => sum + each, 0) : 0;
  for (const index of byRemainder) {
    if (missing <= 0) break;
    cells[index] = (cells[index] ?? 0) + 1;
    missing--;
  }
  return cells;
}
