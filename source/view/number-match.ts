import {plainDecimal} from './decimal.ts';
import {formatAmount, formatNumber} from './format.ts';
import type {Pattern} from './pattern.ts';

type NumberTest = (value: number) => boolean;

/**
 * Whether a number of the column of that name has the pattern in its plain decimal or in what its cell shows. Undefined
 * where none can have it. A million numbers are looked into: texts are made only of those that may match.
 */
export function numberMatch(name: string, pattern: Pattern): NumberTest | undefined {
  const {text} = pattern;
  // A date that is sought (`2026-10`) is part of no number.
  if (!/^(?=.)-?[\d,.]*$/.test(text)) return undefined;
  const isSeparated = text.includes(',');
  if (name === 'amount') return value => !Number.isNaN(value) && isInAmount(value, text, isSeparated);
  if (!isSeparated) return decimalMatch(text);
  if (name === 'start_time') return undefined;
  const hasAll = decimalMatch(text.replaceAll(',', ''));
  return value => Math.abs(value) >= 1000 && hasAll(value) && formatNumber(value).includes(text);
}

/** Amounts show rounded to six decimals and padded to two: what is shown need not be in the plain decimal. */
function isInAmount(value: number, text: string, isSeparated: boolean): boolean {
  if (isSeparated) return Math.abs(value) >= 999 && formatAmount(value).includes(text);
  const plain = plainDecimal(value);
  if (plain.includes(text)) return true;
  const point = plain.indexOf('.');
  const decimals = point === -1 ? 0 : plain.length - point - 1;
  return (decimals < 2 || decimals > 6) && formatAmount(value).includes(text);
}

/** In the plain decimal. Of whole numbers the digits are compared as numbers, which takes a tenth of the time. */
function decimalMatch(text: string): NumberTest {
  const isNegative = text.startsWith('-');
  const isPointed = text.includes('.');
  const isDigits = /^\d{1,15}$/.test(text);
  const digits = Number(text);
  const power = 10 ** text.length;
  return value => {
    if (Number.isNaN(value) || (isNegative && !(value < 0))) return false;
    if (Number.isInteger(value)) {
      const size = Math.abs(value);
      if (isPointed) return false;
      if (isDigits && size <= Number.MAX_SAFE_INTEGER) return hasDigits(size, digits, power);
    }
    return plainDecimal(value).includes(text);
  };
}

/**
 * Whether the decimal digits of a whole number (0 to 2^53 - 1) contain some others, given as a number and the power of
 * ten that has one digit more than they have: `05` is 5 and 100.
 */
function hasDigits(whole: number, digits: number, power: number): boolean {
  const least = power / 10;
  let rest = whole;
  // Below 2^31 the machine divides whole numbers, which takes a fraction of the time.
  while (rest > 0x7fffffff) {
    if (rest % power === digits) return true;
    rest = Math.floor(rest / 10);
  }
  for (let small = rest | 0; small >= least; small = (small / 10) | 0) if (small % power === digits) return true;
  return whole === 0 && digits === 0 && power === 10;
}
