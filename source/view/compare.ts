import type {Dataset} from '../usage/dataset.ts';
import {type Group, type Grouping, groupingRows} from './group.ts';
import type {Metric} from './metrics.ts';
import type {RowNumbers} from './rows.ts';
import {difference} from './sum.ts';
import {finish, stage, type Work} from './work.ts';

/** Rows of one period, as one side of a comparison. */
export type Side = {readonly dataset: Dataset; readonly rows: RowNumbers};

/** One line of a comparison: what a group comes to now and before. A side that has nothing is 0 (a share: NaN). */
export type Change = {
  readonly id: string | undefined;
  readonly label: string;
  /** Whether its id wants a name and nobody knows one: the label is the id then. */
  readonly isNameless: boolean;
  readonly value: number;
  readonly before: number;
  /** value − before */
  readonly change: number;
  /** change / |before|, so that its sign is the change's; undefined where there was nothing before. */
  readonly ratio: number | undefined;
  readonly state: 'both' | 'new' | 'gone';
};

/** Changes, the biggest first whether up or down, and what all rows together come to (not the sum of shares). */
export type Changes = {readonly changes: readonly Change[]; readonly total: Change};

/**
 * What changed, group by group of a dimension. Groups of both sides are joined by id, so that one that was renamed
 * stays one group. Shares that only one side has (change NaN) come last.
 */
export function changesBy(now: Side, before: Side, dimension: string, metric: Metric): Changes {
  return finish(comparingBy(now, before, dimension, metric));
}

/** The same, part by part. */
export function* comparingBy(now: Side, before: Side, dimension: string, metric: Metric): Work<Changes> {
  const present = yield* stage(groupingRows(now.dataset, now.rows, {dimension, metric}), 0, 2);
  const past = yield* stage(groupingRows(before.dataset, before.rows, {dimension, metric}), 1, 2);
  return changesOf(present, past, metric);
}

/** What changed between two groupings by the same dimension. */
export function changesOf(present: Grouping, past: Grouping, metric: Metric): Changes {
  const gone = new Map(past.groups.map(group => [group.id, group]));
  const changes = present.groups.map(group => {
    const earlier = gone.get(group.id);
    gone.delete(group.id);
    return changeOf(group, earlier, metric);
  });
  const labels = new Set(changes.map(({label}) => label));
  for (const group of gone.values()) {
    const change = changeOf(undefined, group, metric);
    // A project that was made anew has its name again and another id.
    changes.push(labels.has(change.label) ? {...change, label: `${change.label} (${change.id})`} : change);
  }
  const total = changeOf(
    present.groups.length > 0 ? present.total : undefined,
    past.groups.length > 0 ? past.total : undefined,
    metric,
  );
  return {changes: changes.sort(byChange), total};
}

function changeOf(now: Group | undefined, past: Group | undefined, metric: Metric): Change {
  const value = figureOf(now, metric);
  const before = figureOf(past, metric);
  const change = difference(value, before);
  return {
    id: (now ?? past)?.id,
    label: (now ?? past)?.label ?? '',
    isNameless: (now ?? past)?.isNameless === true,
    value,
    before,
    change,
    ratio: before === 0 || Number.isNaN(change) ? undefined : change / Math.abs(before),
    state: stateOf(now, past),
  };
}

function figureOf(group: Group | undefined, metric: Metric): number {
  const value = group?.value ?? Number.NaN;
  // Nothing used is 0 tokens; nothing cached of nothing is no share at all.
  return Number.isNaN(value) && metric.kind !== 'share' ? 0 : value;
}

function stateOf(now: Group | undefined, past: Group | undefined): Change['state'] {
  if (now === undefined) return past === undefined ? 'both' : 'gone';
  return past === undefined ? 'new' : 'both';
}

function byChange(a: Change, b: Change): number {
  const difference = sizeOf(b) - sizeOf(a);
  if (difference !== 0) return difference;
  return a.label === b.label ? 0 : a.label < b.label ? -1 : 1;
}

function sizeOf({change}: Change): number {
  return Number.isNaN(change) ? -1 : Math.abs(change);
}
