import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Day, daysIn, isoOf, parseDay, parseMonth, rangeLabel} from '../../source/usage/days.ts';
import {type Periods, periodsOf} from '../../source/view/periods.ts';

const day = (iso: string): Day => {
  const parsed = parseDay(iso);
  if (parsed === undefined) throw new Error(`${iso} is no day`);
  return parsed;
};

const compared = (first: string, last: string, today: string): string => {
  const periods = periodsOf({first: day(first), last: day(last)}, day(today));
  return periods ? `${rangeLabel(periods.now)} against ${rangeLabel(periods.before)}` : 'nothing to compare';
};

describe('whole calendar months', () => {
  test.each([
    ['a month', '2026-10-01', '2026-10-31', '2026-09-01 → 2026-09-30'],
    ['a quarter', '2026-08-01', '2026-10-31', '2026-05-01 → 2026-07-31'],
    ['January, over the end of a year', '2026-01-01', '2026-01-31', '2025-12-01 → 2025-12-31'],
    ['a year', '2025-01-01', '2025-12-31', '2024-01-01 → 2024-12-31'],
    ['March, after a leap February', '2024-03-01', '2024-03-31', '2024-02-01 → 2024-02-29'],
    ['a leap February', '2024-02-01', '2024-02-29', '2024-01-01 → 2024-01-31'],
    ['February and March', '2025-02-01', '2025-03-31', '2024-12-01 → 2025-01-31'],
  ])('compare with as many before: %s', (_, first, last, before) => {
    expect(compared(first, last, '2026-11-22')).toBe(`${first} → ${last} against ${before}`);
  });

  test('are whole once their last day is over', () => {
    expect(compared('2026-10-01', '2026-10-31', '2026-11-01')).toContain('against 2026-09-01 → 2026-09-30');
    expect(compared('2026-10-01', '2026-10-31', '2026-10-31')).toBe(
      '2026-10-01 → 2026-10-30 against 2026-09-01 → 2026-09-30',
    );
  });

  test('do not include a leap February that ends on the 28th', () => {
    expect(compared('2024-02-01', '2024-02-28', '2026-11-22')).toBe(
      '2024-02-01 → 2024-02-28 against 2024-01-04 → 2024-01-31',
    );
  });
});

describe('other ranges', () => {
  test.each([
    ['a week', '2026-11-01', '2026-11-07', '2026-11-01 → 2026-11-07 against 2026-10-25 → 2026-10-31'],
    ['a day', '2026-11-21', '2026-11-21', '2026-11-21 → 2026-11-21 against 2026-11-20 → 2026-11-20'],
    ['the last 7 days', '2026-11-16', '2026-11-22', '2026-11-16 → 2026-11-21 against 2026-11-10 → 2026-11-15'],
    ['this month', '2026-11-01', '2026-11-22', '2026-11-01 → 2026-11-21 against 2026-10-11 → 2026-10-31'],
    [
      'thirty days that are no month',
      '2026-10-02',
      '2026-10-31',
      '2026-10-02 → 2026-10-31 against 2026-09-02 → 2026-10-01',
    ],
    ['yesterday and today', '2026-11-21', '2026-11-22', '2026-11-21 → 2026-11-21 against 2026-11-20 → 2026-11-20'],
    ['days to come', '2026-11-20', '2026-11-30', '2026-11-20 → 2026-11-21 against 2026-11-18 → 2026-11-19'],
  ])('compare their complete days with as many before: %s', (_, first, last, expected) => {
    expect(compared(first, last, '2026-11-22')).toBe(expected);
  });
});

describe('nothing is compared', () => {
  test.each([
    ['of today alone', '2026-11-22', '2026-11-22'],
    ['of the future', '2026-12-01', '2026-12-31'],
    ['with days before 1970', '1970-01-03', '1970-01-08'],
    ['with months before 1970', '1970-01-01', '1970-01-31'],
  ])('%s', (_, first, last) => {
    expect(compared(first, last, '2026-11-22')).toBe('nothing to compare');
  });

  test('but 1970 begins like any other year', () => {
    expect(compared('1970-02-01', '1970-02-28', '2026-11-22')).toContain('against 1970-01-01 → 1970-01-31');
    expect(compared('1970-01-04', '1970-01-06', '2026-11-22')).toContain('against 1970-01-01 → 1970-01-03');
  });
});

const days = fc.integer({min: 0, max: 100_000});
const lengths = fc.integer({min: 1, max: 800});

test('both periods are over, neither is empty, and the one before ends where the other begins', () => {
  fc.assert(
    fc.property(days, lengths, days, (first, length, today) => {
      const periods = periodsOf({first, last: first + length - 1}, today);
      fc.pre(periods !== undefined);
      expectNeighbours(periods);
      expect(periods.now.first).toBe(first);
      expect(periods.now.last).toBe(Math.min(first + length, today) - 1);
      if (!isMonths(periods)) expect(daysIn(periods.before)).toBe(daysIn(periods.now));
    }),
  );
});

test('months compare with as many months', () => {
  fc.assert(
    fc.property(fc.integer({min: 40, max: 2000}), fc.integer({min: 1, max: 30}), (start, count) => {
      const first = monthFrom(start);
      const periods = periodsOf({first, last: monthFrom(start + count) - 1}, 200_000);
      expect(periods).toEqual({
        now: {first, last: monthFrom(start + count) - 1},
        before: {first: monthFrom(start - count), last: first - 1},
      });
    }),
  );
});

/** The first day of the month so many months after January 1970. */
function monthFrom(month: number): Day {
  return Date.UTC(1970, month, 1) / 86_400_000;
}

function expectNeighbours({now, before}: Periods): void {
  expect(before.last).toBe(now.first - 1);
  expect(before.first).toBeGreaterThanOrEqual(0);
  expect(daysIn(now)).toBeGreaterThan(0);
  expect(daysIn(before)).toBeGreaterThan(0);
}

function isMonths({now}: Periods): boolean {
  return isoOf(now.first).endsWith('-01') && parseMonth(isoOf(now.last).slice(0, 7))?.last === now.last;
}
