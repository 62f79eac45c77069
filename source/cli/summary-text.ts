import {type Range, rangeLabel} from '../usage/days.ts';
import type {Change, Changes} from '../view/compare.ts';
import {counted} from '../view/counted.ts';
import {formatNumber} from '../view/format.ts';
import {groupLabel} from '../view/group-label.ts';
import {formatChange, formatMetric, formatShare, type Metric} from '../view/metrics.ts';
import {changeInPercent} from '../view/percent.ts';
import type {Periods} from '../view/periods.ts';
import {alignPoints} from '../view/points.ts';
import {printable} from '../view/printable.ts';
import {isOverlapping, lackWords} from '../view/unaccounted.ts';
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

type Named = Parameters<typeof groupLabel>[0];

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
    ...lackLines(summary).map(line =>
      widthOf(line) <= width ? line : fitText(line, width, 'left', ellipsis).trimEnd(),
    ),
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
      return groupColumns(heading, summary, width);
    case 'pivot':
      return pivotColumns(heading, metric, summary, {width, ellipsis});
    case 'changes':
      return changeColumns(heading, metric, {...summary.changes, part: summary.unaccounted?.total}, {width, times});
    case 'inner changes': {
      const changes = summary.inner.flatMap(({group, changes}) => [
        group,
        ...changes.map(change => ({...change, label: `  ${groupLabel(change)}`, isNameless: false})),
      ]);
      return changeColumns(
        heading,
        metric,
        {changes, total: summary.total, part: summary.unaccounted?.total},
        {width, times},
      );
    }
  }
}

function groupColumns(
  heading: string,
  {metric, grouping, unaccounted}: Extract<Summary, {kind: 'groups'}>,
  width: number,
): readonly TextColumn[] {
  const {groups, total} = grouping;
  const lines = {lines: groups, total, part: unaccounted?.total};
  const name = nameColumn(heading, lines);
  const value = figures(printable(metric.label), lines, group => formatMetric(metric, group.value));
  // The share of a share says nothing, and where room is short it can be seen without.
  const share = figures('share', lines, group => formatShare(group.value / total.value));
  const all = [name, value, share];
  return metric.kind === 'share' || !isFitting(all, width) ? [name, value] : all;
}

function changeColumns(
  heading: string,
  metric: Metric,
  {changes, total, part}: Changes & {readonly part?: Change | undefined},
  {width, times}: {readonly width: number; readonly times: string},
): readonly TextColumn[] {
  const lines = {lines: changes, total, part};
  const name = nameColumn(heading, lines);
  const value = figures(printable(metric.label), lines, change => formatMetric(metric, change.value));
  const before = figures('before', lines, change => formatMetric(metric, change.before));
  const change = figures('change', lines, each => signed(metric, each.change));
  const percent = figures('%', lines, each => (each.state === 'both' ? changeInPercent(each, times) : each.state));
  const all = [name, value, before, change, percent];
  // What it was before can be worked out from the others.
  return isFitting(all, width) ? all : [name, value, change, percent];
}

/** The difference of two shares is no share of anything: it is told in points. */
function signed(metric: Metric, change: number): string {
  const text = formatChange(metric, change);
  return metric.kind === 'share' && text !== '' ? `${text} points` : text;
}

/** The groups, all of them together, and the part of these that has no name. */
type Lines<Line> = {readonly lines: readonly Line[]; readonly total: Line; readonly part: Line | undefined};

function nameColumn(heading: string, {lines, part}: Lines<Named>): TextColumn {
  const cells = lines.map(groupLabel);
  return {heading, align: 'left', cells, total: 'total', unaccounted: part && 'unaccounted', isName: true};
}

function figures<Line>(heading: string, {lines, total, part}: Lines<Line>, text: (line: Line) => string): TextColumn {
  const unaccounted = part === undefined ? undefined : text(part);
  return {heading, align: 'right', cells: lines.map(text), total: text(total), unaccounted};
}

/** Which names are lacking, under the table. */
function lackLines(summary: Summary): readonly string[] {
  if (summary.kind !== 'groups' && summary.kind !== 'pivot') return [];
  const {unaccounted, table} = summary;
  const of = summary.kind === 'groups' ? summary.grouping.total.rows : summary.pivot.total.rows;
  if (!unaccounted || unaccounted.total.rows === 0 || table.rowCount === 0) return [];
  const rows = `unaccounted: ${formatNumber(unaccounted.total.rows)} of ${counted(of, 'row')}`;
  return [
    '',
    isOverlapping(unaccounted) ? `${rows}; a row may lack several` : rows,
    ...lackWords(unaccounted).map(words => `  ${words}`),
  ];
}

/** Points under one another where the table still fits then; what ends in a unit stands by that. */
function withPoints(columns: readonly TextColumn[], {width, ellipsis}: {width: number; ellipsis: string}) {
  const aligned = columns.map(column => {
    const {unaccounted} = column;
    const texts = [...column.cells, column.total, unaccounted ?? ''];
    if (column.align === 'left' || texts.some(text => /%|points/.test(text))) return column;
    const [part, total, ...cells] = alignPoints(texts).toReversed();
    const its = {...column, cells: cells.reverse(), total: total ?? ''};
    return unaccounted === undefined ? its : {...its, unaccounted: part ?? ''};
  });
  return textTable(aligned, width, ellipsis).every(line => widthOf(line) <= width) ? aligned : columns;
}
