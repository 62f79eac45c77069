import {describe, expect, test} from 'vitest';
import {ApiError} from '../../../source/api/errors.ts';
import type {Action} from '../../../source/ui/keymap.ts';
import type {State} from '../../../source/ui/state/shape.ts';
import {EVIL, fourRows, rowsOutcome, tableOf} from '../detailed.ts';
import {play, resultsOf} from './playing.ts';

const details = (state: State) => resultsOf(state).details;
const fieldsOf = (state: State) => details(state).page?.fields ?? [];
const current = (state: State) => fieldsOf(state)[details(state).cursor];

/** The screen as text, headings and pointer left out. */
const linesIn = (state: State) => (details(state).page?.lines ?? []).map(({text}) => text);

const section = (state: State, wanted: string | undefined) =>
  fieldsOf(state)
    .filter(field => field.section === wanted)
    .map(({name, shown}) => `${name}: ${shown}`);

/** The details of that row, the cursor on its first field. */
const opened = (row = 0, state = tableOf()) => play(state, ...Array<Action>(row).fill('down'), 'open');

const times = (count: number, action: Action) => Array<Action>(count).fill(action);

describe('the fields', () => {
  test('are all of the row, in the dataset’s order, those without a value at the very end', () => {
    expect(section(opened(), 'Empty')).toEqual(['amount: ', 'currency: ', 'line_item: ']);
    expect(fieldsOf(opened()).at(-1)?.name).toBe('line_item');
    expect(section(opened(), undefined)).toEqual([
      'date: 2026-11-16',
      'start_time: 1794787200 (2026-11-16 00:00 UTC)',
      'endpoint_type: completions',
      'input_tokens: 1,204,511',
      'api_key_id: key_1',
      'api_key_name: prod-gateway',
      'project_id: proj_1',
      'project_name: Search',
      'model: gpt-5.4',
      'user_id: user-1',
      'user_email: ada@lumen.example',
    ]);
  });

  test('show money in its currency, to the last digit', () => {
    expect(section(opened(1), undefined)).toContainEqual('amount: -$1,234.5678');
  });

  test('show a moment beyond all dates as a number', () => {
    const far = tableOf(rowsOutcome([{...fourRows[0], start_time: 1e20}]));
    expect(section(opened(0, far), undefined)).toContainEqual('start_time: 100000000000000000000');
  });

  test('are whole, however long, and wrapped beside their name', () => {
    const note = Array.from({length: 60}, (_, index) => `word${index}`).join(' ');
    const lines = linesIn(opened(0, tableOf(rowsOutcome([{note}]))));
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.map((line, index) => line.slice(index === 0 ? 'note'.length : 0).trim()).join(' ')).toBe(note);
  });
});

describe('what the lists know', () => {
  test('of key, project and user', () => {
    const state = opened();
    expect(section(state, 'API key')).toEqual([
      'name: prod-gateway',
      'redacted value: sk-proj-****eYBb',
      'created: 2026-03-01 09:12 UTC',
      'last used: never',
      'owner: Ada Lovelace',
      'owner kind: user',
      'owner e-mail: ada@lumen.example',
    ]);
    expect(section(state, 'Project')).toEqual(['name: Search', 'state: active']);
    expect(section(state, 'User')).toEqual(['name: Ada Lovelace', 'e-mail: ada@lumen.example']);
  });

  test('of an archived project, and of a service account that only its key names', () => {
    const state = opened(1);
    expect(section(state, 'Project')).toContainEqual('state: archived');
    expect(section(state, 'User')).toEqual(['name: ci-bot', 'kind: service account', 'e-mail: ']);
    expect(section(state, 'API key')).toContainEqual('last used: 2026-03-01 09:13 UTC');
  });

  test('is said to be nothing where an id is in no list', () => {
    expect(section(opened(2), 'API key')).toEqual(['id: key_9 is in no list.']);
    expect(section(opened(2), 'Project')).toEqual(['id: proj_9 is in no list.']);
  });

  test('is said to be missing, and why, where a list could not be read', () => {
    const error = new ApiError({reason: 'forbidden', subject: 'users', what: 'the server answered 403', next: 'Ask.'});
    const outcome = rowsOutcome(fourRows, {directoryFailures: new Map([['users', error]])});
    expect(section(opened(2, tableOf(outcome)), 'User')).toEqual([
      'id: user-9 is in no list. The users are missing: users: the server answered 403. Ask.',
    ]);
  });

  test('is not spoken of where the row has no such id', () => {
    const sections = new Set(fieldsOf(opened(3)).map(field => field.section));
    expect([...sections]).toEqual([undefined, 'Empty']);
  });
});

describe('moving', () => {
  test('goes from field to field, and to both ends', () => {
    const state = opened();
    const last = fieldsOf(state).length - 1;
    expect(current(play(state, 'down', 'down'))?.name).toBe('endpoint_type');
    expect(details(play(state, 'up')).cursor).toBe(0);
    expect(details(play(state, 'last')).cursor).toBe(last);
    expect(details(play(state, 'last', 'down')).cursor).toBe(last);
    expect(details(play(state, 'last', 'first'))).toMatchObject({cursor: 0, top: 0});
  });

  test.each([10, 13, 24])('has every field in sight on its way down and up, on %d rows', rows => {
    let state = opened(0, tableOf(rowsOutcome(), {columns: 40, rows}));
    for (const action of [...times(40, 'down'), ...times(40, 'up'), ...times(9, 'pageDown'), ...times(9, 'pageUp')]) {
      state = play(state, action);
      const {page, cursor, top} = details(state);
      const height = rows - 2;
      const inSight = page?.lines.slice(top, top + height) ?? [];
      expect(inSight.filter(({field, kind}) => field === cursor && kind !== 'heading')).not.toEqual([]);
      expect(inSight).toHaveLength(Math.min(height, page?.lines.length ?? 0));
    }
    expect(details(state)).toMatchObject({cursor: 0, top: 0});
  });

  test('pages reach the last field, and come back', () => {
    const down = play(opened(), ...times(3, 'pageDown'));
    expect(details(down).cursor).toBe(fieldsOf(down).length - 1);
    expect(details(play(down, ...times(3, 'pageUp')))).toMatchObject({cursor: 0, top: 0});
  });

  test('scrolls through a value that is higher than the screen', () => {
    const tall = opened(0, tableOf(rowsOutcome([{note: 'x'.repeat(4000), zone: 'y'}])));
    const on = play(tall, 'down', 'down', 'down');
    expect([current(on)?.name, details(on).top]).toEqual(['note', 3]);
    expect(current(play(on, ...times(100, 'down')))?.name).toBe('zone');
    expect(details(play(on, ...times(100, 'down'), ...times(100, 'up')))).toMatchObject({cursor: 0, top: 0});
  });
});

describe('another row', () => {
  test('comes with ← and →, the cursor staying on its field wherever that stands now', () => {
    const onModel = play(opened(), ...times(8, 'down'));
    expect(current(onModel)?.name).toBe('model');
    const next = play(onModel, 'right');
    expect(resultsOf(next).table.row).toBe(1);
    expect(current(next)).toMatchObject({name: 'model', raw: ''});
    expect(current(play(next, 'left'))).toMatchObject({name: 'model', raw: 'gpt-5.4'});
  });

  test('is the next one of the view, not of the dataset', () => {
    const state = tableOf();
    const view = {...state, results: {...resultsOf(state), rows: Uint32Array.of(3, 0)}};
    expect(fieldsOf(play(opened(0, view), 'right')).find(({name}) => name === 'input_tokens')?.raw).toBe('1204511');
  });

  test('is missing at both ends, which is said', () => {
    expect(play(opened(), 'left').message?.text).toBe('This is the first row.');
    expect(play(opened(3), 'right').message?.text).toBe('This is the last row.');
  });

  test('is where the table’s cursor stands after Esc', () => {
    const back = resultsOf(play(opened(), 'right', 'right', 'back'));
    expect([back.place, back.table.row, back.trail]).toEqual(['table', 2, []]);
  });
});

test('Esc leaves the filters alone', () => {
  const state = tableOf();
  const filtered = {...state, results: {...resultsOf(state), filters: [{kind: 'text', text: 'gpt'}] as const}};
  expect(resultsOf(play(opened(0, filtered), 'back'))).toMatchObject({place: 'table', filters: [{text: 'gpt'}]});
});

test('details opened again begin at the first field', () => {
  expect(details(play(opened(), 'last', 'back', 'open'))).toMatchObject({cursor: 0, top: 0});
});

test('another width wraps anew', () => {
  const wide = opened(0, tableOf(rowsOutcome([{note: 'word '.repeat(40)}])));
  const narrow = play(wide, {kind: 'resized', size: {columns: 40, rows: 10}});
  expect(linesIn(narrow).length).toBeGreaterThan(linesIn(wide).length);
});

describe('copying', () => {
  test.each([
    ['input_tokens', 3, '1204511'],
    ['start_time', 1, '1794787200'],
  ])('y takes %s as the API gave it', (_name, downs, text) => {
    expect(play(opened(), ...times(downs, 'down'), 'copy').copied?.text).toBe(text);
  });

  test('y takes the id that no list knows', () => {
    const empty = section(opened(2), 'Empty').length;
    expect(play(opened(2), 'last', ...times(empty, 'up'), 'copy').copied?.text).toBe('user-9');
  });

  test('y has nothing to take of a field without a value', () => {
    expect(play(opened(), 'last', 'copy').message?.text).toBe('Nothing to copy: the field is empty.');
  });

  test('Y takes the row, as on the table', () => {
    expect(play(opened(1), 'copyRow').copied?.text).toBe(play(tableOf(), 'down', 'copyRow').copied?.text);
  });
});

test('a hostile name is shown harmlessly', () => {
  const shown = linesIn(opened(3)).join('\n');
  expect(shown).toContain('a␛[31mred␇⋅2J␍␊rm -rf ~␊␉b⋅c');
  expect(shown).not.toContain(EVIL.slice(0, 4));
});
