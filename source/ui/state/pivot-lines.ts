import {formatMetric} from '../../view/metrics.ts';
import type {Pivot} from '../../view/pivot.ts';
import {printable} from '../../view/printable.ts';
import {fitText} from '../../view/width.ts';
import {acrossLabel, cellText, otherLabel, othersOf, placeColumns, valueAt} from './pivot-columns.ts';
import type {Figures} from './summary-figures.ts';
import {
  GAP,
  type LinesOptions,
  type SummaryLine,
  type TableLines,
  totalLabel,
  unaccountedLabel,
} from './summary-lines.ts';

/** As many groups across as there is room for, the biggest first, the others as one, and the total of each line. */
export function pivotLines(figures: Figures, pivot: Pivot, {from, to, width, glyphs}: LinesOptions): TableLines {
  const {metric, labels, groups, unaccounted} = figures;
  const placed = placeColumns(figures, pivot, width);
  const shown = placed.columns.length;
  const right = (text: string, its: number) => fitText(text, its, 'right', glyphs.ellipsis);
  const line = (label: string, cells: (across: number) => string, other: string, total: string): SummaryLine => ({
    text: [
      fitText(label, placed.label, 'left', glyphs.ellipsis),
      ...placed.columns.map((its, across) => right(cells(across), its)),
      ...(placed.other > 0 ? [right(other, placed.other)] : []),
      right(total, placed.total),
    ].join(GAP),
    bars: '',
  });
  const partLine = (label: string, value: string) => line(label, () => '', '', value);
  const nameAt = (across: number) => acrossLabel(figures, pivot, across);
  return {
    header: line(printable(figures.dimension.label), nameAt, otherLabel(pivot.across.length - shown), 'total'),
    lines: groups.slice(from, to).map((group, index) => {
      const down = from + index;
      const cells = (across: number) => cellText(metric, pivot.cell(down, across));
      const other = placed.other > 0 ? cellText(metric, othersOf(figures, pivot, shown, down)) : '';
      return line(labels[down] ?? '', cells, other, formatMetric(metric, group.value));
    }),
    total: line(
      totalLabel(figures),
      across => cellText(metric, valueAt(pivot, across)),
      cellText(metric, othersOf(figures, pivot, shown)),
      formatMetric(metric, figures.total.value),
    ),
    unaccounted: unaccounted && partLine(unaccountedLabel(unaccounted), formatMetric(metric, unaccounted.total.value)),
  };
}
