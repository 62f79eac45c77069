import fc from 'fast-check';
import {expect, test} from 'vitest';
import {shareOut} from '../../source/view/chart-columns.ts';

test('the cells of a stack go to the largest remainders', () => {
  expect(shareOut([5, 3, 3], 4)).toEqual([2, 1, 1]);
  expect(shareOut([10, 1], 3)).toEqual([3, 0]);
});

test('the parts of a stack are as high as the stack', () => {
  const parts = fc.array(fc.double({min: 0, max: 1e9, noNaN: true}), {minLength: 1, maxLength: 6});
  fc.assert(
    fc.property(parts, fc.integer({min: 1, max: 50}), (values, height) => {
      fc.pre(values.some(value => value > 1e-9));
      expect(shareOut(values, height).reduce((sum, cells) => sum + cells, 0)).toBe(height);
    }),
  );
});
