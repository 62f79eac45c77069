import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Column} from '../../source/usage/block.ts';
import {plainDecimal} from '../../source/view/decimal.ts';
import {alignOf, formatAmount, formatCell, formatNumber} from '../../source/view/format.ts';

const finite = fc.double({noNaN: true, noDefaultInfinity: true});

describe('a plain decimal', () => {
  test('reads back as the same number and has no exponent', () => {
    fc.assert(
      fc.property(finite, value => {
        expect(plainDecimal(value)).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(plainDecimal(value))).toBe(value + 0);
      }),
    );
  });
});

describe('a number', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [999, '999'],
    [1000, '1,000'],
    [-999, '-999'],
    [-1000, '-1,000'],
    [1_204_511, '1,204,511'],
    [-123_456, '-123,456'],
    [2 ** 53 - 1, '9,007,199,254,740,991'],
    [2 ** 53, '~9,007,199,254,740,992'],
    [-(2 ** 60), '~-1,152,921,504,606,847,000'],
    [1e21, '~1,000,000,000,000,000,000,000'],
    [1234.5678, '1,234.5678'],
    [1e-7, '0.0000001'],
    [Number.NaN, ''],
    [undefined, ''],
    [Number.POSITIVE_INFINITY, 'Infinity'],
  ])('%s shows as "%s"', (value, shown) => {
    expect(formatNumber(value)).toBe(shown);
  });

  test('is separated the way the English-speaking world does it', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), value => {
        expect(formatNumber(value)).toBe(value.toLocaleString('en-US'));
      }),
    );
  });
});

describe('an amount', () => {
  test.each([
    [0, '0.00'],
    [12.5, '12.50'],
    [-1234.5, '-1,234.50'],
    [0.1 + 0.2, '0.30'],
    [0.000125, '0.000125'],
    [1.23456789, '1.234568'],
    [0.000000432, '0.00000043'],
    [-4e-9, '-0.000000004'],
    [1e21, '1,000,000,000,000,000,000,000.00'],
    [Number.NaN, ''],
    [undefined, ''],
  ])('of %s shows as "%s"', (value, shown) => {
    expect(formatAmount(value)).toBe(shown);
  });

  test('that is not zero never shows as zero', () => {
    fc.assert(
      fc.property(finite, value => {
        fc.pre(value !== 0);
        expect(formatAmount(value)).toMatch(/[1-9]/);
      }),
    );
  });
});

describe('a cell', () => {
  const numbers = (name: string, value: number): Column => ({kind: 'number', name, values: Float64Array.of(value)});
  const texts: Column = {
    kind: 'text',
    name: 'project_name',
    codes: Uint32Array.of(1, 0),
    dictionary: ['', 'a\u001b[2Jb'],
  };

  test.each([
    [numbers('input_tokens', 1204511), '1,204,511'],
    [numbers('input_tokens', Number.NaN), ''],
    [numbers('amount', 3.1), '3.10'],
    [numbers('start_time', 1790812800), '1790812800'],
    [numbers('start_time', Number.NaN), ''],
    [texts, 'a␛[2Jb'],
  ])('of %o shows "%s"', (column, shown) => {
    expect(formatCell(column, 0)).toBe(shown);
  });

  test('without a value is empty', () => {
    expect(formatCell(texts, 1)).toBe('');
  });

  test('of a number stands at the right, any other at the left', () => {
    expect([alignOf(numbers('amount', 1)), alignOf(texts)]).toEqual(['right', 'left']);
  });
});
