import type {Action} from '../keymap.ts';
import type {ResultsState} from './results.ts';
import type {Step, Surroundings} from './step.ts';

export type ChartState = {readonly cursor: number};

export const startChart: ChartState = {cursor: 0};

/** What an action does on the Chart screen; undefined where it is none of its own. */
export function actOnChart(_results: ResultsState, _action: Action, _around: Surroundings): Step | undefined {
  return undefined;
}
