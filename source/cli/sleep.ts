import {setMaxListeners} from 'node:events';
import {setTimeout} from 'node:timers/promises';

/** Waits so many milliseconds, or until the signal says so: who sleeps looks at it next. */
export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  // Requests of one endpoint back off by the dozen: no leak, and no warning of Node's over somebody's screen.
  setMaxListeners(0, signal);
  try {
    await setTimeout(milliseconds, undefined, {signal});
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
