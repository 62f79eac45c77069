import {dayOf} from '../../usage/days.ts';
import type {Refresh} from '../../usage/plan.ts';
import type {Action} from '../keymap.ts';
import {bodyHeight} from '../layout.ts';
import {actOnDates} from './dates.ts';
import {actOnEndpoints, checkedNames} from './endpoints.ts';
import {laterRefresh, startFetching} from './fetching.ts';
import {actOnKey, startKey} from './key.ts';
import {onResults} from './on-results.ts';
import {overlayOf, showErrors} from './overlays.ts';
import type {Config, State} from './shape.ts';
import {showOutcome} from './show-outcome.ts';

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
      return onResults(state, action, now, config);
  }
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
  const refresh = state.hasFetched ? laterRefresh(config.preset.refresh, 'reuse') : preset.refresh;
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
      const again = startFetching(id, fetching.query, laterRefresh(config.preset.refresh, 'reuse'), now);
      return {...state, lastId: id, fetching: again};
    }
    case 'showArrived':
      return {
        ...state,
        screen: 'results',
        fetching: undefined,
        results: showOutcome(outcome, state.choice, config.mostRows),
      };
    default:
      return state;
  }
}
