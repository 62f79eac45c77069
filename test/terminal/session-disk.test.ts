import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {temporaryFolder} from '../helpers/program.ts';
import {hasPty, Pty} from './pty.ts';

const enter = '\r';

/** A sentence wherever its lines end: how long the path in it is, the folder for temporary files decides. */
function wrapped(sentence: string): RegExp {
  const words = sentence.split(' ').map(word => word.replaceAll(/[.()]/g, '\\$&'));
  return new RegExp(words.join('\\s+'));
}

describe.skipIf(!hasPty)('in a real terminal', () => {
  test('where files may not grow, the session says so once and lives: cache and export are refused, q leaves', async () => {
    const folder = temporaryFolder();
    const argv = ['--demo', '--start', '2026-10-01', '--end', '2026-10-07', '--cache-dir', join(folder, 'cache')];
    // 100 blocks of 512 bytes (POSIX).
    const through = (words: readonly string[]) => ['sh', '-c', 'ulimit -f 100; exec "$@"', 'sh', ...words];
    const pty = new Pty(argv, {folder, columns: 200, through});
    await pty.see(/Dates/);
    pty.type(enter + enter);
    await pty.see(/row 1 of/);
    await pty.see(wrapped("can't be written: files may not be so large. Going on from memory. Raise ulimit -f"));
    pty.type('j');
    await pty.see(/row 2 of/);
    await pty.see(/^(?!.*ulimit -f)/s);
    pty.type('e');
    await pty.see(/Export to:/);
    pty.type(enter);
    await pty.see(wrapped('it would be larger than this system allows. Write less, or raise the limit (ulimit -f).'));
    expect(readdirSync(folder).filter(name => name.includes('openai_usage'))).toEqual([]);
    pty.type('\u001B');
    // Together they would be Alt+Q.
    await pty.see(/^(?!.*Export to:)/s);
    pty.type('q');
    expect(await pty.exit).toBe(0);
    pty.expectRestored();
  });

  test.each([
    ['q', 0],
    ['\u0003', 130],
  ])('%j leaves nothing in a standard error that is a file', async (key, exitCode) => {
    const folder = temporaryFolder();
    const through = (words: readonly string[]) => ['sh', '-c', 'exec "$@" 2>errors', 'sh', ...words];
    const pty = new Pty(['--demo'], {folder, through});
    await pty.see(/Dates/);
    pty.type(key);
    expect(await pty.exit).toBe(exitCode);
    pty.expectRestored();
    expect(readFileSync(join(folder, 'errors'), 'utf8')).toBe('');
  });
});
