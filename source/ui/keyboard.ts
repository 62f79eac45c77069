import {PassThrough} from 'node:stream';
import {StringDecoder} from 'node:string_decoder';
import {decode, giveUp, nothingUnread, patience, type Unread} from './keys.ts';
import type {Key} from './sequences.ts';

/** A terminal's input, as `process.stdin` is one; a PassThrough does for tests. */
export type KeyboardInput = NodeJS.ReadableStream & {
  setRawMode?(isRaw: boolean): unknown;
  ref?(): unknown;
  unref?(): unknown;
};

type KeyboardOptions = {
  readonly stdin: KeyboardInput;
  /** Where bracketed paste is switched on and off; left alone without it. */
  readonly stdout?: {write(text: string): unknown};
  /** Milliseconds a lone ESC waits for the rest of a sequence; see `escapeDelay` in keys.ts. */
  readonly escapeDelay: number;
  /** Calls back after so many milliseconds, unless the function it returns is called first. */
  readonly after?: (milliseconds: number, callback: () => void) => () => void;
  /** The terminal has answered that it is there (DSR 5). */
  readonly onAnswer?: () => void;
  /** The terminal is gone: its input has ended or failed. Called once. */
  readonly onGone?: (error?: Error) => void;
};

export type Keyboard = {
  /** Raw mode on, reading on. Without effect while it reads. */
  start(): void;
  /** Raw mode off, reading off, unread keys dropped; `start` begins anew (after Ctrl+Z). Without effect when stopped. */
  stop(): void;
  /** Raw mode on once more, whatever somebody else has made of the terminal: node believes it to be on. Keys stay. */
  renew(): void;
  /** The next key that nobody has taken yet, of those for which `isWanted`; the others stay in their order. */
  next(isWanted?: (key: Key) => boolean): Key | undefined;
  /** Drops the keys already typed and not yet taken: for a screen that appears by itself. */
  discard(): void;
  /** Calls back whenever keys have come; returns what ends it. */
  onKeys(listener: () => void): () => void;
};

/**
 * The one reader of the terminal's input. Ink must be given an input of its own that never says a word (`quietInput`):
 * Ink 8 hands on whole chunks, so `jjj` and Enter-Enter would arrive as one event that is neither.
 */
export function createKeyboard(options: KeyboardOptions): Keyboard {
  const {stdin, stdout, after = afterMilliseconds, onAnswer, onGone} = options;
  const listeners = new Set<() => void>();
  const queue: Key[] = [];
  let utf8 = new StringDecoder('utf8');
  let unread: Unread = nothingUnread;
  let isReading = false;
  let isWatched = false;
  let isGone = false;
  let stopWaiting: (() => void) | undefined;

  const type = (read: readonly Key[]) => {
    const keys = read.filter(key => key.name !== 'answer');
    for (let answers = read.length - keys.length; answers > 0; answers--) onAnswer?.();
    if (keys.length === 0) return;
    for (const key of keys) {
      // As a terminal does it that is not raw: who ends the program does not wait for what was typed before.
      if (key.name === 'ctrl-c') queue.length = 0;
      queue.push(key);
    }
    for (const listener of [...listeners]) listener();
  };
  const wait = () => {
    const milliseconds = patience(unread, options.escapeDelay);
    stopWaiting = milliseconds === undefined ? undefined : after(milliseconds, lookOnceMore);
  };
  // A slow frame lets the timer fire although the rest has long arrived: input is read once more before giving up.
  const lookOnceMore = () => {
    const immediate = setImmediate(() => {
      stopWaiting = undefined;
      const keys = giveUp(unread);
      unread = nothingUnread;
      type(keys);
    });
    stopWaiting = () => clearImmediate(immediate);
  };
  const read = (chunk: Buffer | string) => {
    stopWaiting?.();
    const decoded = decode(unread, typeof chunk === 'string' ? chunk : utf8.write(chunk));
    unread = decoded.unread;
    wait();
    type(decoded.keys);
  };
  const leave = (error?: Error) => {
    if (!isGone) onGone?.(error);
    isGone = true;
  };

  return {
    start() {
      if (isReading) return;
      isReading = true;
      if (!isWatched) {
        // Never taken off again: a line that drops while raw mode is switched off must not raise an error nobody awaits.
        stdin.on('end', () => leave()).on('error', leave);
        isWatched = true;
      }
      stdin.setRawMode?.(true);
      stdout?.write('\x1b[?2004h');
      stdin.ref?.();
      stdin.on('data', read).resume();
    },
    stop() {
      if (!isReading) return;
      isReading = false;
      stopWaiting?.();
      stopWaiting = undefined;
      stdin.off('data', read).pause();
      stdin.unref?.();
      stdout?.write('\x1b[?2004l');
      stdin.setRawMode?.(false);
      queue.length = 0;
      unread = nothingUnread;
      utf8 = new StringDecoder('utf8');
    },
    renew() {
      if (!isReading) return;
      stdin.setRawMode?.(false);
      stdin.setRawMode?.(true);
      stdout?.write('\x1b[?2004h');
    },
    next(isWanted = () => true) {
      const at = queue.findIndex(isWanted);
      return at === -1 ? undefined : queue.splice(at, 1)[0];
    },
    discard() {
      queue.length = 0;
    },
    onKeys(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What Ink gets as its stdin: it never says a word, and being no terminal it refuses a stray `useInput` loudly. */
export function quietInput(): NodeJS.ReadableStream {
  return new PassThrough();
}

function afterMilliseconds(milliseconds: number, callback: () => void): () => void {
  const timer = setTimeout(callback, milliseconds);
  return () => clearTimeout(timer);
}
