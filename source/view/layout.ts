import type {ColumnSize} from './column-sizes.ts';

/** Blank columns between two columns of the table. */
export const GAP = 2;

/** Below it, half the screen is too little for a date, and one column that can be read is better than two that can't. */
const LEAST_WIDTH_TO_FREEZE = 20;

/** Less of a text than that says nothing. */
const LEAST_PART = 6;

export type TableWidth = {readonly columns: readonly ColumnSize[]; readonly width: number};

export type PlacedColumn = {readonly column: number; readonly x: number; readonly width: number};

/** The first column that scrolls: 1 where column 0 is frozen, else 0. */
export function firstScrolling({columns, width}: TableWidth): 0 | 1 {
  return columns.length > 1 && width >= LEAST_WIDTH_TO_FREEZE ? 1 : 0;
}

/**
 * The columns on the screen from left to right, never beyond `width`: the frozen one, at most half of it, then those
 * from `left` on. The last may be the first part of a text; part of a number is shown only where nothing else fits.
 */
export function visibleColumns(left: number, table: TableWidth): PlacedColumn[] {
  const {columns, width} = table;
  const placed: PlacedColumn[] = [];
  const first = Math.max(left, firstScrolling(table));
  if (firstScrolling(table) === 1) placed.push({column: 0, x: 0, width: frozenWidth(table)});
  let x = width - roomToScroll(table);
  for (const [column, size] of columns.entries()) {
    if (column < first) continue;
    const room = width - x;
    if (size.width > room) {
      const isWorthIt = column === first || (size.align === 'left' && room >= LEAST_PART);
      if (isWorthIt) placed.push({column, x, width: room});
      break;
    }
    placed.push({column, x, width: size.width});
    x += size.width + GAP;
  }
  return placed;
}

/** The smallest `left`, from `from` on, with which `column` is on the screen whole, or else begins at its left edge. */
export function leftToShow(column: number, from: number, table: TableWidth): number {
  let room = roomToScroll(table);
  let left = column;
  for (let candidate = column; candidate >= from; candidate--) {
    room -= table.columns[candidate]?.width ?? 0;
    if (room < 0) break;
    left = candidate;
    room -= GAP;
  }
  return left;
}

function frozenWidth({columns, width}: TableWidth): number {
  return Math.min(columns[0]?.width ?? 0, Math.floor(width / 2));
}

function roomToScroll(table: TableWidth): number {
  return firstScrolling(table) === 1 ? table.width - frozenWidth(table) - GAP : table.width;
}
