import {describe, expect, test} from 'vitest';
import type {State} from '../../../source/ui/state/shape.ts';
import {startOf} from '../../../source/usage/days.ts';
import {anOutcome, NOON, TODAY} from '../../helpers/fake-connection.ts';
import {type Cells, datasetOf} from '../../view/datasets.ts';
import {cursorOf, play, resultsOf, showing} from './playing.ts';

const at = (day: number) => ({date: `2026-11-${16 + day}`, start_time: startOf(TODAY - 6 + day)});

const voice = {...at(0), project_id: 'proj_b', project_name: 'Voice', model: 'tts-2', input_tokens: 50};
const search = {...at(1), project_id: 'proj_a', project_name: 'Search', model: 'gpt-5.4', input_tokens: 40};
const chat = {...at(2), project_id: 'proj_c', project_name: 'Chat', model: 'gpt-5.4', input_tokens: 30};
const rows: readonly Cells[] = [voice, search, chat];

/** More of one project, which comes first in the order of names and of tokens; a new column at the front. */
const early = {endpoint_type: 'completions', ...at(0), project_id: 'proj_d', project_name: 'Aide', model: 'gpt-5.4'};
const newer: readonly Cells[] = [{...early, input_tokens: 45}, ...rows];

const outcomeOf = (cells: readonly Cells[]) => anOutcome({dataset: datasetOf(cells)});
const table = showing(outcomeOf(rows));

/** With newer rows. */
function refetched(state: State, cells: readonly Cells[] = newer): State {
  const asked = play(state, 'refetch');
  const id = resultsOf(asked).refetching?.id ?? 0;
  return play(asked, {kind: 'fetched', id, outcome: outcomeOf(cells), now: NOON});
}

/** The project of the row under the cursor, and its column. */
function cellOf(state: State): readonly [project: string | undefined, column: string | undefined] {
  const [row = -1, column] = cursorOf(state);
  const projects = resultsOf(state).outcome.dataset.columns.find(({name}) => name === 'project_name');
  return [projects?.kind === 'text' ? projects.dictionary[projects.codes[row] ?? 0] : undefined, column];
}

const onModel = play(table, 'down', 'right', 'right', 'right');

describe('the cursor after a refetch', () => {
  test('is on the same row and column, wherever they stand now', () => {
    expect(cellOf(onModel)).toEqual(['Search', 'model']);
    expect(cellOf(refetched(onModel))).toEqual(['Search', 'model']);
    expect(cellOf(refetched(play(onModel, 'sort', 'sort')))).toEqual(['Voice', 'model']);
  });

  test('stays at its place where its row is gone', () => {
    expect(cellOf(refetched(onModel, [voice, chat]))).toEqual(['Chat', 'model']);
    expect(cellOf(refetched(play(onModel, 'last'), [voice]))).toEqual(['Voice', 'model']);
  });

  test('is as far down the screen as before', () => {
    const many = Array.from({length: 60}, (_, index) => ({...at(1), model: `m${index}`}));
    const scrolled = play(showing(outcomeOf(many)), 'pageDown', 'pageDown', 'up', 'up');
    const before = resultsOf(scrolled).table;
    const after = resultsOf(refetched(scrolled, [early, ...many])).table;
    expect([after.row, after.top]).toEqual([before.row + 1, before.top + 1]);
  });

  test('does not go on from where the search found something in the rows of before', () => {
    const typed = play(play(table, 'search'), {kind: 'prompt-typed', text: 'proj_b', secretOf: undefined, now: NOON});
    const found = play(typed, 'accept');
    expect(resultsOf(found).search?.hidden).toBeDefined();
    expect(resultsOf(refetched(found)).search).toMatchObject({text: 'proj_b', hidden: undefined});
  });
});

describe('the way back after a refetch', () => {
  test('leads from the summary to the same row', () => {
    const summary = refetched(play(onModel, 'summary'));
    expect(cellOf(play(summary, 'back'))).toEqual(['Search', 'model']);
    expect(cellOf(play(summary, 'table'))).toEqual(['Search', 'model']);
  });

  test('leads from the rows of a group to the group, wherever it stands now', () => {
    const opened = play(table, 'summary', 'down', 'open');
    const groupOf = ({summary}: ReturnType<typeof resultsOf>) => summary.figures?.labels[summary.cursor];
    const back = resultsOf(play(refetched(opened), 'back'));
    expect([groupOf(back), back.summary.cursor]).toEqual(['Search', 2]);
    expect(back.rows).toHaveLength(newer.length);
    expect(groupOf(resultsOf(play(refetched(play(table, 'summary', 'down', 'table')), 'summary')))).toBe('Search');
  });

  test('stays within the rows where there are fewer', () => {
    expect(cellOf(play(refetched(play(table, 'last', 'chart'), [voice]), 'back'))).toEqual(['Voice', 'date']);
  });
});

describe('the way back', () => {
  test('leads to the same row after another order', () => {
    const opened = play(onModel, 'summary', 'open');
    const sorted = play(opened, 'last', 'right', 'right', 'right', 'sort');
    expect(cellOf(play(sorted, 'back', 'back'))).toEqual(['Search', 'model']);
  });

  test('leads to the same column where others went', () => {
    const opened = play(onModel, 'summary', 'open');
    const hidden = play(opened, 'columns', 'toggle', 'accept');
    expect(cellOf(play(hidden, 'back', 'back'))).toEqual(['Search', 'model']);
  });
});
