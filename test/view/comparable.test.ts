import {describe, expect, test} from 'vitest';
import type {Outcome} from '../../source/usage/outcome.ts';
import {comparable, firstOpenDay} from '../../source/view/comparable.ts';
import {datasetOf} from '../export/tables.ts';
import {anOutcome, aQuery, NOON, TODAY} from '../helpers/fake-connection.ts';

const periods = {now: {first: TODAY - 6, last: TODAY - 1}, before: {first: TODAY - 12, last: TODAY - 7}};

/** A row of completions and one of costs on each day of the range. */
function outcome(range: {first: number; last: number}, part: Partial<Outcome> = {}): Outcome {
  const days = Array.from({length: range.last - range.first + 1}, (_, index) => range.first + index);
  const starts = days.flatMap(day => [day * 86_400, day * 86_400]);
  const dataset = datasetOf([
    ['start_time', starts],
    ['endpoint_type', starts.map((_, row) => (row % 2 === 0 ? 'completions' : 'costs'))],
  ]);
  return anOutcome({query: aQuery({range, endpoints: ['completions', 'costs']}), dataset, ...part});
}

const now = outcome({first: TODAY - 6, last: TODAY});
const before = outcome(periods.before);
const gap = (endpoint: 'completions' | 'costs', missing: number[], stale: number[] = []) => ({
  gaps: [{endpoint, missing, stale, error: undefined}],
});

describe('what can be compared', () => {
  test('is every row of a complete day', () => {
    const sides = comparable(now, before, periods);
    expect(sides?.leftOut).toEqual([]);
    expect([...(sides?.now.rows ?? [])]).toEqual(Array.from({length: 12}, (_, row) => row));
    expect(sides?.before.rows).toHaveLength(12);
  });

  test.each([
    ['now', outcome({first: TODAY - 6, last: TODAY}, gap('costs', [TODAY - 3])), before],
    ['before', now, outcome(periods.before, gap('costs', [TODAY - 9]))],
    ['now, as of an earlier fetch', outcome({first: TODAY - 6, last: TODAY}, gap('costs', [], [TODAY - 1])), before],
  ])('is not an endpoint that lacks a day %s', (_, one, other) => {
    const sides = comparable(one, other, periods);
    expect(sides?.leftOut).toEqual(['costs']);
    expect([...(sides?.now.rows ?? [])]).toEqual([0, 2, 4, 6, 8, 10]);
    expect([...(sides?.before.rows ?? [])]).toEqual([0, 2, 4, 6, 8, 10]);
  });

  test('does not care about today', () => {
    const lacking = outcome({first: TODAY - 6, last: TODAY}, gap('costs', [TODAY]));
    expect(comparable(lacking, before, periods)?.leftOut).toEqual([]);
  });

  test('is nothing where no endpoint is whole on both sides', () => {
    const lacking = outcome(periods.before, gap('completions', [TODAY - 9]));
    const one = outcome({first: TODAY - 6, last: TODAY}, gap('costs', [TODAY - 3]));
    expect(comparable(one, lacking, periods)).toBeUndefined();
  });

  test('is nothing where the cache’s days before were perhaps fetched before they were over', () => {
    const noonOf = (day: number) => ({asOf: (day + 0.5) * 86_400_000});
    expect(comparable(now, outcome(periods.before, noonOf(TODAY - 7)), periods)).toBeUndefined();
    expect(comparable(now, outcome(periods.before, noonOf(TODAY - 6)), periods)).toBeDefined();
    const failed = outcome(periods.before, {...noonOf(TODAY - 7), ...gap('costs', [], [TODAY - 7])});
    expect(comparable(now, failed, periods)?.leftOut).toEqual(['costs']);
  });

  test('does not count an endpoint that was not asked, because it knows nothing of a filter', () => {
    const skipped = {skipped: ['costs'] as const};
    const one = outcome({first: TODAY - 6, last: TODAY}, {...skipped, ...gap('completions', [TODAY - 2])});
    expect(comparable(one, before, periods)).toBeUndefined();
  });
});

describe('the first day that may lack figures', () => {
  test.each([
    ['today, where all is settled', undefined, TODAY],
    ['today, of rows fetched today', NOON - 3_600_000, TODAY],
    ['yesterday, of rows fetched before midnight', NOON - 13 * 3_600_000, TODAY - 1],
    ['today, where the clock ran ahead', NOON + 5 * 86_400_000, TODAY],
  ])('is %s', (_, asOf, day) => {
    expect(firstOpenDay({asOf, gaps: []}, NOON)).toBe(day);
  });

  test('is today where only stale days are older, whose endpoint is left out anyway', () => {
    const stale = {endpoint: 'images', missing: [], stale: [TODAY - 20], error: undefined} as const;
    expect(firstOpenDay({asOf: NOON - 20 * 86_400_000, gaps: [stale]}, NOON)).toBe(TODAY);
  });
});
