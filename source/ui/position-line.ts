import {formatNumber} from '../view/format.ts';
import {widthOf} from '../view/width.ts';
import {figureLabels} from './figure-labels.ts';
import type {ResultsState} from './state/results.ts';
import type {Glyphs} from './theme.ts';

/** With more rows, figures wait until the filter is typed: a view lasts for one key only. */
const ROWS_WHILE_TYPING = 200_000;

/**
 * Where the cursor is, and what its column comes to in view. Where not all of it fits, the column's number goes for the
 * figures, or these get shorter; where they don't fit then either, the last ones go.
 */
export function positionLine(results: ResultsState, width: number, {separator}: Glyphs): string {
  const {outcome, rows, table, shown, prompt} = results;
  const column = shown.columns[table.column];
  const isWaiting = prompt?.kind === 'filter' && rows.length > ROWS_WHILE_TYPING;
  const figures = column && rows.length > 0 && !isWaiting ? figureLabels(outcome.dataset, column, rows) : undefined;
  const {exact = [], short = []} = figures ?? {};
  const row = `row ${formatNumber(rows.length === 0 ? 0 : table.row + 1)} of ${formatNumber(rows.length)}`;
  const place = `column ${table.column + 1} of ${shown.columns.length}`;
  const lineOf = (parts: readonly string[]) => parts.join(` ${separator} `);
  const whole = [
    [row, place, ...exact],
    [row, ...exact],
    [row, place, ...short],
    [row, ...short],
  ].map(lineOf);
  const fitting = whole.find(line => widthOf(line) <= width);
  if (fitting !== undefined) return fitting;
  let line = lineOf([row, place]);
  for (const figure of short) {
    const longer = lineOf([line, figure]);
    if (widthOf(longer) > width) break;
    line = longer;
  }
  return line;
}
