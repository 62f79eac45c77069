import type {Outcome} from '../../usage/outcome.ts';
import type {Action} from '../keymap.ts';
import type {Fetching} from './fetching.ts';
import type {ResultsState} from './results.ts';
import type {Sight, Step, Surroundings} from './step.ts';

export type ChangesState = {
  /** The hours of a day being fetched. */
  readonly fetching: Fetching | undefined;
};

export const startChanges: ChangesState = {fetching: undefined};

/** What an action does on the screen of what changed; undefined where it is none of its own. */
export function actOnChanges(_results: ResultsState, _action: Action, _around: Surroundings): Step | undefined {
  return undefined;
}

/** `x` on the table or the summary. */
export function openChanges(results: ResultsState, _around: Surroundings): Step {
  return {results};
}

/** The hours of a day have come. */
export function hoursArrived(results: ResultsState, _outcome: Outcome): ResultsState {
  return results;
}

/** With what changed up to date and the cursor in sight. */
export function settleChanges(results: ResultsState, _sight: Sight): ResultsState {
  return results;
}
