import {type Range, rangeLabel} from '../usage/days.ts';
import type {Change} from '../view/compare.ts';
import type {Group} from '../view/group.ts';
import {formatChange, formatMetric, formatShare, type Metric} from '../view/metrics.ts';
import {changeInPercent} from '../view/percent.ts';
import type {Periods} from '../view/periods.ts';
import {alignPoints} from '../view/points.ts';
import {printable} from '../view/printable.ts';
import {fitText, widthOf} from '../view/width.ts';
import {pivotColumns} from './pivot-columns.ts';
import type {Summary} from './summarize.ts';
import {isFitting, type TextColumn, textTable} from './text-table.ts';

/** What is said above the table: the days, those compared with, and what changed most. */
type SummaryTitle = {
  readonly range: Range;
  readonly periods: Periods | undefined;
  readonly headline: string | undefined;
};

type Look = {readonly width: number; readonly isAscii: boolean};
type Glyphs = {readonly to: string; readonly ellipsis: string; readonly times: string};

const plain: Glyphs = {to: '->', ellipsis: '...', times: 'x'};
const fine: Glyphs = {to: '→', ellipsis: '…', times: '×'};

/** The summary as lines of text that fit a terminal so wide: what changed, what this is, and the table. */
export function summaryText(
  summary: Summary,
  {range, periods, headline}: SummaryTitle,
  {width, isAscii}: Look,
): readonly string[] {
  const glyphs = isAscii ? plain : fine;
  const {to, ellipsis} = glyphs;
  const days = (shown: Range) => rangeLabel(shown).replace('→', to);
  const label = printable(summary.metric.label);
  const what = `${label.charAt(0).toUpperCase()}${label.slice(1)} by ${dimensionsIn(summary)}`;
  const when = periods === undefined ? days(range) : `${days(periods.now)} against ${days(periods.before)}`;
  const title = `${what}, ${when}`;
  const columns = withPoints(columnsOf(summary, width, glyphs), {width, ellipsis});
  return [
    ...(headline === undefined ? [] : [headline]),
    ...(widthOf(title) <= width ? [title] : [what, when].map(line => fitText(line, width, 'left', ellipsis).trimEnd())),
    '',
    ...textTable(columns, width, ellipsis),
  ];
}

function dimensionsIn(summary: Summary): string {
  const second =
    summary.kind === 'pivot' ? summary.across : summary.kind === 'inner changes' ? summary.inside : undefined;
  return [summary.dimension, ...(second === undefined ? [] : [second])].map(({label}) => label).join(' and ');
}

function columnsOf(summary: Summary, width: number, {times, ellipsis}: Glyphs): readonly TextColumn[] {
  const {dimension, metric} = summary;
  const heading = printable(dimension.label);
  switch (summary.kind) {
    case 'groups':
      return groupColumns(heading, metric, summary.grouping.groups, summary.grouping.total, width);
    case 'pivot':
      return pivotColumns(heading, metric, summary.pivot, {width, ellipsis});
    case 'changes':
      return changeColumns(heading, metric, summary.changes.changes, summary.changes.total, {width, times});
    case 'inner changes': {
      const lines = summary.inner.flatMap(({group, changes}) => [
        group,
        ...changes.map(change => ({...change, label: `  ${change.label}`})),
      ]);
      return changeColumns(heading, metric, lines, summary.total, {width, times});
    }
  }
}

function groupColumns(
  heading: string,
  metric: Metric,
  groups: readonly Group[],
  total: Group,
  width: number,
): readonly TextColumn[] {
  const name = nameColumn(heading, groups);
  const value = figures(printable(metric.label), groups, total, group => formatMetric(metric, group.value));
  // The share of a share says nothing, and where room is short it can be seen without.
  const share = figures('share', groups, total, group => formatShare(group.value / total.value));
  const all = [name, value, share];
  return metric.kind === 'share' || !isFitting(all, width) ? [name, value] : all;
}

function changeColumns(
  heading: string,
  metric: Metric,
  changes: readonly Change[],
  total: Change,
  {width, times}: {readonly width: number; readonly times: string},
): readonly TextColumn[] {
  const name = nameColumn(heading, changes);
  const value = figures(printable(metric.label), changes, total, change => formatMetric(metric, change.value));
  const before = figures('before', changes, total, change => formatMetric(metric, change.before));
  const change = figures('change', changes, total, each => signed(metric, each.change));
  const percent = figures('%', changes, total, each =>
    each.state === 'both' ? changeInPercent(each, times) : each.state,
  );
  const all = [name, value, before, change, percent];
  // What it was before can be worked out from the others.
  return isFitting(all, width) ? all : [name, value, change, percent];
}

/** The difference of two shares is no share of anything: it is told in points. */
function signed(metric: Metric, change: number): string {
  const text = formatChange(metric, change);
  return metric.kind === 'share' && text !== '' ? `${text} points` : text;
}

function nameColumn(heading: string, lines: readonly {readonly label: string}[]): TextColumn {
  return {heading, align: 'left', cells: lines.map(({label}) => printable(label)), total: 'total', isName: true};
}

function figures<Line>(heading: string, lines: readonly Line[], total: Line, text: (line: Line) => string): TextColumn {
  return {heading, align: 'right', cells: lines.map(text), total: text(total)};
}

/** Points under one another where the table still fits then; what ends in a unit stands by that. */
function withPoints(columns: readonly TextColumn[], {width, ellipsis}: {width: number; ellipsis: string}) {
  const aligned = columns.map(column => {
    const texts = [...column.cells, column.total];
    if (column.align === 'left' || texts.some(text => /%|points/.test(text))) return column;
    const cells = alignPoints(texts);
    return {...column, cells: cells.slice(0, -1), total: cells.at(-1) ?? ''};
  });
  return textTable(aligned, width, ellipsis).every(line => widthOf(line) <= width) ? aligned : columns;
}
