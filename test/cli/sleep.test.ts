import process from 'node:process';
import {expect, onTestFinished, test} from 'vitest';
import {sleep} from '../../source/cli/sleep.ts';

test('dozens that wait for one signal are no leak that Node warns of, over somebody’s screen', async () => {
  const warnings: Error[] = [];
  const listen = (warning: Error) => void warnings.push(warning);
  process.on('warning', listen);
  onTestFinished(() => void process.off('warning', listen));
  const controller = new AbortController();
  const sleeping = Array.from({length: 64}, () => sleep(60_000, controller.signal));
  controller.abort();
  await Promise.all(sleeping);
  await new Promise(setImmediate);
  expect(warnings).toEqual([]);
});
