import type {Action} from '../../../source/ui/keymap.ts';
import type {Size} from '../../../source/ui/layout.ts';
import type {ResultsState} from '../../../source/ui/state/results.ts';
import {type Config, type Event, type State, startState} from '../../../source/ui/state/shape.ts';
import {readTyped} from '../../../source/ui/state/typed-prompt.ts';
import {reducer} from '../../../source/ui/state.ts';
import {unicodeGlyphs} from '../../../source/ui/theme.ts';
import type {Outcome} from '../../../source/usage/outcome.ts';
import {NO_FILTERS} from '../../../source/usage/query.ts';
import {NOON} from '../../helpers/fake-connection.ts';

const config: Config = {
  preset: {range: undefined, endpoints: [], width: '1d', filters: NO_FILTERS, refresh: 'reuse', isComparing: false},
  glyphs: unicodeGlyphs,
  hasKeyScreen: false,
  defaultPath: () => 'usage.csv',
};

const reduce = reducer(config);

/** The session after actions and events. */
export function play(state: State, ...events: readonly (Action | Event)[]): State {
  return events.reduce<State>(
    (current, event) => reduce(current, typeof event === 'string' ? {kind: 'act', action: event, now: NOON} : event),
    state,
  );
}

/** The session with an outcome's rows in the table. */
export function showing(outcome: Outcome, size: Size = {columns: 80, rows: 24}): State {
  const start = startState(config, {isDemo: false, label: 'here'}, size, NOON);
  return play(start, 'accept', 'accept', {kind: 'fetched', id: 1, outcome, now: NOON}, 'showArrived');
}

/** Types into the prompt, character by character, as App does it: a secret goes no further than the field. */
export function typing(state: State, text: string): State {
  return Array.from(text, (_, index) => text.slice(0, index + 1)).reduce((current, typed) => {
    const {directory} = resultsOf(current).outcome;
    return play(current, {kind: 'prompt-typed', ...readTyped(typed, directory), now: NOON});
  }, state);
}

export function resultsOf({results}: State): ResultsState {
  if (!results) throw new Error('There are no results.');
  return results;
}

/** The row of the dataset under the cursor, and the name of its column. */
export function cursorOf(state: State): readonly [row: number | undefined, column: string | undefined] {
  const {rows, table, shown} = resultsOf(state);
  return [rows[table.row], shown.columns[table.column]?.name];
}
