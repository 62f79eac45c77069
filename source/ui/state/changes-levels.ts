import type {OpenDay} from './changes-figures.ts';
import {planHours} from './changes-hours.ts';
import {levelCursor, type OpenGroup, startChanges, withoutHours} from './changes-shape.ts';
import {startComparison} from './comparison.ts';
import {startFetching} from './fetching.ts';
import type {ResultsState} from './results.ts';
import type {Surroundings} from './step.ts';
import {goBack} from './trail.ts';

/** Enter: the group's days, a day's hours; what failed is tried again. */
export function goDeeper(results: ResultsState, around: Surroundings): ResultsState {
  const {changes, comparison, outcome} = results;
  const {figures, group} = changes;
  if (!comparison || (comparison.state === 'none' && comparison.mayTryAgain)) return startComparison(results, around);
  if (!figures) return results;
  const cursor = levelCursor(changes);
  if (!group) {
    const opened = figures.groups.changes.changes[cursor];
    if (!opened) return results;
    return {
      ...results,
      changes: {...changes, group: {id: opened.id, label: opened.label, cursor: undefined, day: undefined}},
    };
  }
  if (group.day) {
    const isFetched = figures.hours !== undefined && group.day.plan.kind === 'fetch';
    return isFetched && !figures.hours?.table ? openDay(results, group, group.day, around) : results;
  }
  const day = figures.days?.days[cursor]?.day;
  if (!figures.days || day === undefined) return results;
  const {dimension, sides} = figures.groups;
  const plan = planHours(outcome, sides.split.kept, {dimension, group: figures.days.group, day});
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
export function goHigher(results: ResultsState): ResultsState {
  const {changes} = results;
  const {group} = changes;
  if (group?.day) return {...results, changes: withoutHours(changes)};
  if (group) return {...results, changes: {...changes, group: undefined}};
  const left = {...results, changes: startChanges};
  return goBack(left) ?? left;
}
