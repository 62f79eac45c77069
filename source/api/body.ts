import {setMaxListeners} from 'node:events';

/**
 * The largest answer that is read, in bytes once it is unpacked. The pages of a large organization, a week of hours, come
 * to some 100 MB; without a bound, an answer without an end (or a few megabytes that unpack to gigabytes) takes all memory
 * within its thirty seconds: 2 GB were measured in five.
 */
export const LARGEST_ANSWER = 256 * 2 ** 20;

/** What an answer that says no may say: more is no sentence. */
export const LARGEST_REFUSAL = 64 * 2 ** 10;

type Reading = {
  readonly most: number;
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
};

/** `late`: not at its end in time, however steadily it came; `large`: more than `most` bytes. */
type Body = {readonly state: 'whole'; readonly text: string} | {readonly state: 'late'} | {readonly state: 'large'};

/**
 * Reads a body to its end, at most `most` bytes and within `timeout` for all of it, so that one that drips holds
 * nobody up. Whatever is not read is cancelled, which closes its connection: an open one would keep the program alive.
 * The signal is obeyed here, since fetch may have lost it: a copied Request lets go of its signal when memory is tidied,
 * and a body that dripped then went on to its timeout. Throws the signal's reason, and what the connection throws.
 */
export async function readBody({body}: Response, {most, timeout, signal}: Reading): Promise<Body> {
  if (body === null) return {state: 'whole', text: ''};
  const reader = body.getReader();
  // Cancelling says why it could not be done; the connection is over either way.
  const leave = () => void reader.cancel().catch(() => {});
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    leave();
  }, timeout);
  // All requests of a fetch share a signal, and more than ten listeners make Node warn of a leak on standard error.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', leave);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    signal.throwIfAborted();
    for (;;) {
      const {done, value} = await reader.read();
      signal.throwIfAborted();
      if (isLate) return {state: 'late'};
      if (done) break;
      size += value.byteLength;
      if (size > most) return {state: 'large'};
      chunks.push(value);
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', leave);
    leave();
  }
  return {state: 'whole', text: new TextDecoder().decode(Buffer.concat(chunks, size))};
}
