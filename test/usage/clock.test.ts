import {describe, expect, test} from 'vitest';
import {Store} from '../../source/usage/store.ts';
import {InstantClock, NOON} from '../helpers/manual-clock.ts';
import {temporaryFolder} from '../helpers/program.ts';
import {rowsFor, setUpFetch, today, truth, watch} from './fetching.ts';

const hour = 3_600_000;
const day = 24 * hour;
const lastDays = {first: today - 9, last: today};
const endpoints = ['completions', 'costs'] as const;

/** Our clock, so far ahead of the server's. */
const wrongBy = (ahead: number) => new InstantClock(NOON + ahead);

describe.each([
  ['three days ahead', 3 * day],
  ['a year ahead', 365 * day],
  ['fourteen hours ahead', 14 * hour],
  ['fourteen hours behind', -14 * hour],
  ['three days behind', -3 * day],
])('a clock %s', (_, ahead) => {
  test('makes no day final that is still filling: once it is right, every such day is asked for again', async () => {
    const folder = temporaryFolder();
    const served = new InstantClock();
    const wrong = await setUpFetch({folder, clock: wrongBy(ahead), served});
    await wrong.run({range: lastDays, endpoints});
    // The same organization, when all of these days are over and no longer change, and our clock is right.
    const later = new InstantClock(NOON + 9 * day);
    const right = await setUpFetch({folder, clock: later});
    const result = await right.run({range: lastDays, endpoints, store: new Store({folder, now: later.now})});
    expect(rowsFor(result, 'completions')).toEqual(truth('completions', lastDays, later.now()));
    expect(result.outcome.clockAhead).toBeUndefined();
  });

  test('still reads each settled day once, when it is right again', async () => {
    const folder = temporaryFolder();
    const wrong = await setUpFetch({folder, clock: wrongBy(ahead), served: new InstantClock()});
    const old = {first: today - 40, last: today - 11};
    await wrong.run({range: old, endpoints});
    const later = new InstantClock(NOON + 366 * day);
    const right = await setUpFetch({folder, clock: later});
    const seen = watch(right.server);
    const result = await right.run({range: old, endpoints, store: new Store({folder, now: later.now})});
    expect(seen.usage()).toEqual([]);
    expect(rowsFor(result, 'completions')).toEqual(truth('completions', old));
  });

  test('is told, with how far it is off', async () => {
    const {run} = await setUpFetch({clock: wrongBy(ahead), served: new InstantClock()});
    const {outcome} = await run({range: lastDays, endpoints});
    expect(Math.abs((outcome.clockAhead ?? 0) - ahead)).toBeLessThan(1000);
  });
});

test.each([4, -4])('a clock %d minutes off is none to speak of', async minutes => {
  const {run} = await setUpFetch({clock: wrongBy(minutes * 60_000), served: new InstantClock()});
  const {outcome} = await run({range: lastDays, endpoints});
  expect(outcome.clockAhead).toBeUndefined();
});

test('a clock that is set right while a request is under way settles nothing by its old time', async () => {
  const folder = temporaryFolder();
  const clock = wrongBy(3 * day);
  const served = new InstantClock();
  const {run} = await setUpFetch({folder, clock, served, onRequest: () => clock.pass(NOON - clock.now())});
  await run({range: lastDays, endpoints: ['completions']});
  const later = new InstantClock(NOON + 9 * day);
  const right = await setUpFetch({folder, clock: later});
  const result = await right.run({range: lastDays, endpoints: ['completions']});
  expect(rowsFor(result, 'completions')).toEqual(truth('completions', lastDays, later.now()));
});
