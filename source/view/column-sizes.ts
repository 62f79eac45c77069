import type {Column, NumberColumn} from '../usage/block.ts';
import type {Dataset} from '../usage/dataset.ts';
import {alignOf, formatCell, formatFigure} from './format.ts';
import {printable} from './printable.ts';
import {type Align, widthOf} from './width.ts';

export type ColumnSize = {readonly width: number; readonly align: Align};

/** Texts longer than that are cut in the table; row details show them whole. Numbers are never cut. */
export const WIDEST_TEXT = 40;

/**
 * The width of every column, in terminal columns and at least 1: that of its header, or of the widest of `sampleRows`
 * cells taken at even distances. Of numbers the largest and the smallest of all rows count too, since a cut number
 * reads like another number; that takes two milliseconds a column for a million rows.
 */
export function measureColumns({columns, rowCount}: Dataset, sampleRows = 500): ColumnSize[] {
  const step = Math.max(1, Math.ceil(rowCount / sampleRows));
  return columns.map(column => {
    const header = Math.min(widthOf(printable(column.name)), WIDEST_TEXT);
    const content = column.kind === 'number' ? figuresWidth(column, step) : textWidth(column, rowCount, step);
    return {width: Math.max(1, header, content), align: alignOf(column)};
  });
}

function textWidth(column: Column, rowCount: number, step: number): number {
  let widest = 0;
  for (let row = 0; row < rowCount && widest < WIDEST_TEXT; row += step) {
    widest = Math.max(widest, widthOf(formatCell(column, row)));
  }
  return Math.min(widest, WIDEST_TEXT);
}

/** Whole part of the extremes, decimals of the sample. */
function figuresWidth({name, values}: NumberColumn, step: number): number {
  let least = 0;
  let greatest = 0;
  // By index: for-of takes three times as long.
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? 0;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  let decimals = 0;
  for (let row = 0; row < values.length; row += step) {
    const figure = formatFigure(name, values[row]);
    decimals = Math.max(decimals, figure.length - wholeLength(figure));
  }
  return decimals + Math.max(wholeLength(formatFigure(name, least)), wholeLength(formatFigure(name, greatest)));
}

function wholeLength(figure: string): number {
  const point = figure.indexOf('.');
  return point === -1 ? figure.length : point;
}
