import {dayOf} from '../../usage/days.ts';
import type {Refresh} from '../../usage/plan.ts';
import {errorReport} from '../error-report.ts';
import {helpLines} from '../help-text.ts';
import type {Action} from '../keymap.ts';
import {bodyHeight, textWidth} from '../layout.ts';
import {actOnDates} from './dates.ts';
import {actOnEndpoints, checkedNames} from './endpoints.ts';
import {errorsOf, isNothing, outcomeErrors, startFetching} from './fetching.ts';
import {actOnKey, startKey} from './key.ts';
import type {Overlay} from './overlay.ts';
import {actOnPrompt, startClear, startExport} from './prompt.ts';
import {moveTable, showOutcome} from './results.ts';
import {tableRoom} from './room.ts';
import {type Config, keysOf, type State} from './shape.ts';

/** What an action does on the screen it was pressed on. `now` is Unix milliseconds. */
export function act(state: State, action: Action, now: number, config: Config): State {
  if (action === 'help') return {...state, overlay: overlayOf('help', state, config)};
  switch (state.screen) {
    case 'key':
      return onKey(state, action);
    case 'dates':
      return onDates({...state, dates: {...state.dates, today: dayOf(now / 1000)}}, action, config);
    case 'endpoints':
      return onEndpoints(state, action, now, config);
    case 'fetch':
      return onFetch(state, action, now, config);
    case 'results':
      return state.results?.prompt ? onPrompt(state, action) : onResults(state, action, now, config);
  }
}

/** An overlay for the terminal's size, at its beginning. */
export function overlayOf(kind: Overlay['kind'], state: State, config: Config): Overlay {
  const width = textWidth(state.size);
  if (kind === 'help')
    return {
      kind,
      title: 'Help',
      lines: helpLines(config.glyphs, width, keysOf({...state, overlay: undefined})),
      top: 0,
    };
  return {kind, title: 'Errors', lines: errorReport(currentErrors(state), {width, debug: config.debug}), top: 0};
}

function onKey(state: State, action: Action): State {
  const {key, go} = actOnKey(state.key, action);
  if (go === 'quit') return {...state, isOver: true};
  if (go !== 'connect-demo') return {...state, key};
  const id = state.lastId + 1;
  return {...state, lastId: id, key: {...key, connecting: {id, kind: 'demo', isStopping: false}}};
}

function onDates(state: State, action: Action, config: Config): State {
  const {dates, go} = actOnDates(state.dates, action, bodyHeight(state.size));
  if (go === undefined) return {...state, dates};
  if (go !== 'back') return {...state, dates, range: go.range, screen: 'endpoints'};
  if (state.cameFrom) return {...state, dates, screen: state.cameFrom, cameFrom: undefined};
  if (config.hasKeyScreen) return {...state, dates, screen: 'key', key: startKey};
  return {...state, dates, message: {text: 'This is the first screen: q quits.', tone: 'plain'}};
}

function onEndpoints(state: State, action: Action, now: number, config: Config): State {
  const {endpoints, go} = actOnEndpoints(state.endpoints, action, bodyHeight(state.size));
  if (go === 'back') return {...state, endpoints, screen: 'dates'};
  if (go !== 'fetch') return {...state, endpoints};
  const {preset} = config;
  const refresh = state.hasFetched ? laterRefresh(config, 'reuse') : preset.refresh;
  return fetchIt({...state, endpoints}, refresh, now, config);
}

function fetchIt(state: State, refresh: Refresh, now: number, {preset}: Config): State {
  const id = state.lastId + 1;
  const {range, dates, endpoints} = state;
  const query = {range, width: dates.width, endpoints: checkedNames(endpoints), filters: preset.filters};
  return {
    ...state,
    screen: 'fetch',
    lastId: id,
    fetching: startFetching(id, query, refresh, now),
    hasFetched: true,
    results: undefined,
    cameFrom: undefined,
  };
}

/** Offline stays offline. */
function laterRefresh({preset}: Config, refresh: Refresh): Refresh {
  return preset.refresh === 'nothing' ? 'nothing' : refresh;
}

function onFetch(state: State, action: Action, now: number, config: Config): State {
  const {fetching} = state;
  if (action === 'errors') return showErrors(state, config);
  if (!fetching) return state;
  const {outcome} = fetching;
  if (!outcome) {
    if (action === 'stop') {
      if (fetching.isStopping) return {...state, screen: 'endpoints', fetching: undefined};
      return {...state, fetching: {...fetching, isStopping: true}};
    }
    return state;
  }
  switch (action) {
    case 'dates':
      return {...state, screen: 'dates', cameFrom: 'fetch'};
    case 'back':
      return {...state, screen: 'endpoints', fetching: undefined};
    case 'retry': {
      const id = state.lastId + 1;
      // What arrived is in the cache: asking for all of it again fetches just what failed.
      const again = startFetching(id, fetching.query, laterRefresh(config, 'reuse'), now);
      return {...state, lastId: id, fetching: again};
    }
    case 'showArrived':
      return {...state, screen: 'results', fetching: undefined, results: showOutcome(outcome)};
    default:
      return state;
  }
}

function onResults(state: State, action: Action, now: number, config: Config): State {
  const {results} = state;
  if (!results) return state;
  const {outcome, refetching} = results;
  const id = state.lastId + 1;
  switch (action) {
    case 'export': {
      if (isNothing(outcome))
        return {...state, message: {text: 'Nothing arrived that could be written.', tone: 'plain'}};
      const path = config.defaultPath(outcome, state.account?.isDemo ?? false);
      return {...state, results: {...results, prompt: startExport(path)}};
    }
    case 'clearCache':
      return {...state, lastId: id, results: {...results, prompt: startClear(id)}};
    case 'refetch': {
      if (refetching) return state;
      const again = startFetching(id, outcome.query, laterRefresh(config, 'unsettled'), now);
      return {...state, lastId: id, results: {...results, refetching: again}};
    }
    case 'dates':
      return {...state, screen: 'dates', cameFrom: 'results', results: {...results, refetching: undefined}};
    case 'errors':
      return showErrors(state, config);
    case 'back':
      if (refetching && !refetching.isStopping) {
        return {...state, results: {...results, refetching: {...refetching, isStopping: true}}};
      }
      // Esc on Dates leads back here: nobody loses rows by pressing it once too often.
      return {...state, screen: 'endpoints', cameFrom: 'results', results: {...results, refetching: undefined}};
    default:
      return {...state, results: moveTable(results, action, tableRoom(results, {...state, glyphs: config.glyphs}))};
  }
}

function onPrompt(state: State, action: Action): State {
  const {results} = state;
  if (!results?.prompt) return state;
  const id = state.lastId + 1;
  return {...state, lastId: id, results: {...results, prompt: actOnPrompt(results.prompt, action, id)}};
}

function showErrors(state: State, config: Config): State {
  if (currentErrors(state).length === 0) return {...state, message: {text: 'No errors.', tone: 'plain'}};
  return {...state, overlay: overlayOf('errors', state, config)};
}

function currentErrors({screen, fetching, results}: State): readonly Error[] {
  if (screen === 'results' && results) {
    const {errors, refetching, outcome} = results;
    return [...errors, ...(refetching ? errorsOf(refetching) : []), ...outcomeErrors(outcome)];
  }
  return fetching ? errorsOf(fetching) : [];
}
