import type {SessionSignal, SessionSignals} from './contract.ts';

/** Why the session is over: 0, 1 with the error of a crash, or 128 and the number of a signal. */
export type Ending = {readonly exitCode: number; readonly error?: unknown};

type WaysOutOptions = {
  readonly signals: SessionSignals;
  readonly stdout: NodeJS.WritableStream;
  readonly onEnd: (ending: Ending) => void;
  /** Somebody stopped the process and lets it go on. */
  readonly onContinue: () => void;
  /** The process is leaving right now: only what is done at once is done. */
  readonly onExit: () => void;
};

/**
 * Listens for everything that ends a session from outside; returns what stops listening. SIGHUP is then still heard
 * where the terminal is gone: its end shows before the signal comes, which must not cut off what the caller still keeps.
 */
export function watchWaysOut({signals, stdout, onEnd, onContinue, onExit}: WaysOutOptions): (ending: Ending) => void {
  const crash = (error: unknown) => onEnd({exitCode: 1, error});
  const listeners: readonly (readonly [SessionSignal, (detail: unknown) => void])[] = [
    ['SIGINT', () => onEnd({exitCode: 130})],
    ['SIGTERM', () => onEnd({exitCode: 143})],
    ['SIGHUP', () => onEnd({exitCode: 129})],
    ['SIGCONT', onContinue],
    ['uncaughtException', crash],
    ['unhandledRejection', crash],
    ['exit', onExit],
  ];
  for (const [name, listener] of listeners) signals.on(name, listener);
  // Node ignores it, so that a file that may not be so large is an error of its write. Ink's signal-exit listens to it,
  // and ends the process where nobody else does. Never taken off: the cache is written until the very end.
  signals.on('SIGXFSZ', () => {});
  // Never taken off: a line that drops while the terminal is being restored must not raise an error nobody awaits.
  stdout.on('error', () => onEnd({exitCode: 129}));
  return ({exitCode}) => {
    for (const [name, listener] of listeners) {
      if (name !== 'SIGHUP' || exitCode !== 129) signals.off(name, listener);
    }
  };
}
