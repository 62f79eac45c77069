import {setTimeout} from 'node:timers/promises';
import type {Clock} from '../usage/pace.ts';

/** The real clock over a source of Unix milliseconds. */
export function createClock(now: () => number): Clock {
  return {
    now,
    async sleep(milliseconds, signal) {
      try {
        await setTimeout(milliseconds, undefined, {signal});
      } catch (error) {
        // Woken by the signal: whoever sleeps looks at it next.
        if (!signal.aborted) throw error;
      }
    },
  };
}
