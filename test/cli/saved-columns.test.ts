import {execFileSync} from 'node:child_process';
import {
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {keepColumns} from '../../source/cli/saved-columns.ts';
import type {SavedColumns} from '../../source/view/column-choice.ts';
import {run, temporaryFolder} from '../helpers/program.ts';

const choice: SavedColumns = {
  hidden: ['output_tokens'],
  shown: ['api_key_id'],
  order: ['date', 'model'],
  widths: {model: 12},
  frozen: ['date'],
};

function keeperIn(folder: string | undefined) {
  const troubles: string[] = [];
  return {troubles, ...keepColumns(folder, sentence => void troubles.push(sentence), {user: process.geteuid?.()})};
}

describe('a choice of columns', () => {
  test('comes back in the next session, from a file for its owner alone', async () => {
    const folder = join(temporaryFolder(), 'not', 'there', 'yet');
    const {save, troubles} = keeperIn(folder);
    await save(choice);
    expect(await keeperIn(folder).load()).toEqual(choice);
    expect(statSync(join(folder, 'columns.json')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder)).toEqual(['columns.json']);
    expect(troubles).toEqual([]);
  });

  test('of several in quick succession is the last', async () => {
    const folder = temporaryFolder();
    const {save, settled} = keeperIn(folder);
    for (let width = 1; width <= 9; width++) void save({...choice, widths: {model: width}});
    await settled();
    expect((await keeperIn(folder).load())?.widths).toEqual({model: 9});
  });

  test("is never written where somebody else's link leads", async ({skip}) => {
    if (process.geteuid?.() !== 0) skip('giving a link away takes root');
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'other'), 'mine');
    symlinkSync(join(folder, 'other'), join(folder, 'columns.json'));
    lchownSync(join(folder, 'columns.json'), 65_534, 65_534);
    const {save, troubles} = keeperIn(folder);
    await save(choice);
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('mine');
    expect(troubles).toHaveLength(1);
  });

  test('without a folder is not kept, and nobody is bothered', async () => {
    const {save, load, troubles} = keeperIn(undefined);
    await save(choice);
    expect(await load()).toBeUndefined();
    expect(troubles).toEqual([]);
  });

  test('that cannot be kept is said once', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const {save, troubles} = keeperIn(join(folder, 'file'));
    await save(choice);
    await save(choice);
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toMatch(/^The column choice could not be kept: .*columns\.json.*\.$/);
  });
});

describe('a file that is no choice', () => {
  const whole = JSON.stringify(choice);
  test.each([
    ['cut short', whole.slice(0, -3)],
    ['empty', ''],
    ['of another type', '"columns"'],
    ['nothing', 'null'],
    ['lacking a part', JSON.stringify({...choice, frozen: undefined})],
    ['of names that are none', JSON.stringify({...choice, hidden: [1]})],
    ['of widths that are none', JSON.stringify({...choice, widths: {model: '12'}})],
    ['of widths without end', JSON.stringify({...choice, widths: {model: 1e9}})],
    ['of widths below one', JSON.stringify({...choice, widths: {model: 0}})],
    ['of too many names', JSON.stringify({...choice, order: Array.from({length: 1001}, () => 'a')})],
    ['huge', whole + ' '.repeat(70_000)],
  ])('%s counts for nothing', async (_, text) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'columns.json'), text);
    expect(await keeperIn(folder).load()).toBeUndefined();
  });

  test.each<[string, (path: string) => void]>([
    ['not there', () => {}],
    ['a folder', path => mkdirSync(path)],
    ['a pipe', path => execFileSync('mkfifo', [path])],
    ['a link without end', path => symlinkSync('/dev/zero', path)],
    ['a gigabyte', path => [writeFileSync(path, ''), truncateSync(path, 2 ** 30)]],
    ['no text', path => writeFileSync(path, Buffer.alloc(999, 0xff))],
    ['deep', path => writeFileSync(path, '['.repeat(60_000))],
  ])('%s counts for nothing', async (_, make) => {
    const folder = temporaryFolder();
    make(join(folder, 'columns.json'));
    expect(await keeperIn(folder).load()).toBeUndefined();
  });

  test('whose widths are of columns with odd names changes nothing else', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'columns.json'), whole.replace('{"model":12}', '{"__proto__":7,"constructor":8}'));
    const widths = (await keeperIn(folder).load())?.widths ?? {};
    expect(Object.entries(widths)).toEqual([
      ['__proto__', 7],
      ['constructor', 8],
    ]);
    expect(Object.getPrototypeOf(widths)).toBe(Object.prototype);
  });

  test('keeps nothing but what is a choice', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'columns.json'), JSON.stringify({...choice, more: 'x'}));
    expect(await keeperIn(folder).load()).toEqual(choice);
  });
});

test('the cache neither counts nor clears it', async () => {
  const folder = temporaryFolder();
  const cache = join(folder, 'cache');
  await keeperIn(cache).save(choice);
  await run(['export', '--demo', '--last', '1', '--endpoints', 'costs', '--output', '-', '--cache-dir', cache], {
    folder,
  });
  const {stdout} = await run(['cache', '--cache-dir', cache], {folder});
  expect(stdout).toContain('\nfiles  1\n');
  await run(['cache', 'clear', '--names', '--cache-dir', cache], {folder});
  expect(await keeperIn(cache).load()).toEqual(choice);
});
