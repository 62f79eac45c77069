import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {difference, Sums, sumOf} from '../../source/view/sum.ts';

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

  test('of a million tenths is exact, of all together and of groups, whatever they are taken from', () => {
    const tenths = new Float64Array(1_000_000).fill(0.1);
    expect(sumOf(tenths)).toBe(100_000);
    expect(sumOf([...tenths, -100_000])).toBe(0);
    expect(sumOf([...tenths, ...tenths.map(value => -value)])).toBe(0);
    expect(sumOf([...tenths, ...new Float64Array(100_000).fill(-1)])).toBe(0);
    const groups = new Sums(7);
    for (const [at, value] of tenths.entries()) groups.add(at % 7, value);
    expect(groups.total()).toBe(100_000);
  });

  test('of amounts of every size is the decimal that they come to', () => {
    expect(sumOf([0.1, 0.2])).toBe(0.3);
    expect(sumOf(new Float64Array(1_000_000).fill(1e-9))).toBe(0.001);
    expect(sumOf([1_234_567.89, 1e-9, -1_234_567.89, 1e-9])).toBe(2e-9);
    expect(sumOf([2_000_000, 0.01, 1e-9])).toBe(Number('2000000.010000001'));
    expect(sumOf([1_000_000, -999_999.9999999])).toBe(1e-7);
    expect(sumOf([9e15, 0.5, -9e15])).toBe(0.5);
  });

  test('of what has more decimals than any price does not drift either', () => {
    const value = 0.130_804_380_340_3;
    expect(sumOf(new Float64Array(1_000_000).fill(value))).toBe(130_804.380_340_3);
    expect(sumOf([...new Float64Array(1000).fill(value), -1000 * value])).toBe(0);
    const groups = new Sums(7);
    for (let at = 0; at < 1_000_000; at++) groups.add(at % 7, value);
    expect(groups.total()).toBe(130_804.380_340_3);
    groups.add(3, -1_000_000 * value);
    expect(groups.total()).toBe(0);
  });

  test('of what is too large for six decimals has none that a double makes up', () => {
    // The double nearest to it is 68,719,476,736.10000610…
    expect(sumOf([68_719_476_736.1, -68_719_476_736])).toBe(0.1);
  });

  test('of decimals of nine places and of integers is the double nearest to the exact sum', () => {
    // As many places as a double tells apart: nine to eight millions, six above.
    const units = fc.oneof(
      fc.bigInt(-(8n * 10n ** 15n), 8n * 10n ** 15n),
      fc.bigInt(-(8n * 10n ** 15n), 8n * 10n ** 15n).map(millionths => millionths * 10n ** 3n),
      fc.bigInt(-(10n ** 6n), 10n ** 6n).map(cents => cents * 10n ** 7n),
      fc.bigInt(-(10n ** 13n), 10n ** 13n).map(whole => whole * 10n ** 9n),
    );
    fc.assert(
      fc.property(fc.array(units, {minLength: 1, maxLength: 60}), amounts => {
        const exact = amounts.reduce((sum, amount) => sum + amount, 0n);
        expect(sumOf(amounts.map(amount => Number(`${amount}e-9`)))).toBe(Number(`${exact}e-9`) + 0);
      }),
    );
  });

  test('of more than a double holds is infinite, whatever comes after it, and never nothing', () => {
    expect(sumOf([1e308, 1e308])).toBe(Infinity);
    expect(sumOf([1e308, 1e308, 0.1, -1e308])).toBe(Infinity);
    expect(sumOf([1e308, 0.1, 1.7e308, 1e300])).toBe(Infinity);
    expect(sumOf([-Infinity, 0.1, Infinity, 1 / 3])).toBe(-Infinity);
    expect(sumOf([0.1, Infinity])).toBe(Infinity);
    expect(difference(-1.7e308, 1.7e308)).toBe(-Infinity);
    const sums = new Sums(3);
    for (const [at, value] of [1e308, 1.7e308, 0.25].entries()) sums.add(at, value);
    expect([sums.at(0), sums.at(1), sums.at(2), sums.total()]).toEqual([1e308, 1.7e308, 0.25, Infinity]);
  });

  test('of whatever doubles there are never fails', () => {
    fc.assert(
      fc.property(fc.array(fc.double({noNaN: true}), {minLength: 1}), values => {
        expect(sumOf(values)).not.toBeNaN();
        const sums = new Sums(2);
        for (const [at, value] of values.entries()) sums.add(at % 2, value);
        expect(sums.total()).not.toBeNaN();
      }),
      {numRuns: 1000},
    );
  });

  test('of nothing is nothing', () => {
    expect(sumOf([])).toBeNaN();
    expect(sumOf([Number.NaN])).toBeNaN();
    expect(new Sums(3).total()).toBeNaN();
  });
});
