import {randomUUID} from 'node:crypto';
import {existsSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import type {EndpointProgress, Progress} from '../../source/usage/progress.ts';
import {Store} from '../../source/usage/store.ts';
import {kindOf} from '../../source/usage/store-key.ts';
import {usageRequests} from '../helpers/demo.ts';
import {NOON} from '../helpers/manual-clock.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {allEndpoints, rowsFor, settledRange, setUpFetch, today, truth} from './fetching.ts';

/** Five windows of images. */
const range = {first: today - 150, last: today - 10};

const endpointEvents = (events: readonly Progress[]) => events.filter(event => event.kind === 'endpoint');

describe('a fetch that is stopped', () => {
  test('keeps every complete window, and the next asks only for the rest', async () => {
    const controller = new AbortController();
    const {run, server} = await setUpFetch({faults: 'hang@images'});
    let isDone = false;
    const stopped = await run({
      range,
      endpoints: ['embeddings', 'images'],
      signal: controller.signal,
      onProgress(event) {
        isDone ||= event.kind === 'endpoint' && event.endpoint === 'embeddings' && event.state === 'finished';
        if (isDone) controller.abort();
      },
    });
    expect(stopped.outcome.isStopped).toBe(true);
    expect(stopped.outcome.gaps).toMatchObject([{endpoint: 'images', error: {reason: 'stopped'}}]);
    expect(rowsFor(stopped, 'embeddings')).toEqual(truth('embeddings', range));
    const asked = () => usageRequests(server).filter(request => request.includes('/embeddings')).length;
    const before = asked();
    await run({range, endpoints: ['embeddings']});
    expect(asked()).toBe(before);
  });

  test('keeps windows of an endpoint that is not complete', async () => {
    const controller = new AbortController();
    const {run, server} = await setUpFetch({faults: 'hang@completions#1'});
    const stopped = await run({
      range,
      endpoints: ['completions'],
      signal: controller.signal,
      onProgress(event) {
        if (event.kind === 'endpoint' && event.daysDone >= 141 - 31) controller.abort();
      },
    });
    expect([17, 31]).toContain(stopped.outcome.gaps[0]?.missing.length);
    const before = usageRequests(server).length;
    const result = await run({range, endpoints: ['completions']});
    expect(usageRequests(server).slice(before)).toHaveLength(1);
    expect(rowsFor(result, 'completions')).toEqual(truth('completions', range));
  });

  test('before it begins sends nothing', async () => {
    const {run, server} = await setUpFetch();
    const {outcome, events} = await run({signal: AbortSignal.abort()});
    expect(server.requests).toEqual([]);
    expect(outcome.isStopped).toBe(true);
    expect(outcome.gaps).toHaveLength(allEndpoints.length);
    const last = new Map(endpointEvents(events).map(event => [event.endpoint, event.state]));
    expect(new Set(last.values())).toEqual(new Set(['stopped']));
  });

  test('before it begins still shows what the cache holds', async () => {
    const {run} = await setUpFetch();
    await run();
    const {outcome} = await run({signal: AbortSignal.abort()});
    expect(outcome.gaps).toEqual([]);
    expect(outcome.dataset.rowCount).toBeGreaterThan(0);
  });

  test('while everything is held back ends at once', async () => {
    const controller = new AbortController();
    const {run, clock, server} = await setUpFetch({faults: '429:200@all'});
    const began = clock.now();
    const {outcome} = await run({
      signal: controller.signal,
      onProgress(event) {
        if (event.kind === 'endpoint' && event.waitingUntil !== undefined) controller.abort();
      },
    });
    expect(outcome.gaps.map(({error}) => error?.reason)).toEqual(allEndpoints.map(() => 'stopped'));
    expect(clock.now() - began).toBeLessThanOrEqual(200_000);
    expect(server.requests.length).toBeLessThanOrEqual(32);
  });
});

test('a fetch that is stopped while another program holds its files ends at once, and loses no day, old or new', async () => {
  const folder = temporaryFolder();
  const before = await setUpFetch({folder});
  const old = {first: range.last - 40, last: range.last - 20};
  await before.run({range: old, endpoints: ['images', 'embeddings']});
  const files = readdirSync(join(folder, 'demo')).filter(name => kindOf(name) === 'usage');
  const locks = files.map(name => join(folder, 'demo', `${name}.lock`));
  for (const lock of locks) writeFileSync(lock, `${randomUUID()} ${'60000'.padStart(9)}`);
  const controller = new AbortController();
  const {run} = await setUpFetch({folder});
  const here = new Set<string>();
  await run({
    range,
    endpoints: ['images', 'embeddings'],
    signal: controller.signal,
    onProgress(event) {
      if (event.kind !== 'endpoint' || event.daysDone < 141) return;
      here.add(event.endpoint);
      // By then all days are here, and the first file waits for its lock.
      if (here.size === 2) controller.abort();
    },
  });
  expect(controller.signal.aborted).toBe(true);
  expect(locks.filter(existsSync)).toEqual(locks);
  const {run: again, server} = await setUpFetch({folder});
  await again({range, endpoints: ['images', 'embeddings']});
  expect(usageRequests(server)).toEqual([]);
});

describe('progress', () => {
  async function progressOf(faults = '', names = allEndpoints) {
    const {run, server} = await setUpFetch({faults});
    const {events, fetched} = await run({endpoints: names});
    const last = new Map<string, EndpointProgress>(endpointEvents(events).map(event => [event.endpoint, event]));
    return {events: endpointEvents(events), last, server, run, fetched};
  }

  test('ends with a final event of each endpoint, all days done, all rows counted', async () => {
    const {last, fetched} = await progressOf();
    expect([...last.keys()].sort()).toEqual([...allEndpoints].sort());
    for (const {endpoint, days} of fetched.results) {
      const rows = days.reduce((sum, {block}) => sum + block.rowCount, 0);
      expect(last.get(endpoint.name)).toMatchObject({
        state: 'finished',
        daysDone: 40,
        daysTotal: 40,
        daysCached: 0,
        rows,
      });
      expect(last.get(endpoint.name)).not.toHaveProperty('waitingUntil');
    }
  });

  test('counts every request, retries included', async () => {
    const {last, server} = await progressOf('500@images#3,429@costs#2');
    for (const [name, {requests}] of last) {
      expect(requests, name).toBe(server.requests.filter(request => request.includes(`/${name}?`)).length);
    }
    expect(last.get('images')?.requests).toBe(5);
  });

  test('never goes back', async () => {
    const {events} = await progressOf('500@images#3,cut@completions#2');
    const order = ['queued', 'fetching', 'finished'];
    const before = new Map<string, EndpointProgress>();
    for (const event of events) {
      const last = before.get(event.endpoint);
      before.set(event.endpoint, event);
      if (last === undefined) continue;
      for (const field of ['daysDone', 'rows', 'requests'] as const) {
        expect(event[field]).toBeGreaterThanOrEqual(last[field]);
      }
      expect(order.indexOf(event.state)).toBeGreaterThanOrEqual(order.indexOf(last.state));
    }
  });

  test('says what came from the cache', async () => {
    const {run} = await progressOf();
    const {events} = await run({range: {first: settledRange.first - 3, last: settledRange.last}});
    for (const {daysCached, state} of endpointEvents(events)) expect(daysCached).toBe(state === 'queued' ? 0 : 40);
    expect(endpointEvents(events).at(-1)).toMatchObject({daysDone: 43, requests: 1});
  });

  test('says until when an endpoint waits and why, and no longer when it goes on', async () => {
    const {events} = await progressOf('500@costs#1', ['costs']);
    const waiting = events.findIndex(({waitingUntil}) => waitingUntil !== undefined);
    expect(events[waiting]?.waitingFor).toMatch(/^the server answered 500/);
    expect(events[waiting + 1]).toMatchObject({state: 'fetching', requests: 2});
    expect(events[waiting + 1]).not.toHaveProperty('waitingUntil');
  });

  test('says of every endpoint that all wait for a refusal of one', async () => {
    const {events} = await progressOf('429:20@images#1,slow:0.1@costs#1', ['images', 'costs']);
    const waiting = new Set(events.filter(event => event.waitingUntil !== undefined).map(({endpoint}) => endpoint));
    expect([...waiting].sort()).toEqual(['costs', 'images']);
  });

  test('ends as failed with the error', async () => {
    const {last} = await progressOf('404@images', ['images', 'costs']);
    expect(last.get('images')).toMatchObject({state: 'failed', daysDone: 0, error: {reason: 'not-found'}});
    expect(last.get('costs')).toMatchObject({state: 'finished', daysDone: 40});
  });
});

describe('more rows than there is room for', () => {
  const setting = {endpoints: ['embeddings', 'images'] as const, range, mostRows: 30};

  test('end the fetch with what arrived, and say what to ask for instead', async () => {
    const {run, server} = await setUpFetch();
    const all = await run({
      ...setting,
      mostRows: Number.POSITIVE_INFINITY,
      store: new Store({folder: undefined, now: () => NOON}),
    });
    const before = usageRequests(server).length;
    const {outcome} = await run(setting);
    expect(outcome.dataset.rowCount).toBeGreaterThan(30);
    expect(outcome.dataset.rowCount).toBeLessThan(all.outcome.dataset.rowCount);
    expect(outcome.isStopped).toBe(false);
    expect(outcome.gaps.map(({error}) => error?.message)).toContain(
      'images: stopped, because more rows arrived than this machine has memory for. Ask for fewer days or endpoints, for a filter or for wider buckets.',
    );
    expect(outcome.directoryFailures.size).toBe(0);
    expect(usageRequests(server).length - before).toBeLessThanOrEqual(before);
  });

  test('are too many from the cache as well', async () => {
    const {run} = await setUpFetch();
    await run({endpoints: setting.endpoints, range: {...range, first: range.last - 200}});
    const {outcome} = await run({...setting, range: {...range, first: range.last - 200}});
    expect(outcome.gaps.map(({error}) => error?.reason)).toEqual(['too-large', 'too-large']);
    expect(outcome.dataset.rowCount).toBeGreaterThan(30);
    expect(outcome.gaps.every(({missing}) => missing.length > 0)).toBe(true);
  });
});
