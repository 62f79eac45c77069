import {type Day, daysOf, type Range} from '../../usage/days.ts';
import type {Outcome} from '../../usage/outcome.ts';
import {type Change, type Changes, comparingBy, type Side} from '../../view/compare.ts';
import {type Dimension, dimensionsOf} from '../../view/dimensions.ts';
import {type Filter, filteringRows} from '../../view/filter.ts';
import {type Group, groupingRows} from '../../view/group.ts';
import {isTime} from '../../view/in-time.ts';
import {type Metric, metricsOf} from '../../view/metrics.ts';
import {rowsWithin} from '../../view/rows.ts';
import {stepsOf} from '../../view/steps.ts';
import {difference} from '../../view/sum.ts';
import {stage, type Work} from '../../view/work.ts';
import {asciiGlyphs, type Glyphs} from '../theme.ts';
import {filtersForPeriods, type SplitFilters} from './changes-filters.ts';
import {groupFilter, type Hours, type HoursPlan, hoursOf, whyNoHours} from './changes-hours.ts';
import {type ChangesTable, type DayChange, type DaysLeft, daysTable, groupsTable, hoursTable} from './changes-table.ts';
import type {ReadyComparison} from './comparison.ts';
import type {ResultsState} from './results.ts';

/** Both periods as the filters leave them, and what they can be asked. */
type Sides = {
  readonly comparison: ReadyComparison;
  readonly filters: readonly Filter[];
  /** Those that hold for both periods, and those that do not. */
  readonly split: SplitFilters;
  readonly now: Side;
  readonly before: Side;
  readonly dimensions: readonly Dimension[];
  readonly metrics: readonly Metric[];
};

type Groups = {
  readonly sides: Sides;
  readonly dimension: Dimension;
  readonly metric: Metric;
  readonly changes: Changes;
  readonly table: ChangesTable;
};

type Days = {
  readonly groups: Groups;
  readonly group: Change;
  readonly days: readonly DayChange[];
  readonly left: DaysLeft | undefined;
  readonly table: ChangesTable;
};

type HoursOfDay = {
  readonly days: Days;
  readonly day: OpenDay;
  readonly hours: Hours | undefined;
  readonly table: ChangesTable | undefined;
  /** Why there is no table. */
  readonly why: string | undefined;
};

/** Everything that the screen shows, worked out when its inputs change; each part remembers what it was made from. */
export type ChangesFigures = {
  readonly groups: Groups;
  readonly days: Days | undefined;
  readonly hours: HoursOfDay | undefined;
};

/** The day whose hours are looked at; `outcome` holds them, once they are here. */
export type OpenDay = {readonly day: Day; readonly plan: HoursPlan; readonly outcome: Outcome | undefined};

/** What is to be shown: names (undefined: what the headline speaks of), and how deep one has gone. */
type ChangesQuestion = {
  readonly dimension: string | undefined;
  readonly metric: string | undefined;
  readonly group: {readonly id: string | undefined} | undefined;
  readonly day: OpenDay | undefined;
};

/**
 * The figures for a question, part by part; undefined where nothing can be compared. What has not changed stays the same
 * object.
 */
export function* workingOutChanges(
  {comparison, filters, outcome}: Pick<ResultsState, 'comparison' | 'filters' | 'outcome'>,
  question: ChangesQuestion,
  last: ChangesFigures | undefined,
  glyphs: Glyphs,
): Work<ChangesFigures | undefined> {
  if (comparison?.state !== 'ready') return undefined;
  const known = last?.groups.sides;
  const sides =
    known?.comparison === comparison && known.filters === filters
      ? known
      : yield* stage(sidesOf(comparison, filters), 0, 3);
  const groups = yield* stage(groupsFor(sides, question, last?.groups, glyphs), 1, 3);
  if (!groups) return undefined;
  const {group: open, day: openDay} = question;
  const group = open && groups.changes.changes.find(({id}) => id === open.id);
  const hasDays = last?.days?.groups === groups && last.days.group === group;
  const days = group && (hasDays ? last.days : yield* stage(daysFor(groups, group, glyphs), 2, 3));
  const isSame = last?.hours && last.hours.days === days && last.hours.day === openDay;
  const hours = days && openDay && (isSame ? last.hours : hoursFor(days, openDay, outcome));
  if (last && last.groups === groups && last.days === days && last.hours === hours) return last;
  return {groups, days, hours};
}

function* sidesOf(comparison: ReadyComparison, filters: readonly Filter[]): Work<Sides> {
  const {now, before} = comparison;
  const split = filtersForPeriods(filters, [now, before]);
  const filtered = function* ({dataset, rows}: Side): Work<Side> {
    return {dataset, rows: yield* filteringRows(dataset, rows, split.kept)};
  };
  const dimensions = dimensionsOf(now.dataset);
  const names = new Set(dimensions.map(({name}) => name));
  const gone = dimensionsOf(before.dataset).filter(({name}) => !names.has(name));
  return {
    comparison,
    filters,
    split,
    now: yield* stage(filtered(now), 0, 2),
    before: yield* stage(filtered(before), 1, 2),
    // No day of one period is in the other.
    dimensions: [...dimensions, ...gone].filter(({name}) => !isTime(name)),
    metrics: metricsOfBoth(comparison),
  };
}

/** A currency that is a side's only one is called just `cost` there: it is told by what it is, and named anew. */
function metricsOfBoth({now, before}: ReadyComparison): readonly Metric[] {
  const metrics = [...metricsOf(now.dataset)];
  for (const metric of metricsOf(before.dataset)) {
    const isMoney = metric.kind === 'money';
    const isIn = metrics.some(
      each => each.kind === metric.kind && (isMoney ? each.currency === metric.currency : each.name === metric.name),
    );
    if (isIn) continue;
    const isTaken = metrics.some(({name}) => name === metric.name);
    const currency = metric.currency ?? 'other';
    const label = `cost (${currency.toUpperCase()})`;
    metrics.push(isTaken ? {...metric, name: `cost_${currency}`, label} : metric);
  }
  return metrics;
}

function* groupsFor(
  sides: Sides,
  question: ChangesQuestion,
  last: Groups | undefined,
  glyphs: Glyphs,
): Work<Groups | undefined> {
  const {dimensions, metrics, now, before, comparison} = sides;
  const {headline} = comparison;
  const dimension = named(dimensions, question.dimension, headline?.mover?.dimension);
  const metric = named(metrics, question.metric, headline?.metric.name);
  if (!dimension || !metric) return undefined;
  if (last?.sides === sides && last.dimension === dimension && last.metric === metric) return last;
  const changes = yield* comparingBy(now, before, dimension.name, metric);
  const isOfHeadline = headline?.mover?.dimension === dimension.name && headline.metric.name === metric.name;
  const mover = isOfHeadline ? headline?.mover?.change.id : undefined;
  const times = glyphs === asciiGlyphs ? 'x' : '×';
  return {sides, dimension, metric, changes, table: groupsTable(dimension, metric, changes, {mover, times})};
}

function named<Thing extends {readonly name: string}>(
  things: readonly Thing[],
  name: string | undefined,
  otherwise: string | undefined,
): Thing | undefined {
  return things.find(thing => thing.name === name) ?? things.find(thing => thing.name === otherwise) ?? things[0];
}

/** Lines add up to the group's own figures, also where one period is longer (but for shares, which do not add up). */
function* daysFor(groups: Groups, group: Change, glyphs: Glyphs): Work<Days> {
  const {sides, dimension, metric} = groups;
  const {periods} = sides.comparison;
  const filter = groupFilter(dimension, group);
  const totalOf = function* ({dataset, rows}: Side, range: Range): Work<Group> {
    const steps = stepsOf(range, '1d', metric);
    return (yield* groupingRows(dataset, rows, {dimension: 'endpoint', metric, steps})).total;
  };
  const ofGroup = function* ({dataset, rows}: Side): Work<Side> {
    return {dataset, rows: yield* filteringRows(dataset, rows, [filter])};
  };
  const past = yield* stage(ofGroup(sides.before), 0, 5);
  const present = yield* stage(ofGroup(sides.now), 1, 5);
  const values = (yield* stage(totalOf(present, periods.now), 2, 5)).steps;
  const before = (yield* stage(totalOf(past, periods.before), 3, 5)).steps;
  // Of something new each day is a change, also those that the period before has no counterpart of.
  const last = group.state === 'new' ? values.length : before.length;
  const days = daysOf(periods.now).map((day, at) => {
    const value = values[at] ?? Number.NaN;
    const was = before[at] ?? Number.NaN;
    return {day, value, before: was, change: changeBetween(value, was, metric), isCompared: at < last};
  });
  const range = {first: periods.before.first + values.length, last: periods.before.last};
  const others = {...past, rows: rowsWithin(past.dataset, past.rows, range)};
  const rest = (yield* stage(totalOf(others, range), 4, 5)).value;
  const none = Number.NaN;
  const left =
    range.first <= range.last
      ? {range, value: none, before: rest, change: changeBetween(none, rest, metric)}
      : undefined;
  return {groups, group, days, left, table: daysTable(metric, {days, left}, {total: group, to: glyphs.to})};
}

/** Nothing used is 0, but the share of nothing is none. */
function changeBetween(value: number, before: number, {kind}: Metric): number {
  if (kind === 'share' || (Number.isNaN(value) && Number.isNaN(before))) return value - before;
  const [now, past] = [value, before].map(each => (Number.isNaN(each) ? 0 : each));
  return difference(now ?? 0, past ?? 0);
}

/** Undefined while the hours are on their way. */
function hoursFor(days: Days, day: OpenDay, here: Outcome): HoursOfDay | undefined {
  const {plan, day: date} = day;
  const without = (why: string) => ({days, day, hours: undefined, table: undefined, why});
  if (plan.kind === 'none') return without(plan.why);
  const outcome = plan.kind === 'here' ? here : day.outcome;
  if (!outcome) return undefined;
  const why = plan.kind === 'here' ? undefined : whyNoHours(outcome, date);
  if (why !== undefined) return without(why);
  const {metric, sides} = days.groups;
  const hours = hoursOf(outcome, sides.split.kept, {target: plan.target, day: date, metric});
  if (!hours) {
    const what = metric.kind === 'money' ? 'usage: costs have no hours of their own' : metric.label;
    return without(`The hours of this day hold no ${what}.`);
  }
  return {days, day, hours, table: hoursTable(hours.metric, hours.values, hours.total), why: undefined};
}
