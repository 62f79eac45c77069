import type {Column} from '../../usage/block.ts';
import {type Dataset, valueAt} from '../../usage/dataset.ts';
import {counted} from '../../view/counted.ts';
import {plainDecimal} from '../../view/decimal.ts';
import {printableName} from '../../view/printable.ts';
import {fitText, widthOf} from '../../view/width.ts';
import {lineOfCells, oneLine} from '../clipboard.ts';
import {textWidth} from '../layout.ts';
import type {ResultsState} from './results.ts';
import type {Step, Surroundings} from './step.ts';

/** `y` and `Y` on the table: its cell or its row, by tabs. */
export function copyFromTable(results: ResultsState, what: 'cell' | 'row', around: Surroundings): Step {
  const {rows, shown, table, outcome} = results;
  const row = rows[table.row];
  const column = shown.columns[table.column];
  if (row === undefined || column === undefined) return say(results, 'Nothing to copy: there is no row.');
  return what === 'cell'
    ? copyValue(results, {kind: 'cell', value: rawValue(column, row)}, around)
    : copyRow(results, outcome.dataset, row);
}

/** One value, as it is: without separators, rounding or currency. */
export function copyValue(
  results: ResultsState,
  {kind, value}: {readonly kind: 'cell' | 'field'; readonly value: string},
  {size, glyphs}: Surroundings,
): Step {
  const text = oneLine(value);
  if (text === '') return say(results, `Nothing to copy: the ${kind} is empty.`);
  const label = printableName(text);
  const width = Math.min(widthOf(label), labelWidth(textWidth(size)));
  return {results, copy: {text, what: `${kind}: ${fitText(label, width, 'left', glyphs.ellipsis)}`}};
}

/** A row of the dataset: all its columns in their order, parted by tabs, so that it pastes into a spreadsheet. */
export function copyRow(results: ResultsState, dataset: Dataset, row: number): Step {
  const text = lineOfCells(
    dataset.columns.map(column => {
      const value = valueAt(column, row);
      return typeof value === 'number' ? value : rawValue(column, row);
    }),
  );
  return {results, copy: {text, what: `row of ${counted(dataset.columns.length, 'field')}`}};
}

/** What the API gave, as text; empty where it gave nothing. */
export function rawValue(column: Column, row: number): string {
  const value = valueAt(column, row);
  return typeof value === 'number' ? plainDecimal(value) : String(value ?? '');
}

function say(results: ResultsState, text: string): Step {
  return {results, message: {text, tone: 'plain'}};
}

/** So much of a value that the message says the rest on one line of 80 columns, and on two of 40. */
function labelWidth(width: number): number {
  return Math.max(8, Math.min(30, width - 61));
}
