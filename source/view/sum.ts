/**
 * Sums by number, of which those that nothing was added to are NaN. Neumaier's summation: amounts of a tenth of a cent
 * add up without drifting.
 */
export class Sums {
  readonly #sums: Float64Array;
  readonly #lost: Float64Array;

  constructor(size: number) {
    this.#sums = new Float64Array(size).fill(Number.NaN);
    this.#lost = new Float64Array(size);
  }

  /** Adds a value, which must be one. */
  add(at: number, value: number): void {
    const sum = this.#sums[at] ?? Number.NaN;
    if (Number.isNaN(sum)) {
      this.#sums[at] = value;
      return;
    }
    const next = sum + value;
    const lost = Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    this.#lost[at] = (this.#lost[at] ?? 0) + lost;
    this.#sums[at] = next;
  }

  at(index: number): number {
    return (this.#sums[index] ?? Number.NaN) + (this.#lost[index] ?? 0);
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
 * A sum or a difference without what binary fractions leave in its last digits: `0.6000000000000001` is 0.6. Fifteen
 * digits are what a double holds of any decimal; integers stay exact to 2^53.
 */
export function withoutResidue(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}
