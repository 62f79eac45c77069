import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {findLabel} from '../../../source/ui/state/seek.ts';
import {anOutcome} from '../../helpers/fake-connection.ts';
import {type Cells, datasetOf} from '../../view/datasets.ts';
import {cursorOf, play, resultsOf, showing, typing} from './playing.ts';

const cells: readonly Cells[] = [
  {date: '2026-11-16', project_id: 'proj_a', project_name: 'Search', model: 'gpt-5.4', input_tokens: 1204},
  {date: '2026-11-17', project_id: 'proj_b', project_name: 'Voice', model: 'gpt-5.4-mini', input_tokens: 7},
  {date: '2026-11-18', project_id: 'proj_a', project_name: 'Search', model: 'tts-2', input_tokens: 12},
  {date: '2026-11-19', project_id: 'proj_c', project_name: 'Research', model: 'gpt-5.4', input_tokens: 5},
];

const table = showing(anOutcome({dataset: datasetOf(cells)}));

describe('while typing', () => {
  test('the table goes to the first match at or after the row where one was', () => {
    const typed = typing(play(table, 'down', 'search'), 'search');
    expect(cursorOf(typed)).toEqual([2, 'project_name']);
    expect(cursorOf(typing(play(table, 'search'), 'Re'))).toEqual([3, 'project_name']);
  });

  test('every key starts where one was, so that what is deleted was never looked for', () => {
    const typed = typing(play(table, 'search'), 'gpt-5.4-m');
    expect(cursorOf(typed)).toEqual([1, 'model']);
    expect(cursorOf(play(typed, {kind: 'prompt-typed', text: 'gpt', secretOf: undefined, now: 0}))).toEqual([
      0,
      'model',
    ]);
  });

  test('nothing found is a problem, and the cursor stands where it was', () => {
    const typed = typing(play(table, 'down', 'right', 'search'), 'gpx');
    expect(resultsOf(typed).prompt).toMatchObject({problem: 'Nothing found for “gpx”.'});
    expect(cursorOf(typed)).toEqual([1, 'project_name']);
    expect(resultsOf(play(typed, 'accept')).prompt).toBeDefined();
  });

  test('Esc puts the cursor back, and the old search stays', () => {
    const searched = play(typing(play(table, 'search'), 'voice'), 'accept');
    const left = play(typing(play(searched, 'search'), 'tts'), 'leave');
    expect(cursorOf(left)).toEqual([1, 'project_name']);
    expect(resultsOf(left).search).toMatchObject({text: 'voice'});
  });
});

test('a refetch while one is typed leads on from the row where one was, wherever that stands now', () => {
  const typed = typing(play(table, 'down', 'down', 'refetch', 'search'), 'gpt');
  expect(cursorOf(typed)).toEqual([3, 'model']);
  const fresh = datasetOf([{date: '2026-11-15', model: 'gpt-5.4'}, ...cells]);
  const id = resultsOf(typed).refetching?.id ?? 0;
  const again = play(typed, {kind: 'fetched', id, outcome: anOutcome({dataset: fresh}), now: 0});
  expect(cursorOf(again)).toEqual([4, 'model']);
  expect(cursorOf(play(again, 'leave'))[0]).toBe(3);
});

describe('n and N', () => {
  const searched = play(typing(play(table, 'search'), 'gpt-5.4'), 'accept');

  test('go to the next match and the one before, and say when they begin anew', () => {
    expect(cursorOf(searched)).toEqual([0, 'model']);
    const second = play(searched, 'searchNext');
    expect([cursorOf(second), second.message]).toEqual([[1, 'model'], undefined]);
    const around = play(second, 'searchNext', 'searchNext');
    expect([cursorOf(around), around.message?.text]).toEqual([[0, 'model'], 'Search went on from the top.']);
    const back = play(around, 'searchPrevious');
    expect([cursorOf(back), back.message?.text]).toEqual([[3, 'model'], 'Search went on from the bottom.']);
  });

  test('go by cells, not by rows', () => {
    const both = play(typing(play(table, 'search'), '12'), 'accept');
    expect(cursorOf(both)).toEqual([0, 'input_tokens']);
    expect(cursorOf(play(both, 'searchNext'))).toEqual([2, 'input_tokens']);
  });

  test('say that nothing was searched for', () => {
    expect(play(table, 'searchNext').message?.text).toBe('Nothing is searched for yet: / searches.');
  });

  test('say what is no longer found', () => {
    const filtered = play(typing(play(searched, 'filter'), 'tts'), 'accept', 'searchNext');
    expect(filtered.message?.text).toBe('Nothing found for “gpt-5.4”.');
  });

  test('Enter without a text does what n does, with the last search of the session if need be', () => {
    expect(cursorOf(play(searched, 'search', 'accept'))).toEqual([1, 'model']);
    const forgotten = play(searched, 'back', 'search', 'accept');
    expect(resultsOf(forgotten).search).toMatchObject({text: 'gpt-5.4'});
    expect(resultsOf(play(table, 'search', 'accept'))).toMatchObject({prompt: undefined, search: undefined});
  });
});

describe('a match in a hidden column', () => {
  const found = play(typing(play(table, 'right', 'search'), 'proj_b'), 'accept');

  test('puts the cursor on its row, and says where it is', () => {
    expect(cursorOf(found)).toEqual([1, 'project_name']);
    expect(found.message?.text).toBe('Found in project_id, which is hidden (o shows it).');
  });

  test('does not hold up n', () => {
    const next = play(typing(play(table, 'search'), 'proj_'), 'accept', 'searchNext', 'searchNext');
    expect(cursorOf(next)[0]).toBe(2);
    expect(cursorOf(play(next, 'searchPrevious'))[0]).toBe(1);
  });
});

test('what is found scrolls into view, its column too', () => {
  const small = showing(anOutcome({rowsPerDay: 20}), {columns: 40, rows: 10});
  const found = play(typing(play(small, 'search'), 'gpt-5.4-22'), 'accept');
  const {table} = resultsOf(found);
  expect(cursorOf(found)).toEqual([120, 'model']);
  expect(table.row - table.top).toBeGreaterThanOrEqual(0);
  expect(table.row - table.top).toBeLessThan(6);
  expect(table.left).toBeGreaterThan(1);
});

describe('on the summary', () => {
  const summary = play(table, 'summary');
  const labelAt = ({results}: typeof summary) => results?.summary.figures?.labels[results.summary.cursor];

  test('the groups are searched by their labels', () => {
    const found = play(typing(play(summary, 'search'), 'sea'), 'accept');
    expect(labelAt(found)).toBe('Search');
    expect(labelAt(play(found, 'searchNext'))).toBe('Research');
    expect(labelAt(play(found, 'searchNext', 'searchNext'))).toBe('Search');
  });

  test('Esc puts the cursor back on its group', () => {
    expect(labelAt(play(typing(play(summary, 'search'), 'rese'), 'leave'))).toBe(labelAt(summary));
  });
});

test('a label found is the nearest that contains the text, and is found whenever there is one', () => {
  const labels = fc.array(fc.constantFrom('a', 'b', 'ab', 'A', ''), {maxLength: 8});
  fc.assert(
    fc.property(
      labels,
      fc.nat(7),
      fc.constantFrom(1 as const, -1 as const),
      fc.boolean(),
      (all, at, way, isIncluded) => {
        const from = Math.min(at, Math.max(0, all.length - 1));
        const index = findLabel(all, {kind: 'text', text: 'a', place: 'summary'}, from, way, isIncluded);
        const order = [...all.keys()].map(step => (((from + way * (step + 1)) % all.length) + all.length) % all.length);
        const tried = isIncluded ? [from, ...order] : order;
        expect(index).toBe(tried.find(each => /a/i.test(all[each] ?? '')));
      },
    ),
  );
});

describe('history', () => {
  const twice = play(
    typing(play(typing(play(table, 'search'), 'voice'), 'accept', 'search'), 'tts'),
    'accept',
    'search',
  );
  const textOf = (state: typeof twice) => resultsOf(state).prompt;

  test('comes back with ↑, newest first, and what was being typed at its end', () => {
    const typed = typing(twice, 'gp');
    expect(textOf(play(typed, 'older'))).toMatchObject({text: 'tts'});
    expect(textOf(play(typed, 'older', 'older'))).toMatchObject({text: 'voice'});
    expect(textOf(play(typed, 'older', 'older', 'older'))).toMatchObject({text: 'voice'});
    expect(textOf(play(typed, 'older', 'older', 'newer', 'newer', 'newer'))).toMatchObject({text: 'gp'});
  });

  test('is searched for as if it were typed', () => {
    expect(cursorOf(play(twice, 'older', 'older'))).toEqual([1, 'project_name']);
  });

  test('is one of searches and one of filters, without what was not accepted', () => {
    const {history} = play(typing(twice, 'left'), 'leave');
    expect(history).toEqual({search: ['voice', 'tts'], filter: []});
  });
});
