import {describe, expect, test} from 'vitest';
import {createClient} from '../../source/api/client.ts';
import type {EndpointName} from '../../source/api/endpoints.ts';
import {EMPTY_DIRECTORY} from '../../source/usage/directory.ts';
import {fetchUsage} from '../../source/usage/fetch.ts';
import {outcomeOf} from '../../source/usage/outcome.ts';
import {NO_FILTERS} from '../../source/usage/query.ts';
import {Store} from '../../source/usage/store.ts';
import {rowsOf} from '../helpers/cells.ts';
import {InstantClock} from '../helpers/manual-clock.ts';
import {type Heard, serveScript} from '../helpers/script-server.ts';
import {today} from './fetching.ts';

const range = {first: today - 10, last: today - 9};
const list = (...data: unknown[]) => ({object: 'list', data, has_more: false});

/** What comes of two days of an organization whose answers a test writes. */
async function outcomeFrom(answers: (request: Heard) => unknown, endpoints: readonly EndpointName[] = ['completions']) {
  const {url, heard} = await serveScript(request => answers(request) ?? list());
  const clock = new InstantClock();
  const {signal} = new AbortController();
  const fetched = await fetchUsage({
    client: createClient({
      baseUrl: url,
      key: 'k',
      organization: undefined,
      timeout: 9000,
      fetch,
      now: clock.now,
      userAgent: 'test',
    }),
    store: new Store({folder: undefined, now: clock.now}),
    account: 'demo',
    query: {endpoints, range, width: '1d', filters: NO_FILTERS},
    refresh: 'reuse',
    ceiling: 64,
    clock,
    random: () => 0.5,
    signal,
    onProgress: () => undefined,
  });
  return {...(await outcomeOf(fetched, {allColumns: false, now: clock.now, signal})), heard};
}

const page = (...results: unknown[]) => ({
  data: [{start_time: range.first * 86_400, end_time: (range.first + 1) * 86_400, results}],
  has_more: false,
});

test('who stops while rows are put in order has stopped the fetch', async () => {
  const stop = new AbortController();
  const query = {endpoints: [], range, width: '1d', filters: NO_FILTERS} as const;
  const directory = EMPTY_DIRECTORY;
  const nothing = {
    results: [],
    directoryFailures: new Map(),
    skipped: [],
    isStopped: false,
    clockAhead: undefined,
    isKeyNew: false,
  };
  const fetched = {...nothing, query, directory};
  const coming = outcomeOf(fetched, {allColumns: false, now: () => 0, signal: stop.signal});
  stop.abort();
  expect(await coming).toMatchObject({isStopped: true, dataset: {rowCount: 0}});
});

describe('an organization that is not as the demo', () => {
  test('has its keys named, even where rows show keys without projects', async () => {
    const {dataset, heard} = await outcomeFrom(({path}) => {
      if (path.endsWith('/usage/completions')) return page({input_tokens: 1, api_key_id: 'key_a', project_id: null});
      if (path.endsWith('/organization/projects')) return list({id: 'proj_x', name: 'X'}, {id: 'proj_y', name: 'Y'});
      return path.endsWith('/proj_y/api_keys') ? list({id: 'key_a', name: 'prod'}) : undefined;
    });
    expect(rowsOf(dataset)).toMatchObject([{api_key_id: 'key_a', api_key_name: 'prod', input_tokens: 1}]);
    expect(heard.filter(({path}) => path.endsWith('/api_keys'))).toHaveLength(2);
  });

  test('asks for keys of a project whose id is no plain word', async () => {
    const {heard} = await outcomeFrom(({path}) =>
      path.endsWith('/usage/completions') ? page({project_id: 'a/../b?c#d'}) : undefined,
    );
    expect(heard.map(({path}) => path)).toContain('/v1/organization/projects/a%2F..%2Fb%3Fc%23d/api_keys');
  });

  test('that knows no more than a bucket is whole, and not settled for the day without one', async () => {
    const {gaps, dataset} = await outcomeFrom(() => undefined, []);
    expect([gaps, dataset.rowCount]).toEqual([[], 0]);
    const half = await outcomeFrom(({path}) => (path.includes('/usage/') ? page() : undefined));
    expect(half.gaps).toEqual([]);
  });

  test('that sends a figure nobody can read has that endpoint’s error, and no half of its rows', async () => {
    const {gaps, dataset} = await outcomeFrom(
      ({path}) => {
        if (path.endsWith('/usage/completions')) return page({input_tokens: 5}, {input_tokens: 'many'});
        return path.endsWith('/usage/images') ? page({images: 3}) : undefined;
      },
      ['completions', 'images'],
    );
    expect(gaps).toMatchObject([{endpoint: 'completions', error: {reason: 'unreadable'}}]);
    expect(rowsOf(dataset)).toMatchObject([{endpoint_type: 'images', images: 3}]);
  });

  test('that pages by one bucket although asked for all is walked to the end', async () => {
    const {dataset} = await outcomeFrom(({path, query}) => {
      if (!path.endsWith('/usage/completions')) return;
      const number = Number(query.get('page') ?? 0);
      const from = (range.first + number) * 86_400;
      const bucket = {start_time: from, end_time: from + 86_400, results: [{input_tokens: number}]};
      return {data: [bucket], has_more: number === 0, next_page: number === 0 ? '1' : null};
    });
    expect(rowsOf(dataset).map(row => row['input_tokens'])).toEqual([0, 1]);
  });

  test('whose second page fails shows no first half as if it were whole', async () => {
    const {dataset, gaps} = await outcomeFrom(({path, query}) => {
      if (!path.endsWith('/usage/completions')) return;
      return query.has('page') ? {oops: true} : {...page({input_tokens: 1}), has_more: true, next_page: 'p'};
    });
    expect(dataset.rowCount).toBe(0);
    expect(gaps).toMatchObject([{missing: [range.first, range.last], error: {reason: 'unreadable'}}]);
  });
});
