import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {actOnDates, dateItems, readCustom, startDates} from '../../../source/ui/state/dates.ts';
import {isoOf} from '../../../source/usage/days.ts';
import {TODAY} from '../../helpers/fake-connection.ts';

const custom = (start: string, end = '') => readCustom({start, end, today: TODAY});

const label = (start: string, end?: string) => {
  const reading = custom(start, end);
  return reading.state === 'ready' ? `${isoOf(reading.range.first)} ${isoOf(reading.range.last)}` : reading.state;
};

describe('custom dates', () => {
  test.each([
    ['2026-10-01', '2026-10-31', '2026-10-01 2026-10-31'],
    ['2026-10', '', '2026-10-01 2026-10-31'],
    ['2026-08', '2026-10', '2026-08-01 2026-10-31'],
    ['2026-10-05', '', '2026-10-05 2026-11-22'],
    ['2026-11', '', '2026-11-01 2026-11-22'],
    ['2026-11-01', '2027-05-01', '2026-11-01 2026-11-22'],
    [' 2026-10-05 ', '2026-10-05', '2026-10-05 2026-10-05'],
    ['2026-10-05', '2026-10-04', 'wrong'],
    ['2026-11-23', '', 'wrong'],
    ['2026-02-30', '', 'wrong'],
    ['yesterday', '', 'wrong'],
    ['2026-10-05', '2026-1', 'unfinished'],
    ['', '2026-10-05', 'unfinished'],
  ])('%j to %j is %s', (start, end, expected) => {
    expect(label(start, end)).toBe(expected);
  });

  test.each([
    ['2026-02-29', 'There is no 2026-02-29: February 2026 has 28 days.'],
    ['2100-02-29', 'There is no 2100-02-29: February 2100 has 28 days.'],
    ['2026-13', 'There is no 2026-13: there is no month 13.'],
    ['1969-12-31', 'There is no 1969-12-31: it lies before 1970.'],
    ['0000-01-01', 'There is no 0000-01-01: it lies before 1970.'],
    ['9999-12-31', '9999-12-31 lies in the future: there is no usage yet.'],
    ['1970-01-01', 'That is more than ten years: start later.'],
  ])('%s is refused in one sentence', (start, sentence) => {
    expect(custom(start)).toMatchObject({state: 'wrong', sentence});
  });

  test('29 February is a day of leap years', () => {
    expect(label('2024-02-29', '2024-02-29')).toBe('2024-02-29 2024-02-29');
    expect(label('2024-02', '2024-02')).toBe('2024-02-01 2024-02-29');
  });

  test('no beginning of a date is called wrong', () => {
    const day = fc.integer({min: 0, max: TODAY});
    fc.assert(
      fc.property(day, fc.integer({min: 0, max: 9}), (number, length) => {
        const typed = isoOf(number).slice(0, length);
        expect(custom(typed).state === 'wrong' ? typed : '').toBe('');
      }),
    );
  });

  test('no range reaches beyond today or ends before it begins, whatever is typed', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^20[0-3]\d-[01]\d(-[0-3]\d)?$/));
    fc.assert(
      fc.property(text, text, (start, end) => {
        const reading = custom(start, end);
        if (reading.state !== 'ready') return;
        expect(reading.range.first).toBeLessThanOrEqual(reading.range.last);
        expect(reading.range.last).toBeLessThanOrEqual(TODAY);
      }),
    );
  });

  test('an end that was cut is told', () => {
    expect(custom('2026-11')).toMatchObject({isCut: true});
    expect(custom('2026-10')).toMatchObject({isCut: false});
  });
});

describe('the screen', () => {
  const start = startDates(TODAY, undefined, '1d');

  test('Tab goes through list, start, end and width, Shift+Tab back', () => {
    let dates = start;
    const visited = [0, 1, 2, 3].map(() => {
      dates = actOnDates(dates, 'nextField', 10).dates;
      return dates.focus;
    });
    expect(visited).toEqual(['start', 'end', 'width', 'list']);
    expect(actOnDates(start, 'previousField', 10).dates.focus).toBe('width');
  });

  test('in the width, moving chooses', () => {
    let dates = actOnDates(start, 'previousField', 10).dates;
    const widths = (['down', 'down', 'down', 'toggle', 'up'] as const).map(action => {
      dates = actOnDates(dates, action, 10).dates;
      return dates.width;
    });
    expect(widths).toEqual(['1h', '1m', '1m', '1d', '1d']);
    expect(actOnDates(dates, 'accept', 10).go).toEqual({range: {first: TODAY - 6, last: TODAY}});
  });

  test('Enter on the custom line goes into the fields while they are empty', () => {
    const last = actOnDates(start, 'last', 10).dates;
    expect(last.cursor).toBe(dateItems(start).length - 1);
    const {dates, go} = actOnDates(last, 'accept', 10);
    expect([dates.focus, go]).toEqual(['start', undefined]);
  });

  test('Enter on a wrong date goes to its field and says why', () => {
    const typed = {...actOnDates(start, 'nextField', 10).dates, start: '2026-10-05', end: '2026-10-04'};
    const {dates, go} = actOnDates(typed, 'accept', 10);
    expect([dates.focus, dates.problem, go]).toEqual(['end', 'The end lies before the start.', undefined]);
  });
});
