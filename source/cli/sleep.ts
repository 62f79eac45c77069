import {setTimeout} from 'node:timers/promises';

/** Waits so many milliseconds, or until the signal says so: who sleeps looks at it next. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(milliseconds, undefined, {signal});
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
