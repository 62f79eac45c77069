import {expect, test, vi} from 'vitest';
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

test('while the later screens are being loaded, Ctrl+C ends the session even behind an Enter that waits for them', async () => {
  const {terminal, type, ended} = startSession();
  type('\r');
  await terminal.shows('Endpoints');
  type('\r\x03');
  await terminal.until(() => !terminal.isAlternate);
  disk.finish();
  expect((await ended).exitCode).toBe(130);
});
