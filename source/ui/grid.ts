import type {Dataset} from '../usage/dataset.ts';
import {formatCell} from '../view/format.ts';
import type {PlacedColumn} from '../view/layout.ts';
import {printable} from '../view/printable.ts';
import {type Align, fitText} from '../view/width.ts';

export type GridOptions = {
  readonly dataset: Dataset;
  readonly placed: readonly PlacedColumn[];
  readonly aligns: readonly Align[];
  readonly ellipsis: string;
};

/** A line of the grid, cut around the cell that the cursor is on (empty where it is on none). */
type GridLine = {readonly before: string; readonly cell: string; readonly after: string};

/** The names of the columns, placed as their cells are. */
export function headerLine({dataset, placed, aligns, ellipsis}: GridOptions): string {
  let line = '';
  let end = 0;
  for (const {column, x, width} of placed) {
    const name = printable(dataset.columns[column]?.name ?? '');
    line += ' '.repeat(Math.max(0, x - end)) + fitText(name, width, aligns[column], ellipsis);
    end = x + width;
  }
  return line;
}

/** One row as one text; with `current`, split around that column's cell. */
export function rowLine({dataset, placed, aligns, ellipsis}: GridOptions, row: number, current?: number): GridLine {
  const line = {before: '', cell: '', after: ''};
  let end = 0;
  let part: keyof GridLine = 'before';
  for (const {column, x, width} of placed) {
    const values = dataset.columns[column];
    line[part] += ' '.repeat(Math.max(0, x - end));
    if (column === current) part = 'cell';
    line[part] += fitText(values ? formatCell(values, row) : '', width, aligns[column], ellipsis);
    if (column === current) part = 'after';
    end = x + width;
  }
  return line;
}
