import {type Chart, chartOf} from '../../view/chart.ts';
import type {ChartLine} from '../../view/chart-lines.ts';
import {formatAxis} from '../../view/metrics.ts';
import {asciiGlyphs, type Glyphs} from '../theme.ts';
import type {Charted} from './chart-figures.ts';
import {legendNames, legendTable} from './chart-legend.ts';
import {chartNotes} from './chart-words.ts';

/** A chart in its room, and what it was drawn of. */
export type Drawn = {
  readonly charted: Charted;
  readonly width: number;
  readonly height: number;
  readonly glyphs: Glyphs;
  readonly lines: readonly ChartLine[];
  /** All its lines, of which `legendHeight` are in sight. */
  readonly legend: readonly ChartLine[];
  readonly legendHeight: number;
  /** Between chart and legend. */
  readonly gap: number;
  /** What is to be known about the columns. */
  readonly notes: readonly {readonly long: string; readonly short: string}[];
  /** The note has its line, for the notes or for where the legend is. */
  readonly hasNote: boolean;
};

type Room = {readonly width: number; readonly height: number; readonly glyphs: Glyphs};

/** Lines for the chart beside a legend of full lines, and beside short names. */
const [ENOUGH, LEAST] = [8, 5];
const HEIGHT_FOR_GAP = 30;
const HEIGHT_FOR_NOTE = LEAST + 2;

/** The chart, legend and notes in exactly that room. */
export function drawChart(charted: Charted, room: Room): Drawn {
  const {width, height, glyphs} = room;
  const first = withLegend(charted, room, height);
  const isNoteNeeded = first.notes.length > 0 || first.legend.length > first.legendHeight;
  const hasNote = isNoteNeeded && height >= HEIGHT_FOR_NOTE;
  const drawn = hasNote ? withLegend(charted, room, height - 1) : first;
  return {charted, width, height, glyphs, ...drawn, hasNote};
}

function withLegend(charted: Charted, {width, glyphs}: Room, height: number) {
  // The fills go by number alone, so that a chart of no height has them already.
  const {legend: marks} = chartIn(charted, {width, height: 0, glyphs});
  const options = {width, marks, ellipsis: glyphs.ellipsis};
  const table = legendTable(charted, options);
  const gap = height >= HEIGHT_FOR_GAP && table.length > 0 ? 1 : 0;
  const wanted = Math.min(table.length, Math.max(6, Math.floor(height / 3)));
  const isTable = height - wanted - gap >= ENOUGH;
  const legend = isTable ? table : legendNames(charted, options);
  const room = isTable ? wanted : Math.max(1, height - LEAST);
  const legendHeight = Math.min(legend.length, room, Math.max(0, height - 1));
  const chart = chartIn(charted, {width, height: height - legendHeight - gap, glyphs});
  return {lines: chart.lines, legend, legendHeight, gap, notes: chartNotes(charted, chart)};
}

function chartIn({series, steps, metric}: Charted, {width, height, glyphs}: Room): Chart {
  return chartOf({
    series,
    steps,
    width,
    height,
    isAscii: glyphs === asciiGlyphs,
    formatAxis: value => formatAxis(metric, value),
    isShare: metric.kind === 'share',
  });
}
