import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {shareBar, sparkline} from '../../source/view/spark.ts';
import {widthOf} from '../../source/view/width.ts';

const spark = (values: number[], width = values.length, isAscii = false) =>
  sparkline(Float64Array.from(values), width, isAscii);

describe('a sparkline', () => {
  test('rises from 0 to the highest value', () => {
    expect(spark([1, 2, 3, 4, 5, 6, 7, 8])).toBe('▁▂▃▄▅▆▇█');
    expect(spark([1, 2, 3, 4, 5, 6, 7], 7, true)).toBe('.:-=+*#');
  });

  test('is full where all values are equal', () => {
    expect(spark([3, 3])).toBe('██');
  });

  test('is blank where nothing was used or was given back, and is never blank where something was', () => {
    expect(spark([0, Number.NaN, -5, 1e-9, 1])).toBe('   ▁█');
    expect(spark([-1, Number.NaN, 0])).toBe('   ');
  });

  test('takes the mean of steps that share a bar; one without a value counts as 0', () => {
    expect(spark([8, 8, 8, Number.NaN], 2)).toBe('█▄');
  });

  test('takes no step without a value into the mean of shares', () => {
    expect(sparkline(Float64Array.of(8, 8, 8, Number.NaN), 2, false, true)).toBe('██');
  });

  test('is not stretched', () => {
    expect(spark([1, 2], 5)).toBe('▄█   ');
  });

  test('is as wide as it is told', () => {
    fc.assert(
      fc.property(fc.float64Array({maxLength: 50}), fc.nat(30), fc.boolean(), (values, width, isAscii) => {
        expect(widthOf(sparkline(values, width, isAscii))).toBe(width);
      }),
    );
  });
});

describe('the bar of a share', () => {
  test.each([
    [0, '    '],
    [0.0001, '▏   '],
    [0.5, '██  '],
    [0.53125, '██▏ '],
    [1, '████'],
    [7, '████'],
    [-1, '    '],
    [Number.NaN, '    '],
  ])('of %d is "%s"', (share, bar) => {
    expect(shareBar(share, 4, false)).toBe(bar);
  });

  test('shows something for more than nothing in ASCII too', () => {
    expect([0, 0.001, 0.5, 1].map(share => shareBar(share, 4, true))).toEqual(['    ', '#   ', '##  ', '####']);
  });

  test('is as wide as it is told', () => {
    fc.assert(
      fc.property(fc.double(), fc.nat(30), fc.boolean(), (share, width, isAscii) => {
        expect(widthOf(shareBar(share, width, isAscii))).toBe(width);
      }),
    );
  });
});
