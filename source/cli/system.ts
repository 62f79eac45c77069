import type {Writable} from 'node:stream';
import type {Environment} from '../options.ts';
import type {SessionSignals, TerminalOutput} from '../ui/contract.ts';
import type {KeyboardInput} from '../ui/keyboard.ts';

/** A stream we write to, with what only terminals know. */
type Output = TerminalOutput & Writable;

/** Everything a job reaches for outside of itself; the real ones are made in `cli.ts` alone. */
export type System = {
  readonly argv: readonly string[];
  readonly environment: Environment;
  readonly home: string | undefined;
  readonly platform: NodeJS.Platform;
  /** The numeric id of who runs this; undefined where the system knows none (Windows). */
  readonly user: number | undefined;
  readonly version: string;
  /** The version of Node.js, like 24.21.0. */
  readonly node: string;
  readonly stdin: KeyboardInput & {readonly isTTY?: boolean};
  readonly stdout: Output;
  readonly stderr: Output;
  /** Standard output for a session: a terminal that never stops the program. To be destroyed by who opened it. */
  readonly openTerminal: () => Output;
  /** Bytes this program may hope for; undefined where nobody counts them. */
  readonly memory?: number;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Ends early, without an error, when the signal says so. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
  readonly fetch: typeof fetch;
  /** The process's signals, and the stop of Ctrl+Z. */
  readonly signals: SessionSignals;
};
