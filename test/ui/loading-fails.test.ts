import {expect, test, vi} from 'vitest';
import {startSession} from '../helpers/session.ts';

vi.mock('../../source/ui/screens/later.ts', () => {
  throw new Error('The file is gone.');
});

test('a part of the program that cannot be loaded ends the session with its error, and gives the terminal back', async () => {
  const {terminal, stdin, ended} = startSession();
  const {exitCode, error} = await ended;
  expect(exitCode).toBe(1);
  expect(error).toBeInstanceOf(Error);
  await terminal.until(() => !terminal.isAlternate);
  expect(stdin.isRaw).toBe(false);
});
