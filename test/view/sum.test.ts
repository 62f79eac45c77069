import {describe, expect, test} from 'vitest';
import {sumOf} from '../../source/view/sum.ts';

describe('a sum', () => {
  test('leaves out what is absent', () => {
    expect(sumOf([0.1, 0.2, Number.NaN, 0.3])).toBe(0.6);
  });

  test('does not drift', () => {
    expect(sumOf(Float64Array.from({length: 10_000}, () => 0.1))).toBe(1000);
  });

  test('of nothing is nothing', () => {
    expect(sumOf([])).toBeNaN();
    expect(sumOf([Number.NaN])).toBeNaN();
  });
});
