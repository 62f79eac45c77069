import {type ChartColumns, leftOf, type Stacks, shareOut} from './chart-columns.ts';
import {dateLine} from './chart-dates.ts';
import type {Scale} from './chart-scale.ts';
import type {Steps} from './steps.ts';
import {fitText} from './width.ts';

/** A piece of a line; `series` is by number whose fill it is, absent for axes and blanks. */
type ChartSegment = {readonly text: string; readonly series?: number};

/** One line of the chart, from left to right. */
export type ChartLine = readonly ChartSegment[];

/** A blank and the line of the axis, right of its labels. */
export const AXIS_WIDTH = 2;

const UNICODE_LINES = {tick: '┤', axis: '│', corner: '└', rule: '─'};
const ASCII_LINES = {tick: '+', axis: '|', corner: '+', rule: '-'};
const EIGHTHS = '▁▂▃▄▅▆▇';

type Drawing = {
  readonly columns: ChartColumns;
  readonly stacks: Stacks;
  readonly scale: Scale;
  readonly labelWidth: number;
  readonly marks: readonly string[];
  readonly steps: Steps;
  readonly width: number;
  /** Lines of columns, without the rule and the dates below. */
  readonly rows: number;
  readonly hasRule: boolean;
  readonly hasDates: boolean;
  readonly isAscii: boolean;
  readonly formatAxis: (value: number) => string;
};

/** The lines of a chart from top to bottom. */
export function drawLines(drawing: Drawing): ChartLine[] {
  const {columns, steps, width, rows, labelWidth, hasRule, hasDates, isAscii, formatAxis, scale} = drawing;
  const glyphs = isAscii ? ASCII_LINES : UNICODE_LINES;
  const axisWidth = labelWidth === 0 ? 0 : labelWidth + AXIS_WIDTH;
  const axis = (label: string, glyph: string) =>
    labelWidth === 0 ? '' : `${fitText(label, labelWidth, 'right')} ${glyph}`;
  // A number stands on the row whose upper edge is as high as it; of two on one row the higher counts.
  const labels = new Map(scale.ticks.map(tick => [Math.round((tick / scale.top) * rows), formatAxis(tick)]));
  const cells = cellsOf(drawing);
  const lines: ChartLine[] = [];
  for (let row = rows; row >= 1; row--) {
    const label = labels.get(row);
    const head = axis(label ?? '', label === undefined ? glyphs.axis : glyphs.tick);
    lines.push([...segment(head), ...plotLine(drawing, cells, row, width - axisWidth)]);
  }
  if (hasRule) lines.push(segment(axis(formatAxis(0), glyphs.corner) + glyphs.rule.repeat(width - axisWidth)));
  if (hasDates) lines.push(segment(' '.repeat(axisWidth) + dateLine(steps, columns, width - axisWidth)));
  return lines;
}

/** What stands in a column from the bottom up: the series of each cell, and for a lone series how its top ends. */
type Cells = {readonly series: readonly number[]; readonly top?: string | undefined};

function cellsOf({columns, stacks, scale, rows, isAscii}: Drawing): Cells[] {
  return Array.from({length: columns.count}, (_, column) => {
    const total = stacks.totals[column] ?? 0;
    if (!(total > 0)) return {series: []};
    const height = Math.min(rows, (total / scale.top) * rows);
    // Only where one series stands alone is a part of a cell free to show how high it reaches.
    if (stacks.parts.length === 1 && !isAscii) return eighths(height);
    const parts = stacks.parts.map(part => part[column] ?? 0);
    const counts = shareOut(parts, Math.min(rows, Math.max(1, Math.round(height))));
    return {series: counts.flatMap((count, series) => Array.from({length: count}, () => series))};
  });
}

function eighths(height: number): Cells {
  const parts = Math.max(1, Math.round(height * 8));
  const series = Array.from({length: Math.ceil(parts / 8)}, () => 0);
  return {series, top: EIGHTHS[(parts % 8) - 1]};
}

function plotLine({columns, marks}: Drawing, cells: readonly Cells[], row: number, width: number): ChartSegment[] {
  const gap = columns.width >= 3 ? 1 : 0;
  const segments: {text: string; series?: number}[] = [];
  const put = (text: string, series: number | undefined) => {
    const last = segments.at(-1);
    if (last !== undefined && last.series === series) last.text += text;
    else if (text !== '') segments.push(series === undefined ? {text} : {text, series});
  };
  for (const [column, {series, top}] of cells.entries()) {
    const own = series[row - 1];
    const mark = own === undefined ? ' ' : row === series.length && top !== undefined ? top : (marks[own] ?? '?');
    put(mark.repeat(leftOf(columns, column + 1) - leftOf(columns, column) - gap), own);
    put(' '.repeat(gap), undefined);
  }
  put(' '.repeat(width - leftOf(columns, columns.count)), undefined);
  return segments;
}

function segment(text: string): ChartSegment[] {
  return text === '' ? [] : [{text}];
}
