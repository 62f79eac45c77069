import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Column} from '../../source/usage/block.ts';
import {cellSpans, matchCells} from '../../source/view/cell-match.ts';
import {plainDecimal} from '../../source/view/decimal.ts';
import {formatCell} from '../../source/view/format.ts';
import {patternOf} from '../../source/view/pattern.ts';

const numberCell = (value: number, name = 'input_tokens'): Column => ({
  kind: 'number',
  name,
  values: Float64Array.of(value),
});
const textCell = (text: string): Column => ({
  kind: 'text',
  name: 'model',
  codes: Uint32Array.of(1, 0),
  dictionary: ['', text],
});

function isMatch(column: Column, typed: string, row = 0): boolean {
  const match = matchCells(column, patternOf(typed));
  if (match?.kind === 'text') return match.mask[match.codes[row] ?? 0] === 1;
  return match?.isMatch(match.values, row) ?? false;
}

describe('a number', () => {
  test.each([
    [1_204_511, '1204511', true],
    [1_204_511, '1,204,511', true],
    [1_204_511, '04,5', true],
    [1_204_511, '12,04', false],
    [1_204_511, '045', true],
    [1_204_511, '054', false],
    [105, '05', true],
    [5, '05', false],
    [0, '0', true],
    [0, '00', false],
    [-42, '-4', true],
    [42, '-', false],
    [2026, '2026-', false],
    [9_007_199_254_740_991, '740991', true],
    [9_007_199_254_740_991, '9,007', true],
    [2_147_483_647, '2147483647', true],
    [32_147_483_647, '2147483647', true],
    [0.25, '.2', true],
    [25, '.', false],
    [Number.NaN, '0', false],
  ])('%d has %s in it: %s', (value, typed, isFound) => {
    expect(isMatch(numberCell(value), typed)).toBe(isFound);
  });

  test('of money is found as it is and as it shows', () => {
    const found = ['1.23456789', '1.234568', '3457'].map(typed => isMatch(numberCell(1.23456789, 'amount'), typed));
    expect(found).toEqual([true, true, false]);
    expect(isMatch(numberCell(12.5, 'amount'), '12.50')).toBe(true);
    expect(isMatch(numberCell(1200, 'amount'), '1,200.00')).toBe(true);
    expect(isMatch(numberCell(999.9999999, 'amount'), '1,000.00')).toBe(true);
  });

  test('that is a point in time has no separators', () => {
    expect(isMatch(numberCell(1_790_812_800, 'start_time'), '790,8')).toBe(false);
  });

  test('is looked into only for what could be part of one', () => {
    expect(isMatch(numberCell(Number.POSITIVE_INFINITY), 'inf')).toBe(false);
  });
});

test('any number is found by any part of what its cell shows and of its plain decimal', () => {
  const values = fc.oneof(fc.maxSafeInteger(), fc.double({noNaN: true, noDefaultInfinity: true}), fc.integer());
  fc.assert(
    fc.property(values, fc.constantFrom('amount', 'input_tokens'), fc.nat(), fc.nat(), (value, name, from, length) => {
      const column = numberCell(value, name);
      // The mark of what may be rounded is no part of the number.
      for (const text of [formatCell(column, 0).replace('~', ''), plainDecimal(value)]) {
        const start = from % text.length;
        expect(isMatch(column, text.slice(start, start + 1 + (length % 12)))).toBe(true);
      }
    }),
    {numRuns: 500},
  );
});

test('no number is found by digits that are in none of its forms', () => {
  fc.assert(
    fc.property(fc.oneof(fc.maxSafeInteger(), fc.nat(2_000_000)), fc.nat({max: 99_999}), (value, digits) => {
      expect(isMatch(numberCell(value), String(digits))).toBe(String(value).includes(String(digits)));
    }),
  );
});

test('the whole numbers that are looked up have the same answer', () => {
  const typed = fc.oneof(fc.stringMatching(/^\d{1,3}$/), fc.constantFrom('-', '-1', '.', '1.', '1,2'));
  fc.assert(
    fc.property(fc.nat(1_999_999), typed, (value, text) => {
      const match = matchCells(numberCell(value), patternOf(text));
      const answer = match?.kind === 'number' ? match.wholes()[value] : undefined;
      const isFound = isMatch(numberCell(value), text);
      expect(answer ?? Number(isFound)).toBe(Number(isFound));
    }),
    {numRuns: 200},
  );
});

test('an amount is found by nothing else than its forms, however it is rounded', () => {
  const values = fc.oneof(
    fc.double({noNaN: true, min: -2000, max: 2000}),
    fc.integer({min: -1e9, max: 1e9}).map(tenths => tenths / 1e7),
    fc.integer({min: -1e6, max: 1e6}).map(size => size * 1e-9),
  );
  fc.assert(
    fc.property(values, fc.stringMatching(/^\d{0,2}\.?\d{1,2}$/), (value, text) => {
      const column = numberCell(value, 'amount');
      const isIn = [plainDecimal(value), formatCell(column, 0)].some(form => form.includes(text));
      expect(isMatch(column, text)).toBe(isIn);
    }),
    {numRuns: 1000},
  );
});

describe('a text', () => {
  test('is looked at as it shows', () => {
    expect(isMatch(textCell('a\u001b[2J'), 'a␛[2j')).toBe(true);
  });

  test('that is not there matches nothing', () => {
    expect(isMatch(textCell('a'), 'a', 1)).toBe(false);
  });

  test('is asked again for each pattern', () => {
    const column = textCell('gpt');
    expect(['g', 'x', 'g'].map(typed => isMatch(column, typed))).toEqual([true, false, true]);
  });
});

describe('marks', () => {
  test.each([
    [
      textCell('search, research'),
      'search',
      [
        [0, 6],
        [10, 16],
      ],
    ],
    [numberCell(1_204_511), '04,5', [[3, 7]]],
    [numberCell(1_204_511), '1204', [[0, 5]]],
    [numberCell(1_204_511), '511', [[6, 9]]],
    [numberCell(1_204_511), 'x', []],
    [numberCell(1.23456789, 'amount'), '56789', [[0, 8]]],
  ])('in %o of %s stand at %o', (column, typed, spans) => {
    expect(cellSpans(column, 0, patternOf(typed))).toEqual(spans);
  });
});
