import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Change, changesBy} from '../../source/view/compare.ts';
import type {Metric} from '../../source/view/metrics.ts';
import {changeInPercent} from '../../source/view/percent.ts';
import {type Cells, sideOf} from './sides.ts';

const cost: Metric = {name: 'cost', label: 'cost', kind: 'money', currency: 'usd', columns: ['amount']};
const cached: Metric = {
  name: 'cached_share',
  label: 'cached share',
  kind: 'share',
  columns: ['input_cached_tokens'],
  over: 'input_tokens',
};

const spent = (key: string | undefined, amount: number, more: Cells = {}): Cells => ({
  ...(key === undefined ? {} : {api_key_id: key}),
  amount,
  currency: 'usd',
  ...more,
});
const used = (model: string, tokens: number, fromCache: number): Cells => ({
  model,
  input_tokens: tokens,
  input_cached_tokens: fromCache,
});

const keyChanges = (now: readonly Cells[], before: readonly Cells[]) =>
  changesBy(sideOf(now), sideOf(before), 'key', cost);
const linesOf = ({changes}: {readonly changes: readonly Change[]}) =>
  changes.map(({label, value, before, change, ratio, state}) => [label, value, before, change, ratio, state]);

describe('changes by group', () => {
  test('list the biggest first, whether up or down, with new and vanished ones marked', () => {
    const changes = keyChanges(
      [spent('a', 30), spent('a', 20), spent('b', 10), spent('new', 5)],
      [spent('b', 80), spent('a', 40), spent('gone', 7)],
    );
    expect(linesOf(changes)).toEqual([
      ['b', 10, 80, -70, -0.875, 'both'],
      ['a', 50, 40, 10, 0.25, 'both'],
      ['gone', 0, 7, -7, -1, 'gone'],
      ['new', 5, 0, 5, undefined, 'new'],
    ]);
    expect(changes.total).toMatchObject({value: 65, before: 127, change: -62, ratio: -62 / 127, state: 'both'});
  });

  test('stand in the order of their names where they are equal', () => {
    expect(
      keyChanges([spent('c', 1), spent('b', 1), spent('a', 2)], [spent('a', 3)]).changes.map(({id}) => id),
    ).toEqual(['a', 'b', 'c']);
  });

  test('join a group that was renamed, and keep apart two groups of one name', () => {
    const renamed = keyChanges([spent('k1', 5, {api_key_name: 'new'})], [spent('k1', 3, {api_key_name: 'old'})]);
    expect(linesOf(renamed)).toEqual([['new', 5, 3, 2, 2 / 3, 'both']]);
    const anew = keyChanges([spent('k2', 5, {api_key_name: 'bot'})], [spent('k1', 3, {api_key_name: 'bot'})]);
    expect(linesOf(anew)).toEqual([
      ['bot', 5, 0, 5, undefined, 'new'],
      ['bot (k1)', 0, 3, -3, -1, 'gone'],
    ]);
  });

  test('gather rows without the dimension in one group without an id', () => {
    const {changes} = keyChanges([spent(undefined, 5)], [spent(undefined, 2)]);
    expect(changes).toMatchObject([{id: undefined, label: '(none)', change: 3, state: 'both'}]);
  });

  test('have the sign of the change in their ratio where credits made a side negative', () => {
    expect(linesOf(keyChanges([spent('a', 50)], [spent('a', -100)]))).toEqual([['a', 50, -100, 150, 1.5, 'both']]);
    expect(linesOf(keyChanges([spent('a', -150)], [spent('a', -100)]))).toEqual([['a', -150, -100, -50, -0.5, 'both']]);
  });

  test('have no ratio to a side whose sum is zero', () => {
    const changes = keyChanges([spent('a', 4)], [spent('a', 3), spent('a', -3)]);
    expect(linesOf(changes)).toEqual([['a', 4, 0, 4, undefined, 'both']]);
    expect(changes.total).toMatchObject({ratio: undefined, state: 'both'});
  });

  test('leave amounts of other currencies out', () => {
    const {total} = keyChanges([spent('a', 4), spent('a', 9, {currency: 'eur'})], [spent('a', 3)]);
    expect(total).toMatchObject({value: 4, before: 3, change: 1});
  });

  test('of two empty sides are none', () => {
    expect(keyChanges([], [])).toMatchObject({changes: [], total: {value: 0, before: 0, change: 0, ratio: undefined}});
  });

  test('are new or gone as a whole where one side is empty', () => {
    expect(keyChanges([spent('a', 2)], []).total).toMatchObject({change: 2, ratio: undefined, state: 'new'});
    expect(keyChanges([], [spent('a', 2)]).total).toMatchObject({change: -2, ratio: -1, state: 'gone'});
  });
});

test('shares change by the ratio of sums, and those that one side lacks come last without a change', () => {
  const {changes, total} = changesBy(
    sideOf([used('a', 100, 50), used('a', 100, 30), used('only-now', 10, 10)]),
    sideOf([used('a', 100, 20), used('only-before', 100, 0)]),
    'model',
    cached,
  );
  expect(linesOf({changes})).toEqual([
    ['a', 0.4, 0.2, 0.2, 1, 'both'],
    ['only-before', Number.NaN, 0, Number.NaN, undefined, 'gone'],
    ['only-now', 1, Number.NaN, Number.NaN, undefined, 'new'],
  ]);
  expect(total.value).toBeCloseTo(90 / 210, 12);
  expect(total.before).toBe(0.1);
});

const rows = fc.array(
  fc.record({key: fc.constantFrom('a', 'b', 'c', 'd', undefined), cents: fc.integer({min: -1000, max: 5000})}),
  {maxLength: 12},
);

test('every change is value minus value before, and all of them sum to the total’s', () => {
  fc.assert(
    fc.property(rows, rows, (now, before) => {
      const {changes, total} = keyChanges(
        now.map(({key, cents}) => spent(key, cents)),
        before.map(({key, cents}) => spent(key, cents)),
      );
      for (const {value, before: past, change, ratio} of [...changes, total]) {
        expect(change).toBe(value - past);
        if (ratio !== undefined && change !== 0) expect(Math.sign(ratio)).toBe(Math.sign(change));
      }
      expect(changes.reduce((sum, {change}) => sum + change, 0)).toBe(total.change);
      const sizes = changes.map(({change}) => Math.abs(change));
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
      expect(changes.length).toBe(new Set([...now, ...before].map(({key}) => key)).size);
    }),
  );
});

test('turned around, what rose falls by as much', () => {
  fc.assert(
    fc.property(rows, rows, (now, before) => {
      const present = now.map(({key, cents}) => spent(key, cents));
      const past = before.map(({key, cents}) => spent(key, cents));
      const byId = ({changes}: {readonly changes: readonly Change[]}) =>
        new Map(changes.map(({id, change}) => [id, change]));
      const backwards = byId(keyChanges(past, present));
      for (const [id, change] of byId(keyChanges(present, past))) expect(backwards.get(id)).toBe(0 - change);
    }),
  );
});

describe('a change in per cent', () => {
  const percent = (value: number, before: number) =>
    changeInPercent(
      {
        isNameless: false,
        id: 'a',
        label: 'a',
        value,
        before,
        change: value - before,
        ratio: before === 0 ? undefined : (value - before) / Math.abs(before),
        state: 'both',
      },
      '×',
    );

  test.each([
    [138, 100, '+38 %'],
    [62, 100, '-38 %'],
    [104.2, 100, '+4.2 %'],
    [95.8, 100, '-4.2 %'],
    [109.94, 100, '+9.9 %'],
    [109.96, 100, '+10 %'],
    [0, 100, '-100 %'],
    [1100, 100, '+1,000 %'],
    [1400, 100, '×14'],
    [150_000, 100, '×1,000+'],
    [100, 100, '0 %'],
    [100.01, 100, '0 %'],
    [-1400, 100, '-1,500 %'],
    [1400, -100, '+1,500 %'],
    [5, 0, ''],
  ])('%d after %d is %s', (value, before, expected) => {
    expect(percent(value, before)).toBe(expected);
  });
});
