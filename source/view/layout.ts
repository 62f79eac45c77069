import type {ColumnSize} from './column-sizes.ts';

/** Blank columns between two columns of the table. */
export const GAP = 2;

/** Below it, half the screen is too little for a date, and one column that can be read is better than two that can't. */
const LEAST_WIDTH_TO_FREEZE = 20;

/** Less of a text than that says nothing. */
const LEAST_PART = 6;

export type TableWidth = {
  readonly columns: readonly ColumnSize[];
  readonly width: number;
  /** How many of the first columns are not to scroll; 1 unless told otherwise. */
  readonly frozen?: number;
};

export type PlacedColumn = {readonly column: number; readonly x: number; readonly width: number};

/** From so many columns on, a text is shown whole; below, it makes way for a figure. */
const WIDTH_FOR_WHOLE_TEXTS = 58;

/** A text that makes way keeps that much. */
const LEAST_TEXT = 8;

/**
 * The sizes on a screen of that width: on a narrow one, texts that scroll are cut so far that a figure has room beside
 * the frozen columns and one of them.
 */
export function fittedSizes(
  columns: readonly ColumnSize[],
  {width, frozen = 1}: Pick<TableWidth, 'width' | 'frozen'>,
): readonly ColumnSize[] {
  const figure = columns.slice(frozen).find(({align}) => align === 'right');
  if (width >= WIDTH_FOR_WHOLE_TEXTS || figure === undefined) return columns;
  const taken = columns.slice(0, frozen).reduce((sum, size) => sum + size.width + GAP, figure.width + GAP);
  const most = Math.max(LEAST_TEXT, width - taken);
  return columns.map((size, column) =>
    column < frozen || size.align === 'right' || size.width <= most ? size : {...size, width: most},
  );
}

/** The first column that scrolls: so many columns are frozen as half of the width has room for, and never all. */
export function firstScrolling(table: TableWidth): number {
  return frozenColumns(table).length;
}

/**
 * The columns on the screen from left to right, never beyond `width`: the frozen ones, at most half of it, then those
 * from `left` on. The last may be the first part of a text; part of a number is shown only where nothing else fits.
 */
export function visibleColumns(left: number, table: TableWidth): PlacedColumn[] {
  const {columns, width} = table;
  const placed = frozenColumns(table);
  const first = Math.max(left, placed.length);
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

function frozenColumns({columns, width, frozen = 1}: TableWidth): PlacedColumn[] {
  const placed: PlacedColumn[] = [];
  const most = width < LEAST_WIDTH_TO_FREEZE ? 0 : Math.min(frozen, columns.length - 1);
  let x = 0;
  for (const [column, size] of columns.slice(0, Math.max(0, most)).entries()) {
    const room = Math.floor(width / 2) - x;
    // The first is cut where it is too wide; another one then scrolls like the rest.
    if (column > 0 && size.width > room) break;
    const placedWidth = Math.min(size.width, room);
    placed.push({column, x, width: placedWidth});
    x += placedWidth + GAP;
  }
  return placed;
}

function roomToScroll(table: TableWidth): number {
  const last = frozenColumns(table).at(-1);
  return last === undefined ? table.width : table.width - last.x - last.width - GAP;
}
