import {formatNumber} from '../view/format.ts';
import {groupLabel, NAMELESS} from '../view/group-label.ts';
import {formatMetric, type Metric} from '../view/metrics.ts';
import type {Pivot} from '../view/pivot.ts';
import {sumOf} from '../view/sum.ts';
import type {Unaccounted} from '../view/unaccounted.ts';
import {fitText, widthOf} from '../view/width.ts';
import {isFitting, type TextColumn} from './text-table.ts';

/** Figures are what is read; a heading longer than that is cut to it. */
const longestHeading = 12;

/**
 * The groups across as columns, as many as fit a terminal so wide, then the others as one, and the total. Shares do not
 * add up: of those, what does not fit is only counted.
 */
export function pivotColumns(
  heading: string,
  metric: Metric,
  {pivot, unaccounted}: {readonly pivot: Pivot; readonly unaccounted: Unaccounted | undefined},
  {width, ellipsis}: {readonly width: number; readonly ellipsis: string},
): readonly TextColumn[] {
  const {down, across, total} = pivot;
  const format = (value: number) => formatMetric(metric, value);
  const name: TextColumn = {
    heading,
    align: 'left',
    cells: down.map(groupLabel),
    total: 'total',
    unaccounted: unaccounted && 'unaccounted',
    isName: true,
  };
  const sums: TextColumn = {
    ...figures(
      'total',
      down.map(({value}) => format(value)),
      format(total.value),
    ),
    unaccounted: unaccounted && format(unaccounted.total.value),
  };
  const columns: TextColumn[] = [];
  for (const [at, column] of across.entries()) {
    const label = groupLabel(column);
    const most = longestHeading + (column.isNameless ? NAMELESS.length : 0);
    const short = widthOf(label) > most ? fitText(label, most, 'left', ellipsis).trimEnd() : label;
    const next = figures(
      short,
      down.map((_, row) => format(pivot.cell(row, at))),
      format(column.value),
    );
    // What is left over is about as wide as the total, and adding it up for each column would take long.
    const rest = at + 1 < across.length ? [{...sums, heading: moreLabel(across.length - at - 1)}] : [];
    if (!isFitting([name, ...columns, next, ...rest, sums], width)) {
      return [name, ...columns, ...othersFrom(at, metric, pivot), sums];
    }
    columns.push(next);
  }
  return [name, ...columns, sums];
}

/** All groups across from that one on, as one column; none where there are no more. */
function othersFrom(from: number, metric: Metric, {down, across, cell}: Pivot): readonly TextColumn[] {
  const others = across.slice(from);
  if (others.length === 0) return [];
  const format = (values: readonly number[]) => (metric.kind === 'share' ? '' : formatMetric(metric, sumOf(values)));
  return [
    figures(
      moreLabel(others.length),
      down.map((_, row) => format(others.map((_, at) => cell(row, from + at)))),
      format(others.map(({value}) => value)),
    ),
  ];
}

function moreLabel(count: number): string {
  return `${formatNumber(count)} more`;
}

function figures(heading: string, cells: readonly string[], total: string): TextColumn {
  return {heading, align: 'right', cells, total};
}
