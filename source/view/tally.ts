/**
 * Sums by number, of which those that nothing was added to are NaN. Neumaier's summation, as for the sum of a column:
 * amounts of a tenth of a cent add up without drifting.
 */
class Tally {
  readonly #sums: Float64Array;
  readonly #lost: Float64Array;

  constructor(size: number) {
    this.#sums = new Float64Array(size).fill(Number.NaN);
    this.#lost = new Float64Array(size);
  }

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
}

/** What is made of a metric's contributions: a sum, or of a share the summed parts over the summed wholes. */
export class MetricTally {
  readonly #parts: Tally;
  readonly #wholes: Tally | undefined;
  readonly #values: Float64Array;
  readonly #over: Float64Array | undefined;

  constructor({values, over}: {values: Float64Array; over?: Float64Array | undefined}, size: number) {
    this.#values = values;
    this.#over = over;
    this.#parts = new Tally(size);
    this.#wholes = over && new Tally(size);
  }

  /** Adds what that row holds, which must be something. */
  addRow(at: number, row: number): void {
    this.#parts.add(at, this.#values[row] ?? 0);
    if (this.#over !== undefined) this.#wholes?.add(at, this.#over[row] ?? 0);
  }

  /** NaN where nothing was added, and for a share of nothing. */
  at(index: number): number {
    const part = this.#parts.at(index);
    if (this.#wholes === undefined) return part;
    const whole = this.#wholes.at(index);
    return whole === 0 ? Number.NaN : part / whole;
  }
}
