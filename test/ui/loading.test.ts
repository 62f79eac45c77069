import {afterEach, expect, test, vi} from 'vitest';
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

afterEach(() => void vi.unstubAllGlobals());

test('while the later screens are being loaded, Ctrl+C ends the session even behind an Enter that waits for them', async () => {
  // However long what is under way may take to end: it never does.
  const {setTimeout: wait} = globalThis;
  vi.stubGlobal('setTimeout', (act: () => void, time: number) => wait(act, time === 3000 ? 1e8 : time));
  const {terminal, type, ended} = startSession();
  type('\r');
  await terminal.shows('Endpoints');
  type('\r\x03');
  await terminal.until(() => !terminal.isAlternate);
  expect((await ended).exitCode).toBe(130);
  disk.finish();
});
