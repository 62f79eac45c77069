import {groupLabel, NAMELESS} from '../../view/group-label.ts';
import {formatMetric, type Metric} from '../../view/metrics.ts';
import type {Pivot} from '../../view/pivot.ts';
import {printableName} from '../../view/printable.ts';
import {sumOf} from '../../view/sum.ts';
import {widthOf} from '../../view/width.ts';
import type {Figures} from './summary-figures.ts';
import {GAP, namesWidth} from './summary-lines.ts';

/** How much of a group's name its column makes room for, where its figures do not need more. */
const MOST_FOR_NAME = 16;
const LEAST_COLUMN = 7;
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

/** What is measured once a pivot: the widths of its columns, and what those without one come to. */
type Measures = {readonly widths: number[]; readonly others: Map<number, number>};

const measuresByPivot = new WeakMap<Pivot, Measures>();

/** How many of the groups across have a column of their own. */
export function columnsShown(figures: Figures, pivot: Pivot, width: number): number {
  return placeColumns(figures, pivot, width).columns.length;
}

/** The columns of a pivot in so many of the terminal's. */
export function placeColumns(figures: Figures, pivot: Pivot, width: number): Placed {
  const total = Math.max(figures.valueWidth, 'total'.length);
  const natural = namesWidth(figures);
  const least = Math.min(natural, Math.max(LEAST_LABEL, Math.floor(width * 0.3)));
  const room = width - least - GAP.length - total;
  const {columns, other} = columnsIn(figures, pivot, room);
  const used = [...columns, ...(other > 0 ? [other] : [])].reduce((sum, its) => sum + GAP.length + its, 0);
  // What the columns leave over is for the names.
  return {label: Math.max(1, Math.min(natural, least + room - used)), columns, other, total};
}

function columnsIn(figures: Figures, pivot: Pivot, room: number): Pick<Placed, 'columns' | 'other'> {
  const all = fitting(figures, pivot, room);
  if (all.length === pivot.across.length) return {columns: all, other: 0};
  const most = widthOf(formatMetric(figures.metric, othersOf(figures, pivot, 0)));
  const other = Math.max(widthOf(otherLabel(pivot.across.length)), most);
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
  const {widths} = measuresOf(pivot);
  const known = widths[across];
  if (known !== undefined) return known;
  const {metric} = figures;
  const most = MOST_FOR_NAME + (pivot.across[across]?.isNameless ? NAMELESS.length : 0);
  const name = Math.min(most, widthOf(acrossLabel(figures, pivot, across)));
  let width = Math.max(LEAST_COLUMN, name, widthOf(cellText(metric, valueAt(pivot, across))));
  for (let down = 0; down < Math.min(MEASURED, pivot.down.length); down++) {
    width = Math.max(width, widthOf(cellText(metric, pivot.cell(down, across))));
  }
  widths[across] = width;
  return width;
}

/**
 * The groups across from `first` on together, of the line `down` or of all lines; NaN for shares, which do not add up.
 * Of 5,000 groups that takes longer than drawing the line: it is added up once.
 */
export function othersOf({metric}: Figures, pivot: Pivot, first: number, down?: number): number {
  if (metric.kind === 'share') return Number.NaN;
  const {others} = measuresOf(pivot);
  const key = first * (pivot.down.length + 1) + (down ?? pivot.down.length);
  let sum = others.get(key);
  if (sum === undefined) {
    const at = (across: number) => (down === undefined ? valueAt(pivot, across) : pivot.cell(down, across));
    sum = sumOf(Float64Array.from({length: pivot.across.length - first}, (_, index) => at(first + index)));
    others.set(key, sum);
  }
  return sum;
}

function measuresOf(pivot: Pivot): Measures {
  const measures = measuresByPivot.get(pivot) ?? {widths: [], others: new Map()};
  measuresByPivot.set(pivot, measures);
  return measures;
}

/** What the column of a group across is called. */
export function acrossLabel({across}: Figures, pivot: Pivot, index: number): string {
  const group = pivot.across[index];
  if (!group) return '';
  if (group.id === undefined) return `no ${printableName(across?.label ?? '')}`;
  return across?.name === 'day' && isOfOneYear(pivot)
    ? printableName(group.label).slice('2026-'.length)
    : groupLabel(group);
}

/** Days stand one after another: the first and the last tell whether the year can be left to the title. */
function isOfOneYear({across}: Pivot): boolean {
  const days = across.filter(({id}) => id !== undefined);
  return days[0]?.label.slice(0, 4) === days.at(-1)?.label.slice(0, 4);
}

/** What the group across comes to over all lines. */
export function valueAt(pivot: Pivot, across: number): number {
  return pivot.across[across]?.value ?? Number.NaN;
}

export function otherLabel(count: number): string {
  return `other (${count})`;
}

/** Nothing used and nothing there look the same: a table of zeros hides what there is. */
export function cellText(metric: Metric, value: number): string {
  return value === 0 ? '' : formatMetric(metric, value);
}
