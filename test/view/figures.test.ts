import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Dataset} from '../../source/usage/dataset.ts';
import {findColumn} from '../../source/usage/dataset.ts';
import {MOST_DISTINCT} from '../../source/view/distinct.ts';
import {addingUp, type Figures} from '../../source/view/figures.ts';
import {allRows} from '../../source/view/rows.ts';
import {finish} from '../../source/view/work.ts';
import {tableOf} from './table.ts';

function figures(dataset: Dataset, name: string, rows = allRows(dataset.rowCount)): Figures {
  const column = findColumn(dataset, name);
  if (column === undefined) throw new Error(`no column ${name}`);
  return finish(addingUp(dataset, column, rows));
}

describe('numbers', () => {
  test('are counted, added up and compared, without those that are missing', () => {
    const table = tableOf({tokens: [3, undefined, 1, 3, -1]});
    expect(figures(table, 'tokens')).toEqual({count: 4, distinct: 3, sum: 6, mean: 1.5, least: -1, most: 3});
  });

  test('are those of the view only', () => {
    const table = tableOf({tokens: [3, 5, 100]});
    expect(figures(table, 'tokens', Uint32Array.of(1, 0))).toMatchObject({count: 2, sum: 8, most: 5});
  });

  test('that are all missing come to nothing', () => {
    const table = tableOf({tokens: [undefined, 1]});
    expect(figures(table, 'tokens', Uint32Array.of(0))).toEqual({count: 0, distinct: 0});
  });

  test('add up without drifting', () => {
    expect(figures(tableOf({amount: Array(10_000).fill(0.1)}), 'amount').sum).toBe(1000);
  });

  test('that are points in time are not added up', () => {
    expect(figures(tableOf({start_time: [10, 20]}), 'start_time')).toEqual({
      count: 2,
      distinct: 2,
      least: 10,
      most: 20,
    });
  });
});

describe('amounts', () => {
  const table = tableOf({amount: [1, 2, 4, undefined], currency: ['usd', 'usd', 'eur', 'eur']});

  test('of several currencies are not added up', () => {
    expect(figures(table, 'amount')).toEqual({count: 3, distinct: 3, least: 1, most: 4});
  });

  test('of one currency among these rows are', () => {
    expect(figures(table, 'amount', Uint32Array.of(0, 1, 3)).sum).toBe(3);
  });
});

describe('texts', () => {
  test('are counted, and told apart by what they say', () => {
    expect(figures(tableOf({model: ['a', 'b', 'a', undefined]}), 'model')).toEqual({count: 3, distinct: 2});
  });
});

describe('different numbers', () => {
  const distinct = (cells: readonly number[]) => figures(tableOf({tokens: cells}), 'tokens').distinct;

  test('are told apart as a set tells them, where 0 has no sign', () => {
    const anyNumber = fc.oneof(fc.constantFrom(0, -0, 1, 0.1), fc.double({noNaN: true}), fc.integer({min: -9, max: 9}));
    fc.assert(
      fc.property(fc.array(anyNumber, {minLength: 1, maxLength: 3000}), cells => {
        expect(distinct(cells)).toBe(new Set(cells).size);
      }),
      {numRuns: 30},
    );
  });

  test('may be very many, whole or not', () => {
    const cells = Array.from({length: MOST_DISTINCT}, (_, index) => index * (index % 2 === 0 ? 0.1 : 1000));
    expect(distinct([...cells, ...cells, -0])).toBe(new Set(cells).size);
  });

  test('are not counted beyond a hundred thousand', () => {
    const most = [...Array(MOST_DISTINCT).keys()];
    expect(distinct([...most, 1])).toBe(MOST_DISTINCT);
    expect(distinct([...most, 0.5])).toBeUndefined();
  });
});
