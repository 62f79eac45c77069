import {describe, expect, test} from 'vitest';
import {temporaryFolder} from '../helpers/program.ts';
import {hasPty, Pty} from './pty.ts';

const size = {columns: 160, rows: 48};

/** The table in a terminal that nobody reads, although it was to be drawn whole so often (7 kB each time). */
async function stallAtTable(): Promise<Pty> {
  const pty = new Pty(['--demo'], {folder: temporaryFolder(), ...size});
  await pty.see(/Last 7 days/);
  pty.type('\r\r');
  await pty.see(/row 1 of/);
  pty.stall();
  for (let time = 0; time < 40; time++) {
    // The program takes it for having been stopped, and draws everything once more. Two signals at once are one.
    pty.signal('SIGCONT');
    await new Promise(resolve => setTimeout(resolve, 10));
  }
  return pty;
}

describe.skipIf(!hasPty)('a terminal that nobody reads', () => {
  test('is sent what fits and one frame, and goes on from there when it is read again', async () => {
    const pty = await stallAtTable();
    const before = pty.output.length;
    pty.recover();
    pty.type('jjj');
    await pty.see(/row 4 of/);
    expect(pty.output.length - before).toBeLessThan(60_000);
    pty.type('q');
    expect(await pty.exit).toBe(0);
    pty.expectRestored();
  });

  test('keeps no signal from ending the program', async () => {
    const pty = await stallAtTable();
    pty.signal('SIGTERM');
    await expect.poll(() => pty.isRunning, {timeout: 10_000}).toBe(false);
    pty.recover();
    expect(await pty.exit).toBe(143);
  });
});
