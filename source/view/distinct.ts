import {inParts, type Work} from './work.ts';

/** So many different numbers are counted: of more nobody wants to know how many, and counting a million takes long. */
export const MOST_DISTINCT = 100_000;

/** Whole numbers below have a bit each, 512 KiB of them: that takes a quarter of the time. */
const WITH_BIT = 2 ** 22;

/** A table to begin with for all others: few different values, as most columns have, need no more. */
const FIRST_SLOTS = 1024;

/**
 * How many different numbers there are in these rows (0 and -0 are one, NaN none); undefined where they are more than
 * `MOST_DISTINCT`. What has no bit goes into an open hash table over the bits of the doubles; a Set takes many times as
 * long. Part by part.
 */
export function* countingDistinct(values: Float64Array, rows: Uint32Array): Work<number | undefined> {
  const seen = new Uint32Array(WITH_BIT / 32);
  let slots = new Float64Array(FIRST_SLOTS).fill(Number.NaN);
  let inSlots = 0;
  let count = 0;
  const bits = bitsOf(values);
  const counting = inParts(rows.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const row = rows[at] ?? 0;
      const value = values[row] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      const whole = value | 0;
      if (whole === value && whole >= 0 && whole < WITH_BIT) {
        const held = seen[whole >>> 5] ?? 0;
        const bit = 1 << (whole & 31);
        if ((held & bit) !== 0) continue;
        seen[whole >>> 5] = held | bit;
      } else {
        if (!put(slots, value, hashAt(bits, row))) continue;
        if (++inSlots * 2 > slots.length) slots = grown(slots);
      }
      if (++count > MOST_DISTINCT) return;
    }
  });
  for (const done of counting) {
    if (count > MOST_DISTINCT) return undefined;
    yield done;
  }
  return count;
}

function grown(slots: Float64Array): Float64Array<ArrayBuffer> {
  const more = new Float64Array(slots.length * 4).fill(Number.NaN);
  const bits = bitsOf(slots);
  for (let index = 0; index < slots.length; index++) {
    const value = slots[index] ?? Number.NaN;
    if (!Number.isNaN(value)) put(more, value, hashAt(bits, index));
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

function hashAt(bits: Uint32Array, index: number): number {
  const mixed = Math.imul((bits[2 * index] ?? 0) ^ Math.imul(bits[2 * index + 1] ?? 0, 0x9e3779b1), 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
