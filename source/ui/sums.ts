import type {Column, NumberColumn} from '../usage/block.ts';
import {formatFigure} from '../view/format.ts';

/** Adding up a million figures takes milliseconds: once a column, not once a key. */
export type Sums = WeakMap<NumberColumn, number>;

/** The sum of a metric, formatted as its cells are; undefined for names, ids and points in time. */
export function sumLabel(column: Column | undefined, sums: Sums): string | undefined {
  if (column?.kind !== 'number' || column.name === 'start_time') return undefined;
  let sum = sums.get(column);
  if (sum === undefined) {
    sum = sumOf(column.values);
    sums.set(column, sum);
  }
  return formatFigure(column.name, sum);
}

/** Absent values count as nothing. Neumaier's summation: amounts of a tenth of a cent add up without drifting. */
export function sumOf(values: Float64Array): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}
