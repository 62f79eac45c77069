/**
 * The mean of the steps from `from` up to `to`. A step in which nothing was used counts as 0, or for shares (of which
 * nothing is no zero) not at all; NaN where no step has a value.
 */
export function meanBetween(values: Float64Array, from: number, to: number, isShare: boolean): number {
  let sum = 0;
  let count = 0;
  for (let step = from; step < to; step++) {
    const value = values[step] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  if (count === 0) return Number.NaN;
  return sum / (isShare ? count : to - from);
}
