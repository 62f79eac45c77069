import {randomUUID} from 'node:crypto';
import nodeFiles, {readdir, rm, utimes, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {sweepLeftovers, temporaryName} from '../../source/export/leftovers.ts';
import type {Files} from '../../source/export/save.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

/** A folder with a new export and three temp files that are two days old; `first`: which of them is listed first. */
async function folderWithLeftovers(): Promise<{folder: string; output: string; first: string}> {
  const folder = temporaryFolder();
  const output = join(folder, 'x.csv');
  await writeFile(output, 'new');
  const old = Date.now() / 1000 - 2 * 86_400;
  for (const name of [1, 2, 3].map(() => temporaryName(randomUUID()))) {
    await writeFile(join(folder, name), 'half');
    await utimes(join(folder, name), old, old);
  }
  const [first = ''] = (await readdir(folder)).filter(name => name !== 'x.csv');
  return {folder, output, first};
}

const refuse = (code: string) => Promise.reject(Object.assign(new Error(code), {code, syscall: 'unlink'}));

test('a leftover of another user, who alone may delete it, keeps nobody from sweeping the own ones', async () => {
  const {folder, output, first} = await folderWithLeftovers();
  const rmOwn: Files['rm'] = (path, options) =>
    String(path).endsWith(first) ? refuse('EPERM') : nodeFiles.rm(path, options);
  await sweepLeftovers(folder, output, {...nodeFiles, rm: rmOwn});
  expect((await readdir(folder)).sort()).toEqual([first, 'x.csv']);
});

test('one that another export has just swept away does not either', async () => {
  const {folder, output, first} = await folderWithLeftovers();
  await rm(join(folder, first));
  await sweepLeftovers(folder, output, nodeFiles);
  expect(await readdir(folder)).toEqual(['x.csv']);
});

test('a folder that shows nothing, or a new file that is gone already, is no failure', async () => {
  const {folder, output} = await folderWithLeftovers();
  await sweepLeftovers(folder, output, {...nodeFiles, readdir: () => refuse('EACCES')});
  await rm(output);
  await sweepLeftovers(folder, output, nodeFiles);
  expect(await readdir(folder)).toHaveLength(3);
});
