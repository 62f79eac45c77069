import type {Client} from '../api/client.ts';
import {ENDPOINTS, type EndpointName} from '../api/endpoints.ts';
import {type ApiError, tooManyRows} from '../api/errors.ts';
import {telling} from './cache.ts';
import type {Directory} from './directory.ts';
import {EndpointJob, type EndpointResult} from './endpoint-job.ts';
import {SeenIds} from './ids.ts';
import type {KeyAccount} from './key-account.ts';
import {Names} from './names.ts';
import {type Clock, Pace} from './pace.ts';
import {daysPerWindow, type Refresh} from './plan.ts';
import type {DirectoryList, EndpointProgress, Progress} from './progress.ts';
import {projectsAhead} from './projects-ahead.ts';
import {canFilter, type Query} from './query.ts';
import type {Store} from './store.ts';

export type FetchOptions = {
  readonly client: Client;
  readonly store: Store;
  /** Whose cache is used, or what finds it out. */
  readonly account: string | KeyAccount;
  readonly query: Query;
  readonly refresh: Refresh;
  /** Most requests at once. */
  readonly ceiling: number;
  readonly clock: Clock;
  /** 0 to 1, for jitter. */
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** More rows are not held at once: no further window is asked for. Without it there is no such bound. */
  readonly mostRows?: number;
  readonly onProgress: (progress: Progress) => void;
};

/** All that one fetch brought, by endpoint in catalogue order; `assemble` makes the dataset of it. */
export type Fetched = {
  readonly query: Query;
  readonly results: readonly EndpointResult[];
  readonly directory: Directory;
  readonly directoryFailures: ReadonlyMap<DirectoryList, ApiError>;
  /** Endpoints that do not know a filter that is set, and so were not asked. */
  readonly skipped: readonly EndpointName[];
  readonly isStopped: boolean;
  /** By how much our clock is ahead of the server's (milliseconds, behind: negative), where that is too much. */
  readonly clockAhead: number | undefined;
  /** Nothing was asked, with a key that might use what an earlier one has fetched, once it may ask. */
  readonly isKeyNew: boolean;
};

/**
 * Runs a query: all endpoints, windows and the directory at the same time, under one pace. Never rejects for an
 * expected failure: each endpoint's result holds its own. A retry is the same fetch again, since whatever arrived is in
 * the store. When it is stopped, every complete window has been kept.
 */
export async function fetchUsage(options: FetchOptions): Promise<Fetched> {
  const {client, store, query, refresh, clock, signal, onProgress} = options;
  store.heed(signal);
  const chosen = ENDPOINTS.filter(({name}) => query.endpoints.includes(name));
  const jobs: EndpointJob[] = [];
  const room = roomFor(options);
  const pace = new Pace({
    ceiling: options.ceiling,
    clock,
    random: options.random,
    signal,
    onHold(until, error) {
      for (const job of jobs) job.hold(until, error);
    },
  });
  const ahead = projectsAhead({client, pace, clock, signal});
  const whose = options.account;
  const account =
    typeof whose === 'string' ? whose : await whose.find(refresh === 'nothing' ? undefined : () => ahead.list());
  const seen = new SeenIds();
  const names = new Names(
    {
      refresh,
      now: clock.now,
      onProgress,
      read: () => store.readDirectory(account),
      write: merge => store.writeDirectory(account, merge),
      askFor: (list, onAttempt) => async (request, read) => {
        const answered = ahead.answered(request);
        if (answered !== undefined) {
          onAttempt();
          return read(await answered);
        }
        return pace.run({
          lane: list,
          // Small answers, but others follow from them: asked last, they would come after all rows.
          rank: 999,
          signal,
          onAttempt,
          task: async inner => read(await client.get(request, inner)),
        });
      },
    },
    seen,
  );
  // Costs have windows of half a year, and an answer as large as those of all other endpoints: asked for last, everything
  // would be waiting for it to be read.
  const longestFirst = chosen.toSorted((a, b) => daysPerWindow(b, query.width) - daysPerWindow(a, query.width));
  for (const endpoint of longestFirst) {
    if (!canFilter(endpoint, query.filters)) continue;
    jobs.push(
      new EndpointJob({
        endpoint,
        query,
        account,
        store,
        pace,
        get: (request, inner) => client.get(request, inner),
        refresh,
        now: clock.now,
        clockAhead: client.clockAhead,
        signal: room.signal,
        isFull: room.isFull,
        onProgress: room.onProgress,
        onDays(days) {
          seen.add(days);
          names.wantKeysOf(seen.projects);
        },
      }),
    );
  }
  names.start();
  const results = await Promise.all(jobs.map(job => job.run()));
  results.sort((a, b) => chosen.indexOf(a.endpoint) - chosen.indexOf(b.endpoint));
  const directory = await names.finish();
  if (typeof whose !== 'string') await whose.settle(directory);
  await store.flush();
  return {
    query,
    results: room.isFull() ? results.map(full) : results,
    directory,
    directoryFailures: names.failures,
    skipped: chosen.filter(endpoint => !canFilter(endpoint, query.filters)).map(({name}) => name),
    isStopped: signal.aborted,
    clockAhead: telling(client.clockAhead()),
    isKeyNew: refresh === 'nothing' && typeof whose !== 'string' && whose.isNew,
  };
}

/** Ends the endpoints' work, not that of the lists of names, when more rows are here than may be. */
function roomFor({mostRows = Number.POSITIVE_INFINITY, signal, onProgress}: FetchOptions) {
  const crowded = new AbortController();
  const rows = new Map<EndpointName, number>();
  return {
    signal: AbortSignal.any([signal, crowded.signal]),
    isFull: () => crowded.signal.aborted,
    onProgress(progress: EndpointProgress) {
      onProgress(progress);
      rows.set(progress.endpoint, progress.rows);
      if ([...rows.values()].reduce((sum, count) => sum + count, 0) > mostRows) crowded.abort();
    },
  };
}

function full(result: EndpointResult): EndpointResult {
  const {endpoint, error} = result;
  return error?.reason === 'stopped' ? {...result, error: tooManyRows(endpoint.name)} : result;
}
