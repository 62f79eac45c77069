import type {Column} from '../usage/block.ts';
import {formatAmount} from './format.ts';
import {wholeOf} from './pattern.ts';
import {printable} from './printable.ts';
import {readNumber} from './read-number.ts';
import {keeping, keepingCodes, keepingRows, type RowNumbers} from './rows.ts';
import type {Work} from './work.ts';

type Whole = {readonly kind: 'is' | 'not'; readonly value: string | undefined};
type Beyond = {readonly kind: 'below' | 'above'; readonly than: number | string; readonly isOrEqual: boolean};

/** The rows whose cell shows that value, or those whose does not. Numbers may be given with separators or without. */
export function* keepingWhole(column: Column | undefined, rows: RowNumbers, {kind, value}: Whole): Work<RowNumbers> {
  const isKept = kind === 'is';
  if (column === undefined) return (value === undefined) === isKept ? rows : new Uint32Array(0);
  if (column.kind === 'number') {
    const {values} = column;
    const isValue = wholeNumber(column.name, value);
    return yield* keepingRows(rows, row => isValue(values[row] ?? Number.NaN) === isKept);
  }
  const {codes, dictionary} = column;
  const isWhole = wholeOf(value ?? '');
  const mask = Uint8Array.from(dictionary, text => (isWhole(printable(text)) === isKept ? 1 : 0));
  return yield* keepingCodes(rows, codes, mask);
}

/**
 * The rows whose number, or whose date, lies on that side of the bound. A date is compared by as many characters as the
 * bound has, so that nothing of 5 October is above `2026-10-05`, at whatever hour. No other text is beyond anything.
 */
export function* keepingBeyond(column: Column | undefined, rows: RowNumbers, filter: Beyond): Work<RowNumbers> {
  const {isOrEqual, than} = filter;
  const isAbove = filter.kind === 'above';
  if (column?.kind === 'number') {
    const {values} = column;
    const bound = typeof than === 'number' ? than : (readNumber(than) ?? Number.NaN);
    return yield* keeping(rows, (kept, end, from, to) => {
      let count = end;
      for (let at = from; at < to; at++) {
        const row = rows[at] ?? 0;
        const value = values[row] ?? Number.NaN;
        if ((isAbove ? value > bound : value < bound) || (isOrEqual && value === bound)) kept[count++] = row;
      }
      return count;
    });
  }
  if (column?.name !== 'date') return new Uint32Array(0);
  const {codes, dictionary} = column;
  const bound = String(than);
  const mask = Uint8Array.from(dictionary, date => {
    const start = date.slice(0, bound.length);
    const isBeyond = (isAbove ? start > bound : start < bound) || (isOrEqual && start === bound);
    return date !== '' && isBeyond ? 1 : 0;
  });
  return yield* keepingCodes(rows, codes, mask);
}

function wholeNumber(name: string, value: string | undefined): (number: number) => boolean {
  if (value === undefined) return Number.isNaN;
  const sought = readNumber(value);
  if (sought === undefined) return () => false;
  if (name !== 'amount') return number => number === sought;
  // Amounts show rounded: all that show the same are meant. Only those that are close are worth a text.
  const shown = formatAmount(sought);
  const reach = Math.max(1e-6, Math.abs(sought) / 10);
  return number => Math.abs(number - sought) <= reach && formatAmount(number) === shown;
}
