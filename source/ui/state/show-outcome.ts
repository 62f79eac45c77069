import type {Outcome} from '../../usage/outcome.ts';
import type {SavedColumns} from '../../view/column-choice.ts';
import {rowsOf} from '../../view/rows.ts';
import {START} from '../../view/viewport.ts';
import {startChanges} from './changes.ts';
import {startChart} from './chart.ts';
import {startDetails} from './details.ts';
import {lookOf, type ResultsState} from './results.ts';
import {startSummary} from './summary.ts';

/** To go through so many rows once takes 1 to 5 ms: not worth showing the rows of before for. */
const MOST_ROWS = 400_000;

/** The rows of a fetch as they first appear. */
export function showOutcome(outcome: Outcome, choice: SavedColumns, mostRows = MOST_ROWS): ResultsState {
  const rows = rowsOf(outcome.dataset);
  return {
    outcome,
    filters: [],
    sort: [],
    rows,
    ...lookOf(outcome.dataset, choice),
    table: START,
    place: 'table',
    trail: [],
    search: undefined,
    lens: {dimension: undefined, metric: undefined},
    summary: startSummary,
    chart: startChart,
    details: startDetails,
    changes: startChanges,
    comparison: undefined,
    chooser: undefined,
    refetching: undefined,
    errors: [],
    prompt: undefined,
    figures: {rows, labels: new Map()},
    tasks: [],
    waiting: undefined,
    mostRows,
  };
}
