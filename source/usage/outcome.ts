import type {EndpointName} from '../api/endpoints.ts';
import {widthFor} from '../api/endpoints.ts';
import type {ApiError} from '../api/errors.ts';
import {assembling} from './assemble.ts';
import type {Dataset} from './dataset.ts';
import type {Day} from './days.ts';
import type {Directory} from './directory.ts';
import {nameLookup} from './directory.ts';
import type {Fetched} from './fetch.ts';
import type {DirectoryList} from './progress.ts';
import type {Query} from './query.ts';
import {inTurns} from './turns.ts';

/** Days of one endpoint that are not in the dataset, or only as the cache remembers them, and why. */
export type Gap = {
  readonly endpoint: EndpointName;
  readonly missing: readonly Day[];
  readonly stale: readonly Day[];
  /** Absent where nothing was asked (offline). */
  readonly error: ApiError | undefined;
};

/** What a fetch came to: the dataset, and everything that is to be said of it. */
export type Outcome = {
  readonly query: Query;
  readonly dataset: Dataset;
  readonly directory: Directory;
  /** Unix milliseconds of the oldest fetch among the unsettled days; undefined when all are settled. */
  readonly asOf: number | undefined;
  /** Endpoints that failed or lack days; empty when the dataset is whole. */
  readonly gaps: readonly Gap[];
  readonly directoryFailures: ReadonlyMap<DirectoryList, ApiError>;
  readonly skipped: readonly EndpointName[];
  readonly isStopped: boolean;
  /** By how much our clock is ahead of the server's (milliseconds, behind: negative), where that is too much. */
  readonly clockAhead: number | undefined;
  /** Nothing was asked, with a key that might use what an earlier one has fetched, once it may ask. */
  readonly isKeyNew: boolean;
};

type OutcomeOptions = {
  readonly allColumns: boolean;
  /** Milliseconds. */
  readonly now: () => number;
  /** The fetch's. */
  readonly signal: AbortSignal;
};

/**
 * The dataset of a fetch, with what is missing from it. Takes turns of the event loop: a million rows take a third of a
 * second. Who stops it meanwhile gets the rows all the same, since they would have to be put in order for that too.
 */
export async function outcomeOf(fetched: Fetched, {allColumns, now, signal}: OutcomeOptions): Promise<Outcome> {
  const {query, results, directory, directoryFailures, skipped} = fetched;
  const pieces = results.flatMap(({endpoint, days}) =>
    days.map(({block}) => ({endpoint: endpoint.name, width: widthFor(endpoint, query.width), block})),
  );
  const dataset = await inTurns(assembling(pieces, nameLookup(directory), {allColumns}), now);
  const moments = results.flatMap(({asOf}) => asOf ?? []);
  return {
    query,
    dataset,
    directory,
    asOf: moments.length === 0 ? undefined : Math.min(...moments),
    gaps: results.flatMap(({endpoint, missing, stale, error}) =>
      error || missing.length > 0 ? [{endpoint: endpoint.name, missing, stale, error}] : [],
    ),
    directoryFailures,
    skipped,
    isStopped: fetched.isStopped || signal.aborted,
    clockAhead: fetched.clockAhead,
    isKeyNew: fetched.isKeyNew,
  };
}
