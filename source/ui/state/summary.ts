import {clamp} from '../../view/clamp.ts';
import {dimensionsOf} from '../../view/dimensions.ts';
import type {Metric} from '../../view/metrics.ts';
import {printable} from '../../view/printable.ts';
import {START, type TableState} from '../../view/viewport.ts';
import type {Action} from '../keymap.ts';
import {openChoice, openMetric} from './choices.ts';
import type {Item} from './chooser.ts';
import {dimensionOf, turn} from './lens.ts';
import {aimOf, type ResultsState, withView} from './results.ts';
import {type GroupSpot, groupSpotOf, tableAt} from './spot.ts';
import type {Sight, Step, Surroundings} from './step.ts';
import {copyFigure, copyGroup} from './summary-copying.ts';
import {answering, type Figures, knownFigures, ORDERS, type Order, questionOf} from './summary-figures.ts';
import {summaryRoom} from './summary-room.ts';
import {asked, withoutTask} from './tasks.ts';
import {goTo} from './trail.ts';

export type SummaryState = {
  /** The group under the cursor and the one at the top, counting from 0 in the order shown. */
  readonly cursor: number;
  readonly top: number;
  /** The group that the cursor goes to with the next figures, instead of staying on its own. */
  readonly goal: GroupSpot | undefined;
  /** Undefined: as is natural for the dimension. */
  readonly order: Order | undefined;
  /** The name of the second dimension, which makes it a pivot. */
  readonly across: string | undefined;
  /** Undefined before the summary was in sight, and where there is nothing to add up. */
  readonly figures: Figures | undefined;
};

export const startSummary: SummaryState = {
  cursor: 0,
  top: 0,
  goal: undefined,
  order: undefined,
  across: undefined,
  figures: undefined,
};

/** How the screen names the groups, in the order shown. */
export function labelsOf({figures}: SummaryState): readonly string[] {
  return figures?.labels ?? [];
}

/** With the cursor on the group of that position, or on the nearest there is. */
export function withCursor(results: ResultsState, index: number): ResultsState {
  const last = labelsOf(results.summary).length - 1;
  return {...results, summary: {...results.summary, cursor: Math.max(0, Math.min(index, last)), goal: undefined}};
}

/** What an action does on the Summary screen; undefined where it is none of its own. */
export function actOnSummary(results: ResultsState, action: Action, around: Surroundings): Step | undefined {
  const {summary} = results;
  const page = summaryRoom(results, around).height;
  const to = (cursor: number, top = summary.top): Step => ({
    results: withCursor({...results, summary: {...summary, top}}, cursor),
  });
  switch (action) {
    case 'up':
      return to(summary.cursor - 1);
    case 'down':
      return to(summary.cursor + 1);
    case 'pageUp':
      return to(summary.cursor - page, summary.top - page);
    case 'pageDown':
      return to(summary.cursor + page, summary.top + page);
    case 'first':
      return to(0);
    case 'last':
      return to(labelsOf(summary).length - 1);
    case 'left':
      return {results: turn(results, -1)};
    case 'right':
      return {results: turn(results, 1)};
    case 'metric':
      return openMetric(results);
    case 'pivot':
      return openPivot(results);
    case 'sort':
      return {
        results: {...results, summary: {...summary, order: nextOrder(summary.figures?.order), cursor: 0, top: 0}},
      };
    case 'open':
      return {results: openGroup(results)};
    case 'table':
      return {results: toTable(results)};
    case 'copy':
      return copyFigure(results, around.glyphs);
    case 'copyRow':
      return copyGroup(results, around.glyphs);
    case 'export':
      if (summary.figures) return undefined;
      return {results, message: {text: 'There is no summary that could be written.', tone: 'plain'}};
    default:
      return undefined;
  }
}

function nextOrder(order: Order | undefined): Order | undefined {
  return order && ORDERS[(ORDERS.indexOf(order) + 1) % ORDERS.length];
}

/** `o`: the other dimensions, the list open on the one that stands across. */
function openPivot(results: ResultsState): Step {
  const {across} = results.summary;
  const down = dimensionOf(results);
  const others = dimensionsOf(results.outcome.dataset).filter(({name}) => name !== down?.name);
  const items: readonly Item[] = [{name: undefined, label: 'none'}, ...others.map(({name, label}) => ({name, label}))];
  const title = `${printable(down?.label ?? 'groups')} down, and across`;
  return {results: openChoice(results, {of: 'pivot', title, items, current: across})};
}

/** The rows of the group under the cursor, in the table, with the cursor on the first of its figures. */
function openGroup(results: ResultsState): ResultsState {
  const {figures, cursor} = results.summary;
  const group = figures?.groups[cursor];
  if (!figures || !group) return results;
  const {id, label} = group;
  const filter = {kind: 'group', dimension: figures.dimension.name, id, label} as const;
  const {metric} = figures;
  return withView(results, {filters: [...aimOf(results).filters, filter]}, (opened, before) => ({
    ...opened,
    place: 'table',
    trail: goTo(before, 'table').trail,
    table: {...START, ...placeOf(opened, metric)},
  }));
}

/** The first row that holds the metric, in its column: costs stand behind all usage of their day, and far to the right. */
function placeOf({shown, rows}: ResultsState, {columns}: Metric): Pick<TableState, 'row' | 'column' | 'top'> {
  const column = shown.columns.findIndex(({name}) => name === columns[0]);
  const values = shown.columns[column];
  if (values?.kind !== 'number') return {row: 0, column: 0, top: 0};
  const row = Math.max(
    0,
    rows.findIndex(each => !Number.isNaN(values.values[each] ?? Number.NaN)),
  );
  return {row, column, top: row};
}

/**
 * The plain table: where one came from it, as it was then, but for filters that have changed since. Esc goes on to
 * where it would have gone there.
 */
function toTable(results: ResultsState): ResultsState {
  const {trail, filters} = results;
  const from = trail.findLastIndex(({place}) => place === 'table');
  const before = trail[from];
  const table = before?.filters === filters ? tableAt(results, before) : results.table;
  return {...results, place: 'table', table, trail: trail.slice(0, Math.max(0, from))};
}

/** The summary of the rows in view, with its cursor in sight, after anything that may have changed them. */
export function settleSummary(earlier: ResultsState, sight: Sight): ResultsState {
  const results = upToDate(earlier);
  const {summary} = results;
  const count = summary.figures?.groups.length ?? 0;
  const {height} = summaryRoom(results, sight);
  const cursor = clamp(summary.cursor, 0, count - 1);
  const top = clamp(clamp(summary.top, cursor - height + 1, cursor), 0, count - height);
  if (cursor === summary.cursor && top === summary.top) return results;
  return {...results, summary: {...summary, cursor, top}};
}

/** With figures of the rows in view; where these take long, the ones of before stay until then. */
function upToDate(results: ResultsState): ResultsState {
  const {summary} = results;
  const question = questionOf(results);
  const known = question && knownFigures(question, results);
  if (!question || known) {
    const there = withoutTask(results, 'place');
    return known === summary.figures && !summary.goal ? there : withFigures(there, known);
  }
  const {dataset, rows, dimension, metric, across} = question;
  return asked(results, {
    of: 'place',
    label: 'Adding up',
    wish: ['summary', dataset, rows, dimension, metric, across],
    work: function* () {
      const figures = yield* answering(question, results);
      return current => ({results: withFigures(current, figures)});
    },
  }).results;
}

function withFigures(results: ResultsState, figures: Figures | undefined): ResultsState {
  const {summary} = results;
  return {...results, summary: {...summary, figures, cursor: cursorIn(figures, summary), goal: undefined}};
}

/** The cursor stays on its group, wherever that now stands; another dimension or order begins at the top. */
function cursorIn(figures: Figures | undefined, summary: SummaryState): number {
  const group = groupSpotOf(summary);
  if (!figures || !group) return summary.cursor;
  const isOrdered = summary.figures === undefined || summary.figures.order === figures.order;
  if (group.dimension !== figures.dimension.name || !isOrdered) return 0;
  return Math.max(
    0,
    figures.groups.findIndex(({id}) => id === group.id),
  );
}
