import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type BucketWidth, ENDPOINTS} from '../../source/api/endpoints.ts';
import {isReusable} from '../../source/usage/cache.ts';
import {type Day, dayOf, daysIn, type Range, startOf} from '../../source/usage/days.ts';
import {daysPerWindow, type Held, planWindows, type Refresh} from '../../source/usage/plan.ts';
import {endpoint} from '../helpers/chains.ts';
import {NOON} from '../helpers/manual-clock.ts';

const today = dayOf(NOON / 1000);
const hour = 3_600_000;
const settledAt = (day: Day) => startOf(day + 1) * 1000 + 48 * hour;

type Wish = {
  name?: Parameters<typeof endpoint>[0];
  range: Range;
  width?: BucketWidth;
  held?: ReadonlyMap<Day, Held>;
  refresh?: Refresh;
};

function plan({name = 'completions', range, width = '1d', held = new Map(), refresh = 'reuse'}: Wish): Range[] {
  return planWindows({endpoint: endpoint(name), range, width, held, now: NOON, refresh});
}

const daysOf = (windows: readonly Range[]) =>
  windows.flatMap(range => Array.from({length: daysIn(range)}, (_, index) => range.first + index));

describe('the size of windows', () => {
  const year = {first: today - 364, last: today};

  test('a cold year is 12 requests, and 3 for costs', () => {
    expect(plan({range: year})).toHaveLength(12);
    expect(plan({name: 'costs', range: year})).toHaveLength(3);
  });

  test('a page holds 31 days (costs 180), 7 with hours, 1 with minutes; costs stay daily', () => {
    for (const each of ENDPOINTS.filter(({name}) => name !== 'costs')) {
      expect([daysPerWindow(each, '1d'), daysPerWindow(each, '1h'), daysPerWindow(each, '1m')]).toEqual([31, 7, 1]);
    }
    for (const width of ['1d', '1h', '1m'] as const) expect(daysPerWindow(endpoint('costs'), width)).toBe(180);
  });
});

const arbitraryHeld = (range: Range) =>
  fc.uniqueArray(
    fc.record({
      day: fc.integer({min: range.first - 3, max: range.last + 3}),
      // From long before the day was over to after "now", since clocks may have been wrong.
      fetchedAt: fc.oneof(
        fc.integer({min: NOON - 500 * 24 * hour, max: NOON + 24 * hour}),
        fc.integer({min: NOON - 10 * 60_000, max: NOON + 60_000}),
      ),
      hasBucket: fc.boolean(),
    }),
    {selector: ({day}) => day, maxLength: 60},
  );

const situation = fc
  .record({
    endpoint: fc.constantFrom(...ENDPOINTS),
    width: fc.constantFrom<BucketWidth>('1d', '1h', '1m'),
    first: fc.integer({min: today - 420, max: today}),
    days: fc.integer({min: 1, max: 420}),
    refresh: fc.constantFrom<Refresh>('reuse', 'unsettled', 'everything'),
  })
  .chain(({first, days, ...rest}) => {
    const range = {first, last: Math.min(today, first + days - 1)};
    return arbitraryHeld(range).map(days => ({
      ...rest,
      range,
      held: new Map<Day, Held>(days.map(({day, ...held}) => [day, held])),
      now: NOON,
    }));
  });

describe('whatever the cache holds', () => {
  test('windows cover each day that has to be asked for exactly once, in order', () => {
    fc.assert(
      fc.property(situation, input => {
        const asked = daysOf(planWindows(input));
        const needed = daysOf([input.range]).filter(day => {
          const held = input.held.get(day);
          if (held === undefined || input.refresh === 'everything') return true;
          if (input.refresh === 'reuse') return !isReusable({day, ...held}, NOON);
          return !(held.hasBucket && held.fetchedAt <= NOON && held.fetchedAt >= settledAt(day));
        });
        expect(asked).toEqual(needed);
      }),
    );
  });

  test('no window is longer than a page, and none empty', () => {
    fc.assert(
      fc.property(situation, input => {
        for (const window of planWindows(input)) {
          expect(daysIn(window)).toBeGreaterThan(0);
          expect(daysIn(window)).toBeLessThanOrEqual(daysPerWindow(input.endpoint, input.width));
        }
      }),
    );
  });

  test('there are no more windows than it takes: neighbours are together unless the page is full', () => {
    fc.assert(
      fc.property(situation, input => {
        const windows = planWindows(input);
        for (const [index, window] of windows.entries()) {
          const following = windows[index + 1];
          if (following?.first !== window.last + 1) continue;
          expect(daysIn(window)).toBe(daysPerWindow(input.endpoint, input.width));
        }
      }),
    );
  });

  test('nothing at all is asked for offline', () => {
    fc.assert(
      fc.property(situation, input => {
        expect(planWindows({...input, refresh: 'nothing'})).toEqual([]);
      }),
    );
  });
});

describe('what is asked for again', () => {
  const range = {first: today - 9, last: today};
  const allHeld = (fetchedAt: (day: Day) => number, hasBucket = true) =>
    new Map(daysOf([range]).map(day => [day, {fetchedAt: fetchedAt(day), hasBucket}]));
  const minutesAgo = (minutes: number) => () => NOON - minutes * 60_000;

  test('a settled day never, an unsettled one after five minutes', () => {
    // At noon the third day before today is the last that ended 48 hours ago.
    expect(plan({range, held: allHeld(minutesAgo(5))})).toEqual([{first: today - 2, last: today}]);
    expect(plan({range, held: allHeld(minutesAgo(4.9))})).toEqual([]);
  });

  test('a day that was fetched before it settled, however long ago', () => {
    const held = allHeld(day => settledAt(day) - 1);
    expect(plan({range, held})).toEqual([range]);
  });

  test('a day without a bucket, always', () => {
    expect(plan({range, held: allHeld(minutesAgo(6), false)})).toEqual([range]);
  });

  test('with r every unsettled day, even a fresh one', () => {
    expect(plan({range, held: allHeld(minutesAgo(0)), refresh: 'unsettled'})).toEqual([
      {first: today - 2, last: today},
    ]);
  });

  test('with r a day that a clock of the future called settled', () => {
    const held = allHeld(() => NOON + 1000 * 24 * hour);
    expect(plan({range, held})).toEqual([range]);
    expect(plan({range, held, refresh: 'unsettled'})).toEqual([range]);
  });

  test('with --refresh every day', () => {
    expect(plan({range, held: allHeld(minutesAgo(0)), refresh: 'everything'})).toEqual([range]);
  });

  test('of a longer range, only what is new: one request for one more day', () => {
    const held = allHeld(minutesAgo(1));
    expect(plan({range: {...range, first: range.first - 1}, held})).toEqual([
      {first: range.first - 1, last: range.first - 1},
    ]);
  });
});
