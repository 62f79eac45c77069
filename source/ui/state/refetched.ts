import type {Outcome} from '../../usage/outcome.ts';
import {sentenceOf} from '../sentences.ts';
import {failuresOf, outcomeErrors} from './fetching.ts';
import {stepped, surroundings} from './on-results.ts';
import type {ResultsState} from './results.ts';
import {withOutcome} from './search.ts';
import type {Config, Event, State} from './shape.ts';

type Fetched = Extract<Event, {kind: 'fetched'}>;

/** The state after a refetch: with its rows, or with those that were there and why. */
export function refetched(state: State, results: ResultsState, {outcome, now}: Fetched, config: Config): State {
  if (replaces(outcome, results.outcome)) {
    const around = surroundings(state, now, config);
    return stepped(state, withOutcome({...results, refetching: undefined}, outcome, around));
  }
  const errors = outcomeErrors(outcome);
  const kept = {...results, refetching: undefined};
  if (outcome.isStopped) {
    const message = {text: 'Stopped; the rows are as they were.', tone: 'plain'} as const;
    return {...state, results: {...kept, errors: [...failuresOf(errors), ...results.errors]}, message};
  }
  const text = `Not fetched again: ${errors.map(sentenceOf)[0] ?? 'days are missing.'} The rows are as they were.`;
  return {...state, results: {...kept, errors}, message: {text, tone: 'bad'}};
}

/**
 * Whether a refetch brought at least what was there: one that was stopped, or lacks days that the rows on the screen
 * have, must not take them away.
 */
function replaces(fresh: Outcome, shown: Outcome): boolean {
  if (fresh.isStopped) return false;
  return fresh.gaps.every(({endpoint, missing}) => {
    const known = new Set(shown.gaps.find(gap => gap.endpoint === endpoint)?.missing);
    return missing.every(day => known.has(day));
  });
}
