import {describe, expect, test} from 'vitest';
import type {Action} from '../../../source/ui/keymap.ts';
import {tableOf} from '../../../source/ui/state/exporting.ts';
import {type ResultsState, withView} from '../../../source/ui/state/results.ts';
import type {State} from '../../../source/ui/state/shape.ts';
import {labelsOf, withCursor} from '../../../source/ui/state/summary.ts';
import {goBack} from '../../../source/ui/state/trail.ts';
import {formatCell} from '../../../source/view/format.ts';
import {datasetOf} from '../../view/datasets.ts';
import {summaryOutcome} from '../summaries.ts';
import {play, resultsOf, showing} from './playing.ts';

const rowsOf = (outcome = summaryOutcome()) => showing(outcome);

/** The results after those actions. */
function seen(...actions: readonly Action[]): ResultsState {
  return resultsOf(play(rowsOf(), ...actions));
}

const evil = '日本語␛[31m⋅␍␊=1+1';

const namesIn = (results: ResultsState) => labelsOf(results.summary);

/** With a second dimension, as the chooser sets it. */
function pivoted(state: State, across: string): State {
  const results = resultsOf(state);
  return play({...state, results: {...results, summary: {...results.summary, across}}}, 'up');
}

describe('what is added up', () => {
  test('is the cost by project at first, biggest first, with what belongs to no project', () => {
    const {figures} = seen('summary').summary;
    expect(figures?.groups.map(({label, value}) => [label, value])).toEqual([
      ['Search', 1234.75],
      ['Chat', 300.0043],
      ['日本語\x1b[31m\u202e\r\n=1+1', 100.2457],
      ['(none)', -35],
    ]);
    expect(figures?.total.value).toBeCloseTo(1600, 9);
  });

  test('names the groups harmlessly, and what the others lack', () => {
    expect(namesIn(seen('summary'))).toEqual(['Search', 'Chat', evil, '(none): no project']);
  });

  test('is sorted smallest first, by name, and back', () => {
    expect(namesIn(seen('summary', 'sort'))[0]).toBe('(none): no project');
    expect(namesIn(seen('summary', 'sort', 'sort'))).toEqual(['(none): no project', 'Chat', 'Search', evil]);
    expect(namesIn(seen('summary', 'sort', 'sort', 'sort'))).toEqual(namesIn(seen('summary')));
  });

  test('has days one after another, until they are sorted otherwise', () => {
    const days = (...actions: readonly Action[]) => {
      const state = play(rowsOf(), 'summary');
      const results = resultsOf(state);
      const byDay = {...state, results: {...results, lens: {...results.lens, dimension: 'day'}}};
      return namesIn(resultsOf(play(byDay, 'up', ...actions)));
    };
    expect(days()).toEqual([...days()].sort());
    expect(days('sort')[0]).toBe('2026-11-16');
    expect(days('sort', 'sort')[0]).toBe('2026-11-20');
    expect(days('sort', 'sort', 'sort')).toEqual(days());
  });

  test('goes through the dimensions in both directions, round and round', () => {
    const names = (...actions: readonly Action[]) => seen('summary', ...actions).summary.figures?.dimension.name;
    expect([names(), names('right'), names('right', 'left')]).toEqual(['project', 'model', 'project']);
    expect(names('left')).toBe(names('right', 'right', 'right', 'right', 'right'));
  });

  test('is what the filters leave, and the cursor stays on its group', () => {
    const state = play(rowsOf(), 'summary', 'down');
    const filters = [{kind: 'text', text: 'chat'}] as const;
    const looked = (at: State, look: Parameters<typeof withView>[1]) =>
      settledAgain({...at, results: withView(resultsOf(at), look)});
    const filtered = looked(state, {filters});
    expect([namesIn(resultsOf(filtered)), resultsOf(filtered).summary.cursor]).toEqual([['Chat'], 0]);
    expect(resultsOf(looked(filtered, {filters: []})).summary.cursor).toBe(1);
  });

  test('is computed again only when the question is another one', () => {
    const before = play(rowsOf(), 'summary');
    const figures = resultsOf(before).summary.figures;
    expect(resultsOf(play(before, 'down', 'help', 'back', 'table', 'summary')).summary.figures).toBe(figures);
    expect(resultsOf(play(before, 'right')).summary.figures).not.toBe(figures);
  });

  test('is nothing where no row has a metric or a dimension', () => {
    const without = rowsOf(summaryOutcome({dataset: datasetOf([{date: '2026-11-16'}])}));
    const state = play(without, 'summary', 'down', 'right', 'open', 'copy');
    expect(resultsOf(state).summary.figures).toBeUndefined();
    expect(state.message?.text).toBe('There is no figure to copy.');
    expect(play(state, 'export').message?.text).toBe('There is no summary that could be written.');
  });
});

describe('the cursor', () => {
  test.each<[string, readonly Action[], number]>([
    ['goes down and up', ['down', 'down', 'up'], 1],
    ['stops at both ends', ['up', 'last', 'down'], 3],
    ['goes to the top', ['last', 'first'], 0],
    ['goes by pages', ['pageDown'], 3],
    ['begins anew in another dimension', ['down', 'right'], 0],
    ['begins anew in another order', ['down', 'sort'], 0],
  ])('%s', (_name, actions, cursor) => {
    expect(seen('summary', ...actions).summary.cursor).toBe(cursor);
  });

  test('stays in sight on the smallest screen', () => {
    const small = play(rowsOf(), 'summary', {kind: 'resized', size: {columns: 40, rows: 10}}, 'last');
    expect(resultsOf(small).summary).toMatchObject({cursor: 3, top: 0});
    const asked = play(small, 'export');
    expect(resultsOf(asked).summary).toMatchObject({cursor: 3, top: 1});
  });

  test('is put on a match, and never beyond the groups', () => {
    const results = seen('summary');
    expect(withCursor(results, 2).summary.cursor).toBe(2);
    expect(withCursor(results, 99).summary.cursor).toBe(3);
  });
});

describe('Enter', () => {
  test('shows the rows of the group at the first of its figures, and going back leads to where one was', () => {
    const summary = seen('down', 'right', 'summary', 'down');
    const state = play(rowsOf(), 'down', 'right', 'summary', 'down', 'open');
    const opened = resultsOf(state);
    expect(opened).toMatchObject({place: 'table', table: {row: 0, top: 0}});
    expect(opened.shown.columns[opened.table.column]?.name).toBe('amount');
    expect([...opened.rows]).toEqual([3, 4, 9]);
    const back = resultsOf(wentBack(state));
    expect(back).toMatchObject({place: 'summary', filters: [], table: summary.table, trail: summary.trail});
    expect(back.rows).toEqual(summary.rows);
    expect([back.summary.cursor, back.summary.top, namesIn(back)]).toEqual([1, 0, namesIn(summary)]);
  });

  test('finds the rows that belong to no group', () => {
    expect([...seen('summary', 'last', 'open').rows]).toEqual([7]);
  });

  test('and Tab sum the group up alone, and going back twice leads to it among the others', () => {
    const inside = play(rowsOf(), 'summary', 'down', 'open', 'summary');
    expect(namesIn(resultsOf(inside))).toEqual(['Chat']);
    const back = resultsOf(wentBack(wentBack(inside)));
    expect(back).toMatchObject({place: 'summary', filters: [], summary: {cursor: 1}});
  });

  test('leads back to the group by its own dimension, whatever was looked at in between', () => {
    const inside = play(rowsOf(), 'summary', 'down', 'open', 'summary', 'right', 'last');
    const {summary} = resultsOf(wentBack(wentBack(inside)));
    expect([summary.figures?.dimension.name, summary.figures?.labels[summary.cursor]]).toEqual(['project', 'Chat']);
  });
});

/** Where Esc leads when there is nothing to undo. */
function wentBack(state: State): State {
  return settledAgain({...state, results: goBack(resultsOf(state))});
}

/** As the reducer leaves it after an event that says nothing. */
function settledAgain(state: State): State {
  return play(state, {kind: 'resized', size: state.size});
}

describe('Tab', () => {
  test('and Tab lead back to the same cell', () => {
    const table = seen('down', 'down', 'right');
    const back = seen('down', 'down', 'right', 'summary', 'down', 'right', 'left', 'table');
    expect(back).toMatchObject({place: 'table', table: table.table, trail: []});
  });

  test('leaves the filters of a group alone, and Esc then leads where it would have led', () => {
    const opened = seen('summary', 'down', 'open', 'down');
    const back = seen('summary', 'down', 'open', 'down', 'summary', 'table');
    expect(back).toMatchObject({place: 'table', filters: opened.filters, table: opened.table});
    expect(goBack(back)).toMatchObject({place: 'summary', filters: []});
  });
});

describe('the choosers', () => {
  test('m lists the metrics and begins at the current one', () => {
    const {chooser} = resultsOf(play(withMetric('input_tokens'), 'metric'));
    expect(chooser).toMatchObject({kind: 'choice', of: 'metric', cursor: 2});
    expect(chooser?.kind === 'choice' && chooser.items.map(({label}) => label)).toEqual([
      'cost',
      'tokens',
      'tokens in',
      'tokens out',
    ]);
  });

  test('o lists the other dimensions and none', () => {
    const {chooser} = seen('summary', 'pivot');
    expect(chooser).toMatchObject({kind: 'choice', of: 'pivot', cursor: 0});
    expect(chooser?.kind === 'choice' && chooser.items.map(({name}) => name)).toEqual([
      undefined,
      'model',
      'endpoint',
      'line_item',
      'day',
      'currency',
    ]);
  });
});

function withMetric(metric: string): State {
  const state = play(rowsOf(), 'summary');
  const results = resultsOf(state);
  return play({...state, results: {...results, lens: {...results.lens, metric}}}, 'up');
}

describe('a pivot', () => {
  test('has the same groups in both margins, in the order shown', () => {
    const {figures} = resultsOf(play(pivoted(play(rowsOf(), 'summary'), 'model'), 'sort')).summary;
    const {pivot} = figures ?? {};
    expect(pivot?.down.map(({value}) => value)).toEqual([-35, 100.2457, 300.0043, 1234.75]);
    expect(pivot?.across.map(({label}) => label)).toEqual(['gpt-5.4', 'gpt-5.4-mini', '(none)']);
    expect([3, 2, 1, 0].map(down => pivot?.cell(down, 0))).toEqual([1200.75, 300, 80, Number.NaN]);
  });

  test('is left while its second dimension stands down, and comes back after that', () => {
    const state = pivoted(play(rowsOf(), 'summary'), 'model');
    expect(resultsOf(play(state, 'right')).summary.figures?.pivot).toBeUndefined();
    expect(resultsOf(play(state, 'right', 'left')).summary.figures?.across?.name).toBe('model');
  });
});

describe('copying', () => {
  test('takes the figure as a number', () => {
    const state = play(rowsOf(), 'summary', 'copy');
    expect(state.copied?.text).toBe('1234.75');
    expect(state.message?.text).toContain('Copied 1234.75, the cost of Search.');
  });

  test('takes the line by tabs: name, figure, share, rows', () => {
    expect(play(rowsOf(), 'summary', 'down', 'down', 'copyRow').copied?.text.split('\t')).toEqual([
      '日本語 [31m  =1+1',
      '100.2457',
      expect.stringMatching(/^0\.0626/),
      '2',
    ]);
  });

  test('takes the cells of a pivot and their total', () => {
    const state = play(pivoted(play(rowsOf(), 'summary'), 'model'), 'down', 'copyRow');
    expect(state.copied?.text).toBe('Chat\t300\t0.0043\t\t300.0043');
  });
});

describe('the export', () => {
  const textOf = (results: ResultsState) => {
    const {dataset} = tableOf(results, 'summary');
    return Array.from({length: dataset.rowCount}, (_, row) => dataset.columns.map(column => formatCell(column, row)));
  };

  test('has the groups in the order shown', () => {
    const {dataset} = tableOf(seen('summary', 'sort'), 'summary');
    expect(dataset.columns.map(({name}) => name)).toEqual([
      'project',
      'project_id',
      'rows',
      'cost',
      'currency',
      'share',
      'unaccounted_rows',
      'unaccounted',
    ]);
    expect(textOf(seen('summary', 'sort')).map(([name]) => name)).toEqual(['(none)', evil, 'Chat', 'Search']);
  });

  test('of a pivot has all its columns', () => {
    const {dataset} = tableOf(resultsOf(pivoted(play(rowsOf(), 'summary'), 'model')), 'summary');
    expect(dataset.columns.map(({name}) => name)).toEqual([
      'project',
      'project_id',
      'gpt-5.4',
      'gpt-5.4-mini',
      '(none)',
      'total',
      'currency',
      'unaccounted',
    ]);
  });

  test('of rows is none of its business', () => {
    const results = seen('summary', 'down', 'open');
    expect(tableOf(results, 'rows')).toEqual({dataset: results.outcome.dataset});
    expect(tableOf(results, 'filtered')).toEqual({dataset: results.outcome.dataset, rows: results.rows});
  });
});
