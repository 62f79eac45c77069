import type {EndpointName} from '../../api/endpoints.ts';
import type {Outcome} from '../../usage/outcome.ts';
import type {Refresh} from '../../usage/plan.ts';
import type {DirectoryList, DirectoryProgress, EndpointProgress, Progress} from '../../usage/progress.ts';
import type {Query} from '../../usage/query.ts';

/** A fetch under way or ended. Its `id` tells late answers of an earlier one apart. */
export type Fetching = {
  readonly id: number;
  readonly query: Query;
  readonly refresh: Refresh;
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  readonly isStopping: boolean;
  readonly endpoints: ReadonlyMap<EndpointName, EndpointProgress>;
  readonly lists: ReadonlyMap<DirectoryList, DirectoryProgress>;
  readonly outcome: Outcome | undefined;
};

export function startFetching(id: number, query: Query, refresh: Refresh, now: number): Fetching {
  return {
    id,
    query,
    refresh,
    startedAt: now,
    endedAt: undefined,
    isStopping: false,
    endpoints: new Map(),
    lists: new Map(),
    outcome: undefined,
  };
}

/** With the latest picture of each endpoint and list. */
export function withProgress(fetching: Fetching, events: readonly Progress[]): Fetching {
  const endpoints = new Map(fetching.endpoints);
  const lists = new Map(fetching.lists);
  for (const event of events) {
    if (event.kind === 'endpoint') endpoints.set(event.endpoint, event);
    else lists.set(event.list, event);
  }
  return {...fetching, endpoints, lists};
}

/** Whether nothing is to be said of it: then the rows come on the screen by themselves. */
export function isWhole({gaps, directoryFailures, isStopped}: Outcome): boolean {
  return gaps.length === 0 && directoryFailures.size === 0 && !isStopped;
}

/** Whether nothing at all arrived: no rows, and no endpoint whole enough to say that there are none. */
export function isNothing({dataset, gaps, query}: Outcome): boolean {
  return dataset.rowCount === 0 && gaps.length > 0 && gaps.length === query.endpoints.length;
}

/** Everything that went wrong, by endpoint or list; of a fetch under way, so far. */
export function errorsOf({outcome, endpoints, lists}: Pick<Fetching, 'outcome' | 'endpoints' | 'lists'>): Error[] {
  if (outcome) return outcomeErrors(outcome);
  return failuresOf([...endpoints.values(), ...lists.values()].flatMap(({error}) => error ?? []));
}

export function outcomeErrors({gaps, directoryFailures}: Outcome): Error[] {
  return [...gaps.flatMap(({error}) => error ?? []), ...directoryFailures.values()];
}

/** Without those that only say that somebody stopped. */
export function failuresOf(errors: readonly Error[]): Error[] {
  return errors.filter(error => !('reason' in error) || error.reason !== 'stopped');
}

/** How a later fetch asks, `preset` being how the first one did: offline stays offline. */
export function laterRefresh(preset: Refresh, refresh: Refresh): Refresh {
  return preset === 'nothing' ? 'nothing' : refresh;
}
