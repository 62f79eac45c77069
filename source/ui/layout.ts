/** The terminal's size in cells. */
export type Size = {readonly columns: number; readonly rows: number};

/** The smallest terminal in which every screen says what it has to say. */
export const LEAST: Size = {columns: 40, rows: 10};

export function isTooSmall({columns, rows}: Size): boolean {
  return columns < LEAST.columns || rows < LEAST.rows;
}

/** Rows between the header line and the footer. */
export function bodyHeight({rows}: Size): number {
  return rows - 2;
}

/** Columns of text between the margins. */
export function textWidth({columns}: Size): number {
  return columns - 2;
}

/** The part of a list that is in sight: `height` of `count` items around the cursor, full as long as there are enough. */
export function listWindow(
  count: number,
  cursor: number,
  height: number,
): {readonly from: number; readonly to: number} {
  const size = Math.max(1, Math.min(count, height));
  const from = Math.max(0, Math.min(cursor - Math.floor(size / 2), count - size));
  return {from, to: from + size};
}

/** From so many rows on, a bordered table has its place beside everything else. */
export const ROWS_FOR_BORDERS = 16;
