import type {Dataset} from '../usage/dataset.ts';
import {type CellMatch, matchCells} from './cell-match.ts';
import type {Pattern} from './pattern.ts';
import type {RowNumbers} from './rows.ts';
import {finish, inParts, stage, type Work} from './work.ts';

/** A cell: the position of its row in the view, and its column's index into `dataset.columns`. */
export type Place = {readonly at: number; readonly column: number};

type Found = Place & {readonly isWrapped: boolean};

type Search = {
  readonly pattern: Pattern;
  /** The columns to look into, as the cells of a row follow one another. */
  readonly columns: readonly number[];
  readonly from: Place;
  readonly direction: 1 | -1;
  readonly isFromIncluded: boolean;
};

/**
 * The next cell that matches, cell by cell and row by row, going on at the other end of the view where there is none
 * before it; undefined where no cell matches. A place in a column that is not searched stands before its row.
 */
export function findPlace(dataset: Dataset, rows: RowNumbers, search: Search): Found | undefined {
  return finish(findingPlace(dataset, rows, search));
}

/** The same, part by part. */
export function* findingPlace(dataset: Dataset, rows: RowNumbers, search: Search): Work<Found | undefined> {
  const {pattern, columns, from, direction, isFromIncluded} = search;
  const start = columns.indexOf(from.column);
  let found: {column: number; order: number; steps: number} | undefined;
  // Column by column, since a loop over one column is fast: the nearest row of each, and of these the nearest.
  for (const [order, column] of columns.entries()) {
    const cells = dataset.columns[column];
    const match = cells && matchCells(cells, pattern);
    if (match === undefined) continue;
    const isAhead = (order - start) * direction > 0 || (isFromIncluded && order === start);
    const first = isAhead ? 0 : 1;
    const way = {from: from.at, direction, first, last: found?.steps ?? rows.length - 1 + first};
    const steps = yield* stage(findingNearest(match, rows, way), order, columns.length);
    if (steps === undefined) continue;
    const isNearer = found === undefined || steps < found.steps || (order - found.order) * direction < 0;
    if (isNearer) found = {column, order, steps};
  }
  if (found === undefined) return undefined;
  const at = wrapped(from.at + found.steps * direction, rows.length);
  const isWrapped = at !== from.at + found.steps * direction;
  return {at, column: found.column, isWrapped};
}

/** How many rows from the given one the nearest match is, among the first to the last of these steps. */
function* findingNearest(
  match: CellMatch,
  rows: RowNumbers,
  {from, direction, first, last}: {from: number; direction: 1 | -1; first: number; last: number},
): Work<number | undefined> {
  let found: number | undefined;
  const looking = inParts(last + 1 - first, (start, end) => {
    let at = wrapped(from + (first + start) * direction, rows.length);
    for (let steps = first + start; steps < first + end; steps++) {
      if (isMatchAt(match, rows[at] ?? 0)) {
        found = steps;
        return;
      }
      at += direction;
      if (at === rows.length) at = 0;
      else if (at < 0) at = rows.length - 1;
    }
  });
  for (const done of looking) {
    if (found !== undefined) break;
    yield done;
  }
  return found;
}

function isMatchAt(match: CellMatch, row: number): boolean {
  if (match.kind === 'text') return match.mask[match.codes[row] ?? 0] === 1;
  return !Number.isNaN(match.values[row]) && match.isMatch(match.values, row);
}

function wrapped(at: number, length: number): number {
  return at < 0 ? at + length : at >= length ? at - length : at;
}
