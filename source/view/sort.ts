import type {Column, NumberColumn, TextColumn} from '../usage/block.ts';
import {type Dataset, findColumn} from '../usage/dataset.ts';
import {sortingByKeys} from './radix.ts';
import {allRows, type RowNumbers} from './rows.ts';
import {ranksOf} from './text-ranks.ts';
import {finish, inParts, stage, type Work} from './work.ts';

export type SortKey = {readonly column: string; readonly isReversed: boolean};

/** The key after asking for a column once more: first, reversed, back. The others stay, as tie-breakers. */
export function nextSort(keys: readonly SortKey[], column: string): readonly SortKey[] {
  const [first, ...others] = keys;
  if (first?.column !== column) return [{column, isReversed: false}, ...keys.filter(key => key.column !== column)];
  return first.isReversed ? others : [{column, isReversed: true}, ...others];
}

/**
 * The rows sorted by the first key, ties by the next, and what is equal in all of them as it stands in `rows`. Numbers
 * by size, texts as people sort them; a cell without a value comes last in both directions.
 */
export function sortRows(dataset: Dataset, rows: RowNumbers, keys: readonly SortKey[]): RowNumbers {
  return finish(sortingRows(dataset, rows, keys));
}

/** The same, part by part. */
export function* sortingRows(dataset: Dataset, rows: RowNumbers, keys: readonly SortKey[]): Work<RowNumbers> {
  const known = keys.flatMap(({column: name, isReversed}) => {
    const column = findColumn(dataset, name);
    return column === undefined ? [] : [{column, isReversed}];
  });
  if (known.length === 0) return rows;
  let positions: Uint32Array = allRows(rows.length);
  for (const [index, {column, isReversed}] of known.toReversed().entries()) {
    positions = yield* stage(sortingBy(column, rows, positions, isReversed), index, known.length + 1);
  }
  const sorted = positions;
  const naming = inParts(sorted.length, (from, to) => {
    for (let index = from; index < to; index++) sorted[index] = rows[sorted[index] ?? 0] ?? 0;
  });
  yield* stage(naming, known.length, known.length + 1);
  return sorted;
}

/** Sorts in the array of the positions, or in a new one. */
function* sortingBy(column: Column, rows: RowNumbers, positions: Uint32Array, isReversed: boolean): Work<Uint32Array> {
  if (column.kind !== 'number') {
    const keys = yield* stage(makingTextKeys(column, rows, isReversed), 0, 2);
    return yield* stage(sortingByKeys(positions, keys), 1, 2);
  }
  const present = yield* stage(takingPresent(column, rows, positions), 0, 4);
  const missing = positions.length - present.length;
  const sorted = yield* stage(sortingNumbers(column, rows, present, isReversed), 1, 2);
  positions.copyWithin(sorted.length, 0, missing).set(sorted);
  return positions;
}

/**
 * The positions with a number, for most columns have one in few rows, and only these are sorted. Those without are left
 * at the beginning of `positions`: each new array of a million is four megabytes nearer to the next garbage collection.
 */
function* takingPresent({values}: NumberColumn, rows: RowNumbers, positions: Uint32Array): Work<Uint32Array> {
  const present = new Uint32Array(positions.length);
  let count = 0;
  yield* inParts(positions.length, (from, to) => {
    let end = count;
    for (let index = from; index < to; index++) {
      const position = positions[index] ?? 0;
      if (Number.isNaN(values[rows[position] ?? 0] ?? Number.NaN)) positions[index - end] = position;
      else present[end++] = position;
    }
    count = end;
  });
  return present.subarray(0, count);
}

function* sortingNumbers(
  column: NumberColumn,
  rows: RowNumbers,
  positions: Uint32Array,
  isReversed: boolean,
): Work<Uint32Array> {
  const whole = yield* stage(makingWholeKeys(column, rows, positions, isReversed), 0, 4);
  if (whole) return yield* stage(sortingByKeys(positions, whole), 1, 2);
  const {low, high} = yield* stage(makingNumberKeys(column, rows, positions, isReversed), 1, 4);
  const byLow = yield* stage(sortingByKeys(positions, low), 2, 4);
  return yield* stage(sortingByKeys(byLow, high), 3, 4);
}

function* makingTextKeys(column: TextColumn, rows: RowNumbers, isReversed: boolean): Work<Uint32Array> {
  const {codes} = column;
  const ranks = ranksOf(column.dictionary);
  const missing = ranks.length;
  const keys = new Uint32Array(rows.length);
  yield* inParts(rows.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const rank = ranks[codes[rows[at] ?? 0] ?? 0] ?? missing;
      keys[at] = isReversed && rank !== missing ? missing - 1 - rank : rank;
    }
  });
  return keys;
}

/**
 * Whole numbers from 0 up as they are, all bits turned where they are reversed: token counts take two or three passes
 * then, where the halves of their doubles take up to six. Undefined where some number is none of these.
 */
function* makingWholeKeys(
  {values}: NumberColumn,
  rows: RowNumbers,
  positions: Uint32Array,
  isReversed: boolean,
): Work<Uint32Array | undefined> {
  const keys = new Uint32Array(rows.length);
  let isWhole = true;
  yield* inParts(positions.length, (from, to) => {
    let areWhole = isWhole;
    for (let index = from; index < to && areWhole; index++) {
      const position = positions[index] ?? 0;
      const value = values[rows[position] ?? 0] ?? Number.NaN;
      const key = value >>> 0;
      areWhole = key === value;
      keys[position] = isReversed ? ~key : key;
    }
    isWhole = areWhole;
  });
  return isWhole ? keys : undefined;
}

type NumberKeys = {readonly low: Uint32Array; readonly high: Uint32Array};

/**
 * The two halves of a double, so turned that they sort as unsigned integers: of a negative number all bits, of any other
 * only the sign, and all once more where they are reversed.
 */
function* makingNumberKeys(
  {values}: NumberColumn,
  rows: RowNumbers,
  positions: Uint32Array,
  isReversed: boolean,
): Work<NumberKeys> {
  const low = new Uint32Array(rows.length);
  const high = new Uint32Array(rows.length);
  const double = new Float64Array(1);
  const halves = new Uint32Array(double.buffer);
  const lowHalf = isLittleEndian() ? 0 : 1;
  yield* inParts(positions.length, (from, to) => {
    for (let index = from; index < to; index++) {
      const position = positions[index] ?? 0;
      const value = values[rows[position] ?? 0] ?? Number.NaN;
      // -0 is the same number as 0, and has other bits.
      double[0] = value + 0;
      const isTurned = value < 0 !== isReversed;
      const lowBits = halves[lowHalf] ?? 0;
      const highBits = halves[1 - lowHalf] ?? 0;
      low[position] = isTurned ? ~lowBits : lowBits;
      const turned = isTurned ? ~highBits : highBits;
      high[position] = value < 0 ? turned : turned ^ 0x80000000;
    }
  });
  return {low, high};
}

function isLittleEndian(): boolean {
  return new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
}
