import type {Outcome} from '../../usage/outcome.ts';
import type {Glyphs} from '../theme.ts';
import type {Fetching} from './fetching.ts';
import type {ResultsState} from './results.ts';
import type {Surroundings} from './step.ts';

/** The period before: being fetched, there, or why there is none. */
export type Comparison =
  | {readonly state: 'fetching'; readonly fetching: Fetching}
  | {readonly state: 'ready'; readonly outcome: Outcome}
  | {readonly state: 'none'; readonly why: string};

/** The results with the period before being fetched, or with the reason why it cannot be. */
export function startComparison(
  results: ResultsState,
  _around: Pick<Surroundings, 'now' | 'nextId' | 'isOffline'>,
): ResultsState {
  return results;
}

/** The period before has come. */
export function compared(results: ResultsState, _outcome: Outcome): ResultsState {
  return results;
}

/** The line colleagues hear about, ` · x` at its end; undefined while there is nothing to tell. */
export function headlineLine(_results: ResultsState, _width: number, _glyphs: Glyphs): string | undefined {
  return undefined;
}
