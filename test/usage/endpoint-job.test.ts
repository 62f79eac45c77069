import {expect, onTestFinished, test} from 'vitest';
import {ApiError, type FailureReason} from '../../source/api/errors.ts';
import type {CachedDay} from '../../source/usage/cache.ts';
import {isoOf, type Range} from '../../source/usage/days.ts';
import {EndpointJob} from '../../source/usage/endpoint-job.ts';
import {Pace} from '../../source/usage/pace.ts';
import type {EndpointProgress} from '../../source/usage/progress.ts';
import {NO_FILTERS} from '../../source/usage/query.ts';
import {endpoint} from '../helpers/chains.ts';
import {InstantClock, NOON} from '../helpers/manual-clock.ts';
import {daysOf, today} from './fetching.ts';
import {cachedDay} from './sample-days.ts';

/** Five windows. */
const range: Range = {first: today - 150, last: today - 11};

/** A job of images, one request at a time, over a cache that holds these days. */
function jobOf(
  held: readonly CachedDay[],
  get: () => Promise<unknown>,
  onProgress: (progress: EndpointProgress) => void = () => {},
): EndpointJob {
  const clock = new InstantClock();
  const {signal} = new AbortController();
  return new EndpointJob({
    endpoint: endpoint('images'),
    query: {endpoints: ['images'], range, width: '1d', filters: NO_FILTERS},
    account: 'demo',
    store: {read: async () => new Map(held.map(cached => [cached.day, cached])), write: async () => {}},
    pace: new Pace({ceiling: 1, clock, random: () => 0.5, signal}),
    get,
    refresh: 'reuse',
    now: () => NOON,
    clockAhead: () => undefined,
    signal,
    isFull: () => false,
    onProgress,
    onDays() {},
  });
}

/** How often it is asked where that is what is always answered. */
async function askedWhere(reason: FailureReason): Promise<number> {
  let asked = 0;
  const refuse = async () => {
    asked++;
    throw new ApiError({reason, subject: 'images', what: `failed as ${reason}`, next: 'Try again.'});
  };
  const {error, missing} = await jobOf([], refuse).run();
  expect(error?.reason).toBe(reason);
  expect(missing).toEqual(daysOf(range));
  return asked;
}

test.each<FailureReason>(['unauthorized', 'forbidden', 'not-found', 'redirect', 'proxy', 'certificate'])(
  'what is %s for one window is asked for no other, but for the one that has just been sent',
  async reason => {
    expect(await askedWhere(reason)).toBeLessThanOrEqual(2);
  },
);

test('where an address is unknown the windows are not tried three times each', async () => {
  expect(await askedWhere('address')).toBeLessThan(5 * 3);
});

test('what is wrong with one window may be right with the next', async () => {
  expect(await askedWhere('rejected')).toBe(5);
});

test('days of the cache are looked through sixty at a time, with a turn of the event loop between: keys are heard', async () => {
  let turns = 0;
  let next = setImmediate(function turn() {
    turns++;
    next = setImmediate(turn);
  });
  onTestFinished(() => clearImmediate(next));
  const turnOf = new Map<number, number>();
  const job = jobOf(
    daysOf(range).map(day => cachedDay({iso: isoOf(day)})),
    () => Promise.reject(new Error('nothing is to be asked')),
    ({daysCached}) => {
      if (!turnOf.has(daysCached)) turnOf.set(daysCached, turns);
    },
  );
  await job.run();
  expect([...turnOf.keys()]).toEqual([0, 60, 120, 140]);
  const [, ...later] = [...turnOf.values()];
  expect(new Set(later).size).toBe(later.length);
});
