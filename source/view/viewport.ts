import {clamp} from './clamp.ts';
import {type DayAt, nextDay, previousDay} from './day-jump.ts';
import {firstScrolling, leftToShow, type TableWidth} from './layout.ts';

/** The cursor, the row at the top of the screen, and the first column after the frozen one. All count from 0. */
export type TableState = {readonly row: number; readonly column: number; readonly top: number; readonly left: number};

export const START: TableState = {row: 0, column: 0, top: 0, left: 0};

/** What moving depends on: the table's size, and the screen's room for rows (`height`, headers not counted). */
export type TableFacts = TableWidth & {
  readonly rowCount: number;
  readonly height: number;
  /** Without it, `next-day` and `previous-day` do nothing. */
  readonly dayAt?: DayAt | undefined;
};

export type TableAction =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'page-up'
  | 'page-down'
  | 'first-row'
  | 'last-row'
  | 'first-column'
  | 'last-column'
  | 'next-day'
  | 'previous-day'
  | {readonly goTo: number};

/** The state after an action: clamped to the table, and scrolled just so far that the cursor is on the screen. */
export function move(state: TableState, action: TableAction, facts: TableFacts): TableState {
  return settle(moved(settle(state, facts), action, facts), facts);
}

/** The nearest state that fits the facts, for when they have changed: a resize, a filter, other columns. */
export function settle({row, column, top, left}: TableState, facts: TableFacts): TableState {
  const height = Math.max(1, facts.height);
  const settledRow = clamp(row, 0, facts.rowCount - 1);
  const topWithCursor = clamp(top, settledRow - height + 1, settledRow);
  const settledColumn = clamp(column, 0, facts.columns.length - 1);
  return {
    row: settledRow,
    column: settledColumn,
    top: clamp(topWithCursor, 0, facts.rowCount - height),
    left: settledLeft(left, settledColumn, facts),
  };
}

/** Scrolled no further than the last column needs, so that a wider screen fills up from the left. */
function settledLeft(left: number, column: number, facts: TableFacts): number {
  const first = firstScrolling(facts);
  // The frozen column is in sight anyway: whoever goes there wants to see the beginning.
  if (column < first) return first;
  const furthest = leftToShow(facts.columns.length - 1, first, facts);
  const wanted = clamp(left, first, furthest);
  return column < wanted ? column : leftToShow(column, wanted, facts);
}

function moved(state: TableState, action: TableAction, facts: TableFacts): TableState {
  const {row, column, top} = state;
  const height = Math.max(1, facts.height);
  if (typeof action === 'object') {
    const isInSight = action.goTo >= top && action.goTo < top + height;
    return {...state, row: action.goTo, top: isInSight ? top : action.goTo - Math.floor(height / 2)};
  }
  switch (action) {
    case 'up':
      return {...state, row: row - 1};
    case 'down':
      return {...state, row: row + 1};
    case 'page-up':
      return {...state, row: row - height, top: top - height};
    case 'page-down':
      return {...state, row: row + height, top: top + height};
    case 'first-row':
      return {...state, row: 0};
    case 'last-row':
      return {...state, row: facts.rowCount - 1};
    case 'left':
      return {...state, column: column - 1};
    case 'right':
      return {...state, column: column + 1};
    case 'first-column':
      return {...state, column: 0};
    case 'last-column':
      return {...state, column: facts.columns.length - 1};
    case 'next-day':
    case 'previous-day':
      return dayJump(state, action, facts);
  }
}

/** The day begins at the top of the screen, so that its rows are in sight and not only its first. */
function dayJump(state: TableState, action: 'next-day' | 'previous-day', facts: TableFacts): TableState {
  const {dayAt, rowCount} = facts;
  if (dayAt === undefined || rowCount === 0) return state;
  const row = action === 'next-day' ? nextDay(state.row, rowCount, dayAt) : previousDay(state.row, dayAt);
  return row === state.row ? state : {...state, row, top: row};
}
