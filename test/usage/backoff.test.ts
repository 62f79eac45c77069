import {describe, expect, test} from 'vitest';
import {ApiError, type FailureReason} from '../../source/api/errors.ts';
import {backoff, retriesFor} from '../../source/usage/backoff.ts';

describe('the wait before trying again', () => {
  test('doubles from a second to a minute', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 2000].map(attempt => backoff(attempt, () => 1))).toEqual([
      1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000,
    ]);
  });

  test('has full jitter: anything from nothing to all of it', () => {
    expect([0, 0.25, 0.5].map(drawn => backoff(3, () => drawn))).toEqual([0, 1000, 2000]);
  });
});

test.each<[FailureReason, number]>([
  ['server', 5],
  ['network', 5],
  ['timeout', 5],
  ['unreadable', 5],
  ['address', 2],
  ['certificate', 0],
  ['too-large', 0],
  ['unauthorized', 0],
  ['forbidden', 0],
  ['not-found', 0],
  ['rejected', 0],
  ['redirect', 0],
  ['cursor', 0],
  ['stopped', 0],
])('what failed as %s is tried again %i times', (reason, retries) => {
  expect(retriesFor(new ApiError({reason, subject: 'costs', what: 'it failed', next: 'Try again.'}))).toBe(retries);
});
