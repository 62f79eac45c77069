import fc from 'fast-check';
import {expect, test} from 'vitest';
import {scaleFor} from '../../source/view/chart-scale.ts';

test.each([
  [4210, 10, [0, 1000, 2000, 3000, 4000, 5000]],
  [4210, 4, [0, 2500, 5000]],
  [245, 4, [0, 250]],
  [410, 7, [0, 250, 500]],
  [0.07, 10, [0, 0.02, 0.04, 0.06, 0.08]],
  [1, 10, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [0, 4, [0, 0.5, 1]],
])('up to %d on %d rows there are %o', (greatest, rows, ticks) => {
  expect(scaleFor(greatest, rows, false).ticks).toEqual(ticks);
});

test('of things that are counted there are no halves', () => {
  expect(scaleFor(2, 20, true).ticks).toEqual([0, 1, 2]);
});

test('a scale reaches what it must, in two to six numbers', () => {
  fc.assert(
    fc.property(fc.double({min: 1e-9, max: 1e15, noNaN: true}), fc.integer({min: 1, max: 50}), (greatest, rows) => {
      const {ticks, top} = scaleFor(greatest, rows, false);
      expect(top).toBeGreaterThanOrEqual(greatest);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(6);
    }),
  );
});

test('a scale ends, however much it should reach', () => {
  for (const isWhole of [true, false]) {
    for (const greatest of [1e21, 1e300, Number.MAX_VALUE, Infinity]) {
      expect(scaleFor(greatest, 10, isWhole).ticks.length).toBeLessThanOrEqual(6);
    }
  }
});
