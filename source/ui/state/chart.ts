import type {Action} from '../keymap.ts';
import {copySeries, copyTotal} from './chart-copying.ts';
import {type Charted, chartDimension, charting, isUpToDate} from './chart-figures.ts';
import {type Drawn, drawChart} from './chart-layout.ts';
import {openMetric} from './choices.ts';
import {metricOf, turn} from './lens.ts';
import type {ResultsState} from './results.ts';
import {tableRoom} from './room.ts';
import type {Sight, Step} from './step.ts';
import {asked, withoutTask} from './tasks.ts';
import {goBack} from './trail.ts';

/** The chart as it was made last, and the first line of its legend in sight. */
export type ChartState = {
  readonly top: number;
  readonly charted: Charted | undefined;
  readonly drawn: Drawn | undefined;
};

export const startChart: ChartState = {top: 0, charted: undefined, drawn: undefined};

/** What an action does on the Chart screen; undefined where it is none of its own. */
export function actOnChart(results: ResultsState, action: Action): Step | undefined {
  const {drawn, top} = results.chart;
  const page = drawn?.legendHeight ?? 1;
  switch (action) {
    case 'left':
      return {results: turn(results, -1)};
    case 'right':
      return {results: turn(results, 1)};
    case 'up':
      return {results: scrolled(results, top - 1)};
    case 'down':
      return {results: scrolled(results, top + 1)};
    case 'pageUp':
      return {results: scrolled(results, top - page)};
    case 'pageDown':
      return {results: scrolled(results, top + page)};
    case 'first':
      return {results: scrolled(results, 0)};
    case 'last':
      return {results: scrolled(results, Number.POSITIVE_INFINITY)};
    case 'metric':
      return openMetric(results);
    case 'copy':
      return copyTotal(results);
    case 'copyRow':
      return copySeries(results);
    case 'back': {
      // The filters stay, other than on a table: it goes back to exactly what was there. A refetch is stopped first.
      const back = results.refetching && !results.refetching.isStopping ? undefined : goBack(results);
      return back && {results: back};
    }
    default:
      return undefined;
  }
}

/** The chart of the rows in view, made again only where rows, lens or room are others. */
export function settleChart(earlier: ResultsState, sight: Sight): ResultsState {
  const results = upToDate(earlier);
  const before = results.chart;
  const {charted} = before;
  if (!charted) return results;
  const {width, height: rows} = tableRoom(results, sight);
  // No column names stand above a chart.
  const room = {width, height: rows + 1, glyphs: sight.glyphs};
  const drawn = isDrawnFor(before.drawn, charted, room) ? before.drawn : drawChart(charted, room);
  const settled = {...results, chart: {...before, drawn}};
  const {top} = scrolled(settled, before.top).chart;
  if (drawn === before.drawn && top === before.top) return results;
  return {...settled, chart: {...settled.chart, top}};
}

/** With the chart of the rows in view; where that takes long, the one of before stays until then. */
function upToDate(results: ResultsState): ResultsState {
  const {charted} = results.chart;
  const metric = metricOf(results);
  if (!metric) return results.chart === startChart ? results : {...results, chart: startChart};
  if (charted && isUpToDate(charted, results)) return withoutTask(results, 'place');
  return asked(results, {
    of: 'place',
    label: 'Adding up',
    wish: ['chart', results.rows, metric, chartDimension(results)],
    work: function* () {
      const made = yield* charting(results, metric);
      return current => ({results: {...current, chart: {...current.chart, charted: made, top: 0}}});
    },
  }).results;
}

function isDrawnFor(
  drawn: Drawn | undefined,
  charted: Charted,
  {width, height, glyphs}: Pick<Drawn, 'width' | 'height' | 'glyphs'>,
): drawn is Drawn {
  return drawn?.charted === charted && drawn.width === width && drawn.height === height && drawn.glyphs === glyphs;
}

function scrolled(results: ResultsState, wanted: number): ResultsState {
  const {drawn, top} = results.chart;
  const last = drawn ? Math.max(0, drawn.legend.length - drawn.legendHeight) : 0;
  const next = Math.max(0, Math.min(last, wanted));
  return next === top ? results : {...results, chart: {...results.chart, top: next}};
}
