import {once} from 'node:events';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {readBody} from '../../source/api/body.ts';

test('a hundred bodies on one signal bring no warning of a leak to standard error', async () => {
  const {signal} = new AbortController();
  const warned = once(process, 'warning');
  const bodies = Array.from({length: 100}, async () =>
    readBody(new Response('{}'), {most: 1000, timeout: 5000, signal}),
  );
  expect(await Promise.all(bodies)).toEqual(bodies.map(() => ({state: 'whole', text: '{}'})));
  expect(await Promise.race([warned, nextTurn('nothing')])).toBe('nothing');
});

test('a body that nobody waits for any more is not waited for, and its connection is given up', async () => {
  let isGivenUp = false;
  const endless = new ReadableStream({
    cancel() {
      isGivenUp = true;
    },
  });
  const reading = readBody(new Response(endless), {most: 1000, timeout: 60_000, signal: AbortSignal.abort('stopped')});
  await expect(reading).rejects.toBe('stopped');
  expect(isGivenUp).toBe(true);
});
