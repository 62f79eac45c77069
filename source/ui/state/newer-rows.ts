import type {Outcome} from '../../usage/outcome.ts';
import type {Work} from '../../view/work.ts';
import {isTyped} from './prompt.ts';
import {aimOf, lookOf, type ResultsState, viewing} from './results.ts';
import {sameRow} from './same-row.ts';
import {groupSpotOf, type Spot, spotOf, tableAt} from './spot.ts';
import type {Step} from './step.ts';
import {type Apply, asked, taskOf} from './tasks.ts';
import {putBack, type TypedPrompt} from './typed-prompt.ts';

/** The results with the newer rows, and the prompt that was being typed into with the older ones. */
type Arrive = (fresh: ResultsState, prompt: TypedPrompt | undefined) => Step;

/**
 * Newer rows in place of older ones, looked at in the same way: at the same cell, where that is still there. Where it
 * takes long, the older ones stay until then.
 */
export function replacing(results: ResultsState, outcome: Outcome, arrive: Arrive): Step {
  const {dataset} = outcome;
  const older = results.outcome.dataset;
  const aim = aimOf(results);
  const {filters, sort} = aim;
  // A view on its way may change more than the rows: it comes first.
  const first = taskOf(results, 'view') ? Number.POSITIVE_INFINITY : dataset.rowCount;
  const work = function* (): Work<Apply> {
    yield {done: 0, rows: first};
    const sameRows = new Map<number, number | undefined>();
    const again = <Kind extends Spot>(spot: Kind): Kind => {
      if (spot.row === undefined) return spot;
      if (!sameRows.has(spot.row)) sameRows.set(spot.row, sameRow(older, spot.row, dataset));
      return {...spot, row: sameRows.get(spot.row)};
    };
    for (const spot of [spotOf(baseOf(results)), ...results.trail]) {
      again(spot);
      yield {done: 0, rows: dataset.rowCount};
    }
    lookOf(dataset, results.choice);
    const view = yield* viewing(dataset, aim);
    return current => {
      const wanted = aimOf(current);
      const isAsWanted = wanted.filters === filters && wanted.sort === sort && current.outcome.dataset === older;
      if (!isAsWanted || taskOf(current, 'view')) return replacing(current, outcome, arrive);
      const base = baseOf(current);
      const fresh = view(withoutOlder(base, outcome, again)).results;
      const there = {...fresh, table: tableAt(fresh, again(spotOf(base)))};
      return arrive(there, isTyped(current.prompt) ? current.prompt : undefined);
    };
  };
  return asked(results, {of: 'outcome', label: 'Fetching', wish: [outcome, older, filters, sort], work});
}

/** The results as they are without what is being typed. */
function baseOf(results: ResultsState): ResultsState {
  return isTyped(results.prompt) ? putBack(results, results.prompt) : results;
}

function withoutOlder(
  results: ResultsState,
  outcome: Outcome,
  again: <Kind extends Spot>(spot: Kind) => Kind,
): ResultsState {
  const {summary, chart, changes, place, search, trail} = results;
  return {
    ...results,
    outcome,
    ...lookOf(outcome.dataset, results.choice),
    trail: trail.map(spot => ({...again(spot), view: undefined})),
    tasks: [],
    // Where something was found last counts the rows and columns of before.
    search: search && {...search, hidden: undefined},
    // What is out of sight would keep the older rows in memory until it is looked at again.
    ...(place !== 'summary' && {summary: {...summary, goal: groupSpotOf(summary), figures: undefined}}),
    ...(place !== 'chart' && {chart: {...chart, charted: undefined}}),
    ...(place !== 'changes' && {changes: {...changes, figures: undefined}}),
    comparison: undefined,
    errors: [],
  };
}
