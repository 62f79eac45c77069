import {constants, fstatSync, readFileSync, statSync, writeSync} from 'node:fs';
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

/**
 * Standard output that was closed by whoever started us (`>&-`), as far as Linux tells; undefined elsewhere. `onLost`
 * hears once that something is written there. Node opens /dev/null in its place for reading and writing, where a shell's
 * `> /dev/null` is for writing alone. Python's DEVNULL is opened like that as well, and means what it says: so this is
 * worth a sentence, and no failure.
 */
export function closedOutput(descriptor: number, onLost: () => void): Writable | undefined {
  if (!isClosed(descriptor)) return undefined;
  let isLost = false;
  return new Writable({
    write(_bytes, _encoding, done) {
      if (!isLost) onLost();
      isLost = true;
      done();
    },
  });
}

function isClosed(descriptor: number): boolean {
  try {
    if (fstatSync(descriptor).rdev !== statSync('/dev/null').rdev) return false;
    const [, flags = '0'] = /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8')) ?? [];
    return (Number.parseInt(flags, 8) & constants.O_RDWR) !== 0;
  } catch {
    // No /proc: nobody can tell.
    return false;
  }
}

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    // Closed by whoever started us.
    return false;
  }
}
