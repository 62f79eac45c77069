import {describe, expect, test} from 'vitest';
import type {EndpointName} from '../../source/api/endpoints.ts';
import type {FailureReason} from '../../source/api/errors.ts';
import {dayOf} from '../../source/usage/days.ts';
import {usageRequests} from '../helpers/demo.ts';
import {allEndpoints, type Fetch, rowsByEndpoint, rowsFor, settledRange, setUpFetch, truth} from './fetching.ts';

const range = {first: settledRange.first, last: settledRange.first + 32};
const few = ['embeddings', 'images', 'vector_stores', 'web_search_calls'] as const;
const others = few.filter(name => name !== 'images');
const whole = new Map(allEndpoints.map(name => [name, truth(name, range)]));

function expectWhole(result: Fetch, names: readonly EndpointName[]): void {
  const rows = rowsByEndpoint(result);
  for (const name of names) expect(rows.get(name), name).toEqual(whole.get(name));
}

describe('what passes is waited out, and every row is right', () => {
  test.each([
    '429@images#3',
    '429:1@images#3',
    '429:300@images#1',
    '429@all#20',
    '500@images#5',
    '503:1@images#2',
    '408@images#1',
    '502html@images#2',
    'html@images#2',
    'text@images#2',
    'drop@images#3',
    'cut@images#3',
    'short@images#2',
    'nodata@images#2',
    'slow:0.05@images',
    'drop@all#5',
  ])('%s', async faults => {
    const {run} = await setUpFetch({faults});
    const result = await run({range, endpoints: few});
    expect(result.outcome.gaps).toEqual([]);
    expectWhole(result, few);
  });

  test('all of them at once, of all endpoints', async () => {
    const faults =
      '429:1@all#20,500@completions#3,cut@embeddings#2,html@images#3,drop@costs#3,nodata@users#2,408@all#2';
    const {run} = await setUpFetch({faults});
    const result = await run({range});
    expect(result.outcome.gaps).toEqual([]);
    expect(result.outcome.directoryFailures).toEqual(new Map());
    expectWhole(result, allEndpoints);
  });

  test('stall@images#1 and hang@costs#1, when their time is over', async () => {
    const {run} = await setUpFetch({faults: 'stall@images#1,hang@costs#1', timeout: 500});
    const result = await run({range, endpoints: ['images', 'costs']});
    expect(result.outcome.gaps).toEqual([]);
    expectWhole(result, ['images', 'costs']);
  });
});

describe('what stays is that endpoint’s error, and the others are complete', () => {
  test.each<[string, FailureReason, number]>([
    ['400@images', 'rejected', 2],
    ['401@images', 'unauthorized', 2],
    ['403@images', 'forbidden', 2],
    ['404@images', 'not-found', 2],
    ['429@images', 'rate-limited', 40],
    ['429:2@images', 'rate-limited', 40],
    ['429:301@images', 'rate-limited', 2],
    ['500@images', 'server', 12],
    ['502html@images', 'server', 12],
    ['html@images', 'unreadable', 12],
    ['text@images', 'unreadable', 12],
    ['drop@images', 'network', 12],
    ['cut@images', 'network', 12],
    ['short@images', 'unreadable', 12],
    ['nodata@images', 'unreadable', 12],
    ['repeat@images', 'cursor', 4],
    ['nocursor@images', 'cursor', 2],
    ['outside@images', 'cursor', 2],
    ['redirect@images', 'redirect', 2],
  ])('%s is %s after at most %i requests', async (faults, reason, most) => {
    const {run, server} = await setUpFetch({faults});
    const result = await run({range, endpoints: few});
    expect(result.outcome.gaps).toMatchObject([{endpoint: 'images', error: {reason, subject: 'images'}, stale: []}]);
    expect(result.outcome.gaps[0]?.missing).toHaveLength(33);
    expect(rowsFor(result, 'images')).toEqual([]);
    expectWhole(result, others);
    const sent = usageRequests(server).filter(request => request.includes('/images'));
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.length).toBeLessThanOrEqual(most);
  });

  test('waits between attempts a second, doubling, with jitter', async () => {
    const {run, clock} = await setUpFetch({faults: '500@costs'});
    await run({range, endpoints: ['costs']});
    expect(clock.sleeps).toEqual([500, 1000, 2000, 4000, 8000]);
  });

  test('of every endpoint leaves an empty dataset and eleven errors', async () => {
    const {run} = await setUpFetch({faults: '401@all'});
    const {outcome} = await run({range});
    expect(outcome.dataset.rowCount).toBe(0);
    expect(outcome.gaps.map(({endpoint, error}) => [endpoint, error?.reason])).toEqual(
      allEndpoints.map(name => [name, 'unauthorized']),
    );
  });

  test('of one window leaves the endpoint’s other days', async () => {
    const {run} = await setUpFetch({faults: '400@images#1'});
    const result = await run({range, endpoints: ['images']});
    const missing = new Set(result.outcome.gaps[0]?.missing);
    // Which of the two windows the server hears first is the network's business.
    expect([2, 31]).toContain(missing.size);
    const left = whole.get('images')?.filter(row => !missing.has(dayOf(Number(row['start_time']))));
    expect(rowsFor(result, 'images')).toEqual(left);
  });

  test('is gone with the next fetch, which asks for nothing else', async () => {
    const {run, server} = await setUpFetch({faults: '400@images#2'});
    await run({range, endpoints: few});
    const before = usageRequests(server).length;
    const result = await run({range, endpoints: few});
    expect(usageRequests(server).slice(before)).toHaveLength(2);
    expect(result.outcome.gaps).toEqual([]);
    expectWhole(result, few);
  });
});

describe('a directory list that fails', () => {
  test.each([
    ['403@users', 'users', 'forbidden'],
    ['500@projects', 'projects', 'server'],
    ['404@project_api_keys', 'project_api_keys', 'not-found'],
    ['429:301@admin_api_keys', 'admin_api_keys', 'rate-limited'],
    ['html@users', 'users', 'unreadable'],
    ['nocursor@users', 'users', 'cursor'],
    ['repeat@projects', 'projects', 'cursor'],
    ['nodata@users', 'users', 'unreadable'],
    ['429@project_api_keys', 'project_api_keys', 'rate-limited'],
  ] as const)('with %s loses no row, and says which names are missing', async (faults, list, reason) => {
    const {run} = await setUpFetch({faults});
    const result = await run({range, endpoints: few});
    expect(result.outcome.gaps).toEqual([]);
    expectWhole(result, few);
    expect([...result.outcome.directoryFailures].map(([name, error]) => [name, error.reason])).toEqual([
      [list, reason],
    ]);
  });
});
