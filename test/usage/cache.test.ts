import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {DIRECTORY_REUSE, isFresh, isReusable, isSettled, preferred} from '../../source/usage/cache.ts';
import {startOf} from '../../source/usage/days.ts';
import {cachedDay, day, HOUR, NOON} from './sample-days.ts';

const minute = 60_000;
const endOf = (iso: string): number => startOf(day(iso) + 1) * 1000;

describe('a day is settled', () => {
  test('when it was fetched at least 48 hours after it ended', () => {
    expect(isSettled(day('2026-10-01'), endOf('2026-10-01') + 48 * HOUR - 1)).toBe(false);
    expect(isSettled(day('2026-10-01'), endOf('2026-10-01') + 48 * HOUR)).toBe(true);
  });

  test('never while it is today, yesterday or the day before', () => {
    for (const iso of ['2026-11-22', '2026-11-21', '2026-11-20']) expect(isSettled(day(iso), NOON)).toBe(false);
    expect(isSettled(day('2026-11-19'), NOON)).toBe(true);
  });
});

describe('a cached day is reused', () => {
  test('for ever, once it is settled', () => {
    const cached = cachedDay({iso: '2026-10-01', fetchedAt: endOf('2026-10-01') + 48 * HOUR});
    expect(isReusable(cached, NOON)).toBe(true);
    expect(isReusable(cached, NOON + 10 * 365 * 24 * HOUR)).toBe(true);
  });

  test('for five minutes, while it is not', () => {
    const cached = cachedDay({iso: '2026-11-22', fetchedAt: NOON});
    expect(isReusable(cached, NOON)).toBe(true);
    expect(isReusable(cached, NOON + 5 * minute - 1)).toBe(true);
    expect(isReusable(cached, NOON + 5 * minute)).toBe(false);
  });

  test('for five minutes, however old, if the API sent no bucket for it', () => {
    const cached = cachedDay({iso: '2024-01-01', fetchedAt: NOON, hasBucket: false});
    expect(isReusable(cached, NOON + minute)).toBe(true);
    expect(isReusable(cached, NOON + 5 * minute)).toBe(false);
  });

  test('never, if a wrong clock fetched it later than now: today would be final', () => {
    expect(isReusable(cachedDay({iso: '2026-11-22', fetchedAt: NOON + 1}), NOON)).toBe(false);
    expect(isReusable(cachedDay({iso: '2026-11-22', fetchedAt: NOON + 365 * 24 * HOUR}), NOON)).toBe(false);
  });
});

test('the directory is reused for an hour', () => {
  expect(isFresh(NOON, DIRECTORY_REUSE, NOON + HOUR - 1)).toBe(true);
  expect(isFresh(NOON, DIRECTORY_REUSE, NOON + HOUR)).toBe(false);
  expect(isFresh(NOON, DIRECTORY_REUSE, NOON - 1)).toBe(false);
});

describe('of two copies of a day', () => {
  const iso = '2026-10-01';

  test('the newer one is kept', () => {
    const older = cachedDay({iso, fetchedAt: endOf(iso) + HOUR});
    const newer = cachedDay({iso, fetchedAt: endOf(iso) + 2 * HOUR});
    expect(preferred(older, newer, NOON)).toBe(newer);
    expect(preferred(newer, older, NOON)).toBe(newer);
  });

  test('the one that comes second is kept, if both are of the same moment', () => {
    const [one, other] = [cachedDay({iso}), cachedDay({iso})];
    expect(preferred(one, other, NOON)).toBe(other);
  });

  test('a settled one is not given up for a newer one without a bucket', () => {
    const settled = cachedDay({iso});
    const without = cachedDay({iso, fetchedAt: NOON, hasBucket: false});
    expect(preferred(settled, without, NOON)).toBe(settled);
    expect(preferred(without, settled, NOON)).toBe(settled);
  });

  test('one from the future gives way, or the day would be asked for again for years', () => {
    const future = cachedDay({iso, fetchedAt: NOON + 1});
    const fetched = cachedDay({iso, fetchedAt: NOON});
    expect(preferred(future, fetched, NOON)).toBe(fetched);
    expect(preferred(fetched, future, NOON)).toBe(fetched);
  });

  test('a reusable one is never given up for one that is not', () => {
    const copies = fc
      .record({fetchedAt: fc.integer({min: endOf(iso), max: NOON + HOUR}), hasBucket: fc.boolean()})
      .map(copy => cachedDay({iso, rows: 0, ...copy}));
    fc.assert(
      fc.property(copies, copies, (one, other) => {
        if (isReusable(one, NOON) || isReusable(other, NOON)) {
          expect(isReusable(preferred(one, other, NOON), NOON)).toBe(true);
        }
      }),
    );
  });
});
