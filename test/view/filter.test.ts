import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Filter, filterLabel, filterRows} from '../../source/view/filter.ts';
import {allRows} from '../../source/view/rows.ts';
import {sortRows} from '../../source/view/sort.ts';
import {tableOf} from './table.ts';

const table = tableOf({
  date: ['2026-10-04T23:00Z', '2026-10-05T00:00Z', '2026-10-05T13:00Z', '2026-10-06', undefined],
  model: ['gpt-5.4', 'GPT-5.4', 'gpt-5.4-mini', undefined, 'o4'],
  api_key_id: ['key_a', 'key_b', 'key_a', undefined, 'key_c'],
  input_tokens: [1000, 999, 1_204_511, undefined, 1000],
  amount: [0.1 + 0.2, undefined, 1200, -3, 0.3],
});

function kept(...filters: readonly Filter[]): number[] {
  return [...filterRows(table, allRows(table.rowCount), filters)];
}

const is = (column: string, value: string | undefined): Filter => ({kind: 'is', column, value});
const not = (column: string, value: string | undefined): Filter => ({kind: 'not', column, value});
const below = (column: string, than: number | string, isOrEqual = false): Filter => ({
  kind: 'below',
  column,
  than,
  isOrEqual,
});
const above = (column: string, than: number | string, isOrEqual = false): Filter => ({
  kind: 'above',
  column,
  than,
  isOrEqual,
});

describe('free text', () => {
  test('is looked for in every cell of a row', () => {
    expect(kept({kind: 'text', text: 'mini'})).toEqual([2]);
    expect(kept({kind: 'text', text: 'key_a'})).toEqual([0, 2]);
  });

  test('of digits is found in numbers, with separators and without', () => {
    expect(kept({kind: 'text', text: '1204'})).toEqual([2]);
    expect(kept({kind: 'text', text: '1,204'})).toEqual([2]);
  });

  test('that is empty filters nothing', () => {
    expect(kept({kind: 'text', text: ''})).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('a value', () => {
  test('is the whole cell, with smart case', () => {
    expect(kept(is('model', 'gpt-5.4'))).toEqual([0, 1]);
    expect(kept(is('model', 'GPT-5.4'))).toEqual([1]);
  });

  test('of a number may be written as it shows, without separators, or short', () => {
    for (const value of ['1,000', '1000', '1k']) expect(kept(is('input_tokens', value))).toEqual([0, 4]);
  });

  test('of money is what shows, whatever digits are behind it', () => {
    expect(kept(is('amount', '0.30'))).toEqual([0, 4]);
    expect(kept(is('amount', '1,200.00'))).toEqual([2]);
  });

  test('that is missing can be asked for', () => {
    expect(kept(is('model', undefined))).toEqual([3]);
    expect(kept(not('input_tokens', undefined))).toEqual([0, 1, 2, 4]);
  });

  test('that is no number is in no column of numbers', () => {
    expect(kept(is('input_tokens', 'many'))).toEqual([]);
  });

  test('that is not wanted leaves the rows without one', () => {
    expect(kept(not('model', 'gpt-5.4'))).toEqual([2, 3, 4]);
  });

  test('of a column that is gone is missing everywhere', () => {
    expect(kept(is('batch', 'true'))).toEqual([]);
    expect(kept(is('batch', undefined))).toEqual([0, 1, 2, 3, 4]);
    expect(kept(not('batch', 'true'))).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('a bound', () => {
  test('compares numbers, and leaves out what is missing', () => {
    expect(kept(below('input_tokens', 1000))).toEqual([1]);
    expect(kept(below('input_tokens', 1000, true))).toEqual([0, 1, 4]);
    expect(kept(above('amount', -5))).toEqual([0, 2, 3, 4]);
  });

  test('of a date counts every hour of that day as the day', () => {
    expect(kept(above('date', '2026-10-05'))).toEqual([3]);
    expect(kept(above('date', '2026-10-05', true))).toEqual([1, 2, 3]);
    expect(kept(below('date', '2026-10-05'))).toEqual([0]);
    expect(kept(below('date', '2026-10', true))).toEqual([0, 1, 2, 3]);
  });

  test('of an hour tells the hours of a day apart', () => {
    expect(kept(above('date', '2026-10-05T00'))).toEqual([2, 3]);
  });

  test('of another text is beyond nothing', () => {
    expect(kept(above('model', 'a'))).toEqual([]);
  });
});

test('a group is told by its id', () => {
  const group = (id: string | undefined): Filter => ({kind: 'group', dimension: 'key', id, label: 'prod'});
  expect(kept(group('key_a'))).toEqual([0, 2]);
  expect(kept(group(undefined))).toEqual([3]);
  expect(kept(group('key_z'))).toEqual([]);
});

test('keys are told by their ids', () => {
  expect(kept({kind: 'keys', ids: ['key_b', 'key_c'], label: 'key sk-…abcd'})).toEqual([1, 4]);
});

test.each<[Filter, string]>([
  [{kind: 'text', text: 'search'}, '"search"'],
  [is('model', 'gpt-5.4'), 'model = gpt-5.4'],
  [is('model', undefined), 'model = (none)'],
  [not('model', 'gpt-5.4'), 'model != gpt-5.4'],
  [above('input_tokens', 1000), 'input_tokens > 1,000'],
  [below('amount', 0.5, true), 'amount <= 0.50'],
  [above('date', '2026-10-05', true), 'date >= 2026-10-05'],
  [{kind: 'group', dimension: 'project', id: 'proj_1', label: 'Search'}, 'project = Search'],
  [{kind: 'group', dimension: 'project', id: undefined, label: ''}, 'project = (none)'],
  [{kind: 'keys', ids: ['key_a'], label: 'key sk-…abcd'}, 'key sk-…abcd'],
  [{kind: 'text', text: '\u001b[2J'}, '"␛[2J"'],
])('%o is called %s', (filter, label) => {
  expect(filterLabel(filter)).toBe(label);
});

const anyTable = fc
  .array(fc.tuple(fc.constantFrom('a', 'A', 'ab', 'b', undefined), fc.constantFrom(-1, 0, 7, 1200, undefined)), {
    minLength: 1,
    maxLength: 30,
  })
  .map(cells => tableOf({model: cells.map(([text]) => text), input_tokens: cells.map(([, number]) => number)}));
const anyFilter = fc.constantFrom<Filter[]>(
  {kind: 'text', text: 'a'},
  {kind: 'text', text: '1'},
  is('model', 'a'),
  not('model', 'A'),
  is('input_tokens', undefined),
  below('input_tokens', 7),
  above('input_tokens', 0, true),
);

describe('in any table', () => {
  test('it is the same whether rows are filtered or sorted first', () => {
    const keys = [
      {column: 'input_tokens', isReversed: true},
      {column: 'model', isReversed: false},
    ];
    fc.assert(
      fc.property(anyTable, fc.array(anyFilter, {maxLength: 3}), (dataset, filters) => {
        const rows = allRows(dataset.rowCount);
        const filteredFirst = sortRows(dataset, filterRows(dataset, rows, filters), keys);
        expect(filteredFirst).toEqual(filterRows(dataset, sortRows(dataset, rows, keys), filters));
      }),
    );
  });

  test('one more filter keeps some of the rows, those that pass it alone', () => {
    fc.assert(
      fc.property(anyTable, anyFilter, anyFilter, (dataset, first, second) => {
        const rows = allRows(dataset.rowCount);
        const passing = new Set(filterRows(dataset, rows, [second]));
        const expected = filterRows(dataset, rows, [first]).filter(row => passing.has(row));
        expect(filterRows(dataset, rows, [first, second])).toEqual(expected);
      }),
    );
  });

  test('a row either has a value or has it not', () => {
    fc.assert(
      fc.property(
        anyTable,
        fc.constantFrom('model', 'input_tokens'),
        fc.constantFrom('a', '7', undefined),
        (dataset, column, value) => {
          const rows = allRows(dataset.rowCount);
          const both = [is(column, value), not(column, value)].flatMap(filter => [
            ...filterRows(dataset, rows, [filter]),
          ]);
          expect(both.sort((a, b) => a - b)).toEqual([...rows]);
        },
      ),
    );
  });
});
