import {type ChartColumns, placeColumns, type Stacks, stackColumns} from './chart-columns.ts';
import {AXIS_WIDTH, type ChartLine, drawLines} from './chart-lines.ts';
import {type Scale, scaleFor} from './chart-scale.ts';
import type {Steps} from './steps.ts';
import {widthOf} from './width.ts';

/** What one fill of a chart shows, step by step; NaN where there is nothing. */
export type ChartSeries = {readonly label: string; readonly steps: Float64Array};

type ChartQuestion = {
  /** At most six, the biggest first: it stands at the bottom. */
  readonly series: readonly ChartSeries[];
  readonly steps: Steps;
  readonly width: number;
  readonly height: number;
  readonly isAscii: boolean;
  readonly formatAxis: (value: number) => string;
  /** Shares cannot be stacked: one series only, and where several steps share a column, empty ones are no zeros. */
  readonly isShare?: boolean;
};

export type Chart = {
  /** `height` lines of exactly `width` columns each. */
  readonly lines: readonly ChartLine[];
  /** The fill of each series; labels are raw. */
  readonly legend: readonly {readonly label: string; readonly mark: string; readonly series: number}[];
  /** Steps that share a column, which then shows their mean. */
  readonly perCell: number;
};

/** Neighbours in a stack look as different as can be. */
const UNICODE_MARKS = ['█', '▒', '▚', '░', '▓', '⋅'];
const ASCII_MARKS = ['#', '=', '+', ':', 'o', '.'];

/** Lower than that, a line between columns and dates takes more than it gives. */
const LEAST_HEIGHT_FOR_RULE = 6;

/** A chart of stacked columns, legible without colour: round numbers on the left, dates on the line below. */
export function chartOf(question: ChartQuestion): Chart {
  const {series, steps, isAscii, formatAxis} = question;
  const [width, height] = [Math.max(0, question.width), Math.max(0, question.height)];
  const hasDates = height > 1;
  const hasRule = height >= LEAST_HEIGHT_FOR_RULE;
  const rows = height - (hasDates ? 1 : 0) - (hasRule ? 1 : 0);
  const marks = isAscii ? ASCII_MARKS : UNICODE_MARKS;
  const {columns, stacks, scale, labelWidth} = fitted(question, width, rows);
  return {
    lines: drawLines({
      columns,
      stacks,
      scale,
      labelWidth,
      marks,
      steps,
      width,
      rows,
      hasRule,
      hasDates,
      isAscii,
      formatAxis,
    }),
    legend: series.map(({label}, index) => ({label, mark: marks[index] ?? ' ', series: index})),
    perCell: columns.perCell,
  };
}

type Fitted = {
  readonly columns: ChartColumns;
  readonly stacks: Stacks;
  readonly scale: Scale;
  /** Of the numbers on the left; 0 where there is no room for them. */
  readonly labelWidth: number;
};

/**
 * Labels take room from the columns, columns that share steps are lower, and a lower scale has other labels: the room
 * for labels grows until they fit. On half of the width or more they are left out.
 */
function fitted({series, steps, formatAxis, isShare = false}: ChartQuestion, width: number, rows: number): Fitted {
  for (let labelWidth = 0; ; ) {
    const columns = placeColumns(steps, labelWidth === 0 ? width : width - labelWidth - AXIS_WIDTH);
    const stacks = stackColumns(series, columns, isShare);
    const scale = scaleFor(stacks.greatest, rows, stacks.isWhole);
    const widest = Math.max(...scale.ticks.map(tick => widthOf(formatAxis(tick))));
    if (widest <= labelWidth) return {columns, stacks, scale, labelWidth};
    if (widest + AXIS_WIDTH > width / 2) {
      if (labelWidth === 0) return {columns, stacks, scale, labelWidth};
      const whole = placeColumns(steps, width);
      const lower = stackColumns(series, whole, isShare);
      return {columns: whole, stacks: lower, scale: scaleFor(lower.greatest, rows, lower.isWhole), labelWidth: 0};
    }
    labelWidth = widest;
  }
}
