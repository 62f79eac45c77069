import type {Column} from '../usage/block.ts';
import {measureColumns} from './column-sizes.ts';

export const NARROWEST = 4;
export const WIDEST = 80;

/**
 * How narrow a column may be made, in terminal columns: text to four, numbers only so far that each is whole, since a
 * cut number reads like another number. The header may be cut.
 */
export function leastWidth(column: Column, rowCount: number): number {
  if (column.kind !== 'number') return NARROWEST;
  const measure = (named: Column) => measureColumns({rowCount, columns: [named]})[0]?.width ?? NARROWEST;
  const withHeader = measure(column);
  // Amounts have a format of their own, which goes by the name; for the other figures a column without one has no header.
  if (column.name === 'amount') return Math.max(NARROWEST, withHeader);
  return Math.max(NARROWEST, Math.min(withHeader, measure({...column, name: ''})));
}
