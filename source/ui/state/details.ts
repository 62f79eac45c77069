import type {Action} from '../keymap.ts';
import type {ResultsState} from './results.ts';
import type {Sight, Step, Surroundings} from './step.ts';

/** The field under the cursor and the first one in sight. */
export type DetailsState = {readonly cursor: number; readonly top: number};

export const startDetails: DetailsState = {cursor: 0, top: 0};

/** What an action does on the Details screen; undefined where it is none of its own. */
export function actOnDetails(_results: ResultsState, _action: Action, _around: Surroundings): Step | undefined {
  return undefined;
}

/** With the cursor on a field there is, and in sight. */
export function settleDetails(results: ResultsState, _sight: Sight): ResultsState {
  return results;
}
