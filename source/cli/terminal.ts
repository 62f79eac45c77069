import {closeSync, constants, fstatSync, openSync, writeSync} from 'node:fs';
import {Writable} from 'node:stream';
import type {TerminalOutput} from '../ui/contract.ts';
import {Backlog} from './backlog.ts';

/** How long a full terminal is left alone before it is tried again, in milliseconds: there is no event for it. */
const RETRY_AFTER = 20;

/** Where Linux opens a terminal once more, so that what is set for it holds for us alone and not for the shell. */
const AGAIN = '/proc/self/fd/1';

/** `process.stdout` where it is a terminal. */
type Standard = Writable & TerminalOutput & {readonly fd?: number};

/**
 * The terminal of standard output, written to without waiting. Node writes to terminals as if they took everything at
 * once: one that stands still (Ctrl+S, a connection that hangs) stops the whole program in write(2), its signals and
 * its keys with it. Where the terminal cannot be opened a second time (not Linux; another user's, after su), this is
 * standard output itself.
 */
export function openTerminal(standard: Standard): Writable & TerminalOutput {
  const descriptor = openAgain(standard);
  return descriptor === undefined ? standard : new Terminal(standard, descriptor);
}

function openAgain({isTTY, fd}: Standard): number | undefined {
  if (!isTTY || fd !== 1) return undefined;
  let descriptor: number | undefined;
  try {
    descriptor = openSync(AGAIN, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    if (fstatSync(descriptor).rdev === fstatSync(fd).rdev) return descriptor;
  } catch {
    return undefined;
  }
  closeSync(descriptor);
  return undefined;
}

class Terminal extends Writable implements TerminalOutput {
  readonly isTTY = true;
  readonly #standard: Standard;
  readonly #descriptor: number;
  readonly #backlog = new Backlog();
  #timer: NodeJS.Timeout | undefined;

  constructor(standard: Standard, descriptor: number) {
    super({decodeStrings: true});
    this.#standard = standard;
    this.#descriptor = descriptor;
    standard.on('resize', this.#resized);
  }

  get columns(): number {
    return this.#standard.columns ?? 0;
  }

  get rows(): number {
    return this.#standard.rows ?? 0;
  }

  lag(): number {
    return this.#backlog.wait(performance.now());
  }

  /** As `tty.WriteStream` has it: asks for the size anew. */
  _refreshSize(): void {
    if ('_refreshSize' in this.#standard && typeof this.#standard._refreshSize === 'function')
      this.#standard._refreshSize();
  }

  override _write(bytes: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    let rest = bytes;
    const goOn = () => {
      this.#timer = undefined;
      try {
        while (rest.length > 0) {
          const taken = writeSync(this.#descriptor, rest);
          this.#backlog.took(taken, performance.now());
          rest = rest.subarray(taken);
        }
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        if (!('code' in error) || error.code !== 'EAGAIN') return done(error);
        this.#backlog.refused(performance.now());
        this.#timer = setTimeout(goOn, RETRY_AFTER);
        return;
      }
      done();
    };
    goOn();
  }

  /** What has not been taken by now is dropped. */
  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.#timer);
    this.#standard.off('resize', this.#resized);
    closeSync(this.#descriptor);
    done(error);
  }

  #resized = (): void => void this.emit('resize');
}
