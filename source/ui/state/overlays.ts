import {type Day, isoOf} from '../../usage/days.ts';
import type {Outcome} from '../../usage/outcome.ts';
import {counted} from '../../view/counted.ts';
import {errorReport} from '../error-report.ts';
import {helpLines} from '../help-text.ts';
import {bodyHeight, textWidth} from '../layout.ts';
import {errorsOf, type Fetching, outcomeErrors} from './fetching.ts';
import type {Overlay} from './overlay.ts';
import {type Config, keysOf, type State} from './shape.ts';

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
  const troubles = troublesOf(state);
  return {
    kind,
    title: 'Errors',
    // Those that were waited for may pass while they are read.
    lines: errorReport(troubles.length > 0 ? troubles : ['No errors any more.'], width).map(text => ({
      text,
      isHeading: false,
    })),
    top: 0,
  };
}

/** `t`: the errors in full, or that there are none. */
export function showErrors(state: State, config: Config): State {
  if (troublesOf(state).length === 0) return {...state, message: {text: 'No errors.', tone: 'plain'}};
  return {...state, overlay: overlayOf('errors', state, config)};
}

/** With the errors as they are now, where they are being read: `before` is the state that the ones in sight are of. */
export function withErrorsOf(state: State, before: State, config: Config): State {
  const {overlay, fetching, results, size} = state;
  if (overlay?.kind !== 'errors' || (fetching === before.fetching && results === before.results)) return state;
  const fresh = overlayOf('errors', state, config);
  const top = Math.max(0, Math.min(overlay.top, fresh.lines.length - bodyHeight(size)));
  return {...state, overlay: {...fresh, top}};
}

/** What went wrong, what is waited for because of it, and what is missing without an error. */
function troublesOf({screen, fetching, results}: State): readonly (Error | string)[] {
  if (screen === 'results' && results) {
    const {errors, refetching, outcome} = results;
    return [...errors, ...(refetching ? underWay(refetching) : []), ...outcomeTroubles(outcome)];
  }
  if (!fetching) return [];
  return fetching.outcome ? outcomeTroubles(fetching.outcome) : underWay(fetching);
}

function underWay(fetching: Fetching): readonly (Error | string)[] {
  const waits = [...fetching.endpoints.values()].flatMap(({endpoint, state, waitingFor}) =>
    state === 'fetching' && waitingFor !== undefined ? [`${endpoint}: ${waitingFor}. It is tried again.`] : [],
  );
  return [...errorsOf(fetching), ...waits];
}

function outcomeTroubles(outcome: Outcome): readonly (Error | string)[] {
  const notHeld = outcome.gaps.flatMap(({endpoint, missing, error}) =>
    error ? [] : [`${endpoint}: nothing was asked, and the cache does not hold ${daysLabel(missing)}.`],
  );
  const keyNew =
    'This key is new to the cache: once it has fetched anything online, it can use what earlier keys fetched.';
  return [...outcomeErrors(outcome), ...(outcome.isKeyNew && notHeld.length > 0 ? [keyNew] : []), ...notHeld];
}

/** `7 days, 2026-11-16 to 2026-11-22` */
function daysLabel(days: readonly Day[]): string {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return 'its days';
  return first === last ? isoOf(first) : `${counted(days.length, 'day')}, ${isoOf(first)} to ${isoOf(last)}`;
}
