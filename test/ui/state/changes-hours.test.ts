import {describe, expect, test} from 'vitest';
import {ApiError} from '../../../source/api/errors.ts';
import {aGap, NOON} from '../../helpers/fake-connection.ts';
import {
  answered,
  askedIn,
  compared,
  currentOf,
  days,
  filtered,
  groups,
  hours,
  linesOf,
  notes,
  play,
  playOffline,
  resultsOf,
  rowsOf,
  textsOf,
} from '../comparing.ts';
import {answerTo, SPIKE, theQuery} from '../two-periods.ts';

const failure = new ApiError({reason: 'server', subject: 'completions', what: 'it broke', next: 'Try again.'});

describe('the hours of a day', () => {
  test('are asked of the endpoints that had the group on that day, but not of costs', () => {
    expect(askedIn(play(days, 'open'))?.query).toEqual({
      ...theQuery,
      endpoints: ['completions'],
      range: {first: SPIKE, last: SPIKE},
      width: '1h',
    });
  });

  test('show tokens instead of money, and say so', () => {
    expect(linesOf(hours)).toHaveLength(24);
    expect(textsOf(hours)[9]).toBe('09:00 37,500');
    expect(currentOf(hours)).toBe('13:00');
    expect(notes(hours)).toEqual(['Costs have no hours: tokens instead.']);
  });

  test('are not asked for where the rows are hourly', () => {
    const hourly = play(rowsOf(undefined, {...theQuery, width: '1h'}), answered(), 'changes', 'open', 'open');
    expect(askedIn(hourly)).toBeUndefined();
    expect(textsOf(hourly)[13]).toBe('13:00 97,500');
  });

  test('of a line item are those of its model', () => {
    const item = play(groups, 'right', 'right', 'right', 'right', 'open', 'open');
    expect(askedIn(item)?.query.endpoints).toEqual(['completions']);
    expect(textsOf(play(item, answered()))[13]).toBe('13:00 100,100');
  });

  test('of what only costs know are none, and say why', () => {
    const currency = play(groups, 'left', 'open', 'open');
    expect(askedIn(currency)).toBeUndefined();
    expect(resultsOf(currency).changes.figures?.hours?.why).toMatch(/^Costs have no hours/);
  });

  test('of a day without the group are none', () => {
    const gone = play(groups, 'down', 'down', 'open', 'open');
    expect(resultsOf(gone).changes.figures?.hours?.why).toBe('There was nothing of evil␛[31m␍␊日本語 on 2026-10-25.');
  });

  test('that failed say so, and Enter tries again', () => {
    const failed = play(days, 'open', answered({gaps: [aGap('completions', failure)]}));
    expect(resultsOf(failed).changes.figures?.hours?.why).toContain('it broke');
    const [heading] = play(failed, 'errors').overlay?.lines ?? [];
    expect(heading?.text).toContain('it broke');
    expect(textsOf(play(failed, 'open', answered()))[9]).toBe('09:00 37,500');
  });

  test('that the cache does not hold are missing offline', () => {
    const open = playOffline(days, 'open');
    expect(resultsOf(open).changes.fetching?.refresh).toBe('nothing');
    const none = play(open, answered({gaps: [aGap('completions')]}));
    expect(resultsOf(none).changes.figures?.hours?.why).toBe('Offline: the cache holds no hours of 2026-10-27.');
  });

  test('leave out filters that they cannot know', () => {
    const filter = {kind: 'above', column: 'amount', than: 1.5, isOrEqual: false} as const;
    const above = play(compared, filtered(filter), 'changes', 'open', 'open');
    expect(textsOf(play(above, answered()))[9]).toBe('09:00 37,500');
    expect(notes(above)).toEqual(['not filtered by what hours lack: amount > 1.50']);
  });

  test('leave out a text that is a date, of whichever day they are', () => {
    const dated = play(compared, filtered({kind: 'text', text: '10-25'}), 'changes', 'open', 'open');
    expect(textsOf(play(dated, answered()))[9]).toBe('09:00 37,500');
    expect(notes(dated)).toEqual(['not filtered by what hours lack: "10-25"']);
  });

  test('of rows that were fetched again are left: they were those of the older rows', () => {
    const again = play(hours, 'refetch');
    const id = again.results?.refetching?.id ?? 0;
    const fresh = play(again, {kind: 'fetched', id, outcome: answerTo(theQuery), now: NOON}, answered());
    expect(resultsOf(fresh).changes.group).toMatchObject({label: 'backfill', day: undefined});
    expect(currentOf(fresh)).toBe('2026-10-27');
  });

  test('that come after Esc are dropped', () => {
    const asked = play(days, 'open');
    const left = play(asked, 'back');
    expect(askedIn(left)).toBeUndefined();
    const late = play(left, {kind: 'fetched', id: askedIn(asked)?.id ?? 0, outcome: answerTo(theQuery), now: NOON});
    expect(late).toBe(left);
  });
});
