import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {filtersLine} from '../../../source/ui/state/filters-line.ts';
import type {State} from '../../../source/ui/state/shape.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../../source/ui/theme.ts';
import {filterLabel} from '../../../source/view/filter.ts';
import {widthOf} from '../../../source/view/width.ts';
import {anOutcome, NOON} from '../../helpers/fake-connection.ts';
import {type Cells, datasetOf, someRows} from '../../view/datasets.ts';
import {cursorOf, play, resultsOf, showing, typing} from './playing.ts';

const cells: readonly Cells[] = [
  {date: '2026-11-16', project_id: 'proj_a', project_name: 'Search', model: 'gpt-5.4', input_tokens: 1204},
  {date: '2026-11-17', project_id: 'proj_b', project_name: 'Voice', model: 'tts-2', input_tokens: 7},
  {date: '2026-11-18', project_id: 'proj_c', project_name: 'Search', model: 'tts-2', input_tokens: 12},
  {date: '2026-11-19', project_id: 'proj_a', project_name: 'Search', model: 'gpt-5.4', input_tokens: 5},
];

const table = showing(anOutcome({dataset: datasetOf(cells)}));

/** The rows of a refetch that is under way. */
function arrived(state: State, rows: readonly Cells[]): State {
  const id = resultsOf(state).refetching?.id ?? 0;
  return play(state, {kind: 'fetched', id, outcome: anOutcome({dataset: datasetOf(rows)}), now: NOON});
}

const filter = (state: State, text: string) => play(typing(play(state, 'filter'), text), 'accept');
const rowsOf = (state: State) => [...resultsOf(state).rows];
const labelsOf = (state: State) => resultsOf(state).filters.map(filterLabel);

describe('while typing', () => {
  test('the view is what the filter would leave, and the rows of before again when it is deleted', () => {
    const typed = typing(play(table, 'filter'), 'tts');
    expect([rowsOf(typed), labelsOf(typed)]).toEqual([[1, 2], []]);
    expect(rowsOf(play(typed, {kind: 'prompt-typed', text: '', secretOf: undefined, now: NOON}))).toEqual([0, 1, 2, 3]);
  });

  test('the cursor stays on its row where that is left, and returns to it where it was not', () => {
    const typed = typing(play(table, 'down', 'down', 'filter'), 'tts');
    expect(cursorOf(typed)[0]).toBe(2);
    const away = play(typed, {kind: 'prompt-typed', text: 'gpt', secretOf: undefined, now: NOON});
    expect(cursorOf(away)[0]).toBe(0);
    expect(cursorOf(play(away, 'leave'))[0]).toBe(2);
  });

  test('what cannot be is a problem, and filters nothing', () => {
    const typed = typing(play(table, 'right', 'right', 'right', 'filter'), '< abc');
    expect(resultsOf(typed).prompt).toMatchObject({problem: expect.stringContaining('"abc" is not a number')});
    expect(rowsOf(typed)).toHaveLength(4);
    expect(labelsOf(play(typed, 'accept'))).toEqual([]);
  });

  test('the filters are those of before after Esc', () => {
    const one = filter(table, 'gpt');
    const left = play(typing(play(one, 'filter'), 'voice'), 'leave');
    expect([rowsOf(left), labelsOf(left)]).toEqual([[0, 3], ['"gpt"']]);
  });

  test('rows that a refetch brings are filtered at once, by the filters and by what is typed', () => {
    const filtered = play(filter(table, 'search'), 'refetch', 'filter');
    const typed = arrived(typing(filtered, 'gpt'), [
      {date: '2026-11-16', project_name: 'Voice', model: 'gpt-5.4'},
      {date: '2026-11-17', project_name: 'Search', model: 'gpt-5.4'},
      {date: '2026-11-18', project_name: 'Search', model: 'tts-2'},
    ]);
    expect(rowsOf(typed)).toEqual([1]);
    expect([rowsOf(play(typed, 'accept')), rowsOf(play(typed, 'leave'))]).toEqual([[1], [1, 2]]);
  });

  test('an operator means the column and the cell as a refetch brings them', () => {
    const onTokens = play(table, 'down', 'right', 'right', 'right', 'refetch', 'filter');
    const typed = arrived(typing(onTokens, '='), [
      {endpoint_type: 'completions', date: '2026-11-16', project_id: 'proj_d', project_name: 'New', input_tokens: 7},
      {date: '2026-11-17', project_id: 'proj_b', project_name: 'Voice', model: 'tts-2', input_tokens: 9},
    ]);
    expect(rowsOf(typed)).toEqual([1]);
    expect(labelsOf(play(typed, 'accept'))).toEqual(['input_tokens = 9']);
  });

  test('the cursor returns to its row after Esc, though a refetch moved it', () => {
    const typed = typing(play(table, 'down', 'refetch', 'filter'), 'gpt');
    const [first, ...others] = cells;
    const moved = arrived(typed, [{date: '2026-11-15', model: 'gpt-5.4'}, ...(first ? [first] : []), ...others]);
    expect(cursorOf(play(moved, 'leave'))[0]).toBe(2);
  });
});

describe('Enter', () => {
  test('adds what was typed, so that both hold', () => {
    const both = filter(filter(table, 'search'), 'gpt');
    expect([rowsOf(both), labelsOf(both)]).toEqual([
      [0, 3],
      ['"search"', '"gpt"'],
    ]);
    expect(both.history.filter).toEqual(['search', 'gpt']);
  });

  test('on = means what the cell shows, on ! everything else', () => {
    const onModel = play(table, 'right', 'right');
    expect(labelsOf(filter(onModel, '='))).toEqual(['model = gpt-5.4']);
    expect(rowsOf(filter(onModel, '!'))).toEqual([1, 2]);
  });

  test('compares numbers with the column under the cursor', () => {
    expect(rowsOf(filter(play(table, 'right', 'right', 'right'), '> 10'))).toEqual([0, 2]);
  });

  test('without a text changes nothing', () => {
    const left = play(table, 'filter', 'accept');
    expect([labelsOf(left), resultsOf(left).prompt]).toEqual([[], undefined]);
  });

  test('on half a comparison says what is missing', () => {
    expect(resultsOf(filter(play(table, 'right', 'right', 'right'), '<')).prompt).toMatchObject({
      problem: 'Type a value after it, like < 1,000.',
    });
  });
});

describe('undoing', () => {
  const two = filter(filter(table, 'search'), 'gpt');

  test('Backspace takes the last, Esc all, the search too', () => {
    expect(labelsOf(play(two, 'undoFilter'))).toEqual(['"search"']);
    const searched = play(typing(play(two, 'search'), '5.4'), 'accept');
    const undone = resultsOf(play(searched, 'back'));
    expect([undone.filters, undone.search]).toEqual([[], undefined]);
  });

  test('Esc keeps the group whose rows one opened, goes back with the next, and undoes what was before with the last', () => {
    const opened = play(filter(table, 'gpt'), 'summary', 'open');
    const group = labelsOf(opened);
    expect(group).toHaveLength(2);
    const narrowed = filter(opened, '2026-11-16');
    const undone = play(narrowed, 'back');
    expect(labelsOf(undone)).toEqual(group);
    const back = play(undone, 'back');
    expect([resultsOf(back).place, labelsOf(back)]).toEqual(['summary', ['"gpt"']]);
    const first = play(back, 'back');
    expect([resultsOf(first).place, labelsOf(first)]).toEqual(['table', ['"gpt"']]);
    expect(labelsOf(play(first, 'back'))).toEqual([]);
  });
});

describe('on the summary', () => {
  const summary = play(table, 'summary');

  test('= means the group under the cursor, by its id', () => {
    const {summary: shown} = resultsOf(summary);
    const group = shown.figures?.groups[shown.cursor];
    const filtered = filter(summary, '=');
    expect(resultsOf(filtered).filters).toEqual([
      {kind: 'group', dimension: 'project', id: group?.id, label: group?.label},
    ]);
    expect(resultsOf(filtered).summary.figures?.groups).toHaveLength(1);
  });

  test('= and a name mean the group of that name', () => {
    expect(rowsOf(filter(summary, '= voice'))).toEqual([1]);
  });

  test('= means the same group after a refetch, wherever it stands now', () => {
    const typed = typing(play(table, 'summary', 'down', 'refetch', 'filter'), '=');
    const meant = labelsOf(play(typed, 'accept'));
    const more = [...cells, {date: '2026-11-19', project_id: 'proj_e', project_name: 'Aide', input_tokens: 100}];
    expect(labelsOf(play(arrived(typed, more), 'accept'))).toEqual(meant);
  });

  test('Esc leads back to the group where one was, whichever what was typed left', () => {
    const onThird = play(table, 'summary', 'last');
    const groupOf = (state: State) => {
      const {figures, cursor} = resultsOf(state).summary;
      return figures?.groups[cursor]?.id;
    };
    const ids = resultsOf(onThird).summary.figures?.groups.map(({id}) => id);
    expect(ids).toEqual(['proj_a', 'proj_c', 'proj_b']);
    const onSecond = play(onThird, 'up');
    expect(groupOf(play(typing(play(onSecond, 'filter'), 'tts'), 'leave'))).toBe('proj_c');
  });

  test('Esc undoes it before it goes back', () => {
    const undone = play(filter(summary, 'tts'), 'back');
    expect([resultsOf(undone).place, labelsOf(undone)]).toEqual(['summary', []]);
  });
});

test('typing a filter over others and a sorted table comes to the same as filtering and sorting all rows', () => {
  const texts = fc.constantFrom('gpt', 'search', '5.4-mini', 'usd', '1', '> 1');
  fc.assert(
    fc.property(someRows, texts, texts, (rows, one, other) => {
      const start = play(showing(anOutcome({dataset: datasetOf(rows)})), 'right', 'sort');
      const typed = filter(filter(start, one), other);
      const sortedLast = play(typed, 'sort', 'sort', 'sort');
      expect(rowsOf(typed)).toEqual(rowsOf(sortedLast));
    }),
    {numRuns: 50},
  );
});

describe('the line above the table', () => {
  const two = filter(filter(table, 'search'), 'gpt');
  const lineAt = (width: number, glyphs = unicodeGlyphs) => filtersLine(resultsOf(two), width, glyphs);

  test('names the filters, how many rows they leave, and the way out', () => {
    expect(lineAt(78)).toBe('filter: "search" · "gpt" · 2 of 4 rows · Backspace undoes');
    expect(lineAt(78, asciiGlyphs)).toBe('filter: "search" - "gpt" - 2 of 4 rows - Backspace undoes');
    expect(filtersLine(resultsOf(table), 78, unicodeGlyphs)).toBeUndefined();
  });

  test('says less where there is less room', () => {
    expect(lineAt(50)).toBe('filter: "search" · "gpt" · 2 of 4 rows');
    expect(lineAt(30)).toBe('filter: "search" · "gpt"');
  });

  test('cuts long filters all alike', () => {
    const long = filter(filter(table, 'x'.repeat(60)), 'y'.repeat(60));
    const line = filtersLine(resultsOf(long), 60, unicodeGlyphs) ?? '';
    expect(line).toMatch(/^filter: "x+… · "y+…$/);
    expect(widthOf(line)).toBeLessThanOrEqual(60);
  });
});
