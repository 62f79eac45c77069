import type {Dataset} from '../usage/dataset.ts';
import {type CellMatch, matchCells, type NumbersMatch, type TextMatch} from './cell-match.ts';
import type {Pattern} from './pattern.ts';
import type {RowNumbers} from './rows.ts';
import {inParts, stage, type Work} from './work.ts';

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
 * before it, part by part; undefined where no cell matches. A place in a column that is not searched stands before its
 * row.
 */
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

/** Steps from a place in the view, the first and the last of which are looked at too; past an end comes the other. */
type Way = {readonly from: number; readonly direction: 1 | -1; readonly first: number; readonly last: number};

/** How many rows from the given one the nearest match is. */
function* findingNearest(match: CellMatch, rows: RowNumbers, way: Way): Work<number | undefined> {
  const {first, last} = way;
  // The answers for small numbers are made once, and not once a part.
  const nearest = match.kind === 'text' ? nearestText(match, rows) : nearestNumber(match, rows);
  let found: number | undefined;
  const looking = inParts(last + 1 - first, (start, end) => {
    const part = {...way, first: first + start, last: first + end - 1};
    found = nearest(part);
  });
  for (const done of looking) {
    if (found !== undefined) break;
    yield done;
  }
  return found;
}

function nearestText({codes, mask}: TextMatch, rows: RowNumbers): (way: Way) => number | undefined {
  return ({from, direction, first, last}) => {
    let at = wrapped(from + first * direction, rows.length);
    for (let steps = first; steps <= last; steps++) {
      if (mask[codes[rows[at] ?? 0] ?? 0] === 1) return steps;
      at += direction;
      if (at === rows.length) at = 0;
      else if (at < 0) at = rows.length - 1;
    }
    return undefined;
  };
}

function nearestNumber({values, isMatch, ...match}: NumbersMatch, rows: RowNumbers): (way: Way) => number | undefined {
  const wholes = match.wholes();
  return ({from, direction, first, last}) => {
    let at = wrapped(from + first * direction, rows.length);
    // Points in time come a thousand in a row: what did not match just before does not match again.
    let unlike = Number.NaN;
    for (let steps = first; steps <= last; steps++) {
      const row = rows[at] ?? 0;
      const value = values[row] ?? Number.NaN;
      if (!Number.isNaN(value) && value !== unlike) {
        const whole = value | 0;
        const isLookedUp = whole === value && whole >= 0 && whole < wholes.length;
        if (isLookedUp ? wholes[whole] === 1 : isMatch(values, row)) return steps;
        unlike = value;
      }
      at += direction;
      if (at === rows.length) at = 0;
      else if (at < 0) at = rows.length - 1;
    }
    return undefined;
  };
}

function wrapped(at: number, length: number): number {
  return at < 0 ? at + length : at >= length ? at - length : at;
}
