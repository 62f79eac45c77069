import type {Outcome} from '../../usage/outcome.ts';
import type {SavedColumns} from '../../view/column-choice.ts';
import {allRows} from '../../view/rows.ts';
import {START} from '../../view/viewport.ts';
import {startChanges} from './changes.ts';
import {startChart} from './chart.ts';
import {startDetails} from './details.ts';
import {lookOf, type ResultsState} from './results.ts';
import {startSummary} from './summary.ts';

/** Some 400,000 rows gone through once, which takes 1 to 5 ms. */
const MOST_PARTS = 12;

/** The rows of a fetch as they first appear. */
export function showOutcome(outcome: Outcome, choice: SavedColumns, mostParts = MOST_PARTS): ResultsState {
  const rows = allRows(outcome.dataset.rowCount);
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
    mostParts,
  };
}
