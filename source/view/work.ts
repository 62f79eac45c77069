/**
 * What a million rows take longer for than a key may: it pauses after each part, telling how much is done (0 to 1), so
 * that whoever runs it can look after other things. Parts are counted in rows and never by a clock: what comes of it is
 * the same however it is run.
 */
export type Work<Result> = Generator<number, Result, undefined>;

/** Rows between two pauses: a fraction of a millisecond of most loops, and two of the slowest. */
const PART = 32_768;

/** Runs work to its end, for callers that nobody waits at a key for. */
export function finish<Result>(work: Work<Result>): Result {
  for (;;) {
    const {done, value} = work.next();
    if (done) return value;
  }
}

/** Runs work for so many parts; undefined where that was not enough. */
export function attempt<Result>(work: Work<Result>, mostParts: number): {readonly result: Result} | undefined {
  for (let parts = 0; ; parts++) {
    const {done, value} = work.next();
    if (done) return {result: value};
    if (parts >= mostParts) return undefined;
  }
}

/** A loop over `count` rows, part by part. */
export function* inParts(count: number, part: (from: number, to: number) => void): Work<void> {
  for (let from = 0; from < count; from += PART) {
    const to = Math.min(count, from + PART);
    part(from, to);
    yield to / count;
  }
}

/** Work that is one step of several: number `index` of `count` that take about as long. */
export function* stage<Result>(work: Work<Result>, index: number, count: number): Work<Result> {
  for (;;) {
    const {done, value} = work.next();
    if (done) return value;
    yield (index + value) / count;
  }
}
