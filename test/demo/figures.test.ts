import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {endpoints} from '../../source/demo/catalogue.ts';
import {firstDay} from '../../source/demo/organization.ts';
import {type Result, rowsIn} from '../../source/demo/usage.ts';
import {secondsOf, truth} from './demo.ts';

const books = truth();
const usage = endpoints.filter(({name}) => name !== 'costs');
const midnight = (day: number): number => day * 86_400;

/** Sums every metric by everything that is none, as a client that adds up rows would. */
function summed(rows: readonly Result[]): Record<string, Record<string, number>> {
  const sums: Record<string, Record<string, number>> = {};
  for (const row of rows) {
    const numbers = Object.entries(row).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
    const group = JSON.stringify(Object.entries(row).filter(([, value]) => typeof value !== 'number'));
    const sum = sums[group] ?? {};
    for (const [metric, value] of numbers) sum[metric] = (sum[metric] ?? 0) + value;
    sums[group] = sum;
  }
  return sums;
}

const anyDay = fc.integer({min: firstDay - 3, max: firstDay + 900});
const anyEndpoint = fc.constantFrom(...usage.map(({name}) => name));

describe('figures', () => {
  test('24 hours sum to their day exactly, group by group', () => {
    fc.assert(
      fc.property(anyEndpoint, anyDay, (name, day) => {
        const hours = Array.from({length: 24}, (_, hour) => midnight(day) + hour * 3600);
        const rows = hours.flatMap(from => rowsIn(books, name, {from, to: from + 3600}));
        expect(summed(rows)).toEqual(summed(rowsIn(books, name, {from: midnight(day), to: midnight(day + 1)})));
      }),
      {numRuns: 40},
    );
  });

  test('60 minutes sum to their hour exactly, group by group', () => {
    fc.assert(
      fc.property(anyEndpoint, anyDay, fc.integer({min: 0, max: 23}), (name, day, hour) => {
        const start = midnight(day) + hour * 3600;
        const minutes = Array.from({length: 60}, (_, minute) => start + minute * 60);
        const rows = minutes.flatMap(from => rowsIn(books, name, {from, to: from + 60}));
        expect(summed(rows)).toEqual(summed(rowsIn(books, name, {from: start, to: start + 3600})));
      }),
      {numRuns: 25},
    );
  });

  test('input tokens contain the cached, written, audio and image ones; output tokens text, audio and image', () => {
    const day = secondsOf('2026-10-06');
    for (const row of rowsIn(books, 'completions', {from: day, to: day + 86_400})) {
      const at = (metric: string): number => Number(row[metric]);
      const uncached = at('input_text_tokens') + at('input_audio_tokens') + at('input_image_tokens');
      const cached = at('input_cached_text_tokens') + at('input_cached_audio_tokens') + at('input_cached_image_tokens');
      expect(at('input_uncached_tokens')).toBe(uncached);
      expect(at('input_cached_tokens')).toBe(cached);
      expect(at('input_tokens')).toBe(uncached + cached + at('input_cache_write_tokens'));
      const output = at('output_text_tokens') + at('output_audio_tokens') + at('output_image_tokens');
      expect(at('output_tokens')).toBe(output);
    }
  });

  test('every metric of the document is above zero somewhere in a month', () => {
    const month = Array.from({length: 31}, (_, day) => secondsOf('2026-10-01') + day * 86_400);
    for (const {name, metrics} of usage) {
      const rows = month.flatMap(from => rowsIn(books, name, {from, to: from + 86_400}));
      for (const metric of Object.keys(metrics))
        expect(
          rows.some(row => Number(row[metric]) > 0),
          metric,
        ).toBe(true);
    }
  });

  test('follow from seed and scale, and differ with the seed', () => {
    const day = {from: secondsOf('2026-10-06'), to: secondsOf('2026-10-07')};
    expect(rowsIn(truth(), 'completions', day)).toEqual(rowsIn(books, 'completions', day));
    expect(rowsIn(truth(2), 'completions', day)).not.toEqual(rowsIn(books, 'completions', day));
  });

  test('are the same rows as ever: a cache of settled days outlives a release', () => {
    const day = {from: secondsOf('2026-10-06'), to: secondsOf('2026-10-07')};
    const counts = Object.fromEntries(endpoints.map(({name}) => [name, rowsIn(books, name, day).length]));
    expect(counts).toMatchInlineSnapshot(`
      {
        "audio_speeches": 8,
        "audio_transcriptions": 18,
        "code_interpreter_sessions": 3,
        "completions": 182,
        "costs": 260,
        "embeddings": 22,
        "file_search_calls": 16,
        "images": 23,
        "moderations": 19,
        "vector_stores": 2,
        "web_search_calls": 29,
      }
    `);
  });

  test('give about 15,000 rows for October 2026, and grow with the scale', () => {
    const rowsOf = (scale: number, days: number): number => {
      const scaled = truth(1, scale);
      const starts = Array.from({length: days}, (_, day) => secondsOf('2026-10-01') + day * 86_400);
      const count = (from: number): number =>
        endpoints.reduce((sum, {name}) => sum + rowsIn(scaled, name, {from, to: from + 86_400}).length, 0);
      return starts.reduce((sum, from) => sum + count(from), 0);
    };
    const month = rowsOf(1, 31);
    expect(month).toBeGreaterThan(14_000);
    expect(month).toBeLessThan(18_000);
    expect(rowsOf(10, 1)).toBeGreaterThan(rowsOf(1, 1) * 7);
    expect(rowsOf(0.1, 1)).toBeLessThan(rowsOf(1, 1) / 4);
  });

  test('begin with the first day of the organization', () => {
    const before = {from: midnight(firstDay - 1), to: midnight(firstDay)};
    const first = {from: midnight(firstDay), to: midnight(firstDay + 1)};
    expect(endpoints.flatMap(({name}) => rowsIn(books, name, before))).toEqual([]);
    expect(rowsIn(books, 'completions', first).length).toBeGreaterThan(0);
  });

  test('spike on two days of October, caused by one key', () => {
    const tokensOn = (date: string, leftOut?: string): number =>
      rowsIn(books, 'completions', {from: secondsOf(date), to: secondsOf(date) + 86_400})
        .filter(row => row['api_key_id'] !== leftOut)
        .reduce((sum, row) => sum + Number(row['input_tokens']), 0);
    const culprit = books.organization.keys.find(({name}) => name === 'catalogue-backfill')?.id;
    expect(tokensOn('2026-10-27')).toBeGreaterThan(1.8 * tokensOn('2026-10-20'));
    expect(tokensOn('2026-10-28', culprit)).toBeLessThan(1.3 * tokensOn('2026-10-21', culprit));
  });
});

describe('costs', () => {
  const month = Array.from({length: 31}, (_, day) => secondsOf('2026-10-01') + day * 86_400);
  const rows = month.flatMap(from => rowsIn(books, 'costs', {from, to: from + 86_400}));
  const amountOf = (row: Result): unknown => JSON.parse(JSON.stringify(row['amount'])).value;

  test('hold one credit a month that is negative and has no project', () => {
    const credits = rows.filter(row => Number(amountOf(row)) < 0);
    expect(credits).toHaveLength(1);
    expect(credits[0]).toMatchObject({project_id: null, line_item: 'promotional credit', quantity: null});
  });

  test('come as numbers, and as numeric strings for some line items', () => {
    expect(rows.some(row => typeof amountOf(row) === 'number')).toBe(true);
    const spelled = rows.map(amountOf).filter(value => typeof value === 'string');
    expect(spelled.length).toBeGreaterThan(0);
    for (const value of spelled) expect(value).toMatch(/^\d+\.\d{12}$/);
  });

  test('count tokens in agreement with the usage they bill', () => {
    const day = {from: secondsOf('2026-10-06'), to: secondsOf('2026-10-07')};
    const billed = rowsIn(books, 'costs', day)
      .filter(row => row['line_item'] === 'gpt-5.4, output')
      .reduce((sum, row) => sum + Number(row['quantity']), 0);
    const used = rowsIn(books, 'completions', day)
      .filter(row => row['model'] === 'gpt-5.4')
      .reduce((sum, row) => sum + Number(row['output_tokens']), 0);
    expect(billed).toBe(used);
    expect(used).toBeGreaterThan(0);
  });
});
