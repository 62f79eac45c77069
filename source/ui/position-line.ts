import {formatNumber} from '../view/format.ts';
import {widthOf} from '../view/width.ts';
import {figuresInSight} from './state/footer.ts';
import type {ResultsState} from './state/results.ts';
import type {Glyphs} from './theme.ts';

/**
 * Where the cursor is, and what its column comes to in view. Where not all of it fits, the column's number goes for the
 * figures, or these get shorter; where they don't fit then either, the last ones go.
 */
export function positionLine(results: ResultsState, width: number, {separator}: Glyphs): string {
  const {rows, table, shown} = results;
  const {exact = [], short = []} = figuresInSight(results) ?? {};
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
