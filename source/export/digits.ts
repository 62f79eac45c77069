const largest = 2 ** 31 - 1;
const ZERO = 48;
const MINUS = 45;

/** Whether `putDigits` writes the number: an integer of 32 bits. Beyond, a division takes ten times as long. */
export function isDigits(value: number): boolean {
  return Math.abs(value) <= largest && (value | 0) === value;
}

/** How many characters the integer takes, its sign included. */
function digitsOf(value: number): number {
  let rest = value | 0;
  let count = 1;
  if (rest < 0) {
    rest = -rest;
    count = 2;
  }
  if (rest >= 100_000) {
    count += 5;
    rest = (rest / 100_000) | 0;
  }
  for (; rest >= 10; rest = (rest / 10) | 0) count++;
  return count;
}

/** Writes the integer at `at`; returns where it ends. A text for each number would be made only to be thrown away. */
export function putDigits(value: number, line: DataView, at: number): number {
  const end = at + digitsOf(value);
  let rest = Math.abs(value) | 0;
  let place = end;
  do {
    const tenth = (rest / 10) | 0;
    line.setUint8(--place, ZERO + rest - 10 * tenth);
    rest = tenth;
  } while (rest > 0);
  if (value < 0) line.setUint8(at, MINUS);
  return end;
}
