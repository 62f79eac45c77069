import type {Outcome} from './outcome.ts';
import type {Refresh} from './plan.ts';
import type {Progress} from './progress.ts';
import type {Query} from './query.ts';

export type RunOptions = {
  readonly refresh: Refresh;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
};

/** How much the cache holds of an account. */
export type Holdings = {readonly days: number; readonly bytes: number};

/** Somebody's organization: what can be asked of it, and what is remembered of it. */
export type Connection = {
  readonly isDemo: boolean;
  /** Where the figures come from: the base URL, or the demo organization. */
  readonly label: string;
  /** Rejects with an ApiError when the key is not accepted or nothing answers. */
  check(signal: AbortSignal): Promise<void>;
  /** Never rejects for an expected failure: the outcome's gaps hold them. */
  run(query: Query, options: RunOptions): Promise<Outcome>;
  measureCache(): Promise<Holdings>;
  /** Forgets the account's days, on disk and in memory; names stay. */
  clearCache(): Promise<Holdings>;
  close(): Promise<void>;
};
