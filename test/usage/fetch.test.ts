import {describe, expect, test} from 'vitest';
import {usageRequests} from '../helpers/demo.ts';
import {NOON} from '../helpers/manual-clock.ts';
import {allEndpoints, day, rowsByEndpoint, rowsFor, setUpFetch, today, truth} from './fetching.ts';

const untilToday = {first: today - 39, last: today};

describe('a cold fetch of every endpoint', () => {
  test('brings exactly the rows that the organization holds, today’s unfinished ones too', async () => {
    const {run} = await setUpFetch();
    const result = await run({range: untilToday});
    const rows = rowsByEndpoint(result);
    for (const name of allEndpoints) {
      expect(rows.get(name)?.length, name).toBeGreaterThan(0);
      expect(rows.get(name), name).toEqual(truth(name, untilToday));
    }
    expect(result.outcome.gaps).toEqual([]);
    expect(result.outcome.isStopped).toBe(false);
  });

  test('asks in as few windows as pages can hold', async () => {
    const {run, server} = await setUpFetch();
    await run({range: untilToday});
    expect(usageRequests(server)).toHaveLength(10 * 2 + 1);
  });

  test('begins with the longest windows, and asks for the names of keys before all rows are there', async () => {
    const {run, server} = await setUpFetch();
    await run({range: {first: today - 364, last: today}});
    expect(usageRequests(server)[0]).toContain('/organization/costs');
    const last = (part: string) => server.requests.findLastIndex(request => request.includes(part));
    expect(last('/api_keys')).toBeLessThan(last('/usage/'));
  });

  test('is as of the moment it was asked for, while a day can still change', async () => {
    const {run} = await setUpFetch();
    expect((await run({range: untilToday})).outcome.asOf).toBe(NOON);
    expect((await run({range: {first: today - 9, last: today - 3}})).outcome.asOf).toBeUndefined();
  });

  test('of hours has hours, and daily costs beside them', async () => {
    const {run} = await setUpFetch();
    const range = {first: today - 9, last: today};
    const result = await run({range, width: '1h', endpoints: ['completions', 'costs']});
    expect(rowsFor(result, 'completions')).toEqual(truth('completions', range, NOON, 3600));
    expect(rowsFor(result, 'costs')).toEqual(truth('costs', range));
  });

  test('of minutes has minutes', async () => {
    const {run} = await setUpFetch();
    const range = {first: today - 1, last: today};
    const result = await run({range, width: '1m', endpoints: ['embeddings']});
    expect(rowsFor(result, 'embeddings')).toEqual(truth('embeddings', range, NOON, 60));
  });

  test('of no endpoint is empty', async () => {
    const {run, server} = await setUpFetch();
    const {outcome} = await run({endpoints: []});
    expect(outcome.dataset.rowCount).toBe(0);
    expect(usageRequests(server)).toEqual([]);
  });
});

describe('filters', () => {
  const filters = {projects: [], apiKeys: [], users: [], models: ['gpt-5.4-mini', 'gpt-5.4']};

  test('are asked of the server', async () => {
    const {run, server} = await setUpFetch();
    const result = await run({endpoints: ['completions'], filters});
    const expected = truth('completions', result.fetched.query.range).filter(row =>
      filters.models.includes(String(row['model'])),
    );
    expect(expected.length).toBeGreaterThan(0);
    expect(rowsFor(result, 'completions')).toEqual(expected);
    expect(usageRequests(server)[0]).toContain('models=gpt-5.4&models=gpt-5.4-mini');
  });

  test('leave out endpoints that do not know them, and say so', async () => {
    const {run, server} = await setUpFetch();
    const {fetched, outcome, events} = await run({endpoints: ['images', 'vector_stores', 'costs'], filters});
    expect(outcome.skipped).toEqual(['vector_stores', 'costs']);
    expect(fetched.results.map(({endpoint}) => endpoint.name)).toEqual(['images']);
    expect(usageRequests(server).filter(request => /vector_stores|costs/.test(request))).toEqual([]);
    expect(events.filter(event => event.kind === 'endpoint').every(({endpoint}) => endpoint === 'images')).toBe(true);
  });

  test('have days of their own in the cache', async () => {
    const {run} = await setUpFetch();
    await run({endpoints: ['completions'], filters});
    const result = await run({endpoints: ['completions']});
    expect(rowsFor(result, 'completions')).toEqual(truth('completions', result.fetched.query.range));
  });
});

test('a day that has not come yet is empty, no gap, and asked for again', async () => {
  const {run, server, clock} = await setUpFetch();
  const range = {first: day('2026-11-22'), last: day('2026-11-23')};
  const first = await run({endpoints: ['completions'], range});
  expect(first.outcome.gaps).toEqual([]);
  expect(rowsFor(first, 'completions')).toEqual(truth('completions', {first: today, last: today}));
  clock.pass(24 * 3_600_000);
  const next = await run({endpoints: ['completions'], range});
  expect(usageRequests(server)).toHaveLength(2);
  expect(rowsFor(next, 'completions')).toEqual(truth('completions', range, NOON + 24 * 3_600_000));
});
