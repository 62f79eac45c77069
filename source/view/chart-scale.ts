/** The numbers of an axis, from 0 up at even distances; the last is `top`, which no value exceeds. */
export type Scale = {readonly ticks: readonly number[]; readonly top: number};

const ROUND = [1, 2, 2.5, 5];

/** Smaller than any price or share: below it powers of ten would run out. */
const LEAST = 1e-12;

/** Larger than any sum of figures: above it they would run over, and no step would be reached. */
const MOST = 1e300;

/** More height for the columns is worth fewer numbers beside them. */
const MUCH_LOWER = 0.9;

/**
 * The finest scale of round steps (1, 2, 2.5, 5 times a power of ten) with a number on every other row at most, and six
 * at most; or a coarser one that leaves much less empty above what is reached. `isWhole`: of things that are counted
 * there are no halves.
 */
export function scaleFor(greatest: number, rows: number, isWhole: boolean): Scale {
  const reached = greatest > LEAST ? Math.min(greatest, MOST) : 1;
  const most = Math.min(5, Math.max(2, Math.floor(rows / 2)));
  let best = scaleOf(reached, most, isWhole);
  for (let intervals = most - 1; intervals >= 1; intervals--) {
    const coarser = scaleOf(reached, intervals, isWhole);
    if (coarser.top < best.top * MUCH_LOWER) best = coarser;
  }
  return best;
}

function scaleOf(reached: number, intervals: number, isWhole: boolean): Scale {
  const step = roundStep(reached / intervals, isWhole);
  const ticks = [0];
  while ((ticks.at(-1) ?? 0) < reached) ticks.push(Number((ticks.length * step).toPrecision(12)));
  return {ticks, top: ticks.at(-1) ?? 1};
}

function roundStep(least: number, isWhole: boolean): number {
  for (let exponent = Math.floor(Math.log10(least)); ; exponent++) {
    for (const digits of ROUND) {
      // Read from text: 2 × 0.1³ is no round number.
      const step = Number(`${digits}e${exponent}`);
      if (step >= least && (!isWhole || Number.isInteger(step))) return step;
    }
  }
}
