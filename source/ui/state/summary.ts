import type {Action} from '../keymap.ts';
import type {ResultsState} from './results.ts';
import type {Sight, Step, Surroundings} from './step.ts';

export type SummaryState = {readonly cursor: number};

export const startSummary: SummaryState = {cursor: 0};

/** What an action does on the Summary screen; undefined where it is none of its own. */
export function actOnSummary(_results: ResultsState, _action: Action, _around: Surroundings): Step | undefined {
  return undefined;
}

/** The summary of the rows in view, with its cursor in sight, after anything that may have changed them. */
export function settleSummary(results: ResultsState, _sight: Sight): ResultsState {
  return results;
}
