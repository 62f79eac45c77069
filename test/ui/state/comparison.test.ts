import {describe, expect, test} from 'vitest';
import {ApiError} from '../../../source/api/errors.ts';
import {compared, headlineLine, startComparison} from '../../../source/ui/state/comparison.ts';
import type {ResultsState} from '../../../source/ui/state/results.ts';
import {showOutcome} from '../../../source/ui/state/show-outcome.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../../source/ui/theme.ts';
import type {Outcome} from '../../../source/usage/outcome.ts';
import {DEFAULT_COLUMNS} from '../../../source/view/column-choice.ts';
import {aGap, aQuery, NOON, TODAY} from '../../helpers/fake-connection.ts';
import {answerTo, BEFORE, NOW, theQuery} from '../two-periods.ts';

const around = {now: NOON, nextId: 7, isOffline: false};
const online = start(answerTo(theQuery));

function start(outcome: Outcome, isOffline = false): ResultsState {
  return startComparison(showOutcome(outcome, DEFAULT_COLUMNS), {...around, isOffline});
}

function earlier(part: Partial<Outcome> = {}): Outcome {
  return answerTo({...theQuery, range: BEFORE}, part);
}

const stale = (day: number) => ({...aGap('images'), missing: [], stale: [day]});

const lineOf = (results: ResultsState, width = 78) => headlineLine(results, width, unicodeGlyphs);

describe('the period before', () => {
  test('is asked for like the rows, for as many days before', () => {
    expect(online.comparison).toMatchObject({
      state: 'fetching',
      fetching: {id: 7, refresh: 'reuse', query: {...theQuery, range: BEFORE}},
    });
  });

  test('comes from the cache alone where nothing may be asked', () => {
    expect(start(answerTo(theQuery), true).comparison).toMatchObject({fetching: {refresh: 'nothing'}});
  });

  test('is none where no day is over yet', () => {
    const {comparison} = start(answerTo(aQuery({range: {first: TODAY, last: TODAY}})));
    expect(comparison).toEqual({
      state: 'none',
      why: 'Nothing to compare with: no day since 2026-11-22 is over yet.',
      mayTryAgain: false,
    });
  });
});

describe('rows that were fetched before midnight and are compared after', () => {
  const tomorrow = {...around, now: NOON + 86_400_000};
  const range = {first: TODAY - 2, last: TODAY};

  test('do without the day that was filling then', () => {
    const rows = showOutcome(answerTo(aQuery({range})), DEFAULT_COLUMNS);
    expect(startComparison(rows, tomorrow).comparison).toMatchObject({
      periods: {now: {first: TODAY - 2, last: TODAY - 1}, before: {first: TODAY - 4, last: TODAY - 3}},
    });
  });

  test('of that day alone are compared with nothing', () => {
    const rows = showOutcome(answerTo(aQuery({range: {first: TODAY, last: TODAY}})), DEFAULT_COLUMNS);
    expect(startComparison(rows, tomorrow).comparison).toMatchObject({
      why: 'Nothing to compare with: no day since 2026-11-22 was over when it was fetched.',
    });
  });

  test('of the period before, which only the cache gives, are not compared', () => {
    const half = earlier({asOf: BEFORE.last * 86_400_000});
    expect(compared(start(answerTo(theQuery), true), half).comparison).toMatchObject({
      why: 'Nothing to compare with: 2026-10-21 → 2026-10-24 was fetched before all of it was over.',
    });
  });
});

describe('the line above the table', () => {
  test('names who did it, and the key that leads on', () => {
    const text = 'Cost +300 % (+$150) against 2026-10-21 → 10-24: key backfill +$148 · x';
    expect(lineOf(compared(online, earlier()))).toBe(text);
  });

  test('fits in the width, the key included', () => {
    const ready = compared(online, earlier());
    expect(lineOf(ready, 56)).toBe('Cost +300 % (+$150) vs 10-21 → 10-24: key backfill · x');
    expect(headlineLine(ready, 28, asciiGlyphs)).toBe('Cost +300 % (+$150) - x');
  });

  test('waits for the period before', () => {
    expect(lineOf(online)).toBeUndefined();
  });
});

describe('what is not whole', () => {
  test.each([
    ['before', online, earlier({gaps: [{...aGap('images'), missing: [BEFORE.first]}]})],
    ['now', start(answerTo(theQuery, {gaps: [{...aGap('images'), missing: [NOW.last]}]})), earlier()],
    ['before, and only remembered', online, earlier({gaps: [stale(BEFORE.last)]})],
  ])('%s, is left out, and remembered to be said', (_when, results, outcome) => {
    const {comparison} = compared(results, outcome);
    expect(comparison).toMatchObject({state: 'ready', leftOut: ['images']});
  });

  test('does not pass for a change', () => {
    const outcome = earlier({gaps: [{...aGap('costs'), missing: [BEFORE.first]}]});
    expect(lineOf(compared(online, outcome))).toMatch(/^Tokens .* key backfill/);
  });

  test('leaves nothing to compare where it is everything: then it says why', () => {
    const error = new ApiError({reason: 'server', subject: 'images', what: 'it broke', next: 'Try again.'});
    const gaps = theQuery.endpoints.map(name => ({...aGap(name, error), missing: [BEFORE.first]}));
    const none = compared(online, earlier({gaps}));
    expect(none.comparison).toMatchObject({state: 'none', mayTryAgain: true});
    expect(none.comparison).toMatchObject({why: expect.stringMatching(/^Nothing to compare with: .*it broke/)});
    expect(lineOf(none)).toBeUndefined();
    // For t, once each.
    expect(none.errors).toEqual([error]);
  });

  test('in the cache, offline', () => {
    const gaps = theQuery.endpoints.map(name => ({...aGap(name), missing: [BEFORE.first]}));
    expect(compared(start(answerTo(theQuery), true), earlier({gaps})).comparison).toMatchObject({
      why: 'Nothing to compare with: no endpoint has every day of both periods in the cache.',
    });
  });

  test('since it was stopped', () => {
    expect(compared(online, earlier({isStopped: true})).comparison).toMatchObject({state: 'none', mayTryAgain: true});
  });
});
