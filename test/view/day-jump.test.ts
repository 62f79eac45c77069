import {expect, test} from 'vitest';
import type {Column} from '../../source/usage/block.ts';
import {nextDay, previousDay, readDays} from '../../source/view/day-jump.ts';

const dictionary = ['', '2026-10-01T13:00Z', '2026-10-01T14:00Z', '2026-10-02T00:00Z'];
const dates = (codes: number[]): Column => ({kind: 'text', name: 'date', codes: Uint32Array.from(codes), dictionary});
const daysOf = (codes: number[]) => readDays({rowCount: codes.length, columns: [dates(codes)]}) ?? (() => 0);

test('hours of one day are one day', () => {
  const dayAt = daysOf([1, 2, 3]);
  expect(dayAt(0)).toBe(dayAt(1));
  expect(dayAt(2)).not.toBe(dayAt(1));
});

test('the next day begins where the day changes', () => {
  const dayAt = daysOf([1, 1, 2, 3, 3]);
  expect(nextDay(0, 5, dayAt)).toBe(3);
  expect(nextDay(3, 5, dayAt)).toBe(3);
});

test('the previous day is entered at its first row', () => {
  const dayAt = daysOf([1, 1, 2, 3, 3]);
  expect(previousDay(4, dayAt)).toBe(0);
  expect(previousDay(1, dayAt)).toBe(0);
});

test('rows sorted by something else are walked day by day as they stand', () => {
  const dayAt = daysOf([3, 1, 1, 3]);
  expect([0, 1, 2].map(row => nextDay(row, 4, dayAt))).toEqual([1, 3, 3]);
  expect(previousDay(3, dayAt)).toBe(1);
});

test('without a date column there are no days', () => {
  expect(readDays({rowCount: 0, columns: []})).toBeUndefined();
});
