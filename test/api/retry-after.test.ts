import {describe, expect, test} from 'vitest';
import {readRetryAfter} from '../../source/api/refusals.ts';

const read = (retryAfter: string, date?: string) =>
  readRetryAfter(new Headers({'retry-after': retryAfter, ...(date !== undefined && {date})}));

describe('Retry-After', () => {
  test.each([
    ['0', 0],
    ['1', 1000],
    ['0.5', 500],
    [' 20 ', 20_000],
    ['999999999999', 999_999_999_999_000],
  ])('of %j seconds is that many milliseconds', (text, milliseconds) => {
    expect(read(text)).toBe(milliseconds);
  });

  test('as a date counts from the server’s own clock, so that ours may be wrong', () => {
    expect(read('Sun, 22 Nov 2026 12:00:30 GMT', 'Sun, 22 Nov 2026 12:00:00 GMT')).toBe(30_000);
    expect(read('Fri, 01 Jan 1999 00:00:09 GMT', 'Fri, 01 Jan 1999 00:00:00 GMT')).toBe(9000);
  });

  test('as a date that has passed asks for no wait', () => {
    expect(read('Sun, 22 Nov 2026 11:00:00 GMT', 'Sun, 22 Nov 2026 12:00:00 GMT')).toBe(0);
  });

  test('as a date of a server without a clock says nothing', () => {
    expect(read('Sun, 22 Nov 2026 12:00:30 GMT')).toBeUndefined();
  });

  test.each([
    ['Sunday, 22-Nov-26 12:00:30 GMT', 30_000],
    ['Sun Nov 22 12:00:30 2026', 30_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', Date.UTC(9999, 11, 31, 23, 59, 59) - Date.UTC(2026, 10, 22, 12)],
  ])('as a date may have any form of HTTP: %s', (text, milliseconds) => {
    expect(read(text, 'Sun, 22 Nov 2026 12:00:00 GMT')).toBe(milliseconds);
  });

  test.each(['', 'soon', 'Infinity', 'NaN', '1e400', 'next 2099', 'in 3000', '2099-01-01'])(
    'of %j says nothing',
    text => {
      expect(read(text, 'Sun, 22 Nov 2026 12:00:00 GMT')).toBeUndefined();
    },
  );

  test.each(['-5', '5, 5', '12h', '0x10'])('of %j never asks for a wait that the server did not mean', text => {
    expect(read(text, 'Sun, 22 Nov 2026 12:00:00 GMT') ?? 0).toBe(0);
  });

  test('that is absent says nothing', () => {
    expect(readRetryAfter(new Headers())).toBeUndefined();
  });
});
