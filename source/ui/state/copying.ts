import type {ResultsState} from './results.ts';
import type {Step, Surroundings} from './step.ts';

/** `y` and `Y` on the table: its cell or its row, by tabs. */
export function copyFromTable(results: ResultsState, _what: 'cell' | 'row', _around: Surroundings): Step {
  return {results};
}
