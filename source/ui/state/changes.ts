import type {Outcome} from '../../usage/outcome.ts';
import type {Action} from '../keymap.ts';
import {copyChange, copyChangeLine} from './changes-copying.ts';
import {type ChangesFigures, figuresFor, type OpenDay} from './changes-figures.ts';
import {planHours} from './changes-hours.ts';
import {changesHeight} from './changes-room.ts';
import type {ChangesTable} from './changes-table.ts';
import {startComparison} from './comparison.ts';
import {type Fetching, startFetching} from './fetching.ts';
import {dimensionOf, metricOf} from './lens.ts';
import {goBack, goTo, type ResultsState} from './results.ts';
import type {Sight, Step, Surroundings} from './step.ts';

/** Groups, the days of one, the hours of one of those. A cursor that is undefined stands where the table begins. */
export type ChangesState = {
  /** The hours of a day being fetched. */
  readonly fetching: Fetching | undefined;
  /** Names; undefined is what the headline speaks of. */
  readonly dimension: string | undefined;
  readonly metric: string | undefined;
  readonly cursor: number | undefined;
  readonly group: OpenGroup | undefined;
  readonly figures: ChangesFigures | undefined;
};

type OpenGroup = {
  readonly id: string | undefined;
  readonly cursor: number | undefined;
  readonly day: (OpenDay & {readonly cursor: number | undefined}) | undefined;
};

export const startChanges: ChangesState = {
  fetching: undefined,
  dimension: undefined,
  metric: undefined,
  cursor: undefined,
  group: undefined,
  figures: undefined,
};

/** The lines in sight; undefined where there are none (yet). */
export function tableOf({figures, group}: ChangesState): ChangesTable | undefined {
  if (group?.day) return figures?.hours?.table;
  return group ? figures?.days?.table : figures?.groups.table;
}

/** The line under the cursor, counting from 0. */
export function cursorOf({cursor, group}: ChangesState): number {
  return (group?.day ? group.day.cursor : group ? group.cursor : cursor) ?? 0;
}

/** What an action does on the screen of what changed; undefined where it is none of its own. */
export function actOnChanges(results: ResultsState, action: Action, around: Surroundings): Step | undefined {
  const {changes} = results;
  const to = (cursor: number): Step => ({results: {...results, changes: withCursor(changes, cursor)}});
  const page = changesHeight(results, around);
  const cursor = cursorOf(changes);
  switch (action) {
    case 'up':
      return to(cursor - 1);
    case 'down':
      return to(cursor + 1);
    case 'pageUp':
      return to(cursor - page);
    case 'pageDown':
      return to(cursor + page);
    case 'first':
      return to(0);
    case 'last':
      return to((tableOf(changes)?.lines.length ?? 1) - 1);
    case 'left':
      return {results: turn(results, -1)};
    case 'right':
      return {results: turn(results, 1)};
    case 'metric':
      return chooseMetric(results);
    case 'open':
      return {results: goDeeper(results, around)};
    case 'back':
      return {results: goHigher(results)};
    case 'copy':
      return copyChange(results, tableOf(changes)?.lines[cursor]);
    case 'copyRow':
      return copyChangeLine(results, tableOf(changes)?.lines[cursor]);
    default:
      return undefined;
  }
}

/**
 * `x` on the table, which asks what the headline speaks of, or on the summary, which asks what that shows. Where nobody
 * has fetched the period before, it is fetched now.
 */
export function openChanges(results: ResultsState, around: Surroundings): Step {
  const {place, comparison} = results;
  const seen = {dimension: dimensionOf(results)?.name, metric: metricOf(results)?.name};
  const changes = {...startChanges, ...(place === 'summary' && seen)};
  const opened = goTo({...results, changes}, 'changes');
  return {results: comparison ? opened : startComparison(opened, around)};
}

/** With another metric, as chosen from the list. */
export function withChangesMetric(results: ResultsState, metric: string): ResultsState {
  const {changes} = results;
  const {group} = changes;
  const again = group && {...group, cursor: undefined, day: group.day && {...group.day, cursor: undefined}};
  return {...results, changes: {...changes, metric, cursor: undefined, group: again}};
}

/** The hours of a day have come. */
export function hoursArrived(results: ResultsState, outcome: Outcome): ResultsState {
  const {changes} = results;
  const {group} = changes;
  const arrived = group?.day ? {...group, day: {...group.day, outcome}} : group;
  return {...results, changes: {...changes, fetching: undefined, group: arrived}};
}

/** With what changed up to date and the cursor in sight. */
export function settleChanges(results: ResultsState, {glyphs}: Sight): ResultsState {
  const {changes} = results;
  const {dimension, metric, group} = changes;
  const figures = figuresFor(results, {dimension, metric, group, day: group?.day}, changes.figures, glyphs);
  // Newer rows may lack the group that one was looking at.
  const isGone = group !== undefined && figures !== undefined && !figures.days;
  const next: ChangesState = {...changes, figures, group: isGone ? undefined : group};
  const table = tableOf(next);
  const wanted = group?.day ? group.day.cursor : group ? group.cursor : changes.cursor;
  const cursor = table && Math.max(0, Math.min(wanted ?? table.start, table.lines.length - 1));
  if (figures === changes.figures && !isGone && (cursor === undefined || cursor === wanted)) return results;
  return {...results, changes: cursor === undefined ? next : withCursor(next, cursor)};
}

function withCursor(changes: ChangesState, cursor: number): ChangesState {
  const {group} = changes;
  if (!group) return {...changes, cursor};
  if (!group.day) return {...changes, group: {...group, cursor}};
  return {...changes, group: {...group, day: {...group.day, cursor}}};
}

/** By the next dimension or the one before, as long as it is groups that one looks at. */
function turn(results: ResultsState, by: 1 | -1): ResultsState {
  const {changes} = results;
  if (!changes.figures || changes.group) return results;
  const {dimension, sides} = changes.figures.groups;
  const at = sides.dimensions.indexOf(dimension);
  const next = sides.dimensions.at((at + by) % sides.dimensions.length);
  return next ? {...results, changes: {...changes, dimension: next.name, cursor: undefined}} : results;
}

function chooseMetric(results: ResultsState): Step {
  const {figures} = results.changes;
  if (!figures) return {results};
  const {sides, metric} = figures.groups;
  const items = sides.metrics.map(({name, label}) => ({name, label}));
  const cursor = sides.metrics.indexOf(metric);
  const list = {kind: 'choice', of: 'metric', title: 'Metric', narrowing: '', isNarrowing: false} as const;
  return {results: {...results, chooser: {...list, items, cursor}}};
}

/** Enter: the group's days, a day's hours; what failed is tried again. */
function goDeeper(results: ResultsState, around: Surroundings): ResultsState {
  const {changes, comparison, filters, outcome} = results;
  const {figures, group} = changes;
  if (!comparison || (comparison.state === 'none' && comparison.mayTryAgain)) return startComparison(results, around);
  if (!figures) return results;
  const cursor = cursorOf(changes);
  if (!group) {
    const opened = figures.groups.changes.changes[cursor];
    if (!opened) return results;
    return {...results, changes: {...changes, group: {id: opened.id, cursor: undefined, day: undefined}}};
  }
  if (group.day) {
    const isFetched = figures.hours !== undefined && group.day.plan.kind === 'fetch';
    return isFetched && !figures.hours?.table ? openDay(results, group, group.day, around) : results;
  }
  const day = figures.days?.days[cursor]?.day;
  if (!figures.days || day === undefined) return results;
  const {dimension} = figures.groups;
  const plan = planHours(outcome, filters, {dimension, group: figures.days.group, day});
  return openDay(results, group, {day, plan, outcome: undefined}, around);
}

function openDay(results: ResultsState, group: OpenGroup, {day, plan}: OpenDay, around: Surroundings): ResultsState {
  const {changes, outcome} = results;
  const {nextId, isOffline, now} = around;
  const opened = {...group, day: {day, plan, outcome: undefined, cursor: undefined}};
  if (plan.kind !== 'fetch') return {...results, changes: {...changes, group: opened}};
  const range = {first: day, last: day};
  const query = {...outcome.query, endpoints: plan.endpoints, range, width: '1h'} as const;
  const fetching = startFetching(nextId, query, isOffline ? 'nothing' : 'reuse', now);
  return {...results, changes: {...changes, fetching, group: opened}};
}

/** Esc: from hours to days, to groups, to where one came from. What is left behind is no longer fetched. */
function goHigher(results: ResultsState): ResultsState {
  const {changes} = results;
  const {group} = changes;
  if (group?.day) return {...results, changes: {...changes, fetching: undefined, group: {...group, day: undefined}}};
  if (group) return {...results, changes: {...changes, group: undefined}};
  const left = {...results, changes: startChanges};
  return goBack(left) ?? left;
}
