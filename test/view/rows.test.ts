import {expect, test} from 'vitest';
import {parseDay, startOf} from '../../source/usage/days.ts';
import {allRows, rowsWithin} from '../../source/view/rows.ts';
import {tableOf} from './table.ts';

const day = parseDay('2026-10-05') ?? 0;
const midnight = startOf(day);

test('all rows stand in the order of the dataset', () => {
  expect([...allRows(4)]).toEqual([0, 1, 2, 3]);
});

test('a range takes its last day to the last second, and the next day not at all', () => {
  const starts = [midnight - 1, midnight, midnight + 86_399, midnight + 86_400, undefined];
  const dataset = tableOf({start_time: starts});
  expect([...rowsWithin(dataset, allRows(5), {first: day, last: day})]).toEqual([1, 2]);
});

test('a range keeps the order of the view', () => {
  const dataset = tableOf({start_time: [midnight, midnight - 1, midnight]});
  expect([...rowsWithin(dataset, Uint32Array.of(2, 1, 0), {first: day, last: day})]).toEqual([2, 0]);
});

test('rows without a start lie in no range', () => {
  expect(rowsWithin(tableOf({model: ['a', 'b']}), allRows(2), {first: 0, last: day}).length).toBe(0);
});
