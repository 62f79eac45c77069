import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {actOnChanges, settleChanges, startChanges} from '../../../source/ui/state/changes.ts';
import {workingOutChanges} from '../../../source/ui/state/changes-figures.ts';
import {changesPosition} from '../../../source/ui/state/changes-room.ts';
import type {ReadyComparison} from '../../../source/ui/state/comparison.ts';
import {showOutcome} from '../../../source/ui/state/show-outcome.ts';
import {unicodeGlyphs} from '../../../source/ui/theme.ts';
import {isoOf, parseDay, type Range, startOf} from '../../../source/usage/days.ts';
import {DEFAULT_COLUMNS} from '../../../source/view/column-choice.ts';
import type {Side} from '../../../source/view/compare.ts';
import type {Periods} from '../../../source/view/periods.ts';
import {allRows} from '../../../source/view/rows.ts';
import {finish} from '../../../source/view/work.ts';
import {anOutcome, NOON} from '../../helpers/fake-connection.ts';
import {type Cells, datasetOf, sum} from '../../view/datasets.ts';
import {size} from '../comparing.ts';

const rangeOf = (first: string, last: string): Range => ({first: parseDay(first) ?? 0, last: parseDay(last) ?? 0});
const february = rangeOf('2026-02-01', '2026-02-28');
const january = rangeOf('2026-01-01', '2026-01-31');
const march = rangeOf('2026-03-01', '2026-03-31');

type Spent = readonly {readonly day: number; readonly key: string; readonly amount: number}[];

function sideOf(spent: Spent, range: Range): Side {
  const rows = spent.flatMap(({day, key, amount}): Cells[] => {
    const at = range.first + day;
    const cells = {start_time: startOf(at), date: isoOf(at), api_key_id: key, currency: 'usd', amount};
    return at > range.last ? [] : [{...cells, endpoint_type: 'costs'}];
  });
  const dataset = datasetOf(rows);
  return {dataset, rows: allRows(dataset.rowCount)};
}

function comparisonOf(now: Spent, before: Spent, periods: Periods): ReadyComparison {
  const sides = {now: sideOf(now, periods.now), before: sideOf(before, periods.before)};
  return {state: 'ready', periods, ...sides, leftOut: [], headline: undefined};
}

function daysOfKey(now: Spent, before: Spent, periods: Periods) {
  const comparison = comparisonOf(now, before, periods);
  const question = {dimension: 'key', metric: undefined, group: {id: 'a'}, day: undefined};
  const asked = {comparison, filters: [], outcome: anOutcome()};
  return finish(workingOutChanges(asked, question, undefined, unicodeGlyphs))?.days;
}

const everyDay: Spent = Array.from({length: 31}, (_, day) => ({day, key: 'a', amount: 2}));

describe('days of months that differ in length', () => {
  test('that no day stands against are the last line', () => {
    const days = daysOfKey(everyDay, everyDay, {now: february, before: january});
    expect(days?.table.lines).toHaveLength(29);
    const last = days?.table.lines.at(-1);
    expect([last?.name, ...(last?.cells ?? [])]).toEqual(['01-29 → 01-31', '', '$6.00', '-$6.00']);
  });

  test('that stand against none are a change, but not where the cursor begins', () => {
    const days = daysOfKey(everyDay, everyDay, {now: march, before: february});
    expect(days?.table.lines.at(-1)?.cells).toEqual(['$2.00', '', '+$2.00']);
    expect(days?.table.start).toBe(0);
  });

  test('add up to the group', () => {
    const spent = fc.array(
      fc.record({day: fc.nat(30), key: fc.constantFrom('a', 'b'), amount: fc.integer({min: -999, max: 9999})}),
      {maxLength: 20},
    );
    const pairs = fc.constantFrom({now: february, before: january}, {now: march, before: february});
    fc.assert(
      fc.property(spent, spent, pairs, (now, before, periods) => {
        const table = daysOfKey(now, before, periods)?.table;
        fc.pre(table !== undefined);
        for (const name of ['value', 'before', 'change'] as const) {
          expect(sum(table.lines.map(({figures}) => figures[name]))).toBe(table.total.figures[name]);
        }
      }),
    );
  });
});

describe('the line of days that no day stands against', () => {
  const comparison = comparisonOf(everyDay, everyDay, {now: february, before: january});
  const group = {id: 'a', label: 'a', cursor: 28, day: undefined};
  const changes = {...startChanges, dimension: 'key', group};
  const sight = {size, glyphs: unicodeGlyphs, message: undefined};
  const shown = {...showOutcome(anOutcome(), DEFAULT_COLUMNS), comparison, changes};
  const results = settleChanges({...shown, place: 'changes'}, sight);

  test('says what it is', () => {
    expect(changesPosition(results, 28, unicodeGlyphs)).toBe('3 days before that no day stands against');
    expect(changesPosition(results, 27, unicodeGlyphs)).toBe('day 28 of 28 · against 2026-01-28');
  });

  test('has no hours, and Enter says so', () => {
    const around = {...sight, now: NOON, nextId: 1, isOffline: false, history: {search: [], filter: []}};
    const step = actOnChanges(results, 'open', around);
    expect(step).toEqual({results, message: {text: 'Hours are those of days of now.', tone: 'plain'}});
  });
});
