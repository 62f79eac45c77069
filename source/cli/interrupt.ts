import type {System} from './system.ts';

/** Exit codes of a program that a signal ended: 128 and the signal's number. */
export const SIGNAL_EXIT_CODES: Readonly<Record<'SIGINT' | 'SIGTERM' | 'SIGHUP', number>> = {
  SIGINT: 130,
  SIGTERM: 143,
  SIGHUP: 129,
};

const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Interrupt = {
  readonly signal: AbortSignal;
  /** The exit code of the signal that came, if one did. */
  readonly exitCode: number | undefined;
  release(): void;
};

/** An AbortSignal that Ctrl+C, SIGTERM and SIGHUP abort, so that what is complete can be kept before the end. */
export function onInterrupt({signals}: Pick<System, 'signals'>): Interrupt {
  const controller = new AbortController();
  let came: number | undefined;
  const listeners = names.map(name => {
    const listener = () => {
      came ??= SIGNAL_EXIT_CODES[name];
      controller.abort();
    };
    signals.on(name, listener);
    return () => signals.off(name, listener);
  });
  return {
    signal: controller.signal,
    get exitCode() {
      return came;
    },
    release() {
      for (const unlisten of listeners) unlisten();
    },
  };
}
