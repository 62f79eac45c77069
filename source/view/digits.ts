/** Which whole numbers contain the digits that are sought. */
type Digits = {
  /** Of a whole number from 0 to 2^53 - 1. */
  readonly isIn: (whole: number) => boolean;
  /** The answer (1 or 0) by whole number, of all below a million: for who asks of as many. */
  readonly table: () => Uint8Array;
};

/** Most token counts are among them, and a processor's cache holds so many answers. */
const LOOKED_UP = 1_000_000;

/** Tells the whole numbers that contain these digits (1 to 15 of them), without making a text of any. */
export function digitsMatch(text: string): Digits {
  const digits = Number(text);
  // `05` is 5 at the end of 105, and a number below 10 has no room for it.
  const power = 10 ** text.length;
  const least = power / 10;
  // Of numbers below 2^31 the machine divides the whole ones, which takes a fraction of the time.
  const isLong = power > 0x7fffffff;
  const smallPower = isLong ? 1 : power | 0;
  let table: Uint8Array | undefined;
  const isIn = (whole: number) => {
    let rest = whole;
    while (rest > 0x7fffffff) {
      if (rest % power === digits) return true;
      rest = Math.floor(rest / 10);
    }
    if (isLong) return rest >= least && rest === digits;
    for (let small = rest | 0; small >= least; small = (small / 10) | 0) {
      if (table !== undefined && small < LOOKED_UP) return table[small] === 1;
      if (small % smallPower === digits) return true;
    }
    return whole === 0 && digits === 0 && power === 10;
  };
  return {
    isIn,
    table: () => {
      table ??= tableOf(digits, power);
      return table;
    },
  };
}

/** For what is in no whole number from 0 up. */
export function emptyTable(): Uint8Array {
  return new Uint8Array(LOOKED_UP);
}

/** A number contains what it contains without its last digit, or else ends in what is sought. */
function tableOf(digits: number, power: number): Uint8Array {
  const table = emptyTable();
  const least = Math.max(1, power / 10);
  const last = digits % 10;
  for (let tens = 0; tens < LOOKED_UP; tens += 10) {
    const ending = tens + last;
    if (table[tens / 10] === 1) table.fill(1, tens, tens + 10);
    else if (ending >= least && ending % power === digits) table[ending] = 1;
  }
  // 0 is the only number that begins with a 0.
  if (digits === 0 && power === 10) table[0] = 1;
  return table;
}
