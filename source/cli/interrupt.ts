import type {System} from './system.ts';

/** Exit codes of a program that a signal ended: 128 and the signal's number. */
export const SIGNAL_EXIT_CODES = {SIGINT: 130, SIGTERM: 143, SIGHUP: 129} as const;

export type Interrupt = {
  readonly signal: AbortSignal;
  /** The exit code of the signal that came, if one did. */
  readonly exitCode: number | undefined;
  release(): void;
};

/** An AbortSignal that Ctrl+C, SIGTERM and SIGHUP abort, so that what is complete can be kept before the end. */
export function onInterrupt(system: System): Interrupt {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const releases = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map(name =>
    system.onSignal(name, () => {
      exitCode ??= SIGNAL_EXIT_CODES[name];
      controller.abort();
    }),
  );
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode;
    },
    release() {
      for (const release of releases) release();
    },
  };
}
