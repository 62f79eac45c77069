import {expect, test} from 'vitest';
import {ApiError} from '../../source/api/errors.ts';
import {progressText} from '../../source/cli/progress-line.ts';
import {reportOf, spans} from '../../source/cli/report.ts';
import {parseDay} from '../../source/usage/days.ts';
import {EMPTY_DIRECTORY} from '../../source/usage/directory.ts';
import type {Outcome} from '../../source/usage/outcome.ts';
import {NO_FILTERS} from '../../source/usage/query.ts';

const day = (iso: string) => parseDay(iso) ?? Number.NaN;
const failure = new ApiError({
  reason: 'server',
  subject: 'images',
  what: 'the server answered 500',
  next: 'Try again in a few minutes.',
});

const whole: Outcome = {
  query: {
    endpoints: ['images', 'costs'],
    range: {first: day('2026-10-01'), last: day('2026-10-04')},
    width: '1d',
    filters: NO_FILTERS,
  },
  dataset: {rowCount: 0, columns: []},
  directory: EMPTY_DIRECTORY,
  asOf: undefined,
  gaps: [],
  directoryFailures: new Map(),
  skipped: [],
  isStopped: false,
  clockAhead: undefined,
  isKeyNew: false,
};

test('nothing is said of an outcome without gaps', () => {
  expect(reportOf(whole)).toEqual([]);
});

test('a failed endpoint: what, where, what next, which days', () => {
  const gap = {
    endpoint: 'images',
    missing: [day('2026-10-01'), day('2026-10-02')],
    stale: [day('2026-10-04')],
  } as const;
  expect(reportOf({...whole, gaps: [{...gap, error: failure}]})).toEqual([
    'images: the server answered 500. Try again in a few minutes. 2 days missing (2026-10-01 → 2026-10-02), 1 day as of an earlier fetch (2026-10-04).',
  ]);
});

test.each([
  [
    3 * 86_400_000,
    "This computer's clock is 3 days ahead of the server's: days that are still to come may be in the range; set the clock right.",
  ],
  [
    -14 * 3_600_000,
    "This computer's clock is 14 h behind the server's: the range may end too early; set the clock right.",
  ],
  [
    7 * 60_000,
    "This computer's clock is 7 min ahead of the server's: days that are still to come may be in the range; set the clock right.",
  ],
])('a clock that is %d ms ahead of the server: how far, and what it means', (clockAhead, sentence) => {
  expect(reportOf({...whole, clockAhead})).toEqual([sentence]);
});

test('equal reasons are said once', () => {
  const gap = {missing: [day('2026-10-01')], stale: [], error: failure};
  const gaps = [
    {...gap, endpoint: 'images'},
    {...gap, endpoint: 'costs'},
  ] as const;
  const directoryFailures = new Map([
    ['users', failure],
    ['projects', failure],
  ] as const);
  expect(reportOf({...whole, gaps, directoryFailures})).toEqual([
    'images and costs: the server answered 500. Try again in a few minutes. 1 day missing (2026-10-01).',
    'Names of users and projects are missing: the server answered 500. Try again in a few minutes.',
  ]);
});

test('offline: which days the cache lacks, and how to get them', () => {
  const gaps = [
    {endpoint: 'costs', missing: [day('2026-10-01'), day('2026-10-03')], stale: [], error: undefined},
  ] as const;
  expect(reportOf({...whole, gaps})).toEqual([
    'costs: 2 days missing (2026-10-01, 2026-10-03). The cache does not hold them; run once without --offline.',
  ]);
});

test('endpoints that know nothing of a filter, lists without names, costs that stay daily', () => {
  const outcome: Outcome = {
    ...whole,
    query: {...whole.query, width: '1h'},
    skipped: ['images'],
    directoryFailures: new Map([['users', failure]]),
  };
  expect(reportOf(outcome)).toEqual([
    'costs: the API gives them by day only, so they stay daily.',
    'images: left out, because it knows nothing of what you filter by.',
    'Names of users are missing: the server answered 500. Try again in a few minutes.',
  ]);
});

test('days are named in runs, at most four of them', () => {
  expect(spans([1, 2, 3, 5, 7, 8])).toBe('1970-01-02 → 1970-01-04, 1970-01-06, 1970-01-08 → 1970-01-09');
  expect(spans([1, 3, 5, 7, 9])).toBe('1970-01-02, 1970-01-04, 1970-01-06, 1970-01-08, …');
});

test('progress: endpoints, days, rows, time, and what is waited for', () => {
  const endpoint = {kind: 'endpoint', daysTotal: 31, daysCached: 0, requests: 1} as const;
  const line = progressText(
    [
      {...endpoint, endpoint: 'images', state: 'finished', daysDone: 31, rows: 1200},
      {
        ...endpoint,
        endpoint: 'costs',
        state: 'fetching',
        daysDone: 0,
        rows: 0,
        waitingUntil: 14_200,
        waitingFor: '429',
      },
    ],
    3_400,
    12_000,
  );
  expect(line).toBe('1 of 2 endpoints · 31 of 62 days · 1,200 rows · 3 s · waiting 3 s: 429');
});
