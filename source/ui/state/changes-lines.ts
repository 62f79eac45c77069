import {shareBar} from '../../view/spark.ts';
import {fitText} from '../../view/width.ts';
import {asciiGlyphs, type Glyphs} from '../theme.ts';
import type {ChangesColumn, ChangesLine, ChangesTable} from './changes-table.ts';
import type {SummaryLine, TableLines} from './summary-lines.ts';

/** What of a table fits: columns by index, the name's width, and the bar's (0: none). */
type ChangesLayout = {
  readonly shown: readonly number[];
  readonly nameWidth: number;
  readonly barWidth: number;
};

const GAP = 2;
/** So much of a name tells it from the others, mostly. */
const LEAST_NAME = 14;
const BAR = {least: 6, most: 80};

/** Columns leave until a good part of the names has room; bars get what is left. */
export function layOutChanges({columns, nameWidth}: ChangesTable, width: number): ChangesLayout {
  let shown = columns.map((column, index) => ({column, index}));
  const taken = () => shown.reduce((sum, {column}) => sum + GAP + column.width, 0);
  while (taken() + Math.min(nameWidth, LEAST_NAME) > width) {
    const next = shown
      .map(({column}) => column)
      .filter(isLeaving)
      .sort((a, b) => a.leaves - b.leaves)[0];
    if (!next) break;
    shown = shown.filter(({column}) => column !== next);
  }
  const room = Math.max(1, width - taken());
  const name = Math.min(nameWidth, room);
  const bar = Math.min(BAR.most, room - name - GAP);
  return {shown: shown.map(({index}) => index), nameWidth: name, barWidth: bar >= BAR.least ? bar : 0};
}

function isLeaving(column: ChangesColumn): column is ChangesColumn & {readonly leaves: number} {
  return column.leaves !== undefined;
}

/** The lines `from` to `to` of the table in text, what they are called above them and their total below. */
export function changesLines(
  table: ChangesTable,
  {from, to}: {readonly from: number; readonly to: number},
  layout: ChangesLayout,
  glyphs: Glyphs,
): TableLines {
  const heading = {name: table.heading, cells: table.columns.map(column => column.heading), share: 0};
  const lineOf = (line: Texts) => changesLine(table, line, layout, glyphs);
  return {header: lineOf(heading), lines: table.lines.slice(from, to).map(lineOf), total: lineOf(table.total)};
}

type Texts = Pick<ChangesLine, 'name' | 'cells' | 'share'>;

function changesLine(
  {columns}: ChangesTable,
  line: Texts,
  {shown, nameWidth, barWidth}: ChangesLayout,
  glyphs: Glyphs,
): SummaryLine {
  const gap = ' '.repeat(GAP);
  const name = fitText(line.name, nameWidth, 'left', glyphs.ellipsis);
  const cells = shown.map(index => fitText(line.cells[index] ?? '', columns[index]?.width ?? 0, 'right'));
  const bar = barWidth > 0 && line.share > 0 ? shareBar(line.share, barWidth, glyphs === asciiGlyphs).trimEnd() : '';
  return {text: [name, ...cells].join(gap), bars: bar && gap + bar};
}
