import type {Dataset} from '../../usage/dataset.ts';
import type {Outcome} from '../../usage/outcome.ts';
import {chosenColumns, type SavedColumns} from '../../view/column-choice.ts';
import {type ColumnSize, measureColumns} from '../../view/column-sizes.ts';
import {type DayAt, readDays} from '../../view/day-jump.ts';
import {type Filter, filteringRows} from '../../view/filter.ts';
import {fittedSizes} from '../../view/layout.ts';
import {leastWidth} from '../../view/least-width.ts';
import {type RowNumbers, rowsOf} from '../../view/rows.ts';
import {type SortKey, sortingRows} from '../../view/sort.ts';
import {move, settle, type TableAction, type TableFacts, type TableState} from '../../view/viewport.ts';
import {stage, type Work} from '../../view/work.ts';
import type {Action} from '../keymap.ts';
import type {ChangesState} from './changes.ts';
import type {ChartState} from './chart.ts';
import type {Chooser} from './chooser.ts';
import type {Comparison} from './comparison.ts';
import type {DetailsState} from './details.ts';
import {type Fetching, failuresOf} from './fetching.ts';
import type {ColumnFigures} from './footer.ts';
import type {Prompt} from './prompt.ts';
import type {Search} from './sought.ts';
import {columnAt} from './spot.ts';
import type {SummaryState} from './summary.ts';
import {type Apply, asked, type Task, taskOf} from './tasks.ts';
import type {Trail} from './trail.ts';
import type {Waiting} from './waiting.ts';

export type Tone = 'plain' | 'good' | 'warning' | 'bad';

export type Message = {readonly text: string; readonly tone: Tone};

/** Which screen of the results is in sight. */
export type Place = 'table' | 'summary' | 'chart' | 'details' | 'changes';

/** What summary and chart show: names of a dimension and of a metric; undefined is the first there is. */
export type Lens = {readonly dimension: string | undefined; readonly metric: string | undefined};

/** The rows of one fetch, and how they are looked at. */
export type ResultsState = {
  readonly outcome: Outcome;
  readonly filters: readonly Filter[];
  readonly sort: readonly SortKey[];
  /** The view: rows of the dataset that the filters leave (those being typed too), sorted. */
  readonly rows: RowNumbers;
  readonly choice: SavedColumns;
  /** The dataset with the shown columns alone, in their order. `table.column` counts these, `table.row` the view. */
  readonly shown: Dataset;
  readonly frozen: number;
  readonly sizes: readonly ColumnSize[];
  readonly table: TableState;
  readonly place: Place;
  readonly trail: readonly Trail[];
  readonly search: Search | undefined;
  readonly lens: Lens;
  readonly summary: SummaryState;
  readonly chart: ChartState;
  readonly details: DetailsState;
  readonly changes: ChangesState;
  /** The period before: what `x` and the line above the table compare with. */
  readonly comparison: Comparison | undefined;
  readonly chooser: Chooser | undefined;
  /** The unsettled days being asked for again, while the rows stay. */
  readonly refetching: Fetching | undefined;
  /** Errors of what was fetched beside the rows: a refetch that was not taken over, the period before, hours. */
  readonly errors: readonly Error[];
  readonly prompt: Prompt | undefined;
  /** What the column under the cursor comes to, and those looked at before. */
  readonly figures: ColumnFigures;
  /** What is being worked out, the most pressing first, while the screen shows what was there before. */
  readonly tasks: readonly Task[];
  /** The key that waits for the tasks; those after it wait in the keyboard. */
  readonly waiting: Waiting | undefined;
  /** So many rows a key may go through at once: to go through more of them is a task. */
  readonly mostRows: number;
};

/** Room for the table: its width, and its rows without the header. */
export type TableRoom = {readonly width: number; readonly height: number};

/** With other columns; the cursor stays on its column where that is still shown. */
export function withColumns(results: ResultsState, choice: SavedColumns): ResultsState {
  const name = results.shown.columns[results.table.column]?.name;
  const look = lookOf(results.outcome.dataset, choice);
  const column = columnAt(look.shown, name, results.table.column);
  return {...results, ...look, table: {...results.table, column}};
}

/** How the columns chosen look in a dataset. */
export function lookOf(dataset: Dataset, choice: SavedColumns) {
  const {shown, frozen} = chosenColumns(dataset, choice);
  const measured = measureColumns(shown);
  const sizes = shown.columns.flatMap((column, index) => {
    const size = measured[index];
    const chosen = Object.hasOwn(choice.widths, column.name) ? choice.widths[column.name] : undefined;
    if (!size || chosen === undefined) return size ?? [];
    return {...size, width: Math.max(chosen, leastWidth(column, dataset.rowCount))};
  });
  return {choice, shown, frozen, sizes};
}

/** What rows are looked at, and in which order. */
export type Aim = {readonly filters: readonly Filter[]; readonly sort: readonly SortKey[]};

/** The filters and the order that were asked for last, be they in sight already or on their way. */
export function aimOf(results: ResultsState): Aim {
  return taskOf(results, 'view')?.aim ?? results;
}

/**
 * With other filters or another order, and then as `arrive` changes it: at once, or else a task. The cursor stays on its
 * row where filters leave it; another order begins anew.
 */
export function withView(results: ResultsState, look: Partial<Aim>, arrive: Arrive = same): ResultsState {
  const {filters, sort} = {...aimOf(results), ...look};
  const {dataset} = results.outcome;
  return asked(results, {
    of: 'view',
    label: look.sort ? 'Sorting' : 'Filtering',
    wish: [dataset, filters, sort],
    aim: {filters, sort},
    isArriving: arrive !== same,
    work: () => viewing(dataset, {filters, sort}, arrive),
  }).results;
}

/** What else changes when the rows are there; `before` is how the results were just then. */
type Arrive = (results: ResultsState, before: ResultsState) => ResultsState;

const same: Arrive = results => results;

/** The rows of a dataset that the filters leave, in that order, and what changes when they are there. */
export function* viewing(dataset: Dataset, {filters, sort}: Aim, arrive = same): Work<Apply> {
  const all = rowsOf(dataset);
  const kept = filters.length === 0 ? all : yield* stage(filteringRows(dataset, all, filters), 0, 2);
  const rows = yield* stage(sortingRows(dataset, kept, sort), 1, 2);
  return current => {
    // Whoever has gone on to another screen looks at a row there.
    const isBegun = sort !== current.sort && current.place === 'table';
    // The same rows in another order come to the same: nobody waits for the footer once more.
    const isSame = filters === current.filters && current.figures.rows === current.rows;
    const figures = isSame ? {...current.figures, rows} : current.figures;
    return {results: arrive(withRows({...current, filters, sort, figures}, rows, isBegun), current)};
  };
}

/** With these rows, the cursor on its row where that is one of them, or on the first. */
export function withRows(results: ResultsState, rows: RowNumbers, isBegun = false): ResultsState {
  const {table} = results;
  const current = results.rows[table.row];
  const row = isBegun || current === undefined ? 0 : Math.max(0, rows.indexOf(current));
  return {...results, rows, table: {...table, row, top: isBegun ? 0 : table.top}};
}

/** The table's size and the screen's, for moving in it. */
export function factsOf({outcome, rows, sizes, frozen}: ResultsState, room: TableRoom): TableFacts {
  const columns = fittedSizes(sizes, {width: room.width, frozen});
  return {columns, frozen, rowCount: rows.length, dayAt: dayAtOf(outcome.dataset, rows), ...room};
}

function dayAtOf(dataset: Dataset, rows: RowNumbers): DayAt | undefined {
  const days = dayReaders.get(dataset) ?? readDays(dataset);
  if (days) dayReaders.set(dataset, days);
  return days && (at => days(rows[at] ?? 0));
}

const dayReaders = new WeakMap<Dataset, DayAt>();

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

/** With errors of what was fetched beside the rows, for `t`; the same one once, and none that says that somebody stopped. */
export function withErrors(results: ResultsState, errors: readonly Error[]): ResultsState {
  const known = new Map(results.errors.map(error => [error.message, error]));
  for (const error of failuresOf(errors)) if (!known.has(error.message)) known.set(error.message, error);
  return known.size === results.errors.length ? results : {...results, errors: [...known.values()]};
}
