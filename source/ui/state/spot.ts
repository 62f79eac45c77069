import type {Dataset} from '../../usage/dataset.ts';
import type {TableState} from '../../view/viewport.ts';
import type {ResultsState} from './results.ts';
import type {SummaryState} from './summary.ts';

/** A cell by what it is, and where it stood: rows and columns move. */
export type Spot = {
  readonly table: TableState;
  /** Of the dataset; undefined where there was no row. */
  readonly row: number | undefined;
  readonly column: string | undefined;
};

/** A group by what it is. */
export type GroupSpot = {readonly dimension: string; readonly id: string | undefined};

type Looked = Pick<ResultsState, 'rows' | 'shown' | 'table'>;

/** The cell under the cursor. */
export function spotOf({table, rows, shown}: Looked): Spot {
  return {table, row: rows[table.row], column: shown.columns[table.column]?.name};
}

/** The table with its cursor on that cell, as far down the screen as it was; where row or column are gone, at their place. */
export function tableAt({rows, shown}: Omit<Looked, 'table'>, {table, row, column}: Spot): TableState {
  const found = row === undefined ? -1 : rows.indexOf(row);
  const at = found === -1 ? table.row : found;
  const top = Math.max(0, table.top + at - table.row);
  return {...table, row: at, top, column: columnAt(shown, column, table.column)};
}

/** Where the column of that name stands, or else the one that stands where it stood. */
export function columnAt(shown: Dataset, name: string | undefined, otherwise: number): number {
  const index = shown.columns.findIndex(column => column.name === name);
  return index === -1 ? otherwise : index;
}

/** The group under the cursor, or the one it is to be put on. */
export function groupSpotOf({figures, cursor, goal}: SummaryState): GroupSpot | undefined {
  const group = figures?.groups[cursor];
  return goal ?? (figures && group && {dimension: figures.dimension.name, id: group.id});
}
