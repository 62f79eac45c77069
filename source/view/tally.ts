import {Sums} from './sum.ts';

/** What is made of a metric's contributions: a sum, or of a share the summed parts over the summed wholes. */
export class MetricTally {
  readonly #parts: Sums;
  readonly #wholes: Sums | undefined;
  readonly #values: Float64Array;
  readonly #over: Float64Array | undefined;

  constructor({values, over}: {values: Float64Array; over?: Float64Array | undefined}, size: number) {
    this.#values = values;
    this.#over = over;
    this.#parts = new Sums(size);
    this.#wholes = over && new Sums(size);
  }

  /** Adds what that row holds, which must be something. */
  addRow(at: number, row: number): void {
    this.#parts.add(at, this.#values[row] ?? 0);
    if (this.#over !== undefined) this.#wholes?.add(at, this.#over[row] ?? 0);
  }

  /** NaN where nothing was added, and for a share of nothing. */
  at(index: number): number {
    return ratio(this.#parts.at(index), this.#wholes?.at(index));
  }

  /** What all together come to. */
  total(): number {
    return ratio(this.#parts.total(), this.#wholes?.total());
  }
}

function ratio(part: number, whole: number | undefined): number {
  return whole === undefined ? part : whole === 0 ? Number.NaN : part / whole;
}
