import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Dataset} from '../../source/usage/dataset.ts';
import {formatCell} from '../../source/view/format.ts';
import {patternOf} from '../../source/view/pattern.ts';
import {allRows} from '../../source/view/rows.ts';
import {findingPlace, type Place} from '../../source/view/search.ts';
import {finish} from '../../source/view/work.ts';
import {tableOf} from './table.ts';

type Way = {
  from?: Place;
  direction?: 1 | -1;
  isFromIncluded?: boolean;
  columns?: readonly number[];
  rows?: Uint32Array;
};

function find(dataset: Dataset, typed: string, way: Way = {}) {
  const columns = way.columns ?? dataset.columns.map((_, index) => index);
  const rows = way.rows ?? allRows(dataset.rowCount);
  const {from = {at: 0, column: 0}, direction = 1, isFromIncluded = false} = way;
  const search = {pattern: patternOf(typed), columns, from, direction, isFromIncluded};
  return finish(findingPlace(dataset, rows, search));
}

const names = tableOf({
  model: ['gpt-5.4', 'o4', undefined, 'gpt-5.4'],
  project_name: ['Search', 'gpt lab', 'Search', 'Billing'],
});

describe('searching', () => {
  test('goes cell by cell through a row before it goes to the next', () => {
    expect(find(names, 'gpt')).toEqual({at: 1, column: 1, isWrapped: false});
    expect(find(names, 'gpt', {from: {at: 1, column: 1}})).toEqual({at: 3, column: 0, isWrapped: false});
  });

  test('goes on at the other end, and says so', () => {
    expect(find(names, 'gpt', {from: {at: 3, column: 0}})).toEqual({at: 0, column: 0, isWrapped: true});
    expect(find(names, 'gpt', {direction: -1})).toEqual({at: 3, column: 0, isWrapped: true});
  });

  test('finds the cell one stands on at once only while it is typed', () => {
    expect(find(names, 'gpt', {isFromIncluded: true})).toEqual({at: 0, column: 0, isWrapped: false});
  });

  test('comes back to where one stands where there is no other', () => {
    expect(find(names, 'billing', {from: {at: 3, column: 1}})).toEqual({at: 3, column: 1, isWrapped: true});
  });

  test('follows the order of the columns on the screen', () => {
    expect(find(tableOf({a: ['x'], b: ['x'], c: ['-']}), 'x', {from: {at: 0, column: 2}, columns: [2, 1, 0]})).toEqual({
      at: 0,
      column: 1,
      isWrapped: false,
    });
  });

  test('follows the order of the rows on the screen', () => {
    expect(find(names, 'search', {rows: Uint32Array.of(3, 1, 2)})).toEqual({at: 2, column: 1, isWrapped: false});
  });

  test('looks into no column that is not shown', () => {
    expect(find(names, 'billing', {columns: [0]})).toBeUndefined();
  });

  test('finds nothing in an empty view', () => {
    expect(find(names, 'gpt', {rows: new Uint32Array(0)})).toBeUndefined();
  });
});

const digits = fc.constantFrom('a', 'b', 'ab', 'A', undefined);
const anyTable = fc
  .integer({min: 1, max: 6})
  .chain(length => {
    const texts = fc.array(digits, {minLength: length, maxLength: length});
    const numbers = fc.array(fc.constantFrom(1, 12, 1200, undefined), {minLength: length, maxLength: length});
    return fc.record({one: texts, two: numbers, three: texts});
  })
  .map(tableOf);
const anyPlace = fc.record({at: fc.nat(5), column: fc.nat(2)});
const typed = fc.constantFrom('a', 'B', 'ab', '1', '12', '1,2');

describe('in any table', () => {
  test('the next match is the first one that shows the pattern, cell by cell', () => {
    fc.assert(
      fc.property(anyTable, anyPlace, typed, fc.constantFrom(1, -1), (dataset, place, text, direction) => {
        const from = {at: place.at % dataset.rowCount, column: place.column};
        const total = dataset.rowCount * 3;
        const start = from.at * 3 + from.column;
        let nearest: Place | undefined;
        for (let step = 1; step <= total && nearest === undefined; step++) {
          const cell = (start + step * direction + 2 * total) % total;
          const [at, column] = [Math.floor(cell / 3), cell % 3];
          const cells = dataset.columns[column];
          const shown = cells ? formatCell(cells, at) : '';
          if ([shown, shown.replaceAll(',', '')].some(some => patternOf(text).isMatch(some))) nearest = {at, column};
        }
        const found = find(dataset, text, {from, direction});
        expect(found && {at: found.at, column: found.column}).toEqual(nearest);
      }),
      {numRuns: 500},
    );
  });

  test('forward and backward lead back', () => {
    fc.assert(
      fc.property(anyTable, anyPlace, typed, (dataset, place, text) => {
        const start = find(dataset, text, {from: {at: place.at % dataset.rowCount, column: place.column}});
        fc.pre(start !== undefined);
        const next = find(dataset, text, {from: start});
        const back = next && find(dataset, text, {from: next, direction: -1});
        expect(back).toMatchObject({at: start.at, column: start.column});
      }),
    );
  });
});
