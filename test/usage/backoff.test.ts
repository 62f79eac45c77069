import {describe, expect, test} from 'vitest';
import {ApiError, type FailureReason} from '../../source/api/errors.ts';
import {backoff, isPassing} from '../../source/usage/backoff.ts';

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

test.each<[FailureReason, boolean]>([
  ['server', true],
  ['network', true],
  ['timeout', true],
  ['unreadable', true],
  ['unauthorized', false],
  ['forbidden', false],
  ['not-found', false],
  ['rejected', false],
  ['redirect', false],
  ['cursor', false],
  ['stopped', false],
])('whether what failed as %s may go well the next time: %s', (reason, passes) => {
  expect(isPassing(new ApiError({reason, subject: 'costs', what: 'it failed', next: 'Try again.'}))).toBe(passes);
});
