import {withChangesMetric} from './changes.ts';
import type {ResultsState} from './results.ts';

/** The results with the metric that was taken, or the dimension across; undefined is none. */
export function takeChoice(results: ResultsState, of: 'metric' | 'pivot', name: string | undefined): ResultsState {
  if (of === 'pivot') return {...results, summary: {...results.summary, across: name}};
  // What changed has a metric of its own, which both periods must have.
  if (results.place === 'changes' && name !== undefined) return withChangesMetric(results, name);
  return {...results, lens: {...results.lens, metric: name}};
}
