import type {Writable} from 'node:stream';
import {setImmediate} from 'node:timers/promises';
import type {Chunk} from './chunks.ts';
import {explain} from './save-error.ts';

/** Nobody reads any more (`| head`): `EOF` is what Windows calls it, the last one what a stream says afterwards. */
const GONE = new Set(['EPIPE', 'EOF', 'ERR_STREAM_DESTROYED']);

/** Whether a write failed because the reader went away. */
export function isReaderGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && GONE.has(String(error.code));
}

/**
 * Writes the chunks to a stream, each when the one before is through, and leaves the stream open.
 * `closed`: the reader went away, which is no failure. Throws a `SaveError`, or the signal's reason.
 */
export async function streamTo(
  stream: Writable,
  chunks: Iterable<Chunk>,
  {signal, place = 'to standard output'}: {readonly signal?: AbortSignal | undefined; readonly place?: string} = {},
): Promise<'complete' | 'closed'> {
  const ignore = () => {};
  // The write's callback tells of the error; the event follows it, and without a listener would end the process.
  stream.on('error', ignore);
  try {
    for (const chunk of chunks) {
      signal?.throwIfAborted();
      // A stream may pass on what it was given (a PassThrough does), and keep it after it has called back.
      await write(stream, Buffer.from(chunk), signal);
      // A stream that is never full calls back at once, and the keyboard or a signal would not be heard until the end.
      await setImmediate();
    }
  } catch (error) {
    if (isReaderGone(error)) return 'closed';
    throw error === signal?.reason ? error : explain(error, place);
  }
  stream.off('error', ignore);
  return 'complete';
}

/** Resolves when the chunk is through; a reader that stands still must not stand in the way of a cancellation. */
function write(stream: Writable, chunk: Buffer, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal?.reason);
    signal?.addEventListener('abort', stop, {once: true});
    stream.write(chunk, error => {
      signal?.removeEventListener('abort', stop);
      if (error) reject(error);
      else resolve();
    });
  });
}
