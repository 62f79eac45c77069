import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  bucketLabel,
  type Day,
  dayOf,
  daysIn,
  isoOf,
  lastDays,
  monthOf,
  type PresetName,
  parseDay,
  parseMonth,
  presets,
  rangeLabel,
  startOf,
} from '../../source/usage/days.ts';

/** 1971-01-01 to 9998-12-31: a year's room on both sides for presets. */
const days = fc.integer({min: 365, max: 2_932_530});

const day = (iso: string): Day => {
  const parsed = parseDay(iso);
  if (parsed === undefined) throw new Error(`${iso} is no day`);
  return parsed;
};

const preset = (name: PresetName, today: string): string => {
  const found = presets(day(today)).find(candidate => candidate.name === name);
  return found === undefined ? 'no such preset' : rangeLabel(found.range);
};

describe('a day', () => {
  test('is counted from 1970-01-01', () => {
    expect(day('1970-01-01')).toBe(0);
    expect(day('2026-10-01')).toBe(20_727);
    expect(startOf(20_727)).toBe(1_790_812_800);
  });

  test('lasts from its first second to the one before the next day', () => {
    fc.assert(
      fc.property(days, fc.integer({min: 0, max: 86_399}), (value, second) => {
        expect(dayOf(startOf(value) + second)).toBe(value);
        expect(dayOf(startOf(value + 1))).toBe(value + 1);
      }),
    );
  });

  test('is the date that Date says, and reads back as itself', () => {
    fc.assert(
      fc.property(days, value => {
        const date = new Date(0);
        date.setUTCDate(1 + value);
        expect(isoOf(value)).toBe(date.toISOString().slice(0, 10));
        expect(parseDay(isoOf(value))).toBe(value);
      }),
    );
  });

  test.each([
    '2026-02-30',
    '2026-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-10-00',
    '2026-10-32',
    '2026-1-1',
    '2026-10',
    '20261001',
    '2026-10-01T00:00:00Z',
    ' 2026-10-01',
    '2026-10-01\n',
    '１２３４-10-01',
    '+02026-10-01',
    '1969-12-31',
    '',
  ])('is not read from %j', text => {
    expect(parseDay(text)).toBeUndefined();
  });

  test('is read on 29 February of a leap year alone', () => {
    expect(['2024', '2025', '2000', '1900', '2100'].map(year => parseDay(`${year}-02-29`) !== undefined)).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
  });

  test('is read from text only if that text is its own name', () => {
    const part = (max: number) => fc.integer({min: 0, max}).map(value => String(value).padStart(2, '0'));
    fc.assert(
      fc.property(fc.integer({min: 1970, max: 9999}), part(14), part(40), (year, month, date) => {
        const text = `${year}-${month}-${date}`;
        const read = parseDay(text);
        const daysInMonth = new Date(Date.UTC(year, Number(month), 0)).getUTCDate();
        const isReal = Number(month) >= 1 && Number(month) <= 12 && Number(date) >= 1 && Number(date) <= daysInMonth;
        expect(read === undefined ? undefined : isoOf(read)).toBe(isReal ? text : undefined);
      }),
    );
  });
});

describe('a month', () => {
  test('has its own days and no other', () => {
    fc.assert(
      fc.property(days, value => {
        const range = parseMonth(monthOf(value));
        if (range === undefined) throw new Error('a month has days');
        expect(range.first).toBeLessThanOrEqual(value);
        expect(range.last).toBeGreaterThanOrEqual(value);
        expect([monthOf(range.first), monthOf(range.last)]).toEqual([monthOf(value), monthOf(value)]);
        expect([monthOf(range.first - 1), monthOf(range.last + 1)]).not.toContain(monthOf(value));
      }),
    );
  });

  test('knows how long February is', () => {
    expect(['2024-02', '2026-02', '2026-10'].map(text => daysIn(parseMonth(text) ?? {first: 0, last: -1}))).toEqual([
      29, 28, 31,
    ]);
  });

  test.each(['2026-13', '2026-00', '2026', '2026-1', '2026-10-01', 'october', ''])('is not read from %j', text => {
    expect(parseMonth(text)).toBeUndefined();
  });
});

describe('a bucket', () => {
  test('is labelled with its day, or with its minute when buckets are shorter', () => {
    const start = startOf(day('2026-10-01')) + 13 * 3600 + 5 * 60;
    expect(bucketLabel(start, '1d')).toBe('2026-10-01');
    expect(bucketLabel(start - 300, '1h')).toBe('2026-10-01T13:00Z');
    expect(bucketLabel(start, '1m')).toBe('2026-10-01T13:05Z');
  });
});

describe('a range', () => {
  test('names its first and its last day', () => {
    expect(rangeLabel({first: day('2026-10-01'), last: day('2026-10-31')})).toBe('2026-10-01 → 2026-10-31');
  });

  test('of the last N days has N days and ends today', () => {
    fc.assert(
      fc.property(days, fc.integer({min: 1, max: 365}), (today, count) => {
        expect(daysIn(lastDays(count, today))).toBe(count);
        expect(lastDays(count, today).last).toBe(today);
      }),
    );
  });
});

describe('presets', () => {
  test('on an ordinary day', () => {
    expect(presets(day('2026-11-22')).map(({label, range}) => `${label}: ${rangeLabel(range)}`)).toEqual([
      'Today: 2026-11-22 → 2026-11-22',
      'Yesterday: 2026-11-21 → 2026-11-21',
      'Last 7 days: 2026-11-16 → 2026-11-22',
      'Last 30 days: 2026-10-24 → 2026-11-22',
      'Last 90 days: 2026-08-25 → 2026-11-22',
      'This month: 2026-11-01 → 2026-11-22',
      'Last month: 2026-10-01 → 2026-10-31',
      'This year: 2026-01-01 → 2026-11-22',
      'Last 12 months: 2025-11-23 → 2026-11-22',
    ]);
  });

  test('on New Year’s Day', () => {
    expect(preset('yesterday', '2027-01-01')).toBe('2026-12-31 → 2026-12-31');
    expect(preset('this-month', '2027-01-01')).toBe('2027-01-01 → 2027-01-01');
    expect(preset('last-month', '2027-01-01')).toBe('2026-12-01 → 2026-12-31');
    expect(preset('this-year', '2027-01-01')).toBe('2027-01-01 → 2027-01-01');
  });

  test('on 31 March, when last month is shorter', () => {
    expect(preset('last-month', '2027-03-31')).toBe('2027-02-01 → 2027-02-28');
  });

  test('around 29 February twelve months begin the day after the same date', () => {
    expect(preset('last-12-months', '2028-02-28')).toBe('2027-03-01 → 2028-02-28');
    expect(preset('last-12-months', '2028-02-29')).toBe('2027-03-01 → 2028-02-29');
    expect(preset('last-12-months', '2029-02-28')).toBe('2028-02-29 → 2029-02-28');
  });

  test('end today or before, are never empty, and are named once', () => {
    fc.assert(
      fc.property(days, today => {
        const all = presets(today);
        for (const {range} of all) {
          expect(range.last).toBeLessThanOrEqual(today);
          expect(daysIn(range)).toBeGreaterThan(0);
        }
        expect(new Set(all.map(({name}) => name)).size).toBe(all.length);
      }),
    );
  });

  test('of twelve months begin the day after the same date a year ago', () => {
    fc.assert(
      fc.property(days, today => {
        const range = presets(today).find(({name}) => name === 'last-12-months')?.range;
        if (range === undefined) throw new Error('no preset of twelve months');
        const [year, month, date] = isoOf(today).split('-');
        const yearAgo = `${Number(year) - 1}-${month}-${month === '02' && date === '29' ? '28' : date}`;
        expect(isoOf(range.first - 1)).toBe(yearAgo);
        expect([365, 366]).toContain(daysIn(range));
      }),
    );
  });
});
