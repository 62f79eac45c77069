import {describe, test} from 'vitest';
import {edit, type Line, lineOf} from '../../../source/ui/edit.ts';
import {actionFor} from '../../../source/ui/keymap.ts';
import {decode, giveUp, nothingUnread} from '../../../source/ui/keys.ts';
import type {Key} from '../../../source/ui/sequences.ts';
import {itemsOf} from '../../../source/ui/state/chooser.ts';
import type {ResultsState} from '../../../source/ui/state/results.ts';
import {type Config, type Event, keysOf, type State, startState} from '../../../source/ui/state/shape.ts';
import {readTyped} from '../../../source/ui/state/typed-prompt.ts';
import {reducer} from '../../../source/ui/state.ts';
import {unicodeGlyphs} from '../../../source/ui/theme.ts';
import {NO_FILTERS, type Query} from '../../../source/usage/query.ts';
import {filterRows} from '../../../source/view/filter.ts';
import {allRows} from '../../../source/view/rows.ts';
import {sortRows} from '../../../source/view/sort.ts';
import {finish} from '../../../source/view/work.ts';
import {aGap, anOutcome, NOON} from '../../helpers/fake-connection.ts';
import {type Place, places} from '../../helpers/places.ts';
import {randomFrom, randomStrokes} from '../../helpers/random-keys.ts';
import {datasetOf} from '../../view/datasets.ts';

/** So many at each place; more by hand. */
const KEYS = Number(process.env['FUZZ_KEYS'] ?? 10_000);

/** Rows of every kind, a few for each day that is asked for. */
function rowsFor({range, width}: Query) {
  const days = Math.min(10, range.last - range.first + 1);
  return datasetOf(
    Array.from({length: days * 6}, (_, at) => {
      const start = (range.first + Math.floor(at / 6)) * 86_400 + (width === '1d' ? 0 : (at % 6) * 3600);
      const isCost = at % 6 === 0;
      return {
        date: new Date(start * 1000).toISOString().slice(0, width === '1d' ? 10 : 16),
        start_time: start,
        endpoint_type: isCost ? 'costs' : 'completions',
        model: isCost ? undefined : ['gpt-5.4', 'tts-2', 'モデル', '=1+1'][at % 4],
        project_id: `proj_${at % 4}`,
        api_key_id: at % 5 === 0 ? undefined : `key_${at % 3}`,
        input_tokens: isCost ? undefined : (at * 7919) % 1009,
        amount: isCost ? at / 8 - 1 : undefined,
        currency: isCost ? 'usd' : undefined,
      };
    }),
  );
}

/**
 * A session without a screen: what is typed becomes keys, keys actions or text in a field, as App and Field do it, and
 * whatever the state asks for is answered when chance says so.
 */
class Robot {
  state: State;
  readonly #random: () => number;
  readonly #reduce: (state: State, event: Event) => State;
  #unread = nothingUnread;
  /** The field under the cursor, and what it is one of: another one begins with its own text. */
  #field: {readonly of: string; readonly line: Line} | undefined;

  constructor(random: () => number, part: Partial<Config>) {
    const config: Config = {
      preset: {
        range: undefined,
        endpoints: [],
        width: '1d',
        filters: NO_FILTERS,
        refresh: 'reuse',
        isComparing: random() < 0.5,
      },
      glyphs: unicodeGlyphs,
      hasKeyScreen: false,
      defaultPath: (_, __, what) => `${what}.csv`,
      mostRows: random() < 0.5 ? 0 : undefined,
      ...part,
    };
    this.#random = random;
    this.#reduce = reducer(config);
    const account = config.hasKeyScreen ? undefined : {isDemo: false, label: 'here'};
    this.state = startState(config, account, {columns: 80, rows: 24}, NOON);
  }

  do(event: Event): void {
    const before = this.state;
    this.state = this.#reduce(before, event);
    this.#check(before);
  }

  /** `isQuiet`: nothing comes behind, so that what has begun is given up. */
  type(chunks: readonly Buffer[], isQuiet: boolean): void {
    for (const chunk of chunks) {
      const {keys, unread} = decode(this.#unread, chunk.toString());
      this.#unread = unread;
      for (const key of keys) this.#press(key);
      if (!isQuiet) continue;
      for (const key of giveUp(this.#unread)) this.#press(key);
      this.#unread = nothingUnread;
    }
  }

  #press(key: Key): void {
    const screen = keysOf(this.state);
    const action = actionFor(screen, key);
    // Who quits or suspends is not here: the state hears nothing of it.
    if (action === 'quit' || action === 'suspend' || action === 'redraw' || key.name === 'answer') return;
    if (/field$/i.test(screen) && (action === undefined || action === 'edit')) this.#edit(key);
    const {key: typed} = this.state;
    const isKeyEntered = screen === 'field' && action === 'accept' && typed.step === 'typing' && !typed.connecting;
    if (isKeyEntered && this.state.screen === 'key') this.do({kind: 'key-entered', isEmpty: this.#random() < 0.2});
    this.do({kind: 'act', action, now: NOON});
  }

  #edit(key: Key): void {
    const {screen, dates, results} = this.state;
    const {prompt, chooser} = results ?? {};
    const focus = dates.focus === 'start' || dates.focus === 'end' ? dates.focus : undefined;
    const isTyped = prompt?.kind === 'search' || prompt?.kind === 'filter';
    const [of, text] =
      screen === 'dates' && focus
        ? [focus, dates[focus]]
        : prompt?.kind === 'export'
          ? ['path', prompt.path]
          : isTyped
            ? [prompt.kind, prompt.text]
            : chooser
              ? ['narrow', chooser.narrowing]
              : ['', ''];
    const before =
      this.#field?.of === of && this.#field.line.value === text ? this.#field.line : lineOf(text, of === 'path');
    const line = edit(before, key);
    this.#field = {of, line};
    if (line.value === text) return;
    if (focus && screen === 'dates') this.do({kind: 'date-typed', field: focus, text: line.value});
    else if (of === 'path') this.do({kind: 'path-typed', path: line.value});
    else if (of === 'narrow') this.do({kind: 'narrowed', text: line.value});
    else if (isTyped && results)
      this.do({kind: 'prompt-typed', ...readTyped(line.value, results.outcome.directory), now: NOON});
  }

  /** Answers one thing that is under way. */
  answer(): void {
    const event = this.#answer();
    if (event) this.do(event);
  }

  #answer(): Event | undefined {
    const {key, fetching, results} = this.state;
    if (key.connecting) return {kind: 'connected', id: key.connecting.id, account: {isDemo: true, label: 'demo'}};
    const {refetching, comparison, changes, prompt, tasks} = results ?? {};
    const asked = [
      fetching?.outcome ? undefined : fetching,
      refetching,
      changes?.fetching,
      comparison?.state === 'fetching' ? comparison.fetching : undefined,
    ].find(each => each !== undefined);
    const [task] = tasks?.filter(({isStopped}) => !isStopped) ?? [];
    if (task && this.#random() < 0.3) return {kind: 'working', work: task.work, done: this.#random()};
    if (task) return {kind: 'worked', work: task.work, apply: finish(task.work()), now: NOON};
    if (asked) {
      const {id, query, isStopping} = asked;
      const isShort = this.#random() < 0.2;
      const outcome = anOutcome({
        query,
        dataset: rowsFor(query),
        isStopped: isStopping,
        gaps: isShort ? [aGap('images', undefined)] : [],
      });
      return {kind: 'fetched', id, outcome, now: NOON};
    }
    if (prompt?.kind === 'export' && prompt.job && prompt.step === 'writing') {
      const {id} = prompt.job;
      const chance = this.#random();
      if (chance < 0.3) return {kind: 'saving', id, rowsDone: 3};
      if (chance < 0.6) return {kind: 'not-saved', id, sentence: 'It is there.', exists: !prompt.force};
      return {kind: 'saved', id, result: {path: '/x.csv', rows: 3, bytes: 90}};
    }
    if (prompt?.kind === 'clear') {
      const {id} = prompt.job;
      const holdings = {days: 3, bytes: 4000};
      if (prompt.step === 'measuring') return {kind: 'measured', id, holdings};
      if (prompt.step === 'clearing') return {kind: 'cleared', id, holdings};
    }
    return undefined;
  }

  #check(before: State): void {
    const {results, overlay, dates, endpoints} = this.state;
    ensure(dates.cursor >= 0 && endpoints.cursor >= 0 && (overlay?.top ?? 0) >= 0, 'a list begins at its beginning');
    if (results && results !== before.results) checkResults(results, before.results);
  }
}

/** As `expect` has it, at a hundredth of the time. */
function ensure(isRight: boolean, what: string): void {
  if (!isRight) throw new Error(`Not so: ${what}.`);
}

/** The cursors are on what there is, and the rows those that filters and order make. */
function checkResults(results: ResultsState, before: ResultsState | undefined): void {
  const {table, rows, shown, chooser, tasks, outcome, filters, sort, prompt, summary, place} = results;
  const isOn = (cursor: number, count: number) => cursor >= 0 && cursor <= Math.max(0, count - 1);
  // On a summary or a chart the table is not in sight: it is put right when it is.
  if (place === 'table' || place === 'details') ensure(isOn(table.row, rows.length), 'the cursor is on a row');
  if (place === 'table') ensure(isOn(table.top, table.row + 1), 'the row is in sight');
  ensure(isOn(table.column, shown.columns.length), 'the cursor is on a column');
  if (chooser) ensure(isOn(chooser.cursor, itemsOf(results, chooser).length), 'the cursor is on an item');
  ensure(isOn(summary.cursor, summary.figures?.groups.length ?? summary.cursor + 1), 'the cursor is on a group');
  if (prompt?.kind === 'filter' || tasks.some(({of}) => of === 'view' || of === 'outcome')) return;
  if (rows === before?.rows && filters === before.filters && sort === before.sort) return;
  const {dataset} = outcome;
  const made = sortRows(dataset, filterRows(dataset, allRows(dataset.rowCount), filters), sort);
  ensure(
    rows.length === made.length && rows.every((row, at) => row === made[at]),
    'rows are filtered and sorted as said',
  );
}

/** A session as it stands at that place. */
function robotAt({of, steps, size}: Place, random: () => number): Robot {
  const robot = new Robot(random, {hasKeyScreen: of === 'nobody'});
  const mayAnswer = of === 'demo' || of === 'refusing';
  for (const [keys] of steps) {
    for (const key of keys) robot.type([Buffer.from(key)], true);
    for (let time = 0; mayAnswer && time < 30; time++) robot.answer();
  }
  if (size) robot.do({kind: 'resized', size: {columns: size[0], rows: size[1]}});
  return robot;
}

describe('keys at random', () => {
  test.each(places.map((place, index) => [place.name, index + 1, place] as const))(
    '10,000 at %j leave the cursor on what there is, and the rows as they are said to be',
    (_, seed, place) => {
      const random = randomFrom(seed);
      const next = randomStrokes(random);
      let robot = robotAt(place, random);
      for (let count = 0; count < KEYS; count++) {
        // Not for ever in the help of an empty table: each life begins at the place once more.
        if (count % 500 === 499 || robot.state.isOver) robot = robotAt(place, random);
        const stroke = next();
        if (stroke.kind === 'size') robot.do({kind: 'resized', size: {columns: stroke.columns, rows: stroke.rows}});
        else robot.type(stroke.chunks, random() < 0.3);
        if (random() < 0.3) robot.answer();
      }
    },
    60_000,
  );
});
