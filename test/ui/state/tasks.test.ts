import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Action} from '../../../source/ui/keymap.ts';
import {levelTable} from '../../../source/ui/state/changes-shape.ts';
import {figuresInSight} from '../../../source/ui/state/footer.ts';
import type {ResultsState} from '../../../source/ui/state/results.ts';
import {type Config, type Event, keysOf, type State, startState} from '../../../source/ui/state/shape.ts';
import {taskLine} from '../../../source/ui/state/tasks.ts';
import {reducer} from '../../../source/ui/state.ts';
import {unicodeGlyphs} from '../../../source/ui/theme.ts';
import {NO_FILTERS} from '../../../source/usage/query.ts';
import {finish} from '../../../source/view/work.ts';
import {anOutcome, NOON} from '../../helpers/fake-connection.ts';
import {datasetOf} from '../../view/datasets.ts';
import * as comparing from '../comparing.ts';
import {resultsOf} from './playing.ts';

const rows = Array.from({length: 30}, (_, at) => ({
  date: `2026-11-${16 + Math.floor(at / 10)}`,
  start_time: 1794787200 + Math.floor(at / 10) * 86_400,
  endpoint_type: at % 5 === 0 ? 'costs' : 'completions',
  model: at % 5 === 0 ? undefined : ['gpt-5.4', 'tts-2', 'o9-mini'][at % 3],
  project_id: `proj_${at % 4}`,
  input_tokens: at % 5 === 0 ? undefined : (at * 7919) % 1009,
  amount: at % 5 === 0 ? at / 8 : undefined,
  currency: at % 5 === 0 ? 'usd' : undefined,
}));
const outcome = anOutcome({dataset: datasetOf(rows)});

type Player = {readonly play: (state: State, ...events: readonly (Action | Event)[]) => State; readonly start: State};

/** A session on those rows in which a key may go through so many rows. */
function playing(mostRows: number, of = outcome): Player {
  const config: Config = {
    preset: {range: undefined, endpoints: [], width: '1d', filters: NO_FILTERS, refresh: 'reuse', isComparing: false},
    glyphs: unicodeGlyphs,
    hasKeyScreen: false,
    defaultPath: () => 'usage.csv',
    mostRows,
  };
  const reduce = reducer(config);
  const play: Player['play'] = (state, ...events) =>
    events.reduce<State>(
      (current, event) => reduce(current, typeof event === 'string' ? {kind: 'act', action: event, now: NOON} : event),
      state,
    );
  const fresh = startState(config, {isDemo: false, label: 'here'}, {columns: 80, rows: 24}, NOON);
  const start = play(fresh, 'accept', 'accept', {kind: 'fetched', id: 1, outcome: of, now: NOON}, 'showArrived');
  return {play, start};
}

const atOnce = playing(Number.POSITIVE_INFINITY);
const {play, start: begun} = playing(0);

/** With the first piece of work done that waits, if one does. */
function doneOnce(state: State): State {
  const [task] = state.results?.tasks.filter(({isStopped}) => !isStopped) ?? [];
  return task ? play(state, {kind: 'worked', work: task.work, apply: finish(task.work()), now: NOON}) : state;
}

/** With all of it done, and what follows from it. */
function done(state: State): State {
  let next = state;
  while (next.results?.tasks.some(({isStopped}) => !isStopped)) next = doneOnce(next);
  return next;
}

/** After keys typed fast: those that come after one that waits wait in the keyboard. */
function fast(state: State, ...moves: readonly (Action | Event)[]): State {
  return moves.reduce<State>((current, move) => {
    let next = play(current, move);
    while (next.results?.waiting) next = doneOnce(next);
    return next;
  }, state);
}

const start = done(begun);

const typed = (text: string): Event => ({kind: 'prompt-typed', text, secretOf: undefined, now: NOON});

/** Figures of columns come and go beside everything else. */
function tasksOf(state: State): readonly string[] {
  const tasks = resultsOf(state).tasks.filter(({of}) => of !== 'footer');
  return tasks.map(({of, label}) => `${of}: ${label}`);
}

/** What somebody sees, and what comes of the next key. */
function seen(results: ResultsState) {
  const {rows: view, filters, sort, table, place, search, trail, prompt, summary, chart, lens} = results;
  const {figures, cursor, top} = summary;
  return {
    rows: [...view],
    filters,
    sort,
    table,
    place,
    search,
    trail: trail.map(({place: from, filters: then}) => [from, then]),
    prompt: prompt && {...prompt, before: undefined},
    summary: [cursor, top, place === 'summary' && figures?.groups.map(({label, value}) => [label, value])],
    chart: place === 'chart' && chart.charted && [chart.top, chart.charted.total, chart.charted.series],
    lens,
    footer: place === 'table' && figuresInSight(results),
  };
}

const keys: readonly Action[] = [
  ...(['down', 'up', 'right', 'left', 'pageDown', 'last', 'first', 'nextDay', 'sort', 'summary', 'table'] as const),
  ...([
    'open',
    'back',
    'undoFilter',
    'chart',
    'search',
    'searchNext',
    'searchPrevious',
    'filter',
    'accept',
    'leave',
  ] as const),
];

const anyMove = fc.oneof(
  {arbitrary: fc.constantFrom(...keys), weight: 3},
  {arbitrary: fc.constantFrom('4', '42', 'gpt', '= gpt-5.4', '< 300', 'nowhere', '').map(typed), weight: 1},
);

/** Only what the key map lets somebody do: what is typed goes into a prompt, and no other keys do. */
function isPossible(state: State, move: Action | Event): boolean {
  const isField = keysOf(state) === 'searchField';
  const isForField = typeof move !== 'string' || move === 'accept' || move === 'leave';
  return isField === isForField;
}

/** Esc stops what is on its way and does nothing else then, and other screens are those of the row in sight. */
function isOfSight(state: State, move: Action | Event): boolean {
  const isOrdering = resultsOf(state).tasks.some(({aim, isArriving}) => aim && !isArriving);
  return move === 'back' || (isOrdering && ['open', 'summary', 'chart', 'table'].some(place => place === move));
}

/** What a movement means is in sight, and not on its way. */
function isNoMovement(move: Action | Event): boolean {
  const movements: readonly unknown[] = ['down', 'up', 'right', 'left', 'pageDown', 'last', 'first', 'nextDay'];
  return !movements.includes(move);
}

describe('Esc as work ends that the screen shows', () => {
  const pressed = (state: State, since: number) => play(state, {kind: 'act', action: 'back', now: NOON + since});
  const filtered = fast(start, 'filter', typed('gpt'), 'accept');
  const sorting = play(done(filtered), 'sort');
  const working = () => {
    const [task] = sorting.results?.tasks ?? [];
    if (!task) throw new Error('Nothing is being sorted.');
    return play(sorting, {kind: 'working', work: task.work, done: 0.5});
  };
  const ended = (isShown: boolean) => doneOnce(isShown ? working() : sorting);

  test('was meant for the work, and undoes nothing', () => {
    expect(pressed(ended(true), 200).results?.filters).toHaveLength(1);
  });

  test('means what it says a moment later, the second time, and where no work was shown', () => {
    expect(done(pressed(ended(true), 300)).results?.filters).toEqual([]);
    expect(done(pressed(pressed(ended(true), 100), 200)).results?.filters).toEqual([]);
    expect(done(pressed(ended(false), 0)).results?.filters).toEqual([]);
  });

  test.each<[string, Action, (state: State) => unknown]>([
    ['Dates', 'dates', ({screen}) => screen === 'dates'],
    ['the help', 'help', ({overlay}) => overlay !== undefined],
    ['a chooser', 'columns', ({results}) => results?.chooser !== undefined],
  ])('means %s where that lies over the work', (_, opens, isOpen) => {
    const open = doneOnce(play(working(), opens));
    expect(isOpen(open)).toBe(true);
    expect(isOpen(pressed(open, 100))).toBe(false);
  });
});

describe('work that is done beside', () => {
  test('comes to the same as at once, whatever is pressed', () => {
    fc.assert(
      fc.property(fc.array(anyMove, {maxLength: 25}), moves => {
        let [one, other] = [atOnce.start, start];
        for (const move of moves) {
          if (!isPossible(one, move)) continue;
          one = atOnce.play(one, move);
          other = done(play(other, move));
          expect(other.screen).toBe(one.screen);
          expect(seen(resultsOf(other))).toEqual(seen(resultsOf(one)));
          expect(other.message).toEqual(one.message);
        }
      }),
    );
  });

  test('comes to the same, however fast keys are that wait for it', () => {
    fc.assert(
      fc.property(fc.array(anyMove.filter(isNoMovement), {maxLength: 25}), moves => {
        let [one, other] = [atOnce.start, start];
        for (const move of moves) {
          if (!isPossible(one, move)) continue;
          if (isOfSight(other, move)) other = done(other);
          one = atOnce.play(one, move);
          other = fast(other, move);
        }
        expect(seen(resultsOf(done(other)))).toEqual(seen(resultsOf(one)));
      }),
      {numRuns: 200},
    );
  });

  test('leaves the rows as they are until it is done', () => {
    const sorting = play(start, 'right', 'right', 'right', 'sort');
    expect(tasksOf(sorting)).toEqual(['view: Sorting']);
    expect(resultsOf(sorting)).toMatchObject({rows: resultsOf(start).rows, sort: []});
    expect(resultsOf(done(sorting)).sort).toEqual([{column: 'model', isReversed: false}]);
  });

  test('leaves keys to mean what they always do', () => {
    const moved = play(start, 'sort', 'down', 'down', 'right');
    expect(resultsOf(moved).table).toMatchObject({row: 2, column: 1});
    expect(play(moved, 'help').overlay).toBeDefined();
  });

  test('gives way to what is wished after it', () => {
    const twice = play(start, 'sort', 'sort');
    expect(tasksOf(twice)).toEqual(['view: Sorting']);
    expect(resultsOf(done(twice)).sort).toEqual([{column: 'date', isReversed: true}]);
    const letters = play(start, 'filter', typed('g'), typed('gp'), typed('gpt'));
    expect(tasksOf(letters)).toEqual(['view: Filtering']);
    expect(resultsOf(doneOnce(letters)).rows).toHaveLength(8);
  });

  test('is waited for by keys that go on from what comes of it', () => {
    const waiting = play(start, 'filter', typed('gpt'), 'accept');
    expect(resultsOf(waiting)).toMatchObject({prompt: {text: 'gpt'}, filters: [], rows: resultsOf(start).rows});
    const filtered = doneOnce(waiting);
    expect(resultsOf(filtered)).toMatchObject({prompt: undefined, filters: [{kind: 'text', text: 'gpt'}]});
    expect(resultsOf(filtered).rows).toHaveLength(8);
  });

  test('is followed by each search that goes on from it', () => {
    const tokens = [1, 77, 1, 1, 77, 1, 1, 77];
    // The column before it is looked through to its end.
    const dataset = datasetOf(tokens.map(input_tokens => ({start_time: 0, input_tokens})));
    const searched = done(fast(playing(0, anOutcome({dataset})).start, 'search', typed('77'), 'accept'));
    const rowOf = (...keys: readonly Action[]) => resultsOf(done(fast(searched, ...keys))).table.row;
    expect([rowOf(), rowOf('searchNext'), rowOf('searchNext', 'searchNext')]).toEqual([1, 4, 7]);
    expect(rowOf('searchNext', 'searchPrevious')).toBe(1);
  });

  test('is given up by Esc together with the key that waits for it', () => {
    const searched = done(fast(start, 'search', typed('85'), 'accept'));
    const waiting = play(searched, 'searchNext', 'searchNext');
    expect(resultsOf(waiting).waiting?.action).toBe('searchNext');
    const stopped = play(waiting, 'back');
    expect(stopped.message?.text).toBe('Searching stopped.');
    expect(resultsOf(stopped)).toMatchObject({waiting: undefined, tasks: [], table: resultsOf(searched).table});
    const left = play(start, 'filter', typed('gpt'), 'accept', 'leave');
    expect(resultsOf(left)).toMatchObject({
      waiting: undefined,
      prompt: undefined,
      filters: [],
      rows: resultsOf(start).rows,
    });
  });

  test('is stopped by Esc, which does nothing else then', () => {
    const filtered = done(play(start, 'filter', typed('gpt'), 'accept'));
    const stopped = play(filtered, 'sort', 'back');
    expect(stopped.message?.text).toBe('Sorting stopped.');
    expect(resultsOf(stopped)).toMatchObject({rows: resultsOf(filtered).rows, sort: [], filters: [{text: 'gpt'}]});
    expect(tasksOf(stopped)).toEqual([]);
  });

  test('that was stopped or replaced changes nothing when it is done', () => {
    const sorting = play(start, 'sort');
    const [task] = resultsOf(sorting).tasks;
    if (!task) throw new Error('Nothing is sorted.');
    const late: Event = {kind: 'worked', work: task.work, apply: finish(task.work()), now: NOON};
    const stopped = play(sorting, 'back');
    expect(play(stopped, late)).toBe(stopped);
    expect(play(stopped, {kind: 'working', work: task.work, done: 0.5}).results?.tasks).toEqual([]);
    const replaced = play(sorting, 'sort');
    expect(play(replaced, late)).toBe(replaced);
    const fetchedAgain = play(sorting, 'refetch');
    const id = fetchedAgain.results?.refetching?.id ?? 0;
    const newer = play(fetchedAgain, {kind: 'fetched', id, outcome: anOutcome({dataset: datasetOf(rows)}), now: NOON});
    const there = done(newer);
    expect(play(there, late)).toBe(there);
  });

  test('leaves the older rows until the newer ones are there, whatever is asked of them meanwhile', () => {
    const dataset = datasetOf(rows.slice(3));
    const newer = ({play: playIt}: Player, state: State) => {
      const asking = playIt(state, 'refetch');
      const id = resultsOf(asking).refetching?.id ?? 0;
      return playIt(asking, {kind: 'fetched', id, outcome: anOutcome({dataset}), now: NOON});
    };
    const there = newer(atOnce, atOnce.start);
    expect(there.message?.text).toBe('Fetched again: 27 rows.');
    const fetched = newer({play, start}, start);
    expect(resultsOf(fetched)).toMatchObject({rows: resultsOf(start).rows, refetching: undefined});
    expect(fetched.message).toBeUndefined();
    expect(done(fetched).message).toEqual(there.message);
    const keys = ['right', 'right', 'sort', 'summary', 'open', 'sort'] as const;
    const [one, other] = [atOnce.play(there, ...keys), done(fast(fetched, ...keys))];
    expect(resultsOf(other).outcome).toBe(resultsOf(done(fetched)).outcome);
    expect(seen(resultsOf(other)).rows).toEqual(seen(resultsOf(one)).rows);
    expect(seen(resultsOf(other)).filters).toEqual(seen(resultsOf(one)).filters);
    expect(resultsOf(other).outcome.dataset).toBe(dataset);
  });

  test('is what is typed, into newer rows too', () => {
    const typing = play(start, 'refetch', 'filter', typed('gpt'));
    const id = typing.results?.refetching?.id ?? 0;
    const dataset = datasetOf(rows.slice(4));
    const newer = play(typing, {kind: 'fetched', id, outcome: anOutcome({dataset}), now: NOON});
    const accepted = resultsOf(done(fast(newer, 'accept')));
    expect(accepted).toMatchObject({prompt: undefined, filters: [{text: 'gpt'}], outcome: {dataset}});
    expect(accepted.rows).toHaveLength(7);
  });

  test('is asked for anew of newer rows', () => {
    const sorting = play(start, 'sort', 'refetch');
    const id = sorting.results?.refetching?.id ?? 0;
    const newer = play(sorting, {kind: 'fetched', id, outcome: anOutcome({dataset: datasetOf(rows)}), now: NOON});
    expect(resultsOf(done(newer)).sort).toEqual([{column: 'date', isReversed: false}]);
  });
});

test('what changed comes to the same beside as at once', () => {
  const moves = ['changes', 'right', 'down', 'open', 'down', 'back', 'left', 'up', 'back', 'changes'] as const;
  let one = comparing.play(comparing.rowsOf(), comparing.answered());
  let other = done(comparing.play(done(comparing.rowsOf({...comparing.config, mostRows: 0})), comparing.answered()));
  const shown = ({results}: State) => [results?.changes.cursor, results && levelTable(results.changes)];
  for (const move of moves) {
    one = comparing.play(one, move);
    other = done(comparing.play(other, move));
    expect(shown(other)).toEqual(shown(one));
  }
  expect(other.results?.comparison).toEqual(one.results?.comparison);
});

describe('what a screen waits for', () => {
  const waiting = play(start, 'summary');
  const task = resultsOf(waiting).tasks.find(({of}) => of === 'place');
  if (!task) throw new Error('Nothing is added up.');
  const told = play(waiting, {kind: 'working', work: task.work, done: 0.409});

  test('is told once it takes long, with the way to stop it', () => {
    expect(taskLine(resultsOf(waiting))).toBeUndefined();
    expect(taskLine(resultsOf(told))).toBe('Adding up 40 %; Esc stops');
  });

  test('is not worked out of rows that are about to be others', () => {
    expect(tasksOf(play(start, 'sort', 'chart'))).toEqual(['view: Sorting']);
    expect(tasksOf(doneOnce(play(start, 'sort', 'chart')))).toEqual(['place: Adding up']);
  });

  test('is dropped where the screen is left', () => {
    expect(tasksOf(play(waiting, 'table'))).not.toContain('place: Adding up');
    expect(resultsOf(play(waiting, 'back')).place).toBe('table');
  });

  test('stays stopped until something else is asked', () => {
    const stopped = play(told, 'back');
    expect(resultsOf(stopped).place).toBe('summary');
    expect(taskLine(resultsOf(stopped))).toContain('Adding up was stopped');
    expect(resultsOf(done(stopped)).summary.figures).toBeUndefined();
    expect(resultsOf(done(play(stopped, 'right'))).summary.figures).toBeDefined();
    expect(resultsOf(play(stopped, 'back')).place).toBe('table');
  });

  test('is not worked out again where one comes back to it', () => {
    const there = done(waiting);
    expect(resultsOf(play(there, 'table', 'summary')).tasks.filter(({of}) => of === 'place')).toEqual([]);
    const opened = done(play(there, 'open'));
    expect(resultsOf(opened).rows.length).toBeLessThan(30);
    expect(resultsOf(play(opened, 'back')).rows).toHaveLength(30);
    expect(tasksOf(play(opened, 'back'))).not.toContain('view: Filtering');
  });
});

test('the figures of a column come when they are there, and stay', () => {
  const right = play(start, 'right', 'right');
  expect(figuresInSight(resultsOf(right))).toBeUndefined();
  const there = done(right);
  const figures = figuresInSight(resultsOf(there));
  expect(figures?.exact).toEqual(['distinct 2']);
  expect(figuresInSight(resultsOf(play(there, 'left', 'right')))).toBe(figures);
});
