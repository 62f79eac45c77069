/**
 * What a million rows take longer for than a key may: it pauses after each part, so that whoever runs it can look after
 * other things. Parts are counted in rows and never by a clock: what comes of it is the same however it is run.
 */
export type Work<Result> = Generator<Pause, Result, undefined>;

/** How much is done, from 0 to 1, and the rows gone through since the pause before. */
export type Pause = {readonly done: number; readonly rows: number};

/** Most rows between two pauses: a fraction of a millisecond of most loops, and two of the slowest. */
const PART = 32_768;

/** Runs work to its end, for callers that nobody waits at a key for. */
export function finish<Result>(work: Work<Result>): Result {
  for (;;) {
    const {done, value} = work.next();
    if (done) return value;
  }
}

/** Runs work that goes through so many rows at most; undefined where it goes through more. */
export function attempt<Result>(work: Work<Result>, mostRows: number): {readonly result: Result} | undefined {
  let rows = 0;
  for (;;) {
    const {done, value} = work.next();
    if (done) return {result: value};
    rows += value.rows;
    if (rows > mostRows) return undefined;
  }
}

/** A loop over `count` rows, part by part. */
export function* inParts(count: number, part: (from: number, to: number) => void): Work<void> {
  for (let from = 0; from < count; from += PART) {
    const to = Math.min(count, from + PART);
    part(from, to);
    yield {done: to / count, rows: to - from};
  }
}

/** Work that is one step of several: number `index` of `count` that take about as long. */
export function* stage<Result>(work: Work<Result>, index: number, count: number): Work<Result> {
  for (;;) {
    const {done, value} = work.next();
    if (done) return value;
    yield {done: (index + value.done) / count, rows: value.rows};
  }
}
