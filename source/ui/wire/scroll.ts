import {type Cells, NO_CELLS} from './cells.ts';

/** Lines from `top` to `bottom`, both included, that move up by so many rows (down where negative). */
export type Scrolling = {readonly top: number; readonly bottom: number; readonly up: number};

/** What the sequences of a scroll cost, in bytes and so in cells. */
const COST = 22;

/**
 * The part of the screen that has moved, where moving it leaves less to draw; undefined where nothing has, or not
 * enough. How far is what most of the lines that stand elsewhere agree on: a marked line or two do not hide it.
 */
export function scrollBetween(before: readonly Cells[], after: readonly Cells[]): Scrolling | undefined {
  const up = commonShift(before, after);
  if (up === undefined) return undefined;
  const rows = after.length;
  // What each row gains if the line that is moved there is drawn over, and not the one that stands there.
  let best: Scrolling | undefined;
  let most = COST;
  let sum = 0;
  let from = 0;
  for (let row = Math.max(0, -up); row < Math.min(rows, rows - up); row++) {
    const line = after[row] ?? NO_CELLS;
    if (sum <= 0) {
      sum = 0;
      from = row;
    }
    sum += difference(before[row], line) - difference(before[row + up], line);
    const top = Math.min(from, from + up);
    const bottom = Math.max(row, row + up);
    const gain = sum - exposed(before, after, up > 0 ? [row + 1, bottom] : [top, from - 1]);
    if (gain <= most) continue;
    most = gain;
    best = {top, bottom, up};
  }
  return best;
}

/** The lines after a scroll: the moved ones, and blank ones where they came from. */
export function scrolled(lines: readonly Cells[], {top, bottom, up}: Scrolling): readonly Cells[] {
  return lines.map((line, row) => {
    if (row < top || row > bottom) return line;
    const source = row + up;
    return source < top || source > bottom ? NO_CELLS : (lines[source] ?? NO_CELLS);
  });
}

function commonShift(before: readonly Cells[], after: readonly Cells[]): number | undefined {
  const isChanged = (_: Cells, row: number) => before[row] !== after[row];
  // Where only a line or two have changed, as under a moving cursor, nothing is compared at all.
  if (after.filter(isChanged).length < 3) return undefined;
  const rows = new Map<string, number>();
  for (const [row, line] of before.entries()) if (isChanged(line, row)) rows.set(textOf(line), row);
  rows.delete('');
  const votes = new Map<number, number>();
  for (const [row, line] of after.entries()) {
    if (!isChanged(line, row)) continue;
    const source = rows.get(textOf(line));
    if (source === undefined || source === row || textOf(before[row]) === textOf(line)) continue;
    votes.set(source - row, (votes.get(source - row) ?? 0) + 1);
  }
  let winner: number | undefined;
  for (const [shift, count] of votes) if (count > (votes.get(winner ?? 0) ?? 0)) winner = shift;
  return winner;
}

/** What a line says, however it looks. */
function textOf({characters}: Cells = NO_CELLS): string {
  return characters.join('');
}

/** Of rows that the scroll leaves blank: what drawing them costs more than drawing over what stood there. */
function exposed(before: readonly Cells[], after: readonly Cells[], [first, last]: readonly [number, number]): number {
  let cost = 0;
  for (let row = first; row <= last; row++) {
    const line = after[row] ?? NO_CELLS;
    cost += difference(NO_CELLS, line) - difference(before[row], line);
  }
  return cost;
}

/** In how many columns two lines differ. */
function difference(one: Cells = NO_CELLS, other: Cells = NO_CELLS): number {
  if (one === other) return 0;
  const [short, long] = one.characters.length < other.characters.length ? [one, other] : [other, one];
  let count = 0;
  for (let column = 0; column < long.characters.length; column++) {
    const isThere = column < short.characters.length;
    const character = isThere ? short.characters[column] : ' ';
    const style = isThere ? short.styles[column] : '';
    if (character !== long.characters[column] || style !== long.styles[column]) count++;
  }
  return count;
}
