import {fstatSync, writeSync} from 'node:fs';
import {Writable} from 'node:stream';

/**
 * Standard output where it is a file, undefined elsewhere. Node's own stream hands each chunk to the system once and
 * takes no notice of how much of it went in (20 and 24): on a disk that is nearly full the rest of the last chunk would
 * be missing, with exit code 0.
 */
export function fileOutput(descriptor: number): Writable | undefined {
  if (!isFile(descriptor)) return undefined;
  return new Writable({
    write(bytes: Buffer, _encoding, done) {
      try {
        for (let rest = bytes; rest.length > 0; ) rest = rest.subarray(writeSync(descriptor, rest));
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      done();
    },
  });
}

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    // Closed by whoever started us.
    return false;
  }
}
