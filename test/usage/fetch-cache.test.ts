import {describe, expect, test} from 'vitest';
import {Store} from '../../source/usage/store.ts';
import {temporaryFolder} from '../helpers/program.ts';
import {allEndpoints, rowsByEndpoint, rowsFor, settledRange, setUpFetch, today, truth, watch} from './fetching.ts';

const minute = 60_000;
const lastDays = {first: today - 9, last: today};

const spanOf = (url: URL) => [Number(url.searchParams.get('start_time')), Number(url.searchParams.get('end_time'))];
const daysAsked = (url: URL) => spanOf(url).map(seconds => seconds / 86_400 - today);

describe('a second run, in a new process', () => {
  test('sends no usage request for settled days, and shows the same', async () => {
    const folder = temporaryFolder();
    const {run, server, clock} = await setUpFetch({folder});
    const first = await run();
    const seen = watch(server);
    seen.usage();
    const second = await run({store: new Store({folder, now: clock.now})});
    expect(server.requests.length).toBeGreaterThan(0);
    expect(seen.usage()).toEqual([]);
    expect(second.outcome.dataset).toEqual(first.outcome.dataset);
    expect(second.outcome.directory).toEqual(first.outcome.directory);
  });

  test('asks once per endpoint for the days that are not settled', async () => {
    const {run, server, clock} = await setUpFetch();
    await run({range: lastDays});
    const seen = watch(server);
    seen.usage();
    clock.pass(5 * minute);
    await run({range: lastDays});
    const usage = seen.usage();
    expect(usage).toHaveLength(allEndpoints.length);
    for (const url of usage) expect(daysAsked(url)).toEqual([-2, 1]);
  });

  test('reuses even today for five minutes', async () => {
    const {run, server, clock} = await setUpFetch();
    await run({range: lastDays});
    const seen = watch(server);
    seen.usage();
    clock.pass(4 * minute);
    await run({range: lastDays});
    expect(seen.usage()).toEqual([]);
  });

  test('within the hour asks only for keys that nobody knows, and names all the same', async () => {
    const {run, server, clock} = await setUpFetch();
    const first = await run();
    const seen = watch(server);
    seen.lists();
    clock.pass(4 * minute);
    const second = await run();
    expect(seen.lists()).toEqual([]);
    expect(second.outcome.dataset).toEqual(first.outcome.dataset);
    clock.pass(55 * minute);
    await run();
    // One key of one project has been deleted: it could as well be new.
    const again = seen.lists();
    expect(again).toHaveLength(1);
    expect(again[0]?.pathname).toMatch(/projects\/[^/]+\/api_keys$/);
    clock.pass(minute);
    await run();
    expect(seen.lists().length).toBeGreaterThan(3);
  });
});

describe('another range', () => {
  test.each([
    ['earlier', {...settledRange, first: settledRange.first - 1}, settledRange.first - 1],
    ['later', {...settledRange, last: settledRange.last + 1}, settledRange.last + 1],
  ])('one day longer, at its %s end, sends one request per endpoint for that day alone', async (_, range, added) => {
    const {run, server} = await setUpFetch();
    await run();
    const seen = watch(server);
    seen.usage();
    const result = await run({range});
    const usage = seen.usage();
    expect(usage).toHaveLength(allEndpoints.length);
    for (const url of usage) expect(daysAsked(url)).toEqual([added - today, added - today + 1]);
    const rows = rowsByEndpoint(result);
    for (const name of allEndpoints) expect(rows.get(name), name).toEqual(truth(name, range));
  });

  test('within a known one sends nothing', async () => {
    const {run, server} = await setUpFetch();
    await run();
    const seen = watch(server);
    seen.usage();
    const range = {first: settledRange.first + 3, last: settledRange.last - 5};
    const result = await run({range});
    expect(seen.usage()).toEqual([]);
    expect(rowsFor(result, 'completions')).toEqual(truth('completions', range));
  });

  test('around a known one asks for both ends', async () => {
    const {run, server} = await setUpFetch();
    await run({endpoints: ['costs']});
    const seen = watch(server);
    seen.usage();
    await run({endpoints: ['costs'], range: {first: settledRange.first - 2, last: settledRange.last + 2}});
    expect(seen.usage().map(daysAsked)).toEqual([
      [settledRange.first - 2 - today, settledRange.first - today],
      [settledRange.last + 1 - today, settledRange.last + 3 - today],
    ]);
  });

  test('of another width has days of its own, costs excepted', async () => {
    const {run, server} = await setUpFetch();
    const wish = {range: {first: today - 14, last: today - 8}, endpoints: ['embeddings', 'costs'] as const};
    await run(wish);
    const seen = watch(server);
    seen.usage();
    await run({...wish, width: '1h'});
    expect(seen.usage().map(({pathname}) => pathname)).toEqual(['/v1/organization/usage/embeddings']);
  });
});

describe('asking again', () => {
  test('with r asks for every unsettled day, however fresh, and for no settled one', async () => {
    const {run, server} = await setUpFetch();
    await run({range: lastDays});
    const seen = watch(server);
    seen.usage();
    await run({range: lastDays, refresh: 'unsettled'});
    const usage = seen.usage();
    expect(usage).toHaveLength(allEndpoints.length);
    for (const url of usage) expect(daysAsked(url)).toEqual([-2, 1]);
  });

  test('with --refresh asks for every day and the whole directory', async () => {
    const {run, server} = await setUpFetch();
    const first = await run();
    const seen = watch(server);
    seen.lists();
    const second = await run({refresh: 'everything'});
    expect(server.requests.length).toBeGreaterThan(0);
    expect(seen.lists().length).toBeGreaterThan(3);
    expect(second.outcome.dataset).toEqual(first.outcome.dataset);
  });

  test('that fails keeps the old days, and says that they are old', async () => {
    const store = new Store({folder: undefined, now: () => 0});
    const good = await setUpFetch();
    const first = await good.run({store, range: lastDays});
    const bad = await setUpFetch({faults: '400@images', clock: good.clock});
    const {outcome, fetched, events} = await bad.run({store, range: lastDays, refresh: 'everything'});
    expect(outcome.dataset).toEqual(first.outcome.dataset);
    expect(outcome.gaps).toMatchObject([{endpoint: 'images', missing: [], error: {reason: 'rejected'}}]);
    expect(outcome.gaps[0]?.stale).toHaveLength(10);
    expect(fetched.results.filter(({error}) => error)).toHaveLength(1);
    const last = events.findLast(event => event.kind === 'endpoint' && event.endpoint === 'images');
    expect(last).toMatchObject({state: 'failed', daysDone: 10, daysTotal: 10});
  });

  test('that fails leaves what is old as of when it was fetched', async () => {
    const {run, clock, store} = await setUpFetch();
    await run({range: lastDays, endpoints: ['images']});
    const then = clock.now();
    clock.pass(60 * minute);
    const bad = await setUpFetch({faults: '400@images', clock});
    const {outcome} = await bad.run({range: lastDays, endpoints: ['images'], store});
    expect(outcome.gaps[0]?.stale).toEqual([today - 2, today - 1, today]);
    expect(outcome.asOf).toBe(then);
  });
});

describe('offline', () => {
  test('sends nothing at all and uses what there is, however old', async () => {
    const {run, server, clock} = await setUpFetch();
    const first = await run({range: lastDays});
    const before = server.requests.length;
    clock.pass(100 * 24 * 60 * minute);
    const second = await run({range: lastDays, refresh: 'nothing'});
    expect(server.requests.length).toBe(before);
    expect(second.outcome.dataset).toEqual(first.outcome.dataset);
    expect(second.outcome.gaps).toEqual([]);
  });

  test('lists the days that are missing, without an error', async () => {
    const {run} = await setUpFetch();
    await run({range: {first: today - 5, last: today - 4}, endpoints: ['images']});
    const {outcome} = await run({
      range: {first: today - 6, last: today - 3},
      endpoints: ['images', 'costs'],
      refresh: 'nothing',
    });
    expect(outcome.gaps).toEqual([
      {endpoint: 'images', missing: [today - 6, today - 3], stale: [], error: undefined},
      {endpoint: 'costs', missing: [today - 6, today - 5, today - 4, today - 3], stale: [], error: undefined},
    ]);
  });
});
