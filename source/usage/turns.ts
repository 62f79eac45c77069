import {setImmediate as nextTurn} from 'node:timers/promises';

/** What takes longer than a key may: it pauses every few thousand rows, so that whoever runs it can look after others. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Milliseconds: what a key may wait for besides its own answer. */
const SLICE = 10;

/** Runs steps slice by slice, with a turn of the event loop between two. `now`: milliseconds. */
export async function inTurns<Result>(
  steps: Generator<unknown, Result, undefined>,
  now: () => number,
): Promise<Result> {
  for (;;) {
    const end = now() + SLICE;
    do {
      const {done, value} = steps.next();
      if (done) return value;
    } while (now() < end);
    await nextTurn();
  }
}
