import {
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {expect, test} from 'vitest';
import {sessionHere, temporaryFolder} from '../helpers/program.ts';
import {tinyDisk} from '../helpers/tiny-disk.ts';

const enter = '\r';
const argv = ['--demo', '--last', '1', '--endpoints', 'costs', '--no-compare'];
type Session = ReturnType<typeof sessionHere>;
type Options = Parameters<typeof sessionHere>[1];

/** A session that shows its rows. */
async function showRows(given: readonly string[], options: Options, words = 'Dates'): Promise<Session> {
  // So wide that a sentence is one line, however long the path of the temporary folder in it is.
  const session = sessionHere(given, {...options, columns: 500});
  await session.terminal.shows(words);
  session.type(enter);
  await session.terminal.shows('Space');
  session.type(enter);
  await session.terminal.shows('row 1 of');
  return session;
}

/** Asks for an export there; the first character typed takes the place of the proposal. */
async function exportTo(path: string, {terminal, type}: Session): Promise<void> {
  if (!terminal.screen.includes('Export to:')) type('e');
  await terminal.shows('Export to:');
  // Ctrl+E, Ctrl+U: what was refused before.
  type('\u0005', '\u0015', path, enter);
}

async function quit({terminal, type, ended}: Session): Promise<string> {
  type('q');
  expect(await ended).toBe(0);
  return terminal.output;
}

/** What stands on the screen as one line. */
const textOf = ({terminal}: Session) => terminal.lines.map(line => line.trim()).join(' ');

test('an export that cannot be written says why in a sentence, and another path is asked for', async ({skip}) => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'below'));
  symlinkSync('nowhere', join(folder, 'theirs'));
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) lchownSync(join(folder, 'theirs'), 65_534, 65_534);
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  tinyDisk(skip, 'size=8k', disk);
  const session = await showRows(argv, {folder});
  const before = readdirSync(folder);
  for (const [name, words] of [
    ['below', 'it is a folder. Add the name of a file.'],
    ['missing/x.csv', 'does not exist. Create it or choose another path.'],
    ['disk/x.csv', 'the disk is full. Make room or choose another path.'],
    ...(isRoot ? [['theirs', 'belongs to somebody else, who could lead you anywhere.']] : []),
  ] as const) {
    await exportTo(join(folder, name ?? ''), session);
    await expect.poll(() => textOf(session)).toContain(words);
  }
  await exportTo('~ann/x.csv', session);
  await expect.poll(() => textOf(session)).toContain('no shell reads ~ or $ here. Give the whole path.');
  expect(readdirSync(folder)).toEqual(before);
  expect(readdirSync(disk)).toEqual([]);
  await exportTo('~/$(x) ;*\u202E.csv', session);
  await session.terminal.shows('Wrote');
  expect(readdirSync(folder)).toContain('$(x) ;*\u202E.csv');
  const output = await quit(session);
  expect(output).toMatch(/Wrote \d+ rows to .*\$\(x\) ;\*⋅\.csv/);
  expect(output).not.toContain('\u202E');
});

test.each<[string, string | undefined, string]>([
  ['is missing', '/gone/ann', 'Your home folder /gone/ann does not exist, so nothing is kept'],
  ['is unknown', undefined, 'There is no home folder, so nothing is kept after this run.'],
])('where the home folder %s, the session says so at once and goes on', async (_, home, words) => {
  const session = await showRows(argv, {folder: temporaryFolder(), home}, words);
  session.type('r');
  await session.terminal.shows('Fetched again');
  expect(textOf(session)).not.toContain(words);
  await quit(session);
});

test('a home folder that vanishes under a session is said once, and never made anew', async () => {
  const home = join(temporaryFolder(), 'ann');
  mkdirSync(home);
  const session = await showRows(argv, {folder: home});
  await expect.poll(() => existsSync(join(home, '.cache/openai-usage/demo/names'))).toBe(true);
  rmSync(home, {recursive: true});
  session.type('r');
  await expect
    .poll(() => textOf(session))
    .toMatch(/can't be written: your home folder is gone\. Going on from memory\. Create it, or use --cache-dir\./);
  await quit(session);
  expect(existsSync(home)).toBe(false);
});

test('a format that is not written here is refused by its ending, and another path is asked for', async () => {
  const folder = temporaryFolder();
  const session = await showRows(argv, {folder});
  await exportTo(join(folder, 'x.xlsx'), session);
  await expect
    .poll(() => textOf(session))
    .toContain('no .xlsx is written here. End the name in .csv, .json or .ndjson.');
  expect(existsSync(join(folder, 'x.xlsx'))).toBe(false);
  session.type('\u001b');
  await session.terminal.until(screen => !screen.includes('Export to'));
  await quit(session);
});

test('a cache folder that becomes a file meanwhile is said once, and the session goes on', async () => {
  const folder = temporaryFolder();
  const cache = join(folder, 'cache');
  const session = await showRows([...argv, '--cache-dir', cache], {folder});
  await expect.poll(() => existsSync(join(cache, 'demo', 'names'))).toBe(true);
  rmSync(cache, {recursive: true});
  writeFileSync(cache, 'in the way');
  session.type('r');
  await expect.poll(() => textOf(session)).toMatch(/can't be (read|written): a file or a dead link is in its way\./);
  await session.terminal.shows('Fetched again');
  await exportTo(join(folder, 'x.csv'), session);
  await session.terminal.shows('Wrote');
  await quit(session);
  expect(readFileSync(cache, 'utf8')).toBe('in the way');
});
