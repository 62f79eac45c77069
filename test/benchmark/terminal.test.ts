import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {quote} from '../terminal/pty.ts';
import {bytesOf, countUpdates, Terminal, whyNoTerminal} from './terminal.ts';
import {Workshop} from './workshop.ts';

async function start(script: string): Promise<Terminal> {
  const workshop = new Workshop();
  onTestFinished(() => workshop.close());
  return Terminal.start(workshop, ['sh', '-c', script], {folder: workshop.folder(), columns: 40, rows: 4});
}

describe.skipIf(whyNoTerminal() !== undefined)('a program in a terminal', () => {
  test('is told its size, and read as it stands on the screen', async () => {
    const terminal = await start(String.raw`printf 'not\rwas\rit is '; stty size; sleep 9`);
    await terminal.until('it is 4 40');
    expect(terminal.screen).toBe('it is 4 40\n\n\n');
  });

  test('gets its keys as they are typed, and has those bytes counted that came after them', async () => {
    const terminal = await start('printf begun; exec cat');
    await terminal.until('begun');
    terminal.type('\r\x1b[6~');
    const arrivals = await terminal.settle(100, 2000);
    expect(bytesOf(arrivals)).toBe('\r\x1b[6~'.length);
  });

  test('that sends nothing has sent nothing', async () => {
    const terminal = await start('printf begun; stty -echo; exec sleep 9');
    await terminal.until('begun');
    expect(await terminal.listen(100)).toEqual([]);
    terminal.type('j');
    expect(await terminal.settle(50, 100)).toEqual([]);
  });

  test('that never shows what is waited for fails with its screen', async () => {
    const terminal = await start('printf something; exec sleep 9');
    await expect(terminal.until('else', 300)).rejects.toThrow(/Never saw "else" on:\nsomething/);
  });

  test('is told when its terminal goes', async () => {
    const note = join(temporaryFolder(), 'note');
    const terminal = await start(
      `note=${quote(note)}; trap 'echo told > "$note"; exit' HUP; echo waits; while :; do sleep 0.05; done`,
    );
    await terminal.until('waits');
    await terminal.end();
    await expect.poll(() => existsSync(note)).toBe(true);
  });
});

test('what comes without a pause is one update', () => {
  const at = [0, 1, 8, 30, 46, 47].map(milliseconds => ({at: milliseconds, bytes: 10}));
  expect([countUpdates(at), bytesOf(at), countUpdates([])]).toEqual([3, 60, 0]);
});
