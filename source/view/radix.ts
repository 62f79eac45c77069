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
  let from = positions;
  let to: Uint32Array = new Uint32Array(from.length);
  for (const [pass, shift] of SHIFTS.entries()) {
    const next = yield* stage(findingStarts(keys, shift), 2 * pass, 2 * SHIFTS.length);
    if (next === undefined) continue;
    const [source, target] = [from, to];
    const placing = inParts(source.length, (first, last) => {
      for (let index = first; index < last; index++) {
        const position = source[index] ?? 0;
        const bucket = ((keys[position] ?? 0) >>> shift) & MASK;
        const at = next[bucket] ?? 0;
        next[bucket] = at + 1;
        target[at] = position;
      }
    });
    yield* stage(placing, 2 * pass + 1, 2 * SHIFTS.length);
    [from, to] = [target, source];
  }
  return from;
}

/** Where each bucket begins; undefined where all keys are of one bucket, as the high bits of small numbers are. */
function* findingStarts(keys: Uint32Array, shift: number): Work<Uint32Array | undefined> {
  const starts = new Uint32Array(BUCKETS);
  yield* inParts(keys.length, (from, to) => {
    for (let index = from; index < to; index++) {
      const bucket = ((keys[index] ?? 0) >>> shift) & MASK;
      starts[bucket] = (starts[bucket] ?? 0) + 1;
    }
  });
  let sum = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = starts[bucket] ?? 0;
    if (count === keys.length) return undefined;
    starts[bucket] = sum;
    sum += count;
  }
  return starts;
}
