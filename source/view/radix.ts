const BITS = 11;
const BUCKETS = 1 << BITS;
const MASK = BUCKETS - 1;

/**
 * Puts positions in the order of their keys (`keys[position]`), those of equal keys staying as they stand: a radix sort.
 * Returns the sorted positions, in the array that was given or a new one, which is then free to be sorted again. No
 * comparator is called: a million calls take longer than all else.
 */
export function sortByKeys(positions: Uint32Array, keys: Uint32Array): Uint32Array {
  let from = positions;
  let to: Uint32Array = new Uint32Array(from.length);
  for (let shift = 0; shift < 32; shift += BITS) {
    const ends = bucketStarts(keys, shift);
    if (ends === undefined) continue;
    for (let index = 0; index < from.length; index++) {
      const position = from[index] ?? 0;
      const bucket = ((keys[position] ?? 0) >>> shift) & MASK;
      const at = ends[bucket] ?? 0;
      ends[bucket] = at + 1;
      to[at] = position;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Where each bucket begins; undefined where all keys are of one bucket, as the high bits of small numbers are. */
function bucketStarts(keys: Uint32Array, shift: number): Uint32Array | undefined {
  const starts = new Uint32Array(BUCKETS);
  for (let index = 0; index < keys.length; index++) {
    const bucket = ((keys[index] ?? 0) >>> shift) & MASK;
    starts[bucket] = (starts[bucket] ?? 0) + 1;
  }
  let sum = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = starts[bucket] ?? 0;
    if (count === keys.length) return undefined;
    starts[bucket] = sum;
    sum += count;
  }
  return starts;
}
