import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {ColumnSize} from '../../source/view/column-sizes.ts';
import {fittedSizes, visibleColumns} from '../../source/view/layout.ts';

const text = (width: number): ColumnSize => ({width, align: 'left'});
const figure = (width: number): ColumnSize => ({width, align: 'right'});

describe('on a narrow screen', () => {
  test('date, endpoint and a figure can be seen at once', () => {
    const columns = fittedSizes([text(10), text(25), figure(12), figure(13)], {width: 38});
    expect(visibleColumns(0, {columns, width: 38})).toEqual([
      {column: 0, x: 0, width: 10},
      {column: 1, x: 12, width: 12},
      {column: 2, x: 26, width: 12},
    ]);
  });

  test('figures and frozen columns are never cut, and a text keeps enough to be told apart', () => {
    const columns = [text(10), text(17), text(40), figure(30)];
    expect(fittedSizes(columns, {width: 38, frozen: 2})).toEqual([text(10), text(17), text(8), figure(30)]);
  });
});

test('no column gets wider, and none changes where there is room', () => {
  const columns = fc.array(
    fc.oneof(fc.integer({min: 1, max: 50}).map(text), fc.integer({min: 1, max: 30}).map(figure)),
  );
  fc.assert(
    fc.property(columns, fc.integer({min: 1, max: 200}), fc.nat(3), (sizes, width, frozen) => {
      const fitted = fittedSizes(sizes, {width, frozen});
      if (width >= 58) expect(fitted).toEqual(sizes);
      for (const [column, size] of sizes.entries()) {
        expect(fitted[column]?.width).toBeLessThanOrEqual(size.width);
        expect(fitted[column]?.width).toBeGreaterThanOrEqual(Math.min(size.width, 8));
      }
    }),
  );
});
