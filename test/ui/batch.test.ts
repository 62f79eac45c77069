import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {batchProgress} from '../../source/ui/batch.ts';
import type {Progress} from '../../source/usage/progress.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const users = (items: number): Progress => ({
  kind: 'directory',
  list: 'users',
  state: 'fetching',
  items,
  requests: 1,
  isCached: false,
});

const images = (rows: number): Progress => ({
  kind: 'endpoint',
  endpoint: 'images',
  state: 'fetching',
  daysDone: 1,
  daysTotal: 7,
  daysCached: 0,
  rows,
  requests: 1,
});

test('thousands of events are three pictures a second', () => {
  const taken: (readonly Progress[])[] = [];
  const batch = batchProgress(events => taken.push(events));
  for (let rows = 1; rows <= 5000; rows++) batch.add(images(rows));
  batch.add(users(40));
  vi.advanceTimersByTime(300);
  batch.add(users(41));
  vi.advanceTimersByTime(300);
  expect(taken).toEqual([[images(5000), users(40)], [users(41)]]);
});

test('the end hands on the rest at once, and nothing comes after it', () => {
  const taken: (readonly Progress[])[] = [];
  const batch = batchProgress(events => taken.push(events));
  batch.add(users(1));
  batch.end();
  batch.end();
  vi.runAllTimers();
  expect(taken).toEqual([[users(1)]]);
});
