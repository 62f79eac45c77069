import {createClient} from '../../source/api/client.ts';
import type {EndpointName} from '../../source/api/endpoints.ts';
import {BlockBuilder, Interners} from '../../source/usage/block.ts';
import type {Dataset} from '../../source/usage/dataset.ts';
import {type Range, startOf} from '../../source/usage/days.ts';
import {EMPTY_DIRECTORY, nameLookup} from '../../source/usage/directory.ts';
import {fetchUsage} from '../../source/usage/fetch.ts';
import {outcomeOf} from '../../source/usage/outcome.ts';
import {pack} from '../../source/usage/pack.ts';
import {NO_FILTERS} from '../../source/usage/query.ts';
import {Store} from '../../source/usage/store.ts';
import type {Side} from '../../source/view/compare.ts';
import {allRows} from '../../source/view/rows.ts';
import {assemble} from '../helpers/assemble.ts';
import {startDemo} from '../helpers/demo.ts';
import {TODAY} from '../helpers/fake-connection.ts';
import {InstantClock} from '../helpers/manual-clock.ts';

export type Cells = Readonly<Record<string, number | string>>;

/** A dataset of these rows, all of one day: of costs where they have an amount, else of completions. */
export function datasetOf(rows: readonly Cells[]): Dataset {
  const isCost = (cells: Cells) => 'amount' in cells;
  const pieces = [
    {endpoint: 'completions', rows: rows.filter(cells => !isCost(cells))},
    {endpoint: 'costs', rows: rows.filter(isCost)},
  ].map(({endpoint, rows: its}) => {
    const builder = new BlockBuilder(new Interners());
    for (const cells of its) {
      builder.startRow();
      builder.number('start_time', startOf(TODAY - 1));
      for (const [name, value] of Object.entries(cells)) {
        if (typeof value === 'number') builder.number(name, value);
        else builder.text(name, value);
      }
    }
    return {endpoint, width: '1d' as const, block: pack(builder.finish())};
  });
  return assemble(pieces, nameLookup(EMPTY_DIRECTORY), {allColumns: false});
}

/** One side of a comparison: all of these rows. */
export function sideOf(rows: readonly Cells[]): Side {
  const dataset = datasetOf(rows);
  return {dataset, rows: allRows(dataset.rowCount)};
}

/** What the demo organization, whole and at noon of 2026-11-22, answers for a range. */
export async function demoDataset(endpoints: readonly EndpointName[], range: Range): Promise<Dataset> {
  const clock = new InstantClock();
  const {signal} = new AbortController();
  const server = await startDemo({now: clock.now});
  const fetched = await fetchUsage({
    client: createClient({
      baseUrl: server.url,
      key: 'sk-admin-x',
      organization: undefined,
      timeout: 15_000,
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
  const {dataset} = await outcomeOf(fetched, {allColumns: false, now: clock.now, signal});
  return dataset;
}
