import {formatNumber} from '../view/format.ts';
import {widthOf} from '../view/width.ts';
import {figureLabels} from './figure-labels.ts';
import type {ResultsState} from './state/results.ts';
import type {Glyphs} from './theme.ts';

/** With more rows, figures wait until the filter is typed: a view lasts for one key only. */
const ROWS_WHILE_TYPING = 200_000;

/** Where the cursor is, and what its column comes to in view, as much of it as there is room for. */
export function positionLine(results: ResultsState, width: number, {separator}: Glyphs): string {
  const {outcome, rows, table, shown, prompt} = results;
  const column = shown.columns[table.column];
  const isWaiting = prompt?.kind === 'filter' && rows.length > ROWS_WHILE_TYPING;
  const figures = column && rows.length > 0 && !isWaiting ? figureLabels(outcome.dataset, column, rows) : [];
  let line = [
    `row ${formatNumber(rows.length === 0 ? 0 : table.row + 1)} of ${formatNumber(rows.length)}`,
    `column ${table.column + 1} of ${shown.columns.length}`,
  ].join(` ${separator} `);
  for (const figure of figures) {
    const longer = `${line} ${separator} ${figure}`;
    if (widthOf(longer) > width) break;
    line = longer;
  }
  return line;
}
