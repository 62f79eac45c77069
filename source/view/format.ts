import type {Column, TextColumn} from '../usage/block.ts';
import {plainDecimal} from './decimal.ts';
import {printable, printableName} from './printable.ts';
import {isRounded} from './rounded.ts';
import type {Align} from './width.ts';

/**
 * With separators and all its digits: `1,204,511`, `-0.25`; from 2^53 on, where a number may have been rounded, with a
 * mark: `~9,007,199,254,740,992`. Absent (undefined or NaN) is empty.
 */
export function formatNumber(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '';
  if (!Number.isFinite(value)) return String(value);
  return `${isRounded(value) ? '~' : ''}${separated(plainDecimal(value))}`;
}

/**
 * Money: two decimals at least, six at most (`12.50`, `0.000125`), and an amount too small for six with two digits of
 * it (`0.00000043`): what was paid never shows as nothing. Absent is empty.
 */
export function formatAmount(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return formatNumber(value);
  const rounded = Number(value.toFixed(6));
  const [whole = '', decimals = ''] = plainDecimal(rounded === 0 ? Number(value.toPrecision(2)) : rounded).split('.');
  return `${separated(whole)}.${decimals.padEnd(2, '0')}`;
}

/** A figure of the column of that name: money for `amount`, without separators for `start_time`. Absent is empty. */
export function formatFigure(name: string, value: number | undefined): string {
  if (name === 'amount') return formatAmount(value);
  // A point in time is no quantity: separators would only make it harder to compare and to copy.
  if (name === 'start_time') return formatNumber(value).replaceAll(/[,~]/g, '');
  return formatNumber(value);
}

/**
 * What a cell of the table shows, in text that is harmless for a terminal and has no padding yet; of a longer text than
 * any cell has room for, its beginning.
 */
export function formatCell(column: Column, row: number): string {
  return column.kind === 'number' ? formatFigure(column.name, column.values[row]) : printableName(textAt(column, row));
}

/** The same to its end, however long that is. */
export function wholeCell(column: Column, row: number): string {
  return column.kind === 'number' ? formatCell(column, row) : printable(textAt(column, row));
}

function textAt({dictionary, codes}: TextColumn, row: number): string {
  return dictionary[codes[row] ?? 0] ?? '';
}

/** Numbers stand under one another by their last digit. */
export function alignOf(column: Column): Align {
  return column.kind === 'number' ? 'right' : 'left';
}

function separated(decimal: string): string {
  const point = decimal.indexOf('.');
  const end = point === -1 ? decimal.length : point;
  let text = decimal.slice(end);
  let from = end;
  for (; from > 3 && decimal[from - 4] !== '-'; from -= 3) text = `,${decimal.slice(from - 3, from)}${text}`;
  return decimal.slice(0, from) + text;
}
