import type {Filter} from '../../view/filter.ts';
import type {RowNumbers} from '../../view/rows.ts';
import type {SortKey} from '../../view/sort.ts';
import {aimOf, type Lens, type Place, type ResultsState, withView} from './results.ts';
import {type GroupSpot, groupSpotOf, type Spot, spotOf, tableAt} from './spot.ts';
import {withoutTask} from './tasks.ts';

/** Where one came from, and what Esc puts back. */
export type Trail = Spot & {
  readonly place: Place;
  readonly filters: readonly Filter[];
  /** As they were then; undefined where they have to be found again. */
  readonly view: {readonly rows: RowNumbers; readonly sort: readonly SortKey[]} | undefined;
  readonly lens: Lens;
  /** The summary's. */
  readonly cursor: number;
  readonly group: GroupSpot | undefined;
};

/** To another screen of the results, from which Esc comes back to where one is now. */
export function goTo(results: ResultsState, place: Place): ResultsState {
  const {place: from, lens, trail, summary, rows, sort} = results;
  const {filters} = aimOf(results);
  const view = filters === results.filters ? {rows, sort} : undefined;
  const spot = {...spotOf(results), cursor: summary.cursor, group: groupSpotOf(summary)};
  return {...results, place, trail: [...trail, {...spot, place: from, filters, view, lens}]};
}

/** Back to where one came from, with the filters of then, at the cell of then; undefined where one came from nowhere. */
export function goBack(results: ResultsState): ResultsState | undefined {
  const last = results.trail.at(-1);
  if (!last) return undefined;
  const arrive = (back: ResultsState) => arrivedAt(back, last);
  const {filters, view} = last;
  if (filters === results.filters) return arrive(results);
  // Rows that are known need not be found again.
  if (view?.sort === results.sort) return arrive({...withoutTask(results, 'view'), filters, rows: view.rows});
  return withView(results, {filters}, arrive);
}

function arrivedAt(back: ResultsState, last: Trail): ResultsState {
  const {place, cursor, group} = last;
  const there = {...back, place, table: tableAt(back, last), trail: back.trail.slice(0, -1)};
  // What a chart was turned to holds for the next one; from a group's rows it goes back to that group.
  if (place !== 'summary' || back.place !== 'table') return there;
  return {...there, lens: last.lens, summary: {...back.summary, cursor, goal: group, figures: undefined}};
}
