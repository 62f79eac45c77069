/** More than all the money there is: what claims to be more is no amount. */
const MOST_MONEY = 1e15;

/** From here on a double is written with an exponent, and stands for 100,000 integers or more: nothing is counted so. */
const MOST = 1e21;

/**
 * Whether a number can be a figure of the column of that name. Beyond, sums would run over, and a grid would have
 * columns of three hundred digits. NaN and the infinities are none.
 */
export function isFigure(column: string, value: number): boolean {
  const size = Math.abs(value);
  return column === 'amount' ? size <= MOST_MONEY : size < MOST;
}
