import type {Column, NumberColumn} from '../usage/block.ts';
import type {Dataset} from '../usage/dataset.ts';
import {alignOf, formatCell, formatFigure} from './format.ts';
import {printableName} from './printable.ts';
import {type Align, widthOf} from './width.ts';
import type {Work} from './work.ts';

export type ColumnSize = {readonly width: number; readonly align: Align};

type Extremes = {readonly least: number; readonly greatest: number};

/** A column never changes, and is measured again whenever columns are chosen. */
const knownExtremes = new WeakMap<Float64Array, Extremes>();

/** Texts longer than that are cut in the table; row details show them whole. Numbers are never cut. */
export const WIDEST_TEXT = 40;

/**
 * The width of every column, in terminal columns and at least 1: that of its header, or of the widest of `sampleRows`
 * cells taken at even distances. Of numbers the largest and the smallest of all rows count too, since a cut number
 * reads like another number.
 */
export function measureColumns({columns, rowCount}: Dataset, sampleRows = 500): ColumnSize[] {
  const step = Math.max(1, Math.ceil(rowCount / sampleRows));
  return columns.map(column => {
    const header = Math.min(widthOf(printableName(column.name)), WIDEST_TEXT);
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
  const {least, greatest} = extremesOf(values);
  let decimals = 0;
  for (let row = 0; row < values.length; row += step) {
    const figure = formatFigure(name, values[row]);
    decimals = Math.max(decimals, figure.length - wholeLength(figure));
  }
  return decimals + Math.max(wholeLength(formatFigure(name, least)), wholeLength(formatFigure(name, greatest)));
}

/**
 * Looks for the largest and the smallest numbers of all columns, so that measuring them need not: for a million rows
 * that takes two milliseconds a column, and there are some thirty.
 */
export function* findingExtremes({columns}: Dataset): Work<void> {
  for (const [index, column] of columns.entries()) {
    if (column.kind !== 'number') continue;
    extremesOf(column.values);
    yield {done: (index + 1) / columns.length, rows: column.values.length};
  }
}

function extremesOf(values: Float64Array): Extremes {
  const known = knownExtremes.get(values);
  if (known) return known;
  let least = 0;
  let greatest = 0;
  // By index: for-of takes three times as long.
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? 0;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const extremes = {least, greatest};
  knownExtremes.set(values, extremes);
  return extremes;
}

function wholeLength(figure: string): number {
  const point = figure.indexOf('.');
  return point === -1 ? figure.length : point;
}
