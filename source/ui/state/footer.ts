import type {Column} from '../../usage/block.ts';
import type {RowNumbers} from '../../view/rows.ts';
import {type FigureLabels, labelling} from '../figure-labels.ts';
import type {ResultsState} from './results.ts';
import {asked, taskOf} from './tasks.ts';

/** What columns come to over these rows, as far as it is known. */
export type ColumnFigures = {readonly rows: RowNumbers; readonly labels: ReadonlyMap<Column, FigureLabels>};

/** What the column under the cursor comes to; undefined while it is being worked out. */
export function figuresInSight({figures, rows, shown, table}: ResultsState): FigureLabels | undefined {
  const column = shown.columns[table.column];
  return column && figures.rows === rows ? figures.labels.get(column) : undefined;
}

/** With the figures of the column under the cursor, or else of one beside it, where the cursor may go next. */
export function settleFooter(results: ResultsState): ResultsState {
  const {figures, rows, shown, table, outcome} = results;
  const known = figures.rows === rows ? figures.labels : new Map<Column, FigureLabels>();
  const near = [0, 1, -1].flatMap(step => shown.columns[table.column + step] ?? []);
  const column = near.find(each => !known.has(each));
  if (!column || rows.length === 0 || taskOf(results, 'view')) return results;
  return asked(results, {
    of: 'footer',
    label: 'Adding up',
    wish: [rows, column],
    work: function* () {
      const labels = yield* labelling(outcome.dataset, column, rows);
      return current => {
        const others = current.figures.rows === rows ? current.figures.labels : [];
        return {results: {...current, figures: {rows, labels: new Map([...others, [column, labels]])}}};
      };
    },
  }).results;
}
