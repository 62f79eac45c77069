import {printable} from '../view/printable.ts';
import {bodyHeight, isTooSmall} from './layout.ts';
import {act} from './state/act.ts';
import {hoursArrived, settleChanges} from './state/changes.ts';
import {settleChart} from './state/chart.ts';
import {compared, startComparison} from './state/comparison.ts';
import {typeDate} from './state/dates.ts';
import {settleDetails} from './state/details.ts';
import {isWhole, withProgress} from './state/fetching.ts';
import {settleFooter} from './state/footer.ts';
import {startKey} from './state/key.ts';
import {stepped, surroundings} from './state/on-results.ts';
import {actOnOverlay} from './state/overlay.ts';
import {overlayOf, withErrorsOf} from './state/overlays.ts';
import {isTyped} from './state/prompt.ts';
import {promptAnswered} from './state/prompt-answers.ts';
import {refetched} from './state/refetched.ts';
import {type ResultsState, settled, withColumns} from './state/results.ts';
import {tableRoom} from './state/room.ts';
import {typeInto} from './state/search.ts';
import type {Config, Event, State} from './state/shape.ts';
import {showOutcome} from './state/show-outcome.ts';
import type {Sight} from './state/step.ts';
import {settleSummary} from './state/summary.ts';
import {taskLine, withoutTask, worked, working} from './state/tasks.ts';
import {mustWait} from './state/waiting.ts';

/** The session's one reducer: pure, and deaf to answers of work that was given up. */
export function reducer(config: Config): (state: State, event: Event) => State {
  const next = (state: State, event: Event) => {
    const after = inSight(comparing(reduce(state, event, config), event, config), config);
    return withErrorsOf(after, state, config);
  };
  return (state, event) => {
    const after = next(state, event);
    const {results} = after;
    const waiting = results?.waiting;
    if (!waiting || mustWait(results, waiting.action)) return after;
    return next({...after, results: {...results, waiting: undefined}}, {kind: 'act', ...waiting});
  };
}

/** New rows are compared with the period before, quietly. */
function comparing(state: State, event: Event, config: Config): State {
  const {results} = state;
  if (!config.preset.isComparing || !results || results.comparison || !('now' in event)) return state;
  const around = surroundings(state, event.now, config);
  return {...state, lastId: around.nextId, results: startComparison(results, around)};
}

/** After anything that changes the room or the rows, the cursor of the screen in sight is in sight. */
function inSight(state: State, {glyphs}: Config): State {
  const {results} = state;
  if (!results) return state;
  const next = settledPlace(results, {...state, glyphs});
  return next === results ? state : {...state, results: next};
}

function settledPlace(results: ResultsState, sight: Sight): ResultsState {
  switch (results.place) {
    case 'summary':
      return settleSummary(results, sight);
    case 'chart':
      return settleChart(results, sight);
    case 'details':
      return settleDetails(withoutTask(results, 'place'), sight);
    case 'changes':
      return settleChanges(results, sight);
    default:
      return settleFooter(settled(withoutTask(results, 'place'), tableRoom(results, sight)));
  }
}

function reduce(state: State, event: Event, config: Config): State {
  switch (event.kind) {
    case 'act': {
      // Meant for the work that ended under the finger: where there is nothing left to stop, it must not go back.
      if (event.action === 'back' && isJustOver(state, event.now)) return {...state, workEndedAt: undefined};
      const heard = state.workEndedAt === undefined ? state : {...state, workEndedAt: undefined};
      const quiet = heard.message ? {...heard, message: undefined} : heard;
      // What is not on the screen cannot be meant.
      if (event.action === undefined || isTooSmall(state.size)) return quiet;
      const {overlay} = quiet;
      if (overlay) return {...quiet, overlay: actOnOverlay(overlay, event.action, bodyHeight(quiet.size))};
      return act(quiet, event.action, event.now, config);
    }
    case 'resized': {
      const resized = {...state, size: event.size};
      const {overlay} = state;
      return overlay ? {...resized, overlay: overlayOf(overlay.kind, resized, config)} : resized;
    }
    case 'noticed':
      return {...state, message: {text: printable(event.sentence), tone: 'warning'}};
    case 'key-pasted':
    case 'key-entered':
    case 'connected':
    case 'not-connected':
      return reduceKey(state, event);
    case 'date-typed':
      return {...state, dates: typeDate(state.dates, event.field, event.text)};
    case 'columns-loaded':
      return {...state, choice: event.choice, results: state.results && withColumns(state.results, event.choice)};
    case 'progressed':
    case 'fetched':
      return reduceFetch(state, event, config);
    case 'working':
      return state.results ? {...state, results: working(state.results, event.work, event.done)} : state;
    case 'worked': {
      const {results} = state;
      const step = results && worked(results, event.work, event.apply);
      if (!step) return state;
      return {...stepped(state, step), ...(isWorkShown(state) && {workEndedAt: event.now})};
    }
    case 'prompt-typed': {
      const prompt = state.results?.prompt;
      if (!state.results || !isTyped(prompt)) return state;
      return stepped(state, typeInto(state.results, prompt, event, surroundings(state, event.now, config)));
    }
    case 'narrowed': {
      const chooser = state.results?.chooser;
      if (!state.results || !chooser?.isNarrowing) return state;
      return {...state, results: {...state.results, chooser: {...chooser, narrowing: event.text, cursor: 0}}};
    }
    default:
      return promptAnswered(state, event);
  }
}

/** Milliseconds in which a person cannot have seen that work is over, and pressed a key because of it. */
const unseen = 300;

function isJustOver({workEndedAt}: State, now: number): boolean {
  return workEndedAt !== undefined && now - workEndedAt < unseen;
}

/** Whether the screen says that Esc stops work: elsewhere Esc means what it always does. */
function isWorkShown({screen, overlay, results}: State): boolean {
  if (screen !== 'results' || overlay || !results || results.chooser) return false;
  return taskLine(results) !== undefined;
}

type KeyEvent = Extract<Event, {kind: 'key-pasted' | 'key-entered' | 'connected' | 'not-connected'}>;

function reduceKey(state: State, event: KeyEvent): State {
  const {key} = state;
  // Whoever pastes a key has chosen to enter one.
  if (event.kind === 'key-pasted') return {...state, key: {...startKey, step: 'typing'}};
  if (event.kind === 'key-entered') {
    if (event.isEmpty) return {...state, key: {...key, problem: 'Type or paste an admin key first.'}};
    const id = state.lastId + 1;
    return {...state, lastId: id, key: {...key, problem: undefined, connecting: {id, kind: 'key', isStopping: false}}};
  }
  if (key.connecting?.id !== event.id) return state;
  if (event.kind === 'not-connected') return {...state, key: {...key, connecting: undefined, problem: event.sentence}};
  // Rows of another account do not stay.
  return {
    ...state,
    account: event.account,
    screen: 'dates',
    key: startKey,
    fetching: undefined,
    results: undefined,
    cameFrom: undefined,
  };
}

function reduceFetch(state: State, event: Extract<Event, {kind: 'progressed' | 'fetched'}>, config: Config): State {
  const {fetching, results} = state;
  const {id} = event;
  if (event.kind === 'progressed') {
    if (fetching?.id === id) return {...state, fetching: withProgress(fetching, event.events)};
    if (results?.refetching?.id !== id) return state;
    return {...state, results: {...results, refetching: withProgress(results.refetching, event.events)}};
  }
  const {outcome} = event;
  if (results?.comparison?.state === 'fetching' && results.comparison.fetching.id === id) {
    return {...state, results: compared(results, outcome)};
  }
  if (results?.changes.fetching?.id === id) return {...state, results: hoursArrived(results, outcome)};
  if (results?.refetching?.id === id) return refetched(state, results, event, config);
  if (fetching?.id !== id) return state;
  // Only one part of the state holds the rows: after a refetch the old ones have to go.
  if (isWhole(outcome))
    return {
      ...state,
      screen: 'results',
      fetching: undefined,
      results: showOutcome(outcome, state.choice, config.mostRows),
    };
  return {...state, fetching: {...fetching, endedAt: event.now, outcome}};
}
