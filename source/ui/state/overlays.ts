import {errorReport} from '../error-report.ts';
import {helpLines} from '../help-text.ts';
import {textWidth} from '../layout.ts';
import {errorsOf, outcomeErrors} from './fetching.ts';
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
  return {
    kind,
    title: 'Errors',
    lines: errorReport(currentErrors(state), width).map(text => ({text, isHeading: false})),
    top: 0,
  };
}

/** `t`: the errors in full, or that there are none. */
export function showErrors(state: State, config: Config): State {
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
