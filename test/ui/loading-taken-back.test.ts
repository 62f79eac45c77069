import {expect, test, vi} from 'vitest';
import {fakeConnection} from '../helpers/fake-connection.ts';
import {startSession} from '../helpers/session.ts';

const disk = vi.hoisted(() => {
  let finish = () => {};
  const loaded = new Promise<void>(resolve => {
    finish = resolve;
  });
  return {loaded, finish: () => finish()};
});

vi.mock('../../source/ui/screens/later.ts', async importOriginal => {
  await disk.loaded;
  return importOriginal();
});

test('while the later screens are being loaded, Esc takes back the Enter that waits for them, and what was typed after it', async () => {
  const connection = fakeConnection();
  const {terminal, type} = startSession({connection});
  type('\r');
  await terminal.shows('Endpoints');
  type('\rG ');
  await new Promise(setImmediate);
  type('\x1b');
  // Long enough not to be Alt with the next key.
  await new Promise(resolve => setTimeout(resolve, 50));
  type(' ');
  await terminal.shows('[ ] completions');
  await terminal.shows('10 of 11 endpoints');
  disk.finish();
  type('j \r');
  await terminal.shows('row 1 of');
  expect(connection.runs.map(({query}) => query.endpoints.length)).toEqual([9]);
});
