/**
 * Sums by number, of which those that nothing was added to are NaN. Exact: integers to 2^53, and amounts of up to nine
 * decimals (above eight millions six) as decimals, so that a million times 0.1 is 100,000, and credits cancel to the last digit. What has more
 * decimals (a price times a token) is added up without drifting, and rounded to the fifteen digits that a double holds. What exceeds all
 * doubles is infinite, and stays so.
 */
export class Sums {
  readonly #size: number;
  readonly #wholes: Pairs;
  /** In units of 10^-9. Token counts need none. */
  #decimals: Pairs | undefined;
  /** What is no multiple of a unit, and the sum of the sizes of all that: how far off it may be. */
  #rest: Pairs | undefined;
  #gross: Float64Array | undefined;

  constructor(size: number) {
    this.#size = size;
    this.#wholes = new Pairs(size, Number.NaN);
  }

  /** Adds a value, which must be one. */
  add(at: number, value: number): void {
    if (Number.isInteger(value)) {
      this.#wholes.add(at, value);
      return;
    }
    const size = Math.abs(value);
    // Almost all amounts: where doubles stand closer together than units do, one division tells that it is so many.
    const units = Math.round(value * UNITS);
    if (size < 2 ** 22 && units / UNITS === value) {
      this.#wholes.begin(at);
      this.#decimals ??= new Pairs(this.#size, 0);
      this.#decimals.add(at, units);
      return;
    }
    if (!Number.isFinite(value)) {
      this.#wholes.add(at, value);
      return;
    }
    const whole = Math.trunc(value);
    // So many places a double of that size tells apart, and no more.
    const places = size < 2 ** 23 ? UNITS : 1e6;
    const part = Math.round((value - whole) * places);
    // Something is there from now on, if only nothing whole.
    this.#wholes.add(at, whole);
    // Both are rounded to the nearest double, as the amount was when it was read: equal, they are the same decimal.
    if (size < 2 ** 33 && whole + part / places === value) {
      this.#decimals ??= new Pairs(this.#size, 0);
      this.#decimals.add(at, part * (UNITS / places));
    } else this.#addRest(at, value - whole, size);
  }

  /** NaN where nothing was added. */
  at(index: number): number {
    const decimals = this.#decimals?.isZero(index) === false ? this.#decimals : undefined;
    const exact = decimals ? decimal(this.#wholes, decimals, index) : this.#wholes.at(index);
    const gross = this.#gross?.[index] ?? 0;
    if (gross === 0) return exact + 0;
    const rest = this.#rest?.at(index) ?? 0;
    return withoutResidue(exact + rest, Math.max(Math.abs(exact), gross));
  }

  /** All of them as one, nothing lost either. */
  total(): number {
    if (this.#wholes.isEmpty()) return Number.NaN;
    const total = new Sums(1);
    for (const whole of this.#wholes.parts()) if (!Number.isNaN(whole)) total.#wholes.add(0, whole);
    if (this.#decimals) {
      total.#decimals = new Pairs(1, 0);
      for (const units of this.#decimals.parts()) total.#decimals.add(0, units);
    }
    if (this.#rest) {
      for (const part of this.#rest.parts()) total.#addRest(0, part, 0);
      for (const size of this.#gross ?? []) total.#addRest(0, 0, size);
    }
    return total.at(0);
  }

  #addRest(at: number, value: number, size: number): void {
    this.#rest ??= new Pairs(this.#size, 0);
    this.#gross ??= new Float64Array(this.#size);
    this.#rest.add(at, value);
    this.#gross[at] = (this.#gross[at] ?? 0) + size;
  }
}

/** Units to 1. */
const UNITS = 1e9;

/** Sums by number, each as a double and what that lost (Neumaier's summation): of integers, exact to 2^106. */
class Pairs {
  readonly #sums: Float64Array;
  readonly #lost: Float64Array;

  constructor(size: number, start: number) {
    this.#sums = new Float64Array(size).fill(start);
    this.#lost = new Float64Array(size);
  }

  /** Something is there from now on, if only nothing. */
  begin(at: number): void {
    if (Number.isNaN(this.#sums[at])) this.#sums[at] = 0;
  }

  add(at: number, value: number): void {
    const sum = this.#sums[at] ?? Number.NaN;
    if (Number.isNaN(sum)) {
      this.#sums[at] = value;
      return;
    }
    const next = sum + value;
    if (!Number.isFinite(next)) {
      // What runs over stays as it is, whatever was lost before: two infinities would make nothing of each other.
      this.#sums[at] = Number.isFinite(sum) ? next : sum;
      return;
    }
    const lost = Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    this.#lost[at] = (this.#lost[at] ?? 0) + lost;
    this.#sums[at] = next;
  }

  at(index: number): number {
    return (this.#sums[index] ?? Number.NaN) + (this.#lost[index] ?? 0);
  }

  isZero(index: number): boolean {
    return this.#sums[index] === 0 && this.#lost[index] === 0;
  }

  /** Whether nothing was added to any of them. */
  isEmpty(): boolean {
    return this.#sums.every(Number.isNaN);
  }

  /** Of integers. */
  exactly(index: number): bigint {
    return BigInt(this.#sums[index] ?? 0) + BigInt(this.#lost[index] ?? 0);
  }

  *parts(): Iterable<number> {
    yield* this.#sums;
    yield* this.#lost;
  }
}

/** A whole part and units together, as the double nearest to that decimal. */
function decimal(wholes: Pairs, decimals: Pairs, index: number): number {
  const [whole, units] = [wholes.at(index), decimals.at(index)];
  if (!Number.isFinite(whole)) return whole;
  const all = whole * UNITS + units;
  // The usual amounts, in a hundredth of the time: every term is an integer below 2^53, and so nothing is rounded.
  const isSmall = Math.max(Math.abs(whole) * UNITS, Math.abs(units), Math.abs(all)) <= Number.MAX_SAFE_INTEGER;
  if (isSmall) return all / UNITS;
  const exact = wholes.exactly(index) * BigInt(UNITS) + decimals.exactly(index);
  return Number(`${exact}e-9`);
}

/** The sum of what is there: NaN is nothing, and so is the sum of nothing. Exact as all sums are. */
export function sumOf(values: Iterable<number>): number {
  const sums = new Sums(1);
  for (const value of values) if (!Number.isNaN(value)) sums.add(0, value);
  return sums.at(0);
}

/**
 * A sum without what binary fractions leave in its last digits. A double holds fifteen digits of any decimal: so many
 * count from those of `size` on, which is what the sum was made of. Integers stay exact to 2^53.
 */
function withoutResidue(value: number, size: number): number {
  if (Number.isInteger(value) || !Number.isFinite(value)) return value + 0;
  const decimals = 14 - Math.floor(Math.log10(size));
  if (decimals < 0) return value;
  // More decimals than toFixed knows belong to what is smaller than any price.
  return decimals > 100 ? value : Number(value.toFixed(decimals)) + 0;
}

/** One less the other, exact as sums are. */
export function difference(value: number, less: number): number {
  return Number.isNaN(value) || Number.isNaN(less) ? Number.NaN : sumOf([value, -less]);
}
