import {brief} from '../api/brief.ts';
import type {Dataset} from '../usage/dataset.ts';
import {printable} from './printable.ts';

/** Whether a number is so large that a double may stand for several integers: JSON is read into doubles. */
export function isRounded(value: number): boolean {
  return Math.abs(value) > Number.MAX_SAFE_INTEGER;
}

/** The columns in which some figure is that large. */
function roundedColumns({columns}: Dataset): readonly string[] {
  return columns.flatMap(column => (column.kind === 'number' && someRounded(column.values) ? [column.name] : []));
}

/** A loop: `some` calls its function for each of a million rows' figures, which takes six times as long. */
function someRounded(values: Float64Array): boolean {
  for (let row = 0; row < values.length; row++) {
    // NaN stands for a missing one, and is not larger than anything.
    if (isRounded(values[row] ?? 0)) return true;
  }
  return false;
}

/** What a file cannot mark: that some of its figures may be rounded. Undefined where none is. */
export function roundedSentence(table: Dataset): string | undefined {
  const names = roundedColumns(table);
  if (names.length === 0) return undefined;
  return `Figures from 2^53 (9,007,199,254,740,992) on may be wrong in their last digits: ${names.map(name => printable(brief(name))).join(', ')}.`;
}
