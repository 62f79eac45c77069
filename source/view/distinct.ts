/** A table to begin with: few different values, as most columns have, need no more. */
const FIRST_SLOTS = 1024;

/** 512 KiB: what a processor's own cache holds. Beyond that each look-up waits for memory. */
const MOST_SLOTS = 65_536;

/** A million different numbers in so many parts need no bigger tables. */
const PARTS = 256;
const PART_SLOTS = 8192;

/**
 * How many different numbers there are (0 and -0 are one, NaN none). An open hash table over the bits of the doubles; a
 * Set of a million takes many times as long.
 */
export function countDistinct(values: Float64Array): number {
  return countIn(values, FIRST_SLOTS, MOST_SLOTS) ?? countInParts(values);
}

/** Undefined where a table of `mostSlots` would become more than half full. */
function countIn(values: Float64Array, firstSlots: number, mostSlots: number): number | undefined {
  let slots = new Float64Array(firstSlots).fill(Number.NaN);
  let count = 0;
  const bits = bitsOf(values);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value) || !put(slots, value, hashAt(bits, index, value))) continue;
    if (++count * 2 <= slots.length) continue;
    if (slots.length >= mostSlots) return undefined;
    slots = grown(slots);
  }
  return count;
}

/** Equal numbers are put into one of many parts, so that each part's table is small. */
function countInParts(values: Float64Array): number {
  const bits = bitsOf(values);
  const ends = new Uint32Array(PARTS + 1);
  for (let index = 0; index < values.length; index++) {
    const part = (hashAt(bits, index, values[index] ?? 0) >>> 24) + 1;
    ends[part] = (ends[part] ?? 0) + 1;
  }
  for (let part = 1; part <= PARTS; part++) ends[part] = (ends[part] ?? 0) + (ends[part - 1] ?? 0);
  const parted = new Float64Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? 0;
    const part = hashAt(bits, index, value) >>> 24;
    const at = ends[part] ?? 0;
    ends[part] = at + 1;
    parted[at] = value;
  }
  let count = 0;
  for (let part = 0; part < PARTS; part++) {
    const from = part === 0 ? 0 : ends[part - 1];
    count += countIn(parted.subarray(from, ends[part]), PART_SLOTS, Number.POSITIVE_INFINITY) ?? 0;
  }
  return count;
}

function grown(slots: Float64Array): Float64Array<ArrayBuffer> {
  const more = new Float64Array(slots.length * 4).fill(Number.NaN);
  const bits = bitsOf(slots);
  for (let index = 0; index < slots.length; index++) {
    const value = slots[index] ?? Number.NaN;
    if (!Number.isNaN(value)) put(more, value, hashAt(bits, index, value));
  }
  return more;
}

/** Puts a number into the first free slot from its own on; false where it is there already. */
function put(slots: Float64Array, value: number, hash: number): boolean {
  const last = slots.length - 1;
  for (let slot = hash & last; ; slot = (slot + 1) & last) {
    const held = slots[slot] ?? Number.NaN;
    if (held === value) return false;
    if (!Number.isNaN(held)) continue;
    slots[slot] = value;
    return true;
  }
}

function bitsOf(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
}

function hashAt(bits: Uint32Array, index: number, value: number): number {
  // -0 is the same number as 0, and has other bits.
  if (value === 0) return 0;
  const mixed = Math.imul((bits[2 * index] ?? 0) ^ Math.imul(bits[2 * index + 1] ?? 0, 0x9e3779b1), 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
