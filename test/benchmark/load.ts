import {join} from 'node:path';
import {createClient} from '../../source/api/client.ts';
import {ENDPOINTS} from '../../source/api/endpoints.ts';
import {sleep} from '../../source/cli/sleep.ts';
import type {Dataset} from '../../source/usage/dataset.ts';
import type {Range} from '../../source/usage/days.ts';
import {fetchUsage} from '../../source/usage/fetch.ts';
import {outcomeOf} from '../../source/usage/outcome.ts';
import {NO_FILTERS} from '../../source/usage/query.ts';
import {accountOf, Store} from '../../source/usage/store.ts';
import {SCALE} from './large.ts';

/** The dataset of these days as the program makes it of its cache, with `--offline`. */
export async function loadLarge(home: string, range: Range): Promise<Dataset> {
  const {now} = Date;
  const {signal} = new AbortController();
  const fetched = await fetchUsage({
    client: createClient({
      baseUrl: 'http://127.0.0.1:9/v1',
      key: 'none',
      organization: undefined,
      timeout: 1000,
      fetch,
      now,
      userAgent: 'benchmark',
    }),
    store: new Store({folder: join(home, '.cache', 'openai-usage'), now}),
    account: accountOf({baseUrl: 'demo', key: JSON.stringify([SCALE, undefined])}),
    query: {endpoints: ENDPOINTS.map(({name}) => name), range, width: '1d', filters: NO_FILTERS},
    refresh: 'nothing',
    ceiling: 1,
    clock: {now, sleep},
    random: Math.random,
    signal,
    onProgress: () => {},
  });
  const {dataset, gaps} = await outcomeOf(fetched, {allColumns: false, now, signal});
  if (dataset.rowCount === 0 || gaps.length > 0) throw new Error('The cache does not hold the year.');
  return dataset;
}
