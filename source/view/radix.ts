import {inParts, stage, type Work} from './work.ts';

const BITS = 11;
const BUCKETS = 1 << BITS;
const MASK = BUCKETS - 1;

/** The least bits first: three times eleven are more than the thirty-two of a key. */
const SHIFTS = [0, BITS, 2 * BITS];

/**
 * Puts positions in the order of their keys (`keys[position]`), those of equal keys staying as they stand: a radix sort.
 * Returns the sorted positions, in the array that was given or a new one, which is then free to be sorted again. No
 * comparator is called: a million calls take longer than all else. Part by part.
 */
export function* sortingByKeys(positions: Uint32Array, keys: Uint32Array): Work<Uint32Array> {
  const stages = 1 + SHIFTS.length;
  const counts = SHIFTS.map(() => new Uint32Array(BUCKETS));
  yield* stage(
    inParts(positions.length, (from, to) => count(positions, keys, counts, {from, to})),
    0,
    stages,
  );
  let source = positions;
  let target: Uint32Array = new Uint32Array(positions.length);
  for (const [pass, shift] of SHIFTS.entries()) {
    const next = bucketStarts(counts[pass], positions.length);
    if (next === undefined) continue;
    const [from, to] = [source, target];
    const placing = inParts(from.length, (first, last) => place(from, to, {keys, shift, next, first, last}));
    yield* stage(placing, 1 + pass, stages);
    [source, target] = [to, from];
  }
  return source;
}

/** One look at each key counts for all three passes. */
function count(
  positions: Uint32Array,
  keys: Uint32Array,
  counts: readonly Uint32Array[],
  {from, to}: {readonly from: number; readonly to: number},
): void {
  const [low, middle, high] = counts;
  if (!low || !middle || !high) return;
  for (let index = from; index < to; index++) {
    const key = keys[positions[index] ?? 0] ?? 0;
    const lowBucket = key & MASK;
    const middleBucket = (key >>> BITS) & MASK;
    const highBucket = key >>> (2 * BITS);
    low[lowBucket] = (low[lowBucket] ?? 0) + 1;
    middle[middleBucket] = (middle[middleBucket] ?? 0) + 1;
    high[highBucket] = (high[highBucket] ?? 0) + 1;
  }
}

/** Where each bucket begins; undefined where all keys are of one bucket, as the high bits of small numbers are. */
function bucketStarts(counts: Uint32Array | undefined, all: number): Uint32Array | undefined {
  if (counts === undefined || counts.includes(all)) return undefined;
  const starts = new Uint32Array(BUCKETS);
  for (let bucket = 1; bucket < BUCKETS; bucket++)
    starts[bucket] = (starts[bucket - 1] ?? 0) + (counts[bucket - 1] ?? 0);
  return starts;
}

type Placing = {
  readonly keys: Uint32Array;
  readonly shift: number;
  /** Where the next position of each bucket goes. */
  readonly next: Uint32Array;
  readonly first: number;
  readonly last: number;
};

function place(from: Uint32Array, to: Uint32Array, {keys, shift, next, first, last}: Placing): void {
  for (let index = first; index < last; index++) {
    const position = from[index] ?? 0;
    const bucket = ((keys[position] ?? 0) >>> shift) & MASK;
    const at = next[bucket] ?? 0;
    next[bucket] = at + 1;
    to[at] = position;
  }
}
