import {describe, expect, test} from 'vitest';
import type {Action} from '../../../source/ui/keymap.ts';
import {withChangesMetric} from '../../../source/ui/state/changes.ts';
import {changesPosition} from '../../../source/ui/state/changes-room.ts';
import {levelTable} from '../../../source/ui/state/changes-shape.ts';
import type {State} from '../../../source/ui/state/shape.ts';
import {unicodeGlyphs} from '../../../source/ui/theme.ts';
import type {Column} from '../../../source/usage/block.ts';
import type {Dataset} from '../../../source/usage/dataset.ts';
import {aGap, NOON} from '../../helpers/fake-connection.ts';
import {
  answered,
  askedIn,
  compared,
  config,
  currentOf,
  days,
  filtered,
  groups,
  hours,
  linesOf,
  notes,
  play,
  playWith,
  resultsOf,
  rowsOf,
  textsOf,
} from '../comparing.ts';
import {answerTo, BEFORE, theQuery} from '../two-periods.ts';

/** What the third key used is the first one's. */
function withoutKey3({rowCount, columns}: Dataset): Dataset {
  const renamed = (column: Column): Column =>
    column.name === 'api_key_id' && column.kind !== 'number'
      ? {...column, dictionary: column.dictionary.map(id => (id === 'key_3' ? 'key_1' : id))}
      : column;
  return {rowCount, columns: columns.map(renamed)};
}

const copiedOf = (state: State, action: Action) => play(state, action).copied?.text;

describe('groups', () => {
  test('are those of the headline, the biggest change first, new and gone ones marked', () => {
    expect(textsOf(groups)).toEqual([
      'backfill $156.00 $8.00 +$148.00 ×20',
      'fresh $4.00 $0.00 +$4.00 new',
      'evil␛[31m␍␊日本語 $0.00 $2.00 -$2.00 gone',
      'gateway $40.00 $40.00 $0.00 0 %',
    ]);
    expect(levelTable(resultsOf(groups).changes)?.total.cells).toEqual(['$200.00', '$50.00', '+$150.00', '+300 %']);
  });

  test('tell how much of the change they explain', () => {
    expect(changesPosition(resultsOf(groups), 0, unicodeGlyphs)).toBe('group 1 of 4 · 99 % of the change');
    expect(changesPosition(resultsOf(groups), 2, unicodeGlyphs)).toBe('group 3 of 4');
  });

  test('are those of the summary when one comes from there', () => {
    const from = play(compared, 'summary', 'right', 'changes');
    expect(textsOf(from)).toEqual(['gpt-5.4 $200.00 $50.00 +$150.00 +300 %']);
  });

  test('turn through the dimensions of both periods, round and round, without days', () => {
    const names = [0, 1, 2, 3, 4, 5].map(turns => {
      const turned = play(groups, ...Array.from({length: turns}, () => 'right' as const));
      return resultsOf(turned).changes.figures?.groups.dimension.name;
    });
    expect(names).toEqual(['key', 'project', 'model', 'endpoint', 'line_item', 'currency']);
    expect(play(groups, 'right', 'left').results?.changes.figures?.groups.dimension.name).toBe('key');
  });

  test('take another metric', () => {
    expect(play(groups, 'metric').results?.chooser).toMatchObject({of: 'metric', cursor: 0});
    const tokens = play(groups, state => ({...state, results: withChangesMetric(resultsOf(state), 'tokens')}), 'up');
    expect(textsOf(tokens)[0]).toBe('backfill 218,400 11,200 +207,200 ×20');
  });

  test('of a share change by points, which are not added up', () => {
    const query = {...theQuery, endpoints: ['completions'] as const};
    const cached = play(rowsOf(config, query), answered(), 'changes');
    const share = play(
      cached,
      state => ({...state, results: withChangesMetric(resultsOf(state), 'cached_share')}),
      'up',
    );
    expect(textsOf(share)[0]).toBe('backfill 2.6 % 50 % -47.4 ');
    expect(levelTable(resultsOf(share).changes)?.columns.map(({heading}) => heading)).toEqual([
      'now',
      'before',
      'points',
      '%',
    ]);
    expect(changesPosition(resultsOf(share), 0, unicodeGlyphs)).toBe('group 1 of 4');
  });

  test('are filtered on both sides, and say so', () => {
    const filter = {kind: 'group', dimension: 'key', id: 'key_3', label: 'fresh'} as const;
    const fresh = play(compared, filtered(filter), 'changes');
    expect(textsOf(fresh)).toEqual(['fresh $4.00 $0.00 +$4.00 new']);
    expect(notes(fresh)).toEqual(['filter: key = fresh']);
  });

  test('are not filtered by a date, which only one of the periods has', () => {
    const oneDay = play(compared, filtered({kind: 'is', column: 'date', value: '2026-10-27'}), 'changes');
    expect(textsOf(oneDay)).toEqual(textsOf(groups));
    expect(notes(oneDay)).toEqual(['not filtered by what only one period has: date = 2026-10-27']);
  });

  test.each(['2026-10-27', '10-27', '2026-10'])('are not filtered by the text %s either', text => {
    const dated = play(compared, filtered({kind: 'text', text}), 'changes');
    expect(textsOf(dated)).toEqual(textsOf(groups));
    expect(notes(dated)).toEqual([`not filtered by what only one period has: "${text}"`]);
  });

  test('are filtered by a text that is more than a date', () => {
    const model = play(compared, filtered({kind: 'text', text: 'gpt-5'}), 'changes');
    expect(notes(model)).toEqual(['filter: "gpt-5"']);
  });

  test('say which endpoints are not among them', () => {
    const gap = {...aGap('images'), missing: [BEFORE.first]};
    const partial = play(rowsOf(), answered({gaps: [gap]}), 'changes');
    expect(notes(partial)).toEqual(['Not compared, since days are missing: images']);
  });

  test('on the smallest screen have the line that a long message leaves, and notes have none', () => {
    const small = play(
      compared,
      {kind: 'resized', size: {columns: 40, rows: 10}},
      filtered({kind: 'text', text: 'gpt'}),
    );
    const quiet = play(small, 'changes');
    expect(notes(quiet)).toEqual(['filter: "gpt"']);
    expect(notes(play(quiet, {kind: 'noticed', sentence: 'The cache is full. '.repeat(8)}))).toEqual([]);
  });
});

describe('days', () => {
  test('stand against the days at the same place before, the cursor on the greatest change', () => {
    expect(textsOf(days)).toEqual([
      '2026-10-25 $2.00 $2.00 $0.00',
      '2026-10-26 $2.00 $2.00 $0.00',
      '2026-10-27 $150.00 $2.00 +$148.00',
      '2026-10-28 $2.00 $2.00 $0.00',
    ]);
    expect(currentOf(days)).toBe('2026-10-27');
    expect(changesPosition(resultsOf(days), 2, unicodeGlyphs)).toBe('day 3 of 4 · against 2026-10-23');
  });

  test('are left towards the same group', () => {
    const back = play(groups, 'down', 'down', 'open', 'down', 'back');
    expect(currentOf(back)).toBe('evil␛[31m␍␊日本語');
  });

  test('stay by group when the metric changes', () => {
    const tokens = play(days, state => ({...state, results: withChangesMetric(resultsOf(state), 'tokens')}), 'first');
    expect(textsOf(tokens)[2]).toBe('2026-10-27 210,000 2,800 +207,200');
  });
});

describe('a group that is no longer there', () => {
  const withMetric = (metric: string) => (state: State) => ({
    ...state,
    results: withChangesMetric(resultsOf(state), metric),
  });
  const fresh = play(groups, 'down', 'open', 'last');

  test('for want of the metric leads back to it in the list, and says why', () => {
    const costs = {...theQuery, endpoints: ['completions', 'costs'] as const};
    const open = play(rowsOf(config, costs), answered(), 'changes', 'right', 'right', 'right', 'open', 'last');
    expect(resultsOf(open).changes.figures?.days?.group.label).toBe('costs');
    const back = play(open, withMetric('tokens'), {kind: 'resized', size: {columns: 80, rows: 24}});
    expect(notes(back)).toEqual(['No tokens of costs: back to the list.']);
    expect(textsOf(back)).toHaveLength(1);
    expect(notes(play(back, 'down'))).toEqual([]);
  });

  test('in newer rows leads back to the line that it was on, and says why', () => {
    const again = play(fresh, 'refetch');
    const id = again.results?.refetching?.id ?? 0;
    const outcome = {...answerTo(theQuery), dataset: withoutKey3(answerTo(theQuery).dataset)};
    const back = play(again, {kind: 'fetched', id, outcome, now: NOON}, answered());
    expect(notes(back)).toEqual(['No cost of fresh: back to the list.']);
    expect(currentOf(back)).toBe(linesOf(back)[1]?.name);
  });
});

describe('the way through', () => {
  test('Esc goes from hours to days, to groups, and to the table with its filters', () => {
    const filter = {kind: 'text', text: 'backfill'} as const;
    const deep = play(compared, filtered(filter), 'changes', 'open', 'open', answered(), 'back', 'back', 'back');
    expect(deep.results).toMatchObject({place: 'table', filters: [filter]});
  });

  test('the period before that is still on its way fills the screen when it comes', () => {
    const early = play(rowsOf(), 'changes');
    expect(linesOf(early)).toEqual([]);
    expect(textsOf(play(early, answered()))).toEqual(textsOf(groups));
  });

  test('where nobody fetched it, x does', () => {
    const quiet = {...config, preset: {...config.preset, isComparing: false}};
    const rows = rowsOf(quiet);
    expect(rows.results?.comparison).toBeUndefined();
    const asked = playWith(quiet, rows, 'changes');
    expect(askedIn(asked)?.query.range).toEqual(BEFORE);
    expect(textsOf(play(asked, answered()))).toEqual(textsOf(groups));
  });

  test('Enter asks again for a period before that failed', () => {
    const failed = play(rowsOf(), answered({isStopped: true}), 'changes');
    expect(askedIn(failed)).toBeUndefined();
    expect(askedIn(play(failed, 'open'))?.query.range).toEqual(BEFORE);
  });

  test('newer rows are compared anew', () => {
    const refetching = play(compared, 'refetch');
    const id = refetching.results?.refetching?.id ?? 0;
    const fresh = play(refetching, {kind: 'fetched', id, outcome: answerTo(theQuery), now: NOON});
    expect(askedIn(fresh)?.query.range).toEqual(BEFORE);
  });

  test('a key that changes nothing makes nothing anew', () => {
    const still = play(groups, 'first');
    expect(resultsOf(still).changes.figures).toBe(resultsOf(groups).changes.figures);
  });
});

describe('copying', () => {
  test('y takes how much a group changed, what a day and an hour used', () => {
    expect([groups, days, hours].map(state => copiedOf(state, 'copy'))).toEqual(['148', '150', '97500']);
  });

  test('Y takes the line by tabs', () => {
    expect(copiedOf(groups, 'copyRow')).toBe('backfill\t156\t8\t148');
    expect(copiedOf(hours, 'copyRow')).toBe('13:00\t97500');
  });

  test('an hour without use has no figure', () => {
    expect(play(hours, 'first', 'copy').copied?.text).toBe('37500');
    expect(play(hours, 'first', 'down', 'copy').message?.text).toBe('There is no figure to copy.');
  });
});

test('the cursor stays among the lines', () => {
  expect(currentOf(play(groups, 'up', 'pageUp'))).toBe('backfill');
  expect(currentOf(play(groups, 'last', 'down', 'pageDown'))).toBe('gateway');
});
