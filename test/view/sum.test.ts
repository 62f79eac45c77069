import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {difference, sumOf} from '../../source/view/sum.ts';

describe('a sum', () => {
  test('leaves out what is absent', () => {
    expect(sumOf([0.1, 0.2, Number.NaN, 0.3])).toBe(0.6);
  });

  test('does not drift', () => {
    expect(sumOf(Float64Array.from({length: 10_000}, () => 0.1))).toBe(1000);
  });

  test('leaves no residue of what takes itself away', () => {
    expect(sumOf([0.1, 0.2, -0.3])).toBe(0);
    expect(sumOf([1234.56, -1234.5])).toBe(0.06);
    expect(sumOf([1e-9, 1e-9, 1e-9])).toBe(3e-9);
    expect(difference(179.22606, 143.234815)).toBe(35.991245);
    expect(difference(0.3, 0.1)).toBe(0.2);
  });

  test('of integers is exact to 2^53', () => {
    expect(sumOf([2 ** 53 - 2, 1])).toBe(2 ** 53 - 1);
    expect(difference(2 ** 53 - 1, 1)).toBe(2 ** 53 - 2);
  });

  test('of decimals is the decimal', () => {
    const cents = fc.array(fc.integer({min: -1_000_000, max: 1_000_000}), {minLength: 1, maxLength: 50});
    fc.assert(
      fc.property(cents, amounts => {
        const exact = amounts.reduce((sum, amount) => sum + amount, 0);
        expect(sumOf(amounts.map(amount => amount / 1000))).toBe(exact / 1000 + 0);
      }),
    );
  });

  test('of nothing is nothing', () => {
    expect(sumOf([])).toBeNaN();
    expect(sumOf([Number.NaN])).toBeNaN();
  });
});
