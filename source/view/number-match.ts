import {plainDecimal} from './decimal.ts';
import {digitsMatch, emptyTable} from './digits.ts';
import {formatAmount, formatNumber} from './format.ts';
import type {Pattern} from './pattern.ts';

/** Which numbers have what is sought in them. NaN never has. */
export type NumberMatch = {
  /**
   * By index, since a number with a fraction that is handed to a function may be put on the heap first: twenty million
   * times that takes longer than all the rest.
   */
  readonly isMatch: (values: Float64Array, index: number) => boolean;
  /** The same (1 or 0) of the whole numbers from 0 up, as many as it has: most figures are among them. */
  readonly wholes: () => Uint8Array;
};

type Test = NumberMatch['isMatch'];
type Matches = {readonly amount?: NumberMatch; readonly time?: NumberMatch; readonly other?: NumberMatch};

const NO_TABLE = new Uint8Array(0);
const noTable = () => NO_TABLE;

/** What was made for a pattern is good for all columns, and for every cell that is marked. */
const known = new WeakMap<Pattern, Matches>();

/**
 * How the pattern is found in the numbers of the column of that name: in their plain decimal or in what the cell shows.
 * Undefined where none can have it. A million are looked into: texts are made only of those that may match.
 */
export function numberMatch(name: string, pattern: Pattern): NumberMatch | undefined {
  let matches = known.get(pattern);
  if (matches === undefined) {
    matches = matchesOf(pattern.text);
    known.set(pattern, matches);
  }
  return name === 'amount' ? matches.amount : name === 'start_time' ? matches.time : matches.other;
}

function matchesOf(text: string): Matches {
  // A date that is sought (`2026-10`) is part of no number.
  if (!/^(?=.)-?[\d,.]*$/.test(text)) return {};
  if (text.includes(',')) {
    const isMatch = decimalMatch(text.replaceAll(',', '')).isMatch;
    return {
      amount: {isMatch: separatedMatch(text, 999, formatAmount), wholes: noTable},
      other: {isMatch: separatedMatch(text, 1000, formatNumber, isMatch), wholes: noTable},
    };
  }
  const other = decimalMatch(text);
  return {
    amount: {isMatch: remembering(amountMatch(text)), wholes: noTable},
    time: {isMatch: remembering(other.isMatch), wholes: noTable},
    other,
  };
}

/** In the plain decimal. Of whole numbers the digits are compared as numbers, which takes a tenth of the time. */
function decimalMatch(text: string): NumberMatch {
  const isNegative = text.startsWith('-');
  const isPointed = text.includes('.');
  const digits = /^\d{1,15}$/.test(text) ? digitsMatch(text) : undefined;
  const isMatch: Test = (values, index) => {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value)) return false;
    if ((isPointed && Number.isInteger(value)) || (isNegative && value >= 0)) return false;
    if (digits !== undefined && Number.isSafeInteger(value)) return digits.isIn(Math.abs(value));
    return plainDecimal(value).includes(text);
  };
  // Signs and points are in no whole number from 0 up, and sixteen digits in none that is looked up.
  return {isMatch, wholes: digits?.table ?? emptyTable};
}

/** With separators, as shown: numbers below `least` have none. */
function separatedMatch(text: string, least: number, format: (value: number) => string, hasAll?: Test): Test {
  return (values, index) => {
    const value = values[index] ?? Number.NaN;
    if (!(Math.abs(value) >= least)) return false;
    return (hasAll === undefined || hasAll(values, index)) && format(value).includes(text);
  };
}

/**
 * Amounts show rounded to six decimals and padded to two: what is shown need not be in the plain decimal. To write that
 * takes ten times as long, and it says something else only where it is padded, tiny, or rounded up at its end.
 */
function amountMatch(text: string): Test {
  return (values, index) => {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value)) return false;
    const plain = plainDecimal(value);
    if (plain.includes(text)) return true;
    const point = plain.indexOf('.');
    const decimals = point === -1 ? 0 : plain.length - point - 1;
    if (decimals >= 2 && decimals <= 6) return false;
    if (decimals > 6 && Math.abs(value) >= 1e-6) {
      if (plain.charAt(point + 7) < '5') return false;
      const last = Number(plain.charAt(point + 6));
      if (last < 9 && !text.endsWith(String(last + 1))) return false;
    }
    return formatAmount(value).includes(text);
  };
}

const SLOTS = 4096;

/** With the answer to each of many values kept: points in time are few, and prices come again and again. */
function remembering(test: Test): Test {
  const asked = new Float64Array(SLOTS).fill(Number.NaN);
  const answers = new Uint8Array(SLOTS);
  const one = new Float64Array(1);
  const bits = new Uint32Array(one.buffer);
  return (values, index) => {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value)) return false;
    one[0] = value;
    const mixed = Math.imul((bits[0] ?? 0) ^ Math.imul(bits[1] ?? 0, 0x9e3779b1), 0x85ebca6b);
    const slot = (mixed >>> 15) % SLOTS;
    if (asked[slot] !== value) {
      asked[slot] = value;
      answers[slot] = test(values, index) ? 1 : 0;
    }
    return answers[slot] === 1;
  };
}
