import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {allRows} from '../../source/view/rows.ts';
import {nextSort, type SortKey, sortRows} from '../../source/view/sort.ts';
import {tableOf} from './table.ts';

const up = (column: string): SortKey => ({column, isReversed: false});
const down = (column: string): SortKey => ({column, isReversed: true});

function sorted<Cell extends number | string | undefined>(
  cells: readonly Cell[],
  isReversed = false,
): (Cell | undefined)[] {
  const rows = sortRows(tableOf({it: cells}), allRows(cells.length), [{column: 'it', isReversed}]);
  return [...rows].map(row => cells[row]);
}

describe('asking for a column', () => {
  test('once, twice and three times sorts, reverses and gives the order before', () => {
    const once = nextSort([down('model')], 'date');
    expect(once).toEqual([up('date'), down('model')]);
    const twice = nextSort(once, 'date');
    expect(twice).toEqual([down('date'), down('model')]);
    expect(nextSort(twice, 'date')).toEqual([down('model')]);
  });

  test('that is a tie-breaker makes it the first key, which it is once', () => {
    expect(nextSort([up('date'), down('model')], 'model')).toEqual([up('model'), up('date')]);
  });

  test('three times is as if one had not asked', () => {
    const anyKeys = fc.uniqueArray(fc.record({column: fc.constantFrom('a', 'b', 'c'), isReversed: fc.boolean()}), {
      selector: ({column}) => column,
    });
    fc.assert(
      fc.property(anyKeys, keys => {
        expect(nextSort(nextSort(nextSort(keys, 'd'), 'd'), 'd')).toEqual(keys);
      }),
    );
  });
});

describe('sorting', () => {
  test('puts numbers in the order of their size', () => {
    expect(sorted([10, -1, 9, 0.5, -20, 1e300, Number.NEGATIVE_INFINITY])).toEqual([
      Number.NEGATIVE_INFINITY,
      -20,
      -1,
      0.5,
      9,
      10,
      1e300,
    ]);
  });

  test('puts texts as people do', () => {
    expect(sorted(['key-10', 'Key-1', 'key-9', 'écru', 'zebra', 'Eagle'])).toEqual([
      'Eagle',
      'écru',
      'Key-1',
      'key-9',
      'key-10',
      'zebra',
    ]);
  });

  test('puts what is missing last, both ways', () => {
    expect(sorted([undefined, 2, 1])).toEqual([1, 2, undefined]);
    expect(sorted([undefined, 1, 2], true)).toEqual([2, 1, undefined]);
    expect(sorted(['', 'a', undefined, 'b'], true)).toEqual(['b', 'a', '', undefined]);
  });

  test('leaves equal rows as they stand, in reverse too', () => {
    const table = tableOf({model: ['a', 'b', 'a'], tokens: [0, -0, 0]});
    const rows = Uint32Array.of(2, 0, 1);
    expect([...sortRows(table, rows, [up('model')])]).toEqual([2, 0, 1]);
    expect([...sortRows(table, rows, [down('model')])]).toEqual([1, 2, 0]);
    expect([...sortRows(table, rows, [down('tokens')])]).toEqual([2, 0, 1]);
  });

  test('breaks ties by the next key', () => {
    const table = tableOf({model: ['b', 'a', 'b', 'a'], tokens: [1, 1, 2, 2]});
    expect([...sortRows(table, allRows(4), [up('model'), down('tokens')])]).toEqual([3, 1, 2, 0]);
  });

  test('by no key, or by a column that is gone, changes nothing, and never the view it was given', () => {
    const rows = Uint32Array.of(1, 0);
    const table = tableOf({model: ['a', 'b']});
    expect([...sortRows(table, rows, [])]).toEqual([1, 0]);
    expect([...sortRows(table, rows, [up('batch')])]).toEqual([1, 0]);
    sortRows(table, rows, [up('model')]);
    expect([...rows]).toEqual([1, 0]);
  });
});

describe('any rows', () => {
  const anyNumber = fc.oneof(
    fc.constantFrom(0, -0, 1, -1),
    fc.integer(),
    fc.double({noNaN: true}),
    fc.constant(undefined),
  );
  const anyText = fc.constantFrom('a', 'B', 'b', 'key-2', 'key-10', undefined);
  const anyCells = fc.array(fc.tuple(anyNumber, anyText), {minLength: 1, maxLength: 60});
  const anyKeys = fc.array(fc.record({column: fc.constantFrom('number', 'text'), isReversed: fc.boolean()}), {
    maxLength: 3,
  });
  const {compare} = new Intl.Collator('en', {numeric: true});

  test('are sorted as a comparator would sort them', () => {
    fc.assert(
      fc.property(anyCells, anyKeys, (cells, keys) => {
        const comparators = keys.map(({column, isReversed}) => (a: number, b: number) => {
          const [x, y] = [a, b].map(row => cells[row]?.[column === 'number' ? 0 : 1]);
          if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
          const order =
            typeof x === 'number' && typeof y === 'number' ? Number(x > y) - Number(x < y) : compare(`${x}`, `${y}`);
          return isReversed ? -order : order;
        });
        const expected = cells
          .map((_, row) => row)
          .sort((a, b) => comparators.map(comparator => comparator(a, b)).find(order => order !== 0) ?? 0);
        const table = tableOf({number: cells.map(([number]) => number), text: cells.map(([, text]) => text)});
        expect([...sortRows(table, allRows(cells.length), keys)]).toEqual(expected);
      }),
      {numRuns: 500},
    );
  });

  test('are all still there, once each', () => {
    fc.assert(
      fc.property(anyCells, anyKeys, (cells, keys) => {
        const table = tableOf({number: cells.map(([number]) => number), text: cells.map(([, text]) => text)});
        const rows = allRows(cells.length);
        expect(sortRows(table, rows, keys).sort()).toEqual(rows);
      }),
    );
  });
});

test('a dictionary of very many texts is sorted too', () => {
  const cells = Array.from({length: 30_000}, (_, index) => `item ${(index * 7919) % 30_000}`);
  expect(sorted(cells)).toEqual(cells.toSorted());
});
