import {type Dataset, findColumn} from '../usage/dataset.ts';

/** The day of a row, as any number that is the same for rows of the same day and no others. */
export type DayAt = (row: number) => number;

/** Reads the day from the `date` column, whose hours and minutes are cut off; undefined where there is none. */
export function readDays(dataset: Dataset): DayAt | undefined {
  const column = findColumn(dataset, 'date');
  if (column === undefined || column.kind === 'number') return undefined;
  const numbers = new Map<string, number>();
  const dayOfCode = Uint32Array.from(column.dictionary, date => {
    const day = date.slice(0, 'YYYY-MM-DD'.length);
    const number = numbers.get(day) ?? numbers.size;
    numbers.set(day, number);
    return number;
  });
  return row => dayOfCode[column.codes[row] ?? 0] ?? 0;
}

/**
 * The first row after `row` that is of another day; `row` itself where there is none. Rows are walked and not searched
 * by halves, since they may be sorted by something else.
 */
export function nextDay(row: number, rowCount: number, dayAt: DayAt): number {
  const today = dayAt(row);
  for (let next = row + 1; next < rowCount; next++) if (dayAt(next) !== today) return next;
  return row;
}

/** The first row of the day before the one of `row`; on the first day, its first row. */
export function previousDay(row: number, dayAt: DayAt): number {
  const today = startOfDay(row, dayAt);
  return today === 0 ? 0 : startOfDay(today - 1, dayAt);
}

function startOfDay(row: number, dayAt: DayAt): number {
  const day = dayAt(row);
  let start = row;
  while (start > 0 && dayAt(start - 1) === day) start--;
  return start;
}
