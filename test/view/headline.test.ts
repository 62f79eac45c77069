import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Day, parseDay} from '../../source/usage/days.ts';
import type {Side} from '../../source/view/compare.ts';
import {headlineOf, headlineText} from '../../source/view/headline.ts';
import {type Periods, periodsOf} from '../../source/view/periods.ts';
import {allRows, rowsWithin} from '../../source/view/rows.ts';
import {widthOf} from '../../source/view/width.ts';
import {TODAY} from '../helpers/fake-connection.ts';
import {type Cells, demoDataset, sideOf} from './sides.ts';

const day = (iso: string): Day => {
  const parsed = parseDay(iso);
  if (parsed === undefined) throw new Error(`${iso} is no day`);
  return parsed;
};

const periodsFrom = (first: string, last: string): Periods => {
  const periods = periodsOf({first: day(first), last: day(last)}, TODAY);
  if (periods === undefined) throw new Error(`${first} to ${last} compares with nothing`);
  return periods;
};

const october = periodsFrom('2026-10-01', '2026-10-31');
const unicode = {to: '→'};

const spent = (amount: number, more: Cells = {}): Cells => ({amount, currency: 'usd', ...more});
const named = (key: string): Cells => ({api_key_id: `key_${key}`, api_key_name: key});
const byKey = (key: string, amount: number, more: Cells = {}): Cells => spent(amount, {...named(key), ...more});

function headlineFor(now: readonly Cells[] | Side, before: readonly Cells[] | Side, periods = october) {
  const side = (given: readonly Cells[] | Side) => ('dataset' in given ? given : sideOf(given));
  return headlineOf(side(now), side(before), periods);
}

function sentence(now: readonly Cells[], before: readonly Cells[], periods = october, width?: number): string {
  const headline = headlineFor(now, before, periods);
  return headline === undefined ? 'nothing to say' : headlineText(headline, unicode, width);
}

/** Whom the headline names, as `dimension label`. */
function moverFor(now: readonly Cells[], before: readonly Cells[]): string | undefined {
  const mover = headlineFor(now, before)?.mover;
  return mover && `${mover.dimension} ${mover.change.label}`;
}

describe('the metric', () => {
  const everything = {input_tokens: 3, num_model_requests: 2};

  test('is cost where either side has any, then tokens, then requests, then whatever there is', () => {
    const metricOf = (now: readonly Cells[], before: readonly Cells[] = []) => headlineFor(now, before)?.metric.name;
    expect(metricOf([everything, spent(1)])).toBe('cost');
    expect(metricOf([everything], [spent(1)])).toBe('cost');
    expect(metricOf([everything])).toBe('tokens');
    expect(metricOf([{num_model_requests: 2, images: 1}])).toBe('requests');
    expect(metricOf([], [{images: 1}])).toBe('images');
  });

  test('is the currency that both sides know', () => {
    const euros = (amount: number) => spent(amount, {currency: 'eur'});
    const metric = headlineFor([euros(1), euros(2), spent(9)], [spent(5)])?.metric;
    expect(metric).toMatchObject({kind: 'money', currency: 'usd'});
    expect(headlineFor([euros(1), euros(2), spent(9)], [spent(5)])?.total).toMatchObject({value: 9, before: 5});
  });

  test('is one that the rows have, whatever the rest of the dataset holds', () => {
    const side = sideOf([everything, spent(1)]);
    const usageOnly = {...side, rows: side.rows.subarray(0, 1)};
    expect(headlineFor(usageOnly, usageOnly)?.metric.name).toBe('tokens');
  });

  test('is none where there are no figures', () => {
    expect(headlineFor([], [])).toBeUndefined();
    expect(headlineFor([{model: 'gpt-5.4'}], [])).toBeUndefined();
  });
});

describe('the mover', () => {
  test('is the key that changed most in the direction of the total', () => {
    const before = [byKey('a', 100), byKey('b', 100), byKey('c', 300)];
    expect(moverFor([byKey('a', 400), byKey('b', 200), byKey('c', 100)], before)).toBe('key a');
    expect(moverFor([byKey('a', 50), byKey('b', 250), byKey('c', 50)], before)).toBe('key c');
  });

  test('is the one that moved most where the total stands still', () => {
    expect(moverFor([byKey('a', 10), byKey('b', 190)], [byKey('a', 100), byKey('b', 101)])).toBe('key a');
  });

  test('is a project or model where no key explains a tenth', () => {
    const many = Array.from({length: 20}, (_, key) =>
      byKey(`k${key}`, 10, {project_id: key < 15 ? 'search' : 'voice'}),
    );
    expect(moverFor(many, [spent(1, {project_id: 'voice'})])).toBe('project search');
    const items = many.map((row, at) => ({...row, project_id: `p${at}`, line_item: 'gpt-5.4, input'}));
    expect(moverFor([...items, spent(5, {line_item: 'web search'})], [])).toBe('model gpt-5.4');
  });

  test('is a project where nothing has a key', () => {
    const rows = [spent(50, {project_id: 'search'}), spent(20, {project_id: 'voice'})];
    expect(moverFor(rows, [])).toBe('project search');
  });

  test('is never the rows without a group', () => {
    expect(moverFor([spent(900), byKey('a', 100)], [])).toBe('key a');
  });

  test('is no group that holds everything, unless there is no other', () => {
    const only = [byKey('a', 50, {project_id: 'search'}), byKey('a', 20, {project_id: 'voice'})];
    expect(moverFor(only, [])).toBe('project search');
    expect(moverFor([byKey('a', 50)], [])).toBe('key a');
  });

  test('is nobody where nothing moved', () => {
    expect(headlineFor([byKey('a', 5), byKey('b', 5)], [byKey('a', 5), byKey('b', 5)])?.mover).toBeUndefined();
  });
});

describe('the sentence', () => {
  const rise = [byKey('gateway', 15_200), byKey('other', 310)];
  const usual = [byKey('gateway', 11_300)];

  test('says what changed, against when, and who did it', () => {
    expect(sentence(rise, usual)).toBe('Cost +37 % (+$4,210) against 2026-09-01 → 09-30: key gateway +$3,900');
    expect(sentence(usual, rise)).toBe('Cost -27 % (-$4,210) against 2026-09-01 → 09-30: key gateway -$3,900');
  });

  test('says the year of both dates where they differ, and a single day once', () => {
    const twoMonths = periodsFrom('2026-02-01', '2026-03-31');
    expect(sentence([spent(2)], [spent(1)], twoMonths)).toContain(' against 2025-12-01 → 2026-01-31: ');
    expect(sentence([spent(2)], [spent(1)], periodsFrom('2026-11-21', '2026-11-21'))).toContain(
      ' against 2026-11-20: ',
    );
  });

  test('says when there was nothing before, or is nothing now', () => {
    expect(sentence(rise, [])).toBe('Cost $15,510, nothing in 2026-09-01 → 09-30: key gateway +$15,200');
    expect(sentence([], rise)).toBe('Cost $0.00 (-100 %), $15,510 in 2026-09-01 → 09-30: key gateway -$15,200');
  });

  test('says the amount before where it comes to zero', () => {
    expect(sentence([byKey('a', 7)], [byKey('a', 3), byKey('a', -3)])).toMatch(/^Cost \$7\.00, \$0\.00 in 2026-09-01/);
  });

  test('says that nothing changed, also where sums differ in their last bit', () => {
    expect(sentence(usual, usual)).toBe('Cost unchanged at $11,300 against 2026-09-01 → 09-30');
    expect(sentence([spent(0.1 + 0.2)], [spent(0.3)])).toMatch(/^Cost unchanged at \$0\.30 against/);
  });

  test('tells no per cent of a credit, which would mean the opposite', () => {
    expect(sentence([byKey('a', 50)], [byKey('a', -100)])).toMatch(/^Cost \$50\.00, -\$100 in 2026-09-01/);
  });

  test('keeps the years where they are not those of the range', () => {
    const january = {
      now: {first: day('2026-01-01'), last: day('2026-01-31')},
      before: {first: day('2025-12-01'), last: day('2025-12-31')},
    };
    expect(sentence(rise, usual, january, 60)).toContain('2025-12-01 → 12-31');
    expect(sentence(rise, usual, january, 30)).toBe('Cost +37 % (+$4,210)');
  });

  test('counts tokens and requests in short', () => {
    const tokens = (key: string, count: number): Cells => ({...named(key), input_tokens: count});
    expect(sentence([tokens('a', 11_200_000), tokens('b', 1)], [tokens('a', 10_000_000)])).toBe(
      'Tokens +12 % (+1.2M) against 2026-09-01 → 09-30: key a +1.2M',
    );
    expect(sentence([{num_model_requests: 14_000}], [{num_model_requests: 1000}])).toMatch(/^Requests ×14 \(\+13k\)/);
  });

  test('is plain ASCII where the arrow is', () => {
    const name = 'n'.repeat(10_000);
    const headline = headlineFor([byKey(name, 140), byKey('b', 1)], [byKey(name, 10)]);
    const text = headline && headlineText(headline, {to: '->'});
    expect(text).toBe(`Cost x14 (+$131) against 2026-09-01 -> 09-30: key ${'n'.repeat(29)}... +$130`);
  });

  test('shows hostile names harmlessly and cut', () => {
    const text = sentence([byKey('\u001b[31m\u202eevil', 9, {}), byKey('b', 1)], []);
    expect(text).toContain('key ␛[31m⋅evil +$9.00');
    const wide = sentence([byKey('スク'.repeat(5000), 9), byKey('b', 1)], []);
    expect(wide).toContain(`key ${'スク'.repeat(7)}ス… +$9.00`);
  });

  test.each([
    [68, 'Cost +37 % (+$4,210) against 2026-09-01 → 09-30: key gateway +$3,900'],
    [67, 'Cost +37 % (+$4,210) against 09-01 → 09-30: key gateway +$3,900'],
    [60, 'Cost +37 % (+$4,210) vs 09-01 → 09-30: key gateway +$3,900'],
    [57, 'Cost +37 % (+$4,210) against 09-01 → 09-30: key gateway'],
    [54, 'Cost +37 % (+$4,210) vs 09-01 → 09-30: key gateway'],
    [49, 'Cost +37 % (+$4,210) against 09-01 → 09-30'],
    [41, 'Cost +37 % (+$4,210) vs 09-01 → 09-30'],
    [36, 'Cost +37 % (+$4,210)'],
    [19, 'Cost +37 %'],
    [9, ''],
  ])('in %d columns leaves out what matters least', (width, expected) => {
    expect(sentence(rise, usual, october, width)).toBe(expected);
  });

  test('leaves years out of a period in which there was nothing, and of one that now has more', () => {
    expect(sentence(rise, [], october, 55)).toBe('Cost $15,510, nothing in 09-01 → 09-30: key gateway');
    expect(sentence([], rise, october, 45)).toBe('Cost $0.00 (-100 %), $15,510 in 09-01 → 09-30');
    expect(sentence(usual, usual, october, 45)).toBe('Cost unchanged at $11,300 vs 09-01 → 09-30');
  });
});

test('a sentence fits any width, is one line, and is whole where there is room', () => {
  const amounts = fc.array(
    fc.record({key: fc.string({unit: 'binary', maxLength: 40}), cents: fc.integer({min: -9999, max: 1e9})}),
    {maxLength: 4},
  );
  const rowsOf = (list: readonly {key: string; cents: number}[]) => list.map(({key, cents}) => byKey(key, cents / 100));
  fc.assert(
    fc.property(amounts, amounts, fc.nat(120), (now, before, width) => {
      const headline = headlineFor(rowsOf(now), rowsOf(before));
      fc.pre(headline !== undefined);
      const text = headlineText(headline, unicode, width);
      expect(widthOf(text)).toBeLessThanOrEqual(width);
      expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      const whole = headlineText(headline, unicode);
      if (widthOf(whole) <= width) expect(text).toBe(whole);
    }),
  );
});

describe('the demo organization’s spike', () => {
  const range = {first: day('2026-09-01'), last: TODAY};
  const moverIn = async (endpoint: 'costs' | 'completions', periods: Periods) => {
    const dataset = await demoDataset([endpoint], range);
    const rows = allRows(dataset.rowCount);
    const side = (of: Periods['now']): Side => ({dataset, rows: rowsWithin(dataset, rows, of)});
    const headline = headlineOf(side(periods.now), side(periods.before), periods);
    return (
      headline && {
        metric: headline.metric.name,
        dimension: headline.mover?.dimension,
        label: headline.mover?.change.label,
      }
    );
  };
  const culprit = {dimension: 'key', label: 'catalogue-backfill'};

  test('is found in the cost of October, and of the two days', async () => {
    expect(await moverIn('costs', october)).toEqual({metric: 'cost', ...culprit});
    const spike = periodsFrom('2026-10-27', '2026-10-28');
    expect(await moverIn('costs', spike)).toEqual({metric: 'cost', ...culprit});
  });

  test('is found in the tokens and in the cost of October and of the last 30 days', async () => {
    expect(await moverIn('completions', october)).toEqual({metric: 'tokens', ...culprit});
    const last30 = periodsFrom('2026-10-24', '2026-11-22');
    expect(await moverIn('costs', last30)).toEqual({metric: 'cost', ...culprit});
    expect(await moverIn('completions', last30)).toEqual({metric: 'tokens', ...culprit});
  });
});
