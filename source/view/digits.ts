/**
 * Whether the decimal digits of a whole number (0 to 2^53 - 1) contain some others, given as a number and the power of
 * ten that has one digit more than they have: `05` is 5 and 100.
 */
export function hasDigits(whole: number, digits: number, power: number): boolean {
  const least = power / 10;
  let rest = whole;
  // Below 2^31 the machine divides whole numbers, which takes a fraction of the time.
  while (rest > 0x7fffffff) {
    if (rest % power === digits) return true;
    rest = Math.floor(rest / 10);
  }
  for (let small = rest | 0; small >= least; small = (small / 10) | 0) if (small % power === digits) return true;
  return whole === 0 && digits === 0 && power === 10;
}
