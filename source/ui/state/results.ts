import type {Outcome} from '../../usage/outcome.ts';
import {type ColumnSize, measureColumns} from '../../view/column-sizes.ts';
import {type DayAt, readDays} from '../../view/day-jump.ts';
import {move, START, settle, type TableAction, type TableFacts, type TableState} from '../../view/viewport.ts';
import type {Action} from '../keymap.ts';
import type {Fetching} from './fetching.ts';
import type {Prompt} from './prompt.ts';

export type Tone = 'plain' | 'good' | 'warning' | 'bad';

export type Message = {readonly text: string; readonly tone: Tone};

export type ResultsState = {
  readonly outcome: Outcome;
  readonly table: TableState;
  readonly sizes: readonly ColumnSize[];
  readonly dayAt: DayAt | undefined;
  /** The unsettled days being asked for again, while the rows stay. */
  readonly refetching: Fetching | undefined;
  /** Errors of a refetch whose rows were not taken over. */
  readonly errors: readonly Error[];
  readonly prompt: Prompt | undefined;
};

/** Room for the table: its width, and its rows without the header. */
export type TableRoom = {readonly width: number; readonly height: number};

export function showOutcome(outcome: Outcome, table: TableState = START): ResultsState {
  return {
    outcome,
    table,
    sizes: measureColumns(outcome.dataset),
    dayAt: readDays(outcome.dataset),
    refetching: undefined,
    errors: [],
    prompt: undefined,
  };
}

export function factsOf({outcome, sizes, dayAt}: ResultsState, room: TableRoom): TableFacts {
  return {columns: sizes, rowCount: outcome.dataset.rowCount, dayAt, ...room};
}

/** With the cursor in sight, after whatever may have changed the room. */
export function settled(results: ResultsState, room: TableRoom): ResultsState {
  const table = settle(results.table, factsOf(results, room));
  const {row, column, top, left} = results.table;
  const isSame = table.row === row && table.column === column && table.top === top && table.left === left;
  return isSame ? results : {...results, table};
}

const movements: Partial<Record<Action, TableAction>> = {
  up: 'up',
  down: 'down',
  left: 'left',
  right: 'right',
  pageUp: 'page-up',
  pageDown: 'page-down',
  first: 'first-row',
  last: 'last-row',
  previousDay: 'previous-day',
  nextDay: 'next-day',
};

/** The table after a movement; the same results for any other action. */
export function moveTable(results: ResultsState, action: Action, room: TableRoom): ResultsState {
  const movement = movements[action];
  return movement ? {...results, table: move(results.table, movement, factsOf(results, room))} : results;
}

/**
 * Whether a refetch brought at least what was there: one that was stopped, or lacks days that the rows on the screen
 * have, must not take them away.
 */
export function replaces(fresh: Outcome, shown: Outcome): boolean {
  if (fresh.isStopped) return false;
  return fresh.gaps.every(({endpoint, missing}) => {
    const known = new Set(shown.gaps.find(gap => gap.endpoint === endpoint)?.missing);
    return missing.every(day => known.has(day));
  });
}
