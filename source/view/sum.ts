/**
 * Sums by number, of which those that nothing was added to are NaN. Neumaier's summation: amounts of a tenth of a cent
 * add up without drifting.
 */
export class Sums {
  readonly #sums: Float64Array;
  readonly #lost: Float64Array;
  /** The greatest size on the way to each sum. */
  readonly #most: Float64Array;

  constructor(size: number) {
    this.#sums = new Float64Array(size).fill(Number.NaN);
    this.#lost = new Float64Array(size);
    this.#most = new Float64Array(size);
  }

  /** Adds a value, which must be one. */
  add(at: number, value: number): void {
    const sum = this.#sums[at] ?? Number.NaN;
    const size = Math.abs(value);
    if (size > (this.#most[at] ?? 0)) this.#most[at] = size;
    if (Number.isNaN(sum)) {
      this.#sums[at] = value;
      return;
    }
    const next = sum + value;
    const lost = Math.abs(sum) >= size ? sum - next + value : value - next + sum;
    this.#lost[at] = (this.#lost[at] ?? 0) + lost;
    this.#sums[at] = next;
  }

  /** Without residue; NaN where nothing was added. */
  at(index: number): number {
    const sum = (this.#sums[index] ?? Number.NaN) + (this.#lost[index] ?? 0);
    return withoutResidue(sum, Math.max(Math.abs(sum), this.#most[index] ?? 0));
  }

  /** All of them as one, nothing lost either. */
  total(): number {
    const total = new Sums(1);
    for (const values of [this.#sums, this.#lost]) {
      for (const value of values) if (!Number.isNaN(value)) total.add(0, value);
    }
    return this.#sums.every(Number.isNaN) ? Number.NaN : total.at(0);
  }
}

/** The sum of what is there: NaN is nothing, and so is the sum of nothing. Without drift, as all sums are. */
export function sumOf(values: Iterable<number>): number {
  const sums = new Sums(1);
  for (const value of values) if (!Number.isNaN(value)) sums.add(0, value);
  return sums.at(0);
}

/**
 * A sum or a difference without what binary fractions leave in its last digits: `0.6000000000000001` is 0.6, and what is
 * left of 0.1 + 0.2 - 0.3 is 0. A double holds fifteen digits of any decimal: so many count from those of the greatest
 * `size` on that it was made of. Integers stay exact to 2^53.
 */
function withoutResidue(value: number, size: number): number {
  if (Number.isInteger(value) || !Number.isFinite(value)) return value;
  const decimals = 14 - Math.floor(Math.log10(size));
  if (decimals < 0) return value;
  // More decimals than toFixed knows belong to what is smaller than any price.
  return decimals > 100 ? value : Number(value.toFixed(decimals));
}

/** One less the other, without residue. */
export function difference(value: number, less: number): number {
  return withoutResidue(value - less, Math.max(Math.abs(value), Math.abs(less)));
}
