import {createClient} from '../../source/api/client.ts';
import {ENDPOINTS, type EndpointName} from '../../source/api/endpoints.ts';
import {createOrganization} from '../../source/demo/organization.ts';
import {type DemoServer, parseFaults} from '../../source/demo/server.ts';
import {booksOf, rowsIn} from '../../source/demo/usage.ts';
import {valueAt} from '../../source/usage/dataset.ts';
import {type Day, dayOf, daysIn, parseDay, type Range, startOf} from '../../source/usage/days.ts';
import {type Fetched, type FetchOptions, fetchUsage} from '../../source/usage/fetch.ts';
import {type Outcome, outcomeOf} from '../../source/usage/outcome.ts';
import type {Progress} from '../../source/usage/progress.ts';
import {NO_FILTERS, type Query} from '../../source/usage/query.ts';
import {Store} from '../../source/usage/store.ts';
import {rowsOf} from '../helpers/cells.ts';
import {startDemo} from '../helpers/demo.ts';
import {InstantClock, NOON} from '../helpers/manual-clock.ts';

export type Row = Record<string, unknown>;

export const today = dayOf(NOON / 1000);
/** Forty settled days: two windows of each usage endpoint. */
export const settledRange: Range = {first: today - 50, last: today - 11};
export const allEndpoints: readonly EndpointName[] = ENDPOINTS.map(({name}) => name);
const scale = 0.2;

export type Setting = {
  faults?: string;
  clock?: InstantClock;
  /** The server's own clock, where ours is wrong. */
  served?: InstantClock;
  folder?: string;
  timeout?: number;
  onRequest?: () => void;
};
export type Wish = Partial<Query> &
  Partial<Pick<FetchOptions, 'refresh' | 'signal' | 'onProgress' | 'store' | 'mostRows'>>;
export type Fetch = {readonly fetched: Fetched; readonly outcome: Outcome; readonly events: readonly Progress[]};

/** A small demo organization with a store, and a fetch that never really waits. */
export async function setUpFetch(setting: Setting = {}) {
  const {faults = '', clock = new InstantClock(), served = clock, folder, timeout = 15_000, onRequest} = setting;
  const server = await startDemo({
    now: served.now,
    scale,
    faults: parseFaults(faults),
    ...(onRequest && {onRequest}),
  });
  const store = new Store({folder, now: clock.now});
  const client = createClient({
    baseUrl: server.url,
    key: 'sk-admin-x',
    organization: undefined,
    timeout,
    fetch,
    now: clock.now,
    userAgent: 'test',
  });
  const run = async ({refresh = 'reuse', onProgress, ...wish}: Wish = {}): Promise<Fetch> => {
    const events: Progress[] = [];
    const {signal = new AbortController().signal} = wish;
    const {endpoints = allEndpoints, range = settledRange, width = '1d', filters = NO_FILTERS} = wish;
    const fetched = await fetchUsage({
      client,
      store: wish.store ?? store,
      account: 'demo',
      query: {endpoints, range, width, filters},
      refresh,
      ceiling: 64,
      clock,
      random: () => 0.5,
      signal,
      ...(wish.mostRows !== undefined && {mostRows: wish.mostRows}),
      onProgress(event) {
        events.push(event);
        onProgress?.(event);
      },
    });
    return {fetched, outcome: await outcomeOf(fetched, {allColumns: false, now: clock.now, signal}), events};
  };
  return {server, clock, store, run};
}

/** The same organization, as its own account of itself has it. */
export const organization = createOrganization(1, scale);
const books = booksOf(organization);

/** Every row the organization holds of an endpoint and range, as the dataset should show it, in the API's order. */
export function truth(name: EndpointName, range: Range, now = NOON, seconds = 86_400): Row[] {
  const rows: Row[] = [];
  for (let from = startOf(range.first); from < startOf(range.last + 1); from += seconds) {
    const to = Math.min(from + seconds, now / 1000);
    if (to <= from) break;
    for (const row of rowsIn(books, name, {from, to})) rows.push({...flat(row), start_time: from});
  }
  return rows;
}

function flat({object: _, amount, ...row}: Row): Row {
  const cells: Row = {...row};
  if (typeof amount === 'object' && amount !== null && 'value' in amount && 'currency' in amount) {
    cells['amount'] = Number(amount.value);
    cells['currency'] = amount.currency;
  }
  return Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== null));
}

const ours = new Set(['date', 'endpoint_type', 'project_name', 'api_key_name', 'user_email']);

/** The dataset's rows of an endpoint, without the columns that the program adds. */
export function rowsFor(result: Fetch, name: EndpointName): Row[] {
  return rowsByEndpoint(result).get(name) ?? [];
}

export function rowsByEndpoint({outcome: {dataset}}: Fetch): Map<unknown, Row[]> {
  const columns = dataset.columns.filter(({name}) => !ours.has(name));
  const rows = rowsOf({rowCount: dataset.rowCount, columns});
  const endpoints = dataset.columns.find(({name}) => name === 'endpoint_type');
  const byEndpoint = new Map<unknown, Row[]>();
  for (const [at, row] of rows.entries()) {
    const name = endpoints && valueAt(endpoints, at);
    const its = byEndpoint.get(name);
    if (its === undefined) byEndpoint.set(name, [row]);
    else its.push(row);
  }
  return byEndpoint;
}

export function day(iso: string): Day {
  const parsed = parseDay(iso);
  if (parsed === undefined) throw new Error(`${iso} is no day`);
  return parsed;
}

export const daysOf = (range: Range): Day[] => Array.from({length: daysIn(range)}, (_, index) => range.first + index);

/** The requests that the server got since the last look, by their path below /v1/organization. */
export function watch(server: DemoServer): {usage(): URL[]; lists(): URL[]} {
  let seen = 0;
  const take = (isUsage: boolean) => {
    const urls = server.requests
      .slice(seen)
      .map(request => new URL(request.slice('GET '.length), server.url))
      .filter(({pathname}) => /\/organization\/(usage\/|costs)/.test(pathname) === isUsage);
    return urls;
  };
  return {
    usage() {
      const urls = take(true);
      seen = server.requests.length;
      return urls;
    },
    lists() {
      const urls = take(false);
      seen = server.requests.length;
      return urls;
    },
  };
}
