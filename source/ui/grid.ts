import type {Dataset} from '../usage/dataset.ts';
import {formatCell} from '../view/format.ts';
import {GAP, type PlacedColumn} from '../view/layout.ts';
import {printableName} from '../view/printable.ts';
import {type Align, fitText, widthOf} from '../view/width.ts';
import type {Marks} from './state/sought.ts';

export type GridOptions = {
  readonly dataset: Dataset;
  readonly placed: readonly PlacedColumn[];
  readonly aligns: readonly Align[];
  readonly ellipsis: string;
  /** What is marked in the cells, if anything is searched for. */
  readonly marks?: Marks | undefined;
};

/** A part of a line, whether it is what was searched for, and where it begins: a UTF-16 offset. */
export type Segment = {readonly text: string; readonly isMarked: boolean; readonly from: number};

/** A line of the grid, cut around the cell that the cursor is on (empty where it is on none). */
export type GridLine = {
  readonly before: readonly Segment[];
  readonly cell: readonly Segment[];
  readonly after: readonly Segment[];
};

/** The names of the columns, placed as their cells are; `sorting` gives the mark of a sorted one. */
export function headerLine(
  {dataset, placed, aligns, ellipsis}: GridOptions,
  sorting: (name: string) => string = () => '',
): string {
  let line = '';
  let end = 0;
  for (const {column, x, width} of placed) {
    const name = dataset.columns[column]?.name ?? '';
    const heading = headingOf(printableName(name), sorting(name), {width, align: aligns[column] ?? 'left', ellipsis});
    line += ' '.repeat(Math.max(0, x - end)) + heading;
    end = x + widthOf(heading);
  }
  return line;
}

/** One row as one text; with `current`, split around that column's cell. */
export function rowLine(options: GridOptions, row: number, current?: number): GridLine {
  const {dataset, placed, aligns, ellipsis, marks} = options;
  const line = {before: new Segments(), cell: new Segments(), after: new Segments()};
  let end = 0;
  let part: keyof GridLine = 'before';
  for (const {column, x, width} of placed) {
    const values = dataset.columns[column];
    line[part].add(' '.repeat(Math.max(0, x - end)));
    if (column === current) part = 'cell';
    const text = values ? formatCell(values, row) : '';
    const fitted = fitText(text, width, aligns[column], ellipsis);
    const spans = values && marks ? marks(values, row) : [];
    if (spans.length === 0) line[part].add(fitted);
    else addMarked(line[part], fitted, spansShown(text, fitted, spans, ellipsis));
    if (column === current) part = 'after';
    end = x + width;
  }
  return {before: line.before.list, cell: line.cell.list, after: line.after.list};
}

/** Text in pieces, of which neighbours alike are one. */
class Segments {
  readonly list: {text: string; readonly isMarked: boolean; readonly from: number}[] = [];

  add(text: string, isMarked = false): void {
    const last = this.list.at(-1);
    if (text === '') return;
    if (last?.isMarked === isMarked) last.text += text;
    else this.list.push({text, isMarked, from: (last?.from ?? 0) + (last?.text.length ?? 0)});
  }
}

type Spans = readonly (readonly [from: number, to: number])[];

function addMarked(segments: Segments, text: string, spans: Spans): void {
  let end = 0;
  for (const [from, to] of spans) {
    segments.add(text.slice(end, from));
    segments.add(text.slice(from, to), true);
    end = to;
  }
  segments.add(text.slice(end));
}

/** The spans of a cell's text as they lie in what is shown of it; of a match that is cut off, the ellipsis. */
function spansShown(text: string, fitted: string, spans: Spans, ellipsis: string): Spans {
  const start = fitted.indexOf(text);
  if (start !== -1) return spans.map(([from, to]) => [start + from, start + to]);
  let kept = 0;
  while (kept < text.length && text[kept] === fitted[kept]) kept++;
  const inSight: [number, number][] = spans
    .filter(([from]) => from < kept)
    .map(([from, to]) => [from, Math.min(to, kept)]);
  const isCut = spans.some(([, to]) => to > kept) && fitted.startsWith(ellipsis, kept);
  return isCut ? [...inSight, [kept, kept + ellipsis.length]] : inSight;
}

type Place = {readonly width: number; readonly align: Align; readonly ellipsis: string};

/** The name and the mark, which may reach into the gap; where both have no room, the name is cut and never the mark. */
function headingOf(name: string, mark: string, {width, align, ellipsis}: Place): string {
  if (mark === '') return fitText(name, width, align, ellipsis);
  const spaced = `${name} ${mark}`;
  if (widthOf(spaced) <= width) return fitText(spaced, width, align);
  const room = width + GAP - 1 - mark.length;
  const shown = widthOf(name) <= room ? name : fitText(name, Math.max(0, room), 'left', ellipsis).trimEnd();
  return fitText(shown + mark, Math.max(width, widthOf(shown + mark)), align);
}
