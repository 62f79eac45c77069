import type {Action} from '../../source/ui/keymap.ts';
import {notesOf} from '../../source/ui/state/changes-room.ts';
import {levelCursor, levelTable} from '../../source/ui/state/changes-shape.ts';
import {type ResultsState, withView} from '../../source/ui/state/results.ts';
import {type Config, type Event, type State, startState} from '../../source/ui/state/shape.ts';
import {reducer} from '../../source/ui/state.ts';
import {unicodeGlyphs} from '../../source/ui/theme.ts';
import type {Outcome} from '../../source/usage/outcome.ts';
import {NO_FILTERS, type Query} from '../../source/usage/query.ts';
import type {Filter} from '../../source/view/filter.ts';
import {NOON} from '../helpers/fake-connection.ts';
import {answerTo, theQuery} from './two-periods.ts';

export const size = {columns: 80, rows: 24};

export const config: Config = {
  preset: {range: undefined, endpoints: [], width: '1d', filters: NO_FILTERS, refresh: 'reuse', isComparing: true},
  glyphs: unicodeGlyphs,
  hasKeyScreen: false,
  defaultPath: () => 'usage.csv',
};

type Move = Action | Event | ((state: State) => State);

export function play(state: State, ...moves: readonly Move[]): State {
  return playWith(config, state, ...moves);
}

export function playWith(its: Config, state: State, ...moves: readonly Move[]): State {
  return moves.reduce<State>((current, move) => {
    if (typeof move === 'function') return move(current);
    return reducer(its)(current, typeof move === 'string' ? {kind: 'act', action: move, now: NOON} : move);
  }, state);
}

/** The same in a session that asks nobody. */
export function playOffline(state: State, ...moves: readonly Move[]): State {
  return playWith({...config, preset: {...config.preset, refresh: 'nothing'}}, state, ...moves);
}

export const rowsOf = (its = config, query = theQuery): State =>
  playWith(its, startState(its, {isDemo: false, label: 'here'}, size, NOON), 'accept', 'accept', {
    kind: 'fetched',
    id: 1,
    outcome: answerTo(query),
    now: NOON,
  });

/** Answers whatever is being fetched for the comparison or for the hours. */
export const answered =
  (part: Partial<Outcome> = {}): Move =>
  state => {
    const fetching = askedIn(state);
    if (!fetching) throw new Error('Nothing is being fetched.');
    return play(state, {kind: 'fetched', id: fetching.id, outcome: answerTo(fetching.query, part), now: NOON});
  };

export function askedIn({results}: State): {readonly id: number; readonly query: Query} | undefined {
  const comparison = results?.comparison;
  return results?.changes.fetching ?? (comparison?.state === 'fetching' ? comparison.fetching : undefined);
}

export const filtered =
  (...filters: readonly Filter[]): Move =>
  state => ({...state, results: withView(resultsOf(state), {filters})});

export function resultsOf({results}: State): ResultsState {
  if (!results) throw new Error('There are no results.');
  return results;
}

export const compared = play(rowsOf(), answered());
export const groups = play(compared, 'changes');
export const days = play(groups, 'open');
export const hours = play(days, 'open', answered());

export const linesOf = (state: State) => levelTable(resultsOf(state).changes)?.lines ?? [];
export const textsOf = (state: State) => linesOf(state).map(({name, cells}) => [name, ...cells].join(' '));
export const currentOf = (state: State) => linesOf(state)[levelCursor(resultsOf(state).changes)]?.name;
export const notes = (state: State) =>
  notesOf(resultsOf(state), {...state, glyphs: unicodeGlyphs}).map(({text}) => text);
