import type {Dataset} from '../usage/dataset.ts';
import {readingContributions} from './contributions.ts';
import {groupCodes} from './dimensions.ts';
import {type Group, type GroupQuestion, groupingRows} from './group.ts';
import {MetricTally} from './tally.ts';
import {finish, inParts, stage, type Work} from './work.ts';

/** A table of two dimensions: its margins are the groups by each of them; `cell` takes positions in these, NaN is nothing. */
export type Pivot = {
  readonly down: readonly Group[];
  readonly across: readonly Group[];
  readonly total: Group;
  readonly cell: (down: number, across: number) => number;
};

/** More cells than that are kept only where a row falls into them: 5,000 users by 5,000 keys are mostly empty. */
const MOST_DENSE_CELLS = 1_000_000;

/** The metric of the rows by two dimensions: one down, the other across. */
export function pivotRows(
  dataset: Dataset,
  rows: Uint32Array,
  question: GroupQuestion & {readonly across: string},
): Pivot {
  return finish(pivotingRows(dataset, rows, question));
}

/** The same, part by part. */
export function* pivotingRows(
  dataset: Dataset,
  rows: Uint32Array,
  question: GroupQuestion & {readonly across: string},
): Work<Pivot> {
  const {groups: down, total} = yield* stage(groupingRows(dataset, rows, question), 0, 3);
  const {groups: across} = yield* stage(groupingRows(dataset, rows, {...question, dimension: question.across}), 1, 3);
  const downAt = positions(dataset, question.dimension, down);
  const acrossAt = positions(dataset, question.across, across);
  const downCodes = groupCodes(dataset, question.dimension).codes;
  const acrossCodes = groupCodes(dataset, question.across).codes;
  const contributions = yield* readingContributions(dataset, question.metric);
  const {values} = contributions;
  const cellCount = down.length * across.length;
  const slots = cellCount > MOST_DENSE_CELLS ? new Map<number, number>() : undefined;
  const tally = new MetricTally(contributions, slots === undefined ? cellCount : rows.length);
  const adding = inParts(rows.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const row = rows[at] ?? 0;
      if (Number.isNaN(values[row] ?? Number.NaN)) continue;
      const cell = (downAt[downCodes[row] ?? 0] ?? 0) * across.length + (acrossAt[acrossCodes[row] ?? 0] ?? 0);
      tally.addRow(slots === undefined ? cell : slotOf(slots, cell), row);
    }
  });
  yield* stage(adding, 2, 3);
  return {
    down,
    across,
    total,
    cell: (downIndex, acrossIndex) => {
      const cell = downIndex * across.length + acrossIndex;
      const slot = slots === undefined ? cell : slots.get(cell);
      return slot === undefined ? Number.NaN : tally.at(slot);
    },
  };
}

/** Where the group of each code stands. */
function positions(dataset: Dataset, dimension: string, groups: readonly Group[]): Uint32Array {
  const byId = new Map(groups.map(({id}, position) => [id, position]));
  const {ids} = groupCodes(dataset, dimension);
  return Uint32Array.from(ids, (id, code) => byId.get(code === 0 ? undefined : id) ?? 0);
}

function slotOf(slots: Map<number, number>, cell: number): number {
  let slot = slots.get(cell);
  if (slot === undefined) {
    slot = slots.size;
    slots.set(cell, slot);
  }
  return slot;
}
