import {chownSync, lchownSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {describe, expect, test} from 'vitest';
import {listFiles} from '../../source/usage/store-folder.ts';
import {runHere, sessionHere, temporaryFolder} from '../helpers/program.ts';

const nobody = 65_534;
const argv = ['--demo', '--start', '2026-10-01', '--end', '2026-10-02', '--endpoints', 'costs'];
const cacheIn = (folder: string) => join(folder, '.cache/openai-usage');

/** A home with two days of costs in its cache, in files that belong to somebody else. */
async function withForeignCache(): Promise<string> {
  const folder = temporaryFolder();
  expect((await runHere(['export', ...argv, '--output', '-'], {folder})).code).toBe(0);
  const files = listFiles(cacheIn(folder), undefined, () => {}).filter(({kind}) => kind === 'usage');
  expect(files).not.toEqual([]);
  for (const {path} of files) chownSync(path, nobody, nobody);
  return folder;
}

describe.skipIf(process.geteuid?.() !== 0)('what belongs to somebody else (giving it away takes root)', () => {
  test.each(['export', 'summary'])('is no link that %s --force would follow', async command => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'mine'), 'mine');
    symlinkSync('mine', join(folder, 'theirs.csv'));
    lchownSync(join(folder, 'theirs.csv'), nobody, nobody);
    const output = join(folder, 'theirs.csv');
    const {code, stderr} = await runHere([command, ...argv, '--output', output, '--force'], {folder});
    expect(stderr).toContain('it is a link that belongs to somebody else');
    expect(code).toBe(2);
    expect(readFileSync(join(folder, 'mine'), 'utf8')).toBe('mine');
  });

  test.each(['export', 'summary'])('is no cache that %s believes', async command => {
    const folder = await withForeignCache();
    const {code, stderr} = await runHere([command, ...argv, '--offline', '--output', '-'], {folder});
    expect(stderr).toContain('The cache does not hold them');
    expect(code).toBe(3);
  });

  test('is no cache that a session believes', async () => {
    const folder = await withForeignCache();
    const {terminal, type, ended} = sessionHere([...argv, '--offline', '--no-compare'], {folder});
    type('\r');
    await terminal.shows('1 of 11');
    type('\r');
    await terminal.shows('2 days missing');
    type('q');
    expect(await ended).toBe(0);
  });
});
