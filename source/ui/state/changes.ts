import type {Outcome} from '../../usage/outcome.ts';
import type {Action} from '../keymap.ts';
import type {Glyphs} from '../theme.ts';
import {copyChange, copyChangeLine} from './changes-copying.ts';
import {workingOutChanges} from './changes-figures.ts';
import {goDeeper, goHigher} from './changes-levels.ts';
import {changesHeight} from './changes-room.ts';
import {
  type ChangesState,
  isOnDaysLeft,
  levelCursor,
  levelTable,
  startChanges,
  wantedCursor,
  withLevelCursor,
} from './changes-shape.ts';
import {openChoice} from './choices.ts';
import {startComparison} from './comparison.ts';
import {outcomeErrors} from './fetching.ts';
import {dimensionOf, metricOf} from './lens.ts';
import {type ResultsState, withErrors} from './results.ts';
import type {Sight, Step, Surroundings} from './step.ts';
import {asked, taskOf} from './tasks.ts';
import {goTo} from './trail.ts';

export {type ChangesState, startChanges} from './changes-shape.ts';

/** What an action does on the screen of what changed; undefined where it is none of its own. */
export function actOnChanges(shown: ResultsState, action: Action, around: Surroundings): Step | undefined {
  // What was said of a group has been read.
  const results = shown.changes.vanished ? {...shown, changes: {...shown.changes, vanished: undefined}} : shown;
  const {changes} = results;
  const to = (cursor: number): Step => ({results: {...results, changes: withLevelCursor(changes, cursor)}});
  const page = changesHeight(results, around);
  const cursor = levelCursor(changes);
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
      return to((levelTable(changes)?.lines.length ?? 1) - 1);
    case 'left':
      return turnDimension(results, -1);
    case 'right':
      return turnDimension(results, 1);
    case 'metric':
      return chooseMetric(results);
    case 'open':
      if (isOnDaysLeft(changes, cursor))
        return {results, message: {text: 'Hours are those of days of now.', tone: 'plain'}};
      return {results: goDeeper(results, around)};
    case 'back':
      return {results: goHigher(results)};
    case 'copy':
      return copyChange(results, levelTable(changes)?.lines[cursor]);
    case 'copyRow':
      return copyChangeLine(results, levelTable(changes)?.lines[cursor]);
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
  const known = withErrors(results, outcomeErrors(outcome));
  return {...known, changes: {...changes, fetching: undefined, group: arrived}};
}

/** With what changed up to date and the cursor in sight. */
export function settleChanges(earlier: ResultsState, {glyphs}: Sight): ResultsState {
  const results = upToDate(earlier, glyphs);
  const {changes} = results;
  const {figures, group} = changes;
  // Newer rows, or another metric, may lack the group that one was looking at.
  const isGone = group !== undefined && figures !== undefined && !figures.days && !taskOf(results, 'place');
  const left = isGone ? {fetching: undefined, group: undefined, vanished: group.label} : {};
  const next: ChangesState = {...changes, ...left};
  const table = levelTable(next);
  const wanted = wantedCursor(next);
  const cursor = table && Math.max(0, Math.min(wanted ?? table.start, table.lines.length - 1));
  if (!isGone && (cursor === undefined || cursor === wanted)) return results;
  return {...results, changes: cursor === undefined ? next : withLevelCursor(next, cursor)};
}

/** With the figures that are asked for; where these take long, the ones of before stay until then. */
function upToDate(results: ResultsState, glyphs: Glyphs): ResultsState {
  const {changes, comparison, filters, outcome} = results;
  const {dimension, metric, group, figures: last} = changes;
  const day = group?.day;
  return asked(results, {
    of: 'place',
    label: 'Comparing',
    wish: ['changes', comparison, filters, outcome, dimension, metric, group?.id, group !== undefined, day],
    work: function* () {
      const figures = yield* workingOutChanges(results, {dimension, metric, group, day}, last, glyphs);
      return current => {
        if (figures === current.changes.figures) return {results: current};
        return {results: {...current, changes: {...current.changes, figures}}};
      };
    },
  }).results;
}

/** By the next dimension or the one before, as long as it is groups that one looks at. */
function turnDimension(results: ResultsState, by: 1 | -1): Step {
  const {changes} = results;
  if (!changes.figures) return {results};
  const {dimension, sides} = changes.figures.groups;
  const at = sides.dimensions.indexOf(dimension);
  const next = sides.dimensions.at((at + by) % sides.dimensions.length);
  return {results: next ? {...results, changes: {...changes, dimension: next.name, cursor: undefined}} : results};
}

function chooseMetric(results: ResultsState): Step {
  const {figures} = results.changes;
  if (!figures) return {results};
  const {sides, metric} = figures.groups;
  const items = sides.metrics.map(({name, label}) => ({name, label}));
  return {results: openChoice(results, {of: 'metric', title: 'Metric', items, current: metric.name})};
}
