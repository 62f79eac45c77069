import {filterLabel} from '../../view/filter.ts';
import {formatNumber} from '../../view/format.ts';
import {fitText, widthOf} from '../../view/width.ts';
import type {Glyphs} from '../theme.ts';
import type {ResultsState} from './results.ts';

/** Less of a filter than that says nothing. */
const LEAST_LABEL = 12;

/**
 * The active filters in one line above the table; undefined where there are none. Where it gets narrow, the key goes
 * first, then the count that the position line tells too, then the ends of the filters.
 */
export function filtersLine({filters, rows, outcome}: ResultsState, width: number, glyphs: Glyphs): string | undefined {
  if (filters.length === 0) return undefined;
  const labels = filters.map(filterLabel);
  const count = `${formatNumber(rows.length)} of ${formatNumber(outcome.dataset.rowCount)} rows`;
  const lineOf = (parts: readonly string[]) => `filter: ${parts.join(` ${glyphs.separator} `)}`;
  const whole = [[...labels, count, 'Backspace undoes'], [...labels, count], labels].map(lineOf);
  const fitting = whole.find(line => widthOf(line) <= width);
  if (fitting !== undefined) return fitting;
  const gaps = widthOf(lineOf(labels.map(() => '')));
  const share = Math.max(LEAST_LABEL, Math.floor((width - gaps) / labels.length));
  return lineOf(
    labels.map(label => (widthOf(label) <= share ? label : fitText(label, share, 'left', glyphs.ellipsis).trimEnd())),
  );
}
