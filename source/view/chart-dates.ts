import {type ChartColumns, leftOf, wholeHours} from './chart-columns.ts';
import {type Steps, stepLabel} from './steps.ts';

const SHORTEST = '10-01'.length;

/**
 * The line below the columns, in exactly `width` columns: dates (or hours) where their column begins, at even distances,
 * the first always, as many as fit without touching.
 */
export function dateLine(steps: Steps, columns: ChartColumns, width: number): string {
  let line = '';
  let before: string | undefined;
  for (let column = 0; column < columns.count; column += strideOf(steps, columns)) {
    const x = leftOf(columns, column);
    if (before !== undefined && x < line.length + 1) continue;
    const date = stepLabel(steps, column * columns.perCell);
    const label = labelsOf(date, before).find(({length}) => x + length <= width);
    if (label === undefined) continue;
    line = line.padEnd(x) + label;
    before = date;
  }
  return line.padEnd(width);
}

/** Columns from one label to the next: of hours so many that they fall on the same hours every day. */
function strideOf({unit}: Steps, {width, perCell}: ChartColumns): number {
  const needed = Math.ceil((SHORTEST + 1) / width);
  if (unit === 'day') return needed;
  let hours = wholeHours(needed * perCell);
  while (hours % perCell !== 0) hours = wholeHours(hours + 1);
  return hours / perCell;
}

/** How a step may be called, the best first: with the year and the day only where they differ from the label before. */
function labelsOf(label: string, before: string | undefined): string[] {
  const [day, time] = [label.slice(0, 10), label.slice(11, 16)];
  const isSameYear = before?.slice(0, 4) === day.slice(0, 4);
  const dates = isSameYear ? [day.slice(5)] : [day, day.slice(5)];
  // Midnight needs no hour beside its date.
  if (time === '' || (time === '00:00' && before?.slice(0, 10) !== day)) return dates;
  return before?.slice(0, 10) === day ? [time] : dates.map(date => `${date} ${time}`);
}
