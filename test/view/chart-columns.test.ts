import fc from 'fast-check';
import {expect, test} from 'vitest';
import {leftOf, placeColumns, shareOut} from '../../source/view/chart-columns.ts';

test('columns are all alike where that leaves a fifth of the room at most', () => {
  expect(placeColumns({unit: 'day', first: 0, count: 31}, 72)).toEqual({count: 31, width: 2, perCell: 1});
  expect(placeColumns({unit: 'day', first: 0, count: 90}, 72).width).toBeCloseTo(1.6);
});

test('columns lie side by side, and take four fifths of the room or more', () => {
  fc.assert(
    fc.property(fc.integer({min: 1, max: 9000}), fc.integer({min: 1, max: 250}), (count, room) => {
      const columns = placeColumns({unit: 'day', first: 0, count}, room);
      const edges = Array.from({length: columns.count + 1}, (_, column) => leftOf(columns, column));
      expect(edges.every((edge, column) => column === 0 || edge > (edges[column - 1] ?? edge))).toBe(true);
      expect(edges.at(-1)).toBeLessThanOrEqual(room);
      expect(edges.at(-1)).toBeGreaterThanOrEqual(Math.floor(0.8 * room));
    }),
  );
});

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
