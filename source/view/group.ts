import {type Dataset, findColumn} from '../usage/dataset.ts';
import {type Contributions, readingContributions} from './contributions.ts';
import {groupingCodes} from './dimensions.ts';
import type {Metric} from './metrics.ts';
import {type Steps, stepSeconds} from './steps.ts';
import {MetricTally} from './tally.ts';
import {finish, inParts, stage, type Work} from './work.ts';

/**
 * A group's figures: how many rows hold the metric, its value over all of them, and by step (NaN: nothing; empty if no
 * steps were asked for). A row outside the steps counts in the value alone.
 */
export type Group = {
  readonly id: string | undefined;
  readonly label: string;
  /** Whether its id wants a name and nobody knows one: the label is the id then. */
  readonly isNameless: boolean;
  readonly rows: number;
  readonly value: number;
  readonly steps: Float64Array;
};

/** The groups that hold the metric, biggest first, and all their rows as one. */
export type Grouping = {readonly groups: readonly Group[]; readonly total: Group};

/** What is asked: the metric, by that dimension, and by step where steps are given. */
export type GroupQuestion = {readonly dimension: string; readonly metric: Metric; readonly steps?: Steps | undefined};

/** The metric of the rows, by the groups of a dimension. Groups without a value come last, equal ones by label. */
export function groupRows(dataset: Dataset, rows: Uint32Array, question: GroupQuestion): Grouping {
  return finish(groupingRows(dataset, rows, question));
}

/** The same, part by part. */
export function* groupingRows(dataset: Dataset, rows: Uint32Array, question: GroupQuestion): Work<Grouping> {
  const {codes, ids, labels, isNameless} = yield* stage(groupingCodes(dataset, question.dimension), 0, 4);
  const contributions = yield* stage(readingContributions(dataset, question.metric), 1, 4);
  const {values} = contributions;
  const tally = new MetricTally(contributions, ids.length);
  const counts = new Uint32Array(ids.length);
  let count = 0;
  const adding = inParts(rows.length, (from, to) => {
    let held = 0;
    for (let at = from; at < to; at++) {
      const row = rows[at] ?? 0;
      if (Number.isNaN(values[row] ?? Number.NaN)) continue;
      const code = codes[row] ?? 0;
      tally.addRow(code, row);
      counts[code] = (counts[code] ?? 0) + 1;
      held++;
    }
    count += held;
  });
  yield* stage(adding, 2, 4);
  const stepper = question.steps && new Stepper(dataset, contributions, question.steps, counts);
  if (stepper) yield* stage(stepper.placing(rows, codes), 3, 4);
  const groups: Group[] = [];
  for (const [code, id] of ids.entries()) {
    const held = counts[code] ?? 0;
    if (held === 0) continue;
    const stepsOf = () => stepper?.stepsOf(code);
    const named = {id: code === 0 ? undefined : id, label: labels[code] ?? id, isNameless: isNameless[code] === 1};
    groups.push(groupOf(named, held, tally.at(code), stepsOf));
  }
  groups.sort(biggestFirst);
  return {groups, total: groupOf(TOTAL, count, tally.total(), () => stepper?.stepsOf(undefined))};
}

const TOTAL = {id: undefined, label: 'total', isNameless: false} as const;

/** Steps are added up when they are first looked at: a table of 5,000 groups by 8,760 hours shows forty of them. */
function groupOf(
  named: Pick<Group, 'id' | 'label' | 'isNameless'>,
  rows: number,
  value: number,
  stepsOf: () => Float64Array | undefined,
): Group {
  let steps: Float64Array | undefined;
  return {
    ...named,
    rows,
    value,
    get steps() {
      steps ??= stepsOf() ?? new Float64Array(0);
      return steps;
    },
  };
}

function biggestFirst(a: Group, b: Group): number {
  if (Number.isNaN(a.value) !== Number.isNaN(b.value)) return Number.isNaN(a.value) ? 1 : -1;
  return b.value - a.value || (a.label < b.label ? -1 : 1);
}

/** The rows that hold the metric sorted by group once, so that the steps of a group cost as much as its own rows. */
class Stepper {
  readonly #contributions: Contributions;
  readonly #steps: Steps;
  readonly #times: Float64Array | undefined;
  /** Rows group by group; those of a code end at `#ends[code]`, where the next code's begin. */
  readonly #rows: Uint32Array;
  readonly #ends: Uint32Array;

  constructor(dataset: Dataset, contributions: Contributions, steps: Steps, counts: Uint32Array) {
    const times = findColumn(dataset, 'start_time');
    this.#contributions = contributions;
    this.#steps = steps;
    this.#times = times?.kind === 'number' ? times.values : undefined;
    this.#ends = new Uint32Array(counts.length);
    let end = 0;
    for (let code = 0; code < counts.length; code++) {
      this.#ends[code] = end;
      end += counts[code] ?? 0;
    }
    this.#rows = new Uint32Array(end);
  }

  /** To be done once, before anything is asked. */
  placing(rows: Uint32Array, codes: Uint32Array): Work<void> {
    const {values} = this.#contributions;
    const placed = this.#rows;
    const ends = this.#ends;
    return inParts(rows.length, (from, to) => {
      for (let at = from; at < to; at++) {
        const row = rows[at] ?? 0;
        if (Number.isNaN(values[row] ?? Number.NaN)) continue;
        const code = codes[row] ?? 0;
        const next = ends[code] ?? 0;
        placed[next] = row;
        ends[code] = next + 1;
      }
    });
  }

  /** Of one group, or of all of them. */
  stepsOf(code: number | undefined): Float64Array {
    const {first, count} = this.#steps;
    const seconds = stepSeconds(this.#steps);
    const tally = new MetricTally(this.#contributions, count);
    const from = code === undefined || code === 0 ? 0 : (this.#ends[code - 1] ?? 0);
    const to = code === undefined ? this.#rows.length : (this.#ends[code] ?? 0);
    for (let at = from; at < to; at++) {
      const row = this.#rows[at] ?? 0;
      const step = Math.floor(((this.#times?.[row] ?? Number.NaN) - first) / seconds);
      if (step >= 0 && step < count) tally.addRow(step, row);
    }
    return Float64Array.from({length: count}, (_, step) => tally.at(step));
  }
}
