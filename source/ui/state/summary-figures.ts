import type {Dataset} from '../../usage/dataset.ts';
import {type Dimension, dimensionsOf} from '../../view/dimensions.ts';
import {type Group, groupingRows} from '../../view/group.ts';
import {groupLabel} from '../../view/group-label.ts';
import {isTime, pivotInTime} from '../../view/in-time.ts';
import {formatMetric, type Metric} from '../../view/metrics.ts';
import {type Pivot, pivotingRows} from '../../view/pivot.ts';
import {tailOf, withTail} from '../../view/points.ts';
import {printable} from '../../view/printable.ts';
import type {RowNumbers} from '../../view/rows.ts';
import {type Steps, stepsOf} from '../../view/steps.ts';
import {findingUnaccounted, type Unaccounted} from '../../view/unaccounted.ts';
import {widthOf} from '../../view/width.ts';
import {stage, type Work} from '../../view/work.ts';
import {dimensionOf, metricOf} from './lens.ts';
import type {ResultsState} from './results.ts';

export const ORDERS = ['biggest', 'smallest', 'name'] as const;

/** How the groups are sorted. */
export type Order = (typeof ORDERS)[number];

/** What is asked of the rows: figures hold as long as it stays the same. */
type Question = {
  readonly dataset: Dataset;
  readonly rows: RowNumbers;
  readonly dimension: Dimension;
  readonly metric: Metric;
  /** The second dimension, of a pivot. */
  readonly across: Dimension | undefined;
  readonly order: Order;
};

/** As the rows answer: biggest first, days and hours of a pivot one after another. */
type Answer = {
  readonly groups: readonly Group[];
  readonly total: Group;
  readonly pivot: Pivot | undefined;
  /** Undefined where there is nothing to be named. */
  readonly unaccounted: Unaccounted | undefined;
};

/** What the rows in view add up to; the groups, those down the pivot too, are in the order shown. */
export type Figures = Question &
  Answer & {
    readonly answer: Answer;
    readonly steps: Steps;
    /** As the screen names the groups. */
    readonly labels: readonly string[];
    /** Columns of the longest of them, and of the longest figure. */
    readonly labelWidth: number;
    readonly valueWidth: number;
    /** Of the longest of them from its decimal point on. */
    readonly valueTail: number;
  };

type Asked = Pick<ResultsState, 'outcome' | 'lens' | 'rows'> & {
  readonly summary: {
    readonly across: string | undefined;
    readonly order: Order | undefined;
    readonly figures: Figures | undefined;
  };
};

/** What the summary is to answer; undefined where the rows have no metric or nothing to group them by. */
export function questionOf(results: Asked): Question | undefined {
  const {outcome, rows, summary} = results;
  const {dataset} = outcome;
  const dimension = dimensionOf(results);
  const metric = metricOf(results);
  if (!dimension || !metric) return undefined;
  const order = summary.order ?? naturalOrder(dimension);
  return {dataset, rows, dimension, metric, across: acrossOf(dataset, summary.across, dimension), order};
}

/** Days and hours stand one after another, everything else with the biggest first. */
export function naturalOrder({name}: Dimension): Order {
  return isTime(name) ? 'name' : 'biggest';
}

/** A dimension across itself would be a diagonal: it is left out until another one stands down. */
function acrossOf(dataset: Dataset, name: string | undefined, dimension: Dimension): Dimension | undefined {
  return name === dimension.name ? undefined : dimensionsOf(dataset).find(each => each.name === name);
}

/** The same figures where they still answer the question, in another order if that is asked; undefined where they don't. */
export function knownFigures(question: Question, {summary: {figures}}: Asked): Figures | undefined {
  if (!figures || !isAnswered(question, figures)) return undefined;
  return figures.order === question.order ? figures : ordered(question, figures.answer, figures.steps);
}

/** The figures that answer the question, part by part. */
export function* answering(question: Question, {outcome}: Asked): Work<Figures> {
  const {dataset, rows, dimension, metric, across} = question;
  const {range, width} = outcome.query;
  const steps = stepsOf(range, width, metric);
  const asked = {dimension: dimension.name, metric};
  const unaccounted = yield* stage(findingUnaccounted(dataset, rows, asked), 0, 2);
  if (!across) {
    const grouping = yield* stage(groupingRows(dataset, rows, {...asked, steps}), 1, 2);
    return ordered(question, {...grouping, pivot: undefined, unaccounted}, steps);
  }
  const pivoting = yield* stage(pivotingRows(dataset, rows, {...asked, across: across.name}), 1, 2);
  const pivot = pivotInTime(dimension.name, across.name, pivoting);
  return ordered(question, {groups: pivot.down, total: pivot.total, pivot, unaccounted}, steps);
}

function isAnswered(question: Question, {dataset, rows, dimension, metric, across}: Figures): boolean {
  return (
    dataset === question.dataset &&
    rows === question.rows &&
    dimension === question.dimension &&
    metric === question.metric &&
    across === question.across
  );
}

function ordered(question: Question, answer: Answer, steps: Steps): Figures {
  const {total, pivot, unaccounted} = answer;
  const order = Array.from(answer.groups, (_, index) => index).sort(comparing(answer.groups, question.order));
  const groups = order.map(index => answer.groups[index]).filter(group => group !== undefined);
  const labels = groups.map(group => labelOf(group, question.dimension));
  const values = [...groups, total, ...(unaccounted ? [unaccounted.total] : [])].map(({value}) =>
    formatMetric(question.metric, value),
  );
  const valueTail = question.metric.kind === 'share' ? 0 : widest(values, tailOf);
  return {
    ...question,
    answer,
    steps,
    groups,
    total,
    unaccounted,
    labels,
    pivot: pivot && {...pivot, down: groups, cell: (down, across) => pivot.cell(order[down] ?? 0, across)},
    labelWidth: widest(labels, widthOf),
    valueWidth: widest(values, value => widthOf(withTail(value, valueTail))),
    valueTail,
  };
}

function widest<Item>(items: readonly Item[], width: (item: Item) => number): number {
  return items.reduce((most, item) => Math.max(most, width(item)), 0);
}

/** Groups without a value stay last, equal ones in the order of their names. */
function comparing(groups: readonly Group[], order: Order): (one: number, other: number) => number {
  const groupAt = (index: number) => groups[index] ?? {value: Number.NaN, label: ''};
  const byName = (one: number, other: number) => compareText(groupAt(one).label, groupAt(other).label);
  if (order === 'name') return byName;
  const sign = order === 'biggest' ? -1 : 1;
  return (one, other) => {
    const a = groupAt(one).value;
    const b = groupAt(other).value;
    if (Number.isNaN(a) || Number.isNaN(b))
      return Number(Number.isNaN(a)) - Number(Number.isNaN(b)) || byName(one, other);
    return sign * (a - b) || byName(one, other);
  };
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Rows that lack the dimension say which it is that they lack. */
function labelOf(group: Group, {label: dimension}: Dimension): string {
  return group.id === undefined ? `${group.label}: no ${printable(dimension)}` : groupLabel(group);
}
