import {type Align, fitText, widthOf} from '../view/width.ts';

/** A column of printable text: its heading, a cell for each line, and what stands in the line of totals. */
export type TextColumn = {
  readonly heading: string;
  readonly align: Align;
  readonly cells: readonly string[];
  readonly total: string;
  /** What stands in the line below the totals; where every column lacks it, there is no such line. */
  readonly unaccounted?: string | undefined;
  /** May be cut where the line is too long; others are whole or not there at all. */
  readonly isName?: boolean;
};

const gap = '  ';

/** A name that is cut to less tells nothing, */
const leastName = 12;

/** and of names cut to less than this several look alike: columns are given up before that. */
const goodName = 24;

/**
 * The table in lines of at most `width` columns, as long as names can be cut: headings, one line each, and the totals
 * (none where there are no lines to add up).
 */
export function textTable(columns: readonly TextColumn[], width: number, ellipsis: string): readonly string[] {
  const natural = columns.map(naturalWidth);
  const tooWide = lineWidth(natural) - width;
  const names = columns.filter(({isName}) => isName === true).length;
  const widths = columns.map(({isName}, at) => {
    const own = natural[at] ?? 0;
    return isName === true ? Math.max(Math.min(own, leastName), own - Math.ceil(Math.max(0, tooWide) / names)) : own;
  });
  const lineOf = (textOf: (column: TextColumn) => string) =>
    columns
      .map((column, at) => fitText(textOf(column), widths[at] ?? 0, column.align, ellipsis))
      .join(gap)
      .trimEnd();
  const lines = (columns[0]?.cells ?? []).map((_, line) => lineOf(({cells}) => cells[line] ?? ''));
  const heading = lineOf(column => column.heading);
  if (lines.length === 0) return [heading];
  const hasPart = columns.some(({unaccounted}) => unaccounted !== undefined);
  const part = hasPart ? [lineOf(({unaccounted}) => unaccounted ?? '')] : [];
  return [heading, ...lines, lineOf(({total}) => total), ...part];
}

/** Whether a table of these columns fits, its names cut no further than is good. */
export function isFitting(columns: readonly TextColumn[], width: number): boolean {
  const least = columns.map(column =>
    column.isName === true ? Math.min(goodName, naturalWidth(column)) : naturalWidth(column),
  );
  return lineWidth(least) <= width;
}

function naturalWidth({heading, cells, total, unaccounted = ''}: TextColumn): number {
  const own = Math.max(...[heading, total, ...(cells.length > 0 ? [unaccounted] : [])].map(widthOf));
  return cells.reduce((most, cell) => Math.max(most, widthOf(cell)), own);
}

function lineWidth(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, gap.length * (widths.length - 1));
}
