import type {BucketWidth, EndpointName} from '../api/endpoints.ts';
import type {Connection} from '../usage/connection.ts';
import type {Dataset} from '../usage/dataset.ts';
import type {Range} from '../usage/days.ts';
import type {Outcome} from '../usage/outcome.ts';
import type {Refresh} from '../usage/plan.ts';
import type {Filters} from '../usage/query.ts';
import type {SavedColumns} from '../view/column-choice.ts';
import type {RowNumbers} from '../view/rows.ts';
import type {KeyboardInput} from './keyboard.ts';

/** A file that was written: where it is, and how much is in it. */
export type SaveResult = {readonly path: string; readonly rows: number; readonly bytes: number};

export type SaveOptions = {
  readonly force: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (rowsDone: number) => void;
};

/** What is written: the dataset's rows of those numbers, in that order; all of them where there are none. */
export type SavedTable = {readonly dataset: Dataset; readonly rows?: RowNumbers | undefined};

/** Of what a file's name tells: all rows, those that filters left, the summary of all, or of what filters left. */
export type ExportKind = 'rows' | 'filtered' | 'summary' | 'summary_filtered';

/** What the command line chose before the first screen. */
export type SessionPreset = {
  readonly range: Range | undefined;
  /** Empty means all. */
  readonly endpoints: readonly EndpointName[];
  readonly width: BucketWidth;
  readonly filters: Filters;
  /** For the first fetch; `nothing` (offline) holds for every one. */
  readonly refresh: Refresh;
  /** Whether the period before is fetched and compared with. */
  readonly isComparing: boolean;
};

/** How a connection is made when no key is set. */
export type ConnectRequest = {readonly kind: 'key'; readonly key: string} | {readonly kind: 'demo'};

export type SessionSignal =
  | 'SIGINT'
  | 'SIGTERM'
  | 'SIGHUP'
  | 'SIGTSTP'
  | 'SIGCONT'
  | 'SIGXFSZ'
  | 'uncaughtException'
  | 'unhandledRejection'
  | 'exit';

/** The process as the session sees it; an EventEmitter with `suspend` does for tests. */
export type SessionSignals = {
  on(name: SessionSignal, listener: (detail: unknown) => void): unknown;
  off(name: SessionSignal, listener: (detail: unknown) => void): unknown;
  /** Stops the whole process group, as a terminal does on Ctrl+Z; SIGCONT comes when it goes on. */
  suspend(): void;
};

/** A terminal's output, as `process.stdout` is one. */
export type TerminalOutput = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  /** What was written and not yet taken by the terminal. */
  readonly writableLength?: number;
  /** Milliseconds until it should have drawn nearly all that it took. */
  lag?(): number;
};

export type SessionOptions = {
  readonly stdin: KeyboardInput;
  readonly stdout: TerminalOutput;
  readonly stderr: NodeJS.WritableStream;
  /** The kind of terminal, as `TERM` names it. */
  readonly term: string | undefined;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly color: boolean;
  readonly ascii: boolean;
  readonly escapeDelay: number;
  readonly preset: SessionPreset;
  /** Undefined where no key is set: the Key screen comes first. */
  readonly connection: Connection | undefined;
  readonly connect: (how: ConnectRequest) => Promise<Connection>;
  /** Loads what the first screen does without; called when that stands. */
  readonly prepare: () => Promise<unknown>;
  /** Rejects with an Error of one clear sentence; `reason: 'exists'` asks about overwriting. */
  readonly save: (path: string, table: SavedTable, options: SaveOptions) => Promise<SaveResult>;
  readonly defaultPath: (outcome: Outcome, isDemo: boolean, what: ExportKind) => string;
  /** So many rows a key may go through at once; more are gone through beside. As many as are quick, if not given. */
  readonly mostRows?: number;
  /** The choice of columns, remembered between sessions; neither rejects. */
  readonly columnChoice: {load(): Promise<SavedColumns | undefined>; save(saved: SavedColumns): Promise<void>};
  readonly signals: SessionSignals;
  /** Sentences from below, said once (the cache folder is read-only). */
  readonly notices: {subscribe(listener: (sentence: string) => void): () => void};
};

/** How the session ended. `exitCode` is 0, 1 (with the error to print), or 128 and the signal's number. */
export type SessionEnd = {
  readonly exitCode: number;
  readonly exported: readonly SaveResult[];
  readonly error?: unknown;
};
