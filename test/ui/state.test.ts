import {describe, expect, test} from 'vitest';
import {ApiError} from '../../source/api/errors.ts';
import {type Action, actionFor, KEY_MAP} from '../../source/ui/keymap.ts';
import {type Config, type Event, keysOf, type State, startState} from '../../source/ui/state/shape.ts';
import {reducer} from '../../source/ui/state.ts';
import {unicodeGlyphs} from '../../source/ui/theme.ts';
import {NO_FILTERS} from '../../source/usage/query.ts';
import {ALL, aGap, anOutcome, NOON, TODAY} from '../helpers/fake-connection.ts';

const config: Config = {
  preset: {range: undefined, endpoints: [], width: '1d', filters: NO_FILTERS, refresh: 'reuse', isComparing: false},
  glyphs: unicodeGlyphs,
  hasKeyScreen: false,
  defaultPath: () => 'usage.csv',
};

const start = startState(config, {isDemo: false, label: 'here'}, {columns: 80, rows: 24}, NOON);

const reduce = reducer(config);

function play(state: State, ...events: readonly (Action | Event)[]): State {
  return events.reduce<State>(
    (current, event) => reduce(current, typeof event === 'string' ? {kind: 'act', action: event, now: NOON} : event),
    state,
  );
}

/** The same from the Key screen on. */
function playKey(...events: readonly (Action | Event)[]): State {
  return play(startState({...config, hasKeyScreen: true}, undefined, start.size, NOON), ...events);
}

const fetched = (id: number, outcome = anOutcome()): Event => ({kind: 'fetched', id, outcome, now: NOON});

const fetching = play(start, 'accept', 'accept');
const results = play(fetching, fetched(1));

const failure = new ApiError({reason: 'server', subject: 'images', what: 'it broke', next: 'Try again.'});

test('Enter, Enter begins the first piece of work', () => {
  expect(fetching.screen).toBe('fetch');
  expect(fetching.fetching).toMatchObject({id: 1, refresh: 'reuse', query: {range: {first: TODAY - 6, last: TODAY}}});
});

describe('late answers are dropped', () => {
  test('of a fetch that was given up', () => {
    const left = play(fetching, 'stop', 'stop');
    expect(left.screen).toBe('endpoints');
    expect(play(left, fetched(1))).toEqual(left);
    const again = play(left, 'accept');
    expect(play(again, fetched(1))).toEqual(again);
    expect(play(again, fetched(2)).screen).toBe('results');
  });

  test('of its progress', () => {
    const again = play(fetching, 'stop', 'stop', 'accept');
    const event = {
      kind: 'directory',
      list: 'users',
      state: 'finished',
      items: 1,
      requests: 1,
      isCached: false,
    } as const;
    expect(play(again, {kind: 'progressed', id: 1, events: [event]})).toBe(again);
    expect(play(again, {kind: 'progressed', id: 2, events: [event]}).fetching?.lists.get('users')).toBe(event);
  });

  test('of a refetch on a table that has gone', () => {
    const left = play(results, 'refetch', 'dates', 'accept', 'accept');
    expect(left.screen).toBe('fetch');
    expect(play(left, fetched(2)).screen).toBe('fetch');
  });

  test('of an export whose prompt was left, and of a question that was declined', () => {
    const left = play(results, 'export', 'accept', 'leave');
    const closed = play(results, 'clearCache', 'leave');
    expect(play(closed, {kind: 'measured', id: 2, holdings: {days: 1, bytes: 1}})).toBe(closed);
    expect(left.results?.prompt).toMatchObject({job: {isStopping: true}});
  });

  test('of a connection that was given up', () => {
    const account = {isDemo: false, label: 'there'};
    const end = playKey('accept', {kind: 'key-entered', isEmpty: false}, 'leave', {kind: 'connected', id: 1, account});
    expect([end.screen, end.account]).toEqual(['key', undefined]);
  });
});

describe('a fetch that brought nothing', () => {
  const gaps = ALL.map(name => aGap(name, failure));
  const nothing = play(fetching, fetched(1, anOutcome({rowsPerDay: 0, gaps})), 'showArrived');

  test('can be looked at, and not be written', () => {
    expect(nothing.screen).toBe('results');
    const asked = play(nothing, 'export');
    expect(asked.results?.prompt).toBeUndefined();
    expect(asked.message?.text).toBe('Nothing arrived that could be written.');
  });
});

describe('a refetch', () => {
  const refetching = play(results, 'refetch');

  test('replaces the rows when it is whole', () => {
    expect(play(refetching, fetched(2, anOutcome({rowsPerDay: 11}))).results?.outcome.dataset.rowCount).toBe(77);
  });

  test('replaces them when it only repeats what the cache remembers', () => {
    const stale = {...aGap('images', failure), missing: [], stale: [TODAY]};
    expect(play(refetching, fetched(2, anOutcome({rowsPerDay: 11, gaps: [stale]}))).results?.outcome.gaps).toHaveLength(
      1,
    );
  });

  test('keeps them when days would go', () => {
    const kept = play(refetching, fetched(2, anOutcome({rowsPerDay: 1, gaps: [aGap('images', failure)]})));
    expect(kept.results?.outcome).toBe(results.results?.outcome);
    expect(kept.results?.errors).toEqual([failure]);
    expect(kept.results?.refetching).toBeUndefined();
  });

  test('keeps a prompt that was opened meanwhile', () => {
    const asked = play(refetching, 'export', {kind: 'path-typed', path: 'x'}, fetched(2));
    expect(asked.results?.prompt).toMatchObject({kind: 'export', path: 'x'});
  });

  test('fills a gap that the rows have', () => {
    const gap = aGap('images', failure);
    const partial = play(fetching, fetched(1, anOutcome({gaps: [gap]})), 'showArrived', 'refetch');
    expect(play(partial, fetched(2, anOutcome({rowsPerDay: 12, gaps: [gap]}))).results?.outcome.dataset.rowCount).toBe(
      84,
    );
  });
});

describe('errors', () => {
  const event = {
    kind: 'endpoint',
    endpoint: 'images',
    state: 'failed',
    daysDone: 0,
    daysTotal: 7,
    daysCached: 0,
    rows: 0,
    requests: 1,
    error: failure,
  } as const;

  test('of a refetch under way are told already', () => {
    const refetching = play(results, 'refetch', {kind: 'progressed', id: 2, events: [event]});
    expect(
      play(refetching, 'errors')
        .overlay?.lines.map(({text}) => text)
        .join(),
    ).toContain('it broke');
  });

  test('being read follow the fetch: what is waited for, then what it came to', () => {
    const lines = (state: State) => state.overlay?.lines.map(({text}) => text).join(' ');
    const {error: _, ...sound} = event;
    const waiting = {...sound, state: 'fetching', waitingFor: 'no connection', waitingUntil: NOON + 5000} as const;
    const reading = play(fetching, {kind: 'progressed', id: 1, events: [waiting]}, 'errors');
    expect(lines(reading)).toBe('images: no connection. It is tried again.');
    const failed = play(reading, fetched(1, anOutcome({gaps: [aGap('images', failure)]})));
    expect(lines(failed)).toContain('it broke');
    expect(lines(failed)).not.toContain('tried again');
    expect(lines(play(reading, fetched(1, anOutcome())))).toBe('No errors any more.');
  });

  test('offline tell that the key is new to the cache, where that may be why it holds nothing', () => {
    const gaps = [{endpoint: 'images', missing: [TODAY], stale: [], error: undefined}] as const;
    const read = (isKeyNew: boolean) =>
      play(fetching, fetched(1, anOutcome({gaps, isKeyNew})), 'errors')
        .overlay?.lines.map(({text}) => text)
        .join(' ');
    expect(read(true)).toContain('This key is new to the cache: once it has fetched anything online');
    expect(read(false)).not.toContain('This key is new');
  });

  test('being read stay where they are while more of them come', () => {
    const one = play(fetching, {kind: 'progressed', id: 1, events: [event]}, 'errors', 'last');
    const both = play(one, {kind: 'progressed', id: 1, events: [{...event, endpoint: 'costs'}]});
    expect(both.overlay?.lines.length).toBeGreaterThan(one.overlay?.lines.length ?? 0);
    expect(both.overlay?.top).toBe(one.overlay?.top);
    const over = play(both, 'last', fetched(1, anOutcome()));
    expect(over.overlay?.top).toBe(0);
  });

  test('of a refetch that was stopped are kept, and the stop is none of them', () => {
    const stop = new ApiError({reason: 'stopped', subject: 'costs', what: 'stopped', next: 'Go on.'});
    const outcome = anOutcome({isStopped: true, gaps: [aGap('images', failure), aGap('costs', stop)]});
    const stopped = play(results, 'refetch', 'back', fetched(2, outcome));
    expect(stopped.results?.errors).toEqual([failure]);
  });
});

describe('dates', () => {
  test('passing through the fields on the way to the bucket width chooses nothing', () => {
    const width = play(start, 'nextField', 'nextField', 'nextField', 'down');
    const fetched = play(width, 'accept', 'accept');
    expect(fetched.fetching?.query).toMatchObject({range: {first: TODAY - 6, last: TODAY}, width: '1h'});
  });

  test('typing into a field chooses the custom dates', () => {
    const typed = play(start, 'nextField', {kind: 'date-typed', field: 'start', text: '2026-10'}, 'previousField');
    expect(play(typed, 'accept', 'accept').fetching?.query.range).toEqual({first: TODAY - 52, last: TODAY - 22});
  });
});

describe('a terminal that is too small', () => {
  test('takes no keys: what is not on the screen cannot be meant', () => {
    const small = play(
      results,
      'clearCache',
      {kind: 'measured', id: 2, holdings: {days: 1, bytes: 1}},
      {
        kind: 'resized',
        size: {columns: 39, rows: 9},
      },
    );
    expect(play(small, 'confirm')).toBe(small);
  });

  test('is left with q, even over a field', () => {
    const small = play(results, 'export', {kind: 'resized', size: {columns: 39, rows: 9}});
    expect(actionFor(keysOf(small), {name: 'text', text: 'q'})).toBe('quit');
  });
});

describe('which keys hold', () => {
  const asking = play(results, 'clearCache', {kind: 'measured', id: 2, holdings: {days: 1, bytes: 1}});
  test.each<[string, State, string]>([
    ['on the table', results, 'results'],
    ['in the help', play(results, 'help'), 'help'],
    ['in a path', play(results, 'export'), 'field'],
    ['before an existing file', play(results, 'export', 'accept', exists(2)), 'confirm'],
    ['while a file is written', play(results, 'export', 'accept'), 'working'],
    ['while that is being stopped', play(results, 'export', 'accept', 'leave'), 'ending'],
    ['while the cache is looked into', play(results, 'clearCache'), 'working'],
    ['before the cache is cleared', asking, 'confirm'],
    ['while it is cleared', play(asking, 'confirm'), 'ending'],
    ['while a key is checked', playKey('accept', {kind: 'key-entered', isEmpty: false}), 'working'],
    ['while the demo organization starts', playKey('down', 'accept'), 'working'],
    ['in a date', play(start, 'nextField'), 'dateField'],
    ['in the bucket width', play(start, 'previousField'), 'dates'],
  ])('%s', (_name, state, keys) => {
    expect(keysOf(state)).toBe(keys);
    const offered = KEY_MAP.filter(({on, label}) => label !== undefined && on.includes(keysOf(state)));
    // That q quits is known to the component alone.
    for (const {action} of offered) if (action !== 'quit') expect(play(state, action), action).not.toEqual(state);
  });
});

function exists(id: number): Event {
  return {kind: 'not-saved', id, sentence: '', exists: true};
}

test('the help is wrapped anew for another width', () => {
  const help = play(results, 'help');
  const narrow = play(help, {kind: 'resized', size: {columns: 40, rows: 10}});
  expect(narrow.overlay?.lines.length).toBeGreaterThan(help.overlay?.lines.length ?? 0);
});

test('a session that lasts beyond midnight offers the new day', () => {
  const tomorrow = reduce(start, {kind: 'act', action: 'down', now: NOON + 86_400_000});
  expect(tomorrow.dates.today).toBe(TODAY + 1);
});

test('Esc on the first screen says how to leave', () => {
  expect(play(start, 'back').message?.text).toBe('This is the first screen: q quits.');
});

test('Esc leads back to the first screen, never round to the rows again; Enter does', () => {
  const first = play(results, 'back', 'back', 'back', 'back');
  expect([first.screen, first.message?.text]).toEqual(['dates', 'This is the first screen: q quits.']);
  expect(play(first, 'accept', 'accept').fetching?.query).toEqual(results.results?.outcome.query);
});
