import {formatMetric, type Metric} from '../../view/metrics.ts';
import type {Pivot} from '../../view/pivot.ts';
import {printable} from '../../view/printable.ts';
import {fitText, widthOf} from '../../view/width.ts';
import {sumOf} from '../sums.ts';
import type {Figures} from './summary-figures.ts';
import {GAP, type LinesOptions, type TableLines, totalLabel} from './summary-lines.ts';

/** How much of a group's name its column makes room for, where its figures do not need more. */
const MOST_FOR_NAME = 16;
const LEAST_COLUMN = 9;
const LEAST_LABEL = 12;
/** The figures of so many lines are measured: those further down are smaller, unless sorted otherwise. */
const MEASURED = 500;

type Placed = {
  readonly label: number;
  /** Of the groups across that have a column, in their order. */
  readonly columns: readonly number[];
  /** Of the others together; 0 where all have one, or where it has no room. */
  readonly other: number;
  readonly total: number;
};

const widthsByPivot = new WeakMap<Pivot, number[]>();

/** As many groups across as there is room for, the biggest first, the others as one, and the total of each line. */
export function pivotLines(figures: Figures, pivot: Pivot, {from, to, width, glyphs}: LinesOptions): TableLines {
  const {metric, labels, groups} = figures;
  const placed = placeColumns(figures, pivot, width);
  const shown = placed.columns.length;
  const right = (text: string, its: number) => fitText(text, its, 'right', glyphs.ellipsis);
  const line = (label: string, cells: (across: number) => string, other: string, total: string) =>
    [
      fitText(label, placed.label, 'left', glyphs.ellipsis),
      ...placed.columns.map((its, across) => right(cells(across), its)),
      ...(placed.other > 0 ? [right(other, placed.other)] : []),
      right(total, placed.total),
    ].join(GAP);
  const nameAt = (across: number) => acrossLabel(figures, pivot, across);
  return {
    header: line(printable(figures.dimension.label), nameAt, otherLabel(pivot.across.length - shown), 'total'),
    lines: groups.slice(from, to).map((group, index) => {
      const down = from + index;
      const cell = (across: number) => pivot.cell(down, across);
      const other = placed.other > 0 ? addedUp(figures, pivot, shown, cell) : Number.NaN;
      const value = formatMetric(metric, group.value);
      return line(labels[down] ?? '', across => cellText(metric, cell(across)), cellText(metric, other), value);
    }),
    total: line(
      totalLabel(figures),
      across => cellText(metric, valueAt(pivot, across)),
      cellText(
        metric,
        addedUp(figures, pivot, shown, across => valueAt(pivot, across)),
      ),
      formatMetric(metric, figures.total.value),
    ),
  };
}

/** How many of the groups across have a column of their own. */
export function columnsShown(figures: Figures, pivot: Pivot, width: number): number {
  return placeColumns(figures, pivot, width).columns.length;
}

function placeColumns(figures: Figures, pivot: Pivot, width: number): Placed {
  const total = Math.max(figures.valueWidth, 'total'.length);
  const natural = Math.max(figures.labelWidth, widthOf(totalLabel(figures)));
  const least = Math.min(natural, Math.max(LEAST_LABEL, Math.floor(width * 0.3)));
  const room = width - least - GAP.length - total;
  const {columns, other} = columnsIn(figures, pivot, room);
  const used = sumOf(Float64Array.from([...columns, ...(other > 0 ? [other] : [])], its => GAP.length + its));
  // What the columns leave over is for the names.
  return {label: Math.max(1, Math.min(natural, least + room - used)), columns, other, total};
}

function columnsIn(figures: Figures, pivot: Pivot, room: number): Pick<Placed, 'columns' | 'other'> {
  const all = fitting(figures, pivot, room);
  if (all.length === pivot.across.length) return {columns: all, other: 0};
  const others = addedUp(figures, pivot, 0, across => valueAt(pivot, across));
  const other = Math.max(widthOf(otherLabel(pivot.across.length)), widthOf(formatMetric(figures.metric, others)));
  const columns = fitting(figures, pivot, room - GAP.length - other);
  if (columns.length > 0) return {columns, other};
  // The biggest alone, beside a total, still says more than all of them as one.
  return {columns: all.length > 0 ? all.slice(0, 1) : [Math.max(1, room - GAP.length)], other: 0};
}

/** The widths of those that fit into the room, from the first on. */
function fitting(figures: Figures, pivot: Pivot, room: number): readonly number[] {
  const columns: number[] = [];
  let left = room;
  for (let across = 0; across < pivot.across.length; across++) {
    const its = columnWidth(figures, pivot, across);
    left -= GAP.length + its;
    if (left < 0) break;
    columns.push(its);
  }
  return columns;
}

function columnWidth(figures: Figures, pivot: Pivot, across: number): number {
  const known = widthsByPivot.get(pivot) ?? [];
  widthsByPivot.set(pivot, known);
  const remembered = known[across];
  if (remembered !== undefined) return remembered;
  const {metric} = figures;
  const name = Math.min(MOST_FOR_NAME, widthOf(acrossLabel(figures, pivot, across)));
  let most = Math.max(LEAST_COLUMN, name, widthOf(cellText(metric, valueAt(pivot, across))));
  for (let down = 0; down < Math.min(MEASURED, pivot.down.length); down++) {
    most = Math.max(most, widthOf(cellText(metric, pivot.cell(down, across))));
  }
  known[across] = most;
  return most;
}

function acrossLabel({across}: Figures, pivot: Pivot, index: number): string {
  const group = pivot.across[index];
  if (!group) return '';
  return group.id === undefined ? `no ${printable(across?.label ?? '')}` : printable(group.label);
}

function valueAt(pivot: Pivot, across: number): number {
  return pivot.across[across]?.value ?? Number.NaN;
}

function otherLabel(count: number): string {
  return `other (${count})`;
}

/** Those from `first` on together; nothing for shares, which do not add up. */
function addedUp({metric}: Figures, pivot: Pivot, first: number, figureAt: (across: number) => number): number {
  if (metric.kind === 'share') return Number.NaN;
  const count = pivot.across.length - first;
  return sumOf(Float64Array.from({length: count}, (_, index) => figureAt(first + index)));
}

/** Nothing used and nothing there look the same: a table of zeros hides what there is. */
function cellText(metric: Metric, value: number): string {
  return value === 0 ? '' : formatMetric(metric, value);
}
