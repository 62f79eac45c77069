import process from 'node:process';
import fc from 'fast-check';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {NOON} from '../helpers/manual-clock.ts';
import {step} from './law-steps.ts';
import {startLaws} from './law-world.ts';

/** More runs by hand: `LAW_RUNS=500 LAW_SEED=7 npx vitest run --config test/vitest.config.ts test/usage/laws.test.ts`. */
const {LAW_RUNS = '24', LAW_SEED = '5'} = process.env;

let laws: Awaited<ReturnType<typeof startLaws>>;
beforeAll(async () => {
  laws = await startLaws();
});
afterAll(async () => {
  await laws.close();
});

test('whatever was fetched, split, stopped, failed, forgotten or damaged before: the dataset is that of a cold fetch', async () => {
  const start = fc.integer({min: 0, max: 1440}).map(minutes => NOON + minutes * 60_000);
  const steps = fc.array(step, {minLength: 3, maxLength: 12});
  const property = fc.asyncProperty(start, steps, (at, each) => laws.run(at, each));
  await fc.assert(property, {numRuns: Number(LAW_RUNS), seed: Number(LAW_SEED), endOnFailure: true});
  const {days, colds, stopped, failed} = laws.counts;
  if (LAW_SEED !== '5') process.stderr.write(`${JSON.stringify(laws.counts)}\n`);
  // That it tried what it says.
  expect(Math.min(days, colds, stopped, failed)).toBeGreaterThan(0);
}, 3_600_000);
