import {describe, expect, test} from 'vitest';
import type {Action} from '../../../source/ui/keymap.ts';
import {type Chooser, itemsOf} from '../../../source/ui/state/chooser.ts';
import {columnItem} from '../../../source/ui/state/columns-chooser.ts';
import {type Event, keysOf, type State} from '../../../source/ui/state/shape.ts';
import {DEFAULT_COLUMNS} from '../../../source/view/column-choice.ts';
import {fourRows, rowsOutcome, tableOf} from '../detailed.ts';
import {play, resultsOf} from './playing.ts';

const chooserOf = (state: State) => resultsOf(state).chooser;
const shownNames = (state: State) => resultsOf(state).shown.columns.map(({name}) => name);

function listed(state: State): readonly (string | undefined)[] {
  const chooser = chooserOf(state);
  return chooser ? itemsOf(resultsOf(state), chooser).map(({name}) => name) : [];
}

const pointed = (state: State) => listed(state)[chooserOf(state)?.cursor ?? -1];

/** The list of columns, the pointer on that one. */
function at(name: string, state = play(tableOf(), 'columns')): State {
  const first = play(state, 'first');
  return play(first, ...Array<Action>(listed(first).indexOf(name)).fill('down'));
}

const narrowed = (text: string): Event => ({kind: 'narrowed', text});

const itemOf = (state: State, name: string) => columnItem(resultsOf(state), name);

describe('the list of columns', () => {
  test('has all columns of the dataset, in the table’s order', () => {
    const state = play(tableOf(), 'columns');
    expect(listed(state)).toEqual(resultsOf(state).outcome.dataset.columns.map(({name}) => name));
  });

  test('opens on the column under the cursor', () => {
    expect(pointed(play(tableOf(), 'right', 'right', 'columns'))).toBe(shownNames(tableOf())[2]);
  });

  test('says of each whether it is usage or cost, never both', () => {
    const state = tableOf();
    const about = (name: string) => itemOf(state, name).about;
    expect(['amount', 'currency', 'line_item'].map(about)).toEqual(['cost', 'cost', 'cost']);
    expect(['input_tokens', 'start_time', 'model'].map(about)).toEqual(['usage', undefined, undefined]);
  });

  test('says why an id is hidden, unless somebody hid it', () => {
    const state = play(tableOf(), 'columns');
    expect(itemOf(state, 'api_key_id')).toMatchObject({isShown: false, isHiddenId: true});
    const hidden = play(at('api_key_id', state), 'toggle', 'toggle');
    expect(itemOf(hidden, 'api_key_id')).toMatchObject({isShown: false, isHiddenId: false});
  });

  test.each<[string, readonly Action[], string]>([
    ['G', ['last'], 'line_item'],
    ['g', ['last', 'first'], 'date'],
    ['j beyond the end', ['last', 'down'], 'line_item'],
    ['k beyond the beginning', ['up'], 'date'],
    ['PgDn', ['pageDown'], 'line_item'],
  ])('%s', (_keys, actions, name) => {
    expect(pointed(play(tableOf(), 'columns', ...actions))).toBe(name);
  });

  test.each<Action>(['accept', 'back'])('is left by %s with what was chosen', leave => {
    const state = play(at('model'), 'toggle', leave);
    expect([chooserOf(state), keysOf(state)]).toEqual([undefined, 'results']);
    expect(shownNames(state)).not.toContain('model');
  });
});

describe('Space', () => {
  test('hides and shows, and the table behind follows at once', () => {
    const hidden = play(at('model'), 'toggle');
    expect(shownNames(hidden)).not.toContain('model');
    expect(shownNames(play(hidden, 'toggle'))).toContain('model');
    expect(shownNames(play(at('user_id'), 'toggle'))).toContain('user_id');
  });

  test('leaves the last column, and says why', () => {
    let state = play(tableOf(), 'columns');
    for (const name of shownNames(state)) state = play(at(name, state), 'toggle');
    expect(shownNames(state)).toEqual(['line_item']);
    expect(state.message?.text).toBe('The last column stays: a table needs one.');
  });
});

describe('moving', () => {
  test('takes the pointer along', () => {
    const moved = play(at('model'), 'moveUp');
    expect(pointed(moved)).toBe('model');
    expect(shownNames(moved).indexOf('model')).toBe(shownNames(tableOf()).indexOf('model') - 1);
    expect(shownNames(play(moved, 'moveDown'))).toEqual(shownNames(tableOf()));
  });

  test('ends at the ends, and says so', () => {
    expect(play(at('date'), 'moveDown').message?.text).toBe('It is the last of the frozen ones.');
    expect(play(at('start_time'), 'moveUp').message?.text).toBe('It is the first of those that scroll.');
    expect(play(at('line_item'), 'moveDown').message?.text).toBe('It is the last of those that scroll.');
  });
});

describe('widths', () => {
  const widthOf = (state: State, name: string) => itemOf(state, name).width;

  test('change by two, and the table follows', () => {
    expect(widthOf(play(at('model'), 'right', 'right', 'left'), 'model')).toBe((widthOf(tableOf(), 'model') ?? 0) + 2);
  });

  test('of text end at 4 and at 80, which is said', () => {
    const narrow = play(at('api_key_name'), ...Array<Action>(9).fill('left'));
    expect(widthOf(narrow, 'api_key_name')).toBe(4);
    expect(narrow.message?.text).toBe('No narrower than 4.');
    const wide = play(at('model'), ...Array<Action>(50).fill('right'));
    expect([widthOf(wide, 'model'), wide.message?.text]).toEqual([80, 'No wider than 80.']);
  });

  test('of numbers end where a digit would be cut, which is said', () => {
    const narrow = play(at('input_tokens'), ...Array<Action>(9).fill('left'));
    expect(widthOf(narrow, 'input_tokens')).toBe('1,204,511'.length);
    expect(narrow.message?.text).toBe('No narrower than 9: a cut number reads like another one.');
  });

  test('belong to what is shown', () => {
    const hidden = play(at('user_id'), 'right');
    expect(hidden.message?.text).toBe('It is hidden: Space shows it.');
    expect(hidden.choice).toBe(DEFAULT_COLUMNS);
  });
});

test('f freezes at the left, the pointer going along, and unfreezes', () => {
  const frozen = play(at('model'), 'freeze');
  expect(shownNames(frozen).slice(0, 2)).toEqual(['date', 'model']);
  expect([pointed(frozen), resultsOf(frozen).frozen, itemOf(frozen, 'model').isFrozen]).toEqual(['model', 2, true]);
  expect(shownNames(play(frozen, 'freeze'))).toEqual(shownNames(tableOf()));
});

test('r makes all as it was at first, and says so', () => {
  const changed = play(at('model'), 'toggle', 'moveUp', 'freeze', 'reset');
  expect(changed.choice).toBe(DEFAULT_COLUMNS);
  expect(shownNames(changed)).toEqual(shownNames(tableOf()));
  expect(changed.message?.text).toBe('All columns are as they were at first.');
});

test('the table’s cursor stays on its column, whatever moves around it', () => {
  const state = play(tableOf(), 'right', 'right', 'right', 'columns');
  const before = shownNames(state)[resultsOf(state).table.column];
  const moved = play(at('line_item', state), 'freeze', 'moveUp');
  expect(shownNames(moved)[resultsOf(moved).table.column]).toBe(before);
});

describe('columns called like parts of every object', () => {
  const names = ['__proto__', 'constructor', 'toString'];
  const rows = [Object.fromEntries([...Object.entries(fourRows[0] ?? {}), ...names.map(name => [name, 5] as const)])];

  test.each(names)('%s is hidden, shown, moved and frozen like any other', name => {
    const state = play(tableOf(rowsOutcome(rows)), 'columns');
    const hidden = play(at(name, state), 'toggle');
    expect(shownNames(hidden)).toEqual(shownNames(state).filter(each => each !== name));
    const frozen = play(hidden, 'toggle', 'moveUp', 'freeze');
    expect(shownNames(frozen).slice(0, 2)).toEqual(['date', name]);
    expect([pointed(frozen), columnItem(resultsOf(frozen), name).isFrozen]).toEqual([name, true]);
  });
});

describe('/', () => {
  test('narrows while typing, with smart case', () => {
    const typing = play(tableOf(), 'columns', 'narrow', narrowed('tok'));
    expect([keysOf(typing), listed(typing), pointed(typing)]).toEqual(['field', ['input_tokens'], 'input_tokens']);
    expect(listed(play(typing, narrowed('Tok')))).toEqual([]);
    expect(listed(play(typing, narrowed('')))).toHaveLength(14);
  });

  test('Enter keeps the narrowed list, whose keys act on what is listed', () => {
    const kept = play(tableOf(), 'columns', 'narrow', narrowed('name'), 'accept', 'down', 'toggle');
    expect([keysOf(kept), pointed(kept)]).toEqual(['columns', 'project_name']);
    expect(shownNames(kept)).not.toContain('project_name');
    expect(listed(kept)).toEqual(['api_key_name', 'project_name']);
  });

  test('Esc lists everything again, the pointer where it was', () => {
    const left = play(tableOf(), 'columns', 'narrow', narrowed('model'), 'leave');
    expect([keysOf(left), listed(left).length, pointed(left)]).toEqual(['columns', 14, 'model']);
  });

  test('with nothing found, no key does anything', () => {
    const none = play(tableOf(), 'columns', 'narrow', narrowed('zzz'), 'accept', 'toggle', 'freeze', 'down', 'left');
    expect([none.choice, listed(none)]).toEqual([DEFAULT_COLUMNS, []]);
  });
});

describe('a choice', () => {
  function choosing(of: 'metric' | 'pivot', place: 'summary' | 'changes' = 'summary'): State {
    const state = tableOf();
    const chooser: Chooser = {
      kind: 'choice',
      of,
      title: 'Metric',
      items: [
        {name: undefined, label: 'none'},
        {name: 'input', label: 'input tokens'},
        {name: 'model', label: 'model'},
      ],
      cursor: 0,
      narrowing: '',
      isNarrowing: false,
    };
    return {...state, results: {...resultsOf(state), place, chooser}};
  }

  test('takes the metric under the pointer, and is over', () => {
    const taken = resultsOf(play(choosing('metric'), 'down', 'accept'));
    expect([taken.lens.metric, taken.chooser]).toEqual(['input', undefined]);
  });

  test('takes the metric of what changed for that screen alone', () => {
    const taken = resultsOf(play(choosing('metric', 'changes'), 'down', 'accept'));
    expect([taken.changes.metric, taken.lens.metric]).toEqual(['input', undefined]);
  });

  test('takes the second dimension, or none', () => {
    expect(resultsOf(play(choosing('pivot'), 'last', 'accept')).summary.across).toBe('model');
    expect(resultsOf(play(choosing('pivot'), 'accept')).summary.across).toBeUndefined();
  });

  test('takes the one that is left after narrowing', () => {
    const state = play(choosing('metric'), 'narrow', narrowed('mod'), 'accept', 'accept');
    expect(resultsOf(state).lens.metric).toBe('model');
  });

  test('left with Esc changes nothing', () => {
    const left = resultsOf(play(choosing('metric'), 'down', 'back'));
    expect([left.lens.metric, left.chooser]).toEqual([undefined, undefined]);
  });

  test('of nothing is no choice', () => {
    const none = play(choosing('metric'), 'narrow', narrowed('zzz'), 'accept', 'accept');
    expect(chooserOf(none)).toMatchObject({narrowing: 'zzz'});
  });
});
