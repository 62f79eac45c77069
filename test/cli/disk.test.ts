import {execFileSync} from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {describe, expect, onTestFinished, test} from 'vitest';
import {type Result, run, runHere, temporaryFolder} from '../helpers/program.ts';
import {tinyDisk} from '../helpers/tiny-disk.ts';

const october = ['--demo', '--start', '2026-10-01', '--end', '2026-10-03', '--endpoints', 'costs,images'];
const oneDay = ['--demo', '--start', '2026-10-01', '--end', '2026-10-01', '--endpoints', 'costs'];
const nobody = 65_534;
const isRoot = process.geteuid?.() === 0;

/** 40 blocks of 512 bytes (POSIX): less than a file of these rows takes. Node ignores the signal that comes with it. */
const withSmallFiles = (words: readonly string[]): readonly [string, ...string[]] => [
  '/bin/sh',
  '-c',
  'ulimit -f 40; exec "$@"',
  'sh',
  ...words,
];

/** All files below the folder, by their paths. */
const filesIn = (folder: string) =>
  readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter(entry => !entry.isDirectory())
    .map(entry => join(entry.parentPath, entry.name));

function expectSentences({stderr}: Result, ...sentences: RegExp[]): void {
  const lines = stderr.trimEnd().split('\n');
  expect(lines).toHaveLength(sentences.length);
  for (const [at, sentence] of sentences.entries()) expect(lines[at]).toMatch(sentence);
}

const cacheIsFull = /^The cache at .* can't be written: files may not be so large\. .*--cache-dir\.$/;
const outputIsFull = (place: string) =>
  new RegExp(`^openai-usage: Cannot write ${place}: it would be larger than this system allows\\. .*ulimit -f\\)\\.$`);

describe('where files may not grow', () => {
  test('an export says so, leaves nothing half written and the old file whole', async () => {
    const folder = temporaryFolder();
    const name = 'x.json';
    writeFileSync(join(folder, name), 'old');
    const argv = ['export', ...october, '--output', name, '--force', '--cache-dir', 'cache'];
    const result = await run(argv, {folder, through: withSmallFiles});
    expect(result.code).toBe(1);
    expectSentences(result, cacheIsFull, outputIsFull(name));
    expect(readFileSync(join(folder, name), 'utf8')).toBe('old');
    expect(readdirSync(folder).sort()).toEqual(['cache', name]);
    expect(filesIn(join(folder, 'cache')).filter(path => path.endsWith('.tmp'))).toEqual([]);
  });

  test('a standard output that is a file does not end in the middle with exit code 0', async () => {
    const folder = temporaryFolder();
    const output = openSync(join(folder, 'out.csv'), 'w');
    onTestFinished(() => closeSync(output));
    const argv = ['export', ...october, '--output', '-', '--cache-dir', 'cache'];
    const result = await run(argv, {folder, stdout: output, through: withSmallFiles});
    expect(statSync(join(folder, 'out.csv')).size).toBe(20_480);
    expect(result.code).toBe(1);
    expectSentences(result, cacheIsFull, outputIsFull('to standard output'));
  });
});

test('a standard output that is full is said in one sentence', async ({skip}) => {
  if (!existsSync('/dev/full')) skip('takes /dev/full');
  const full = openSync('/dev/full', 'w');
  onTestFinished(() => closeSync(full));
  const folder = temporaryFolder();
  for (const argv of [['export', ...oneDay, '--output', '-'], ['summary', ...oneDay], ['cache']]) {
    const result = await run(argv, {folder, stdout: full});
    expect(result.code).toBe(1);
    expectSentences(result, /^openai-usage: [cC]annot write to standard output: .*\.$/);
  }
});

describe('a tiny disk', () => {
  test.for<[string, string, RegExp]>([
    ['full', 'size=8k', /the disk is full\. Make room or choose another path\.$/],
    ['out of inodes', 'nr_inodes=3', /the disk is full\. Make room or choose another path\.$/],
    ['read-only', 'ro', /the disk is read-only \(EROFS\)\. Choose another path\.$/],
  ])(
    'that is %s takes neither output nor cache: a sentence each, and nothing half written',
    async ([, options, words], {skip}) => {
      const disk = tinyDisk(skip, options);
      if (options.startsWith('nr')) for (const name of ['a', 'b']) writeFileSync(join(disk, name), '');
      const before = readdirSync(disk);
      const folder = temporaryFolder();
      const refused = await runHere(['export', ...october, '--output', join(disk, 'x.csv')], {folder});
      expect(refused.code).toBe(options === 'ro' ? 2 : 1);
      expectSentences(refused, words);
      expect(readdirSync(disk)).toEqual(before);
      const output = join(folder, 'x.csv');
      const kept = await runHere(['export', ...october, '--output', output, '--cache-dir', join(disk, 'cache')], {
        folder,
      });
      expect(kept.code).toBe(0);
      expectSentences(kept, /^The cache at .* can't be written: the disk is .*--cache-dir\.$/, /^Wrote \d+ rows to /);
      expect(filesIn(disk).filter(path => path.endsWith('.tmp'))).toEqual([]);
    },
  );
});

describe('without a home folder', () => {
  const argv = ['export', ...oneDay, '--output', '-'];

  test('that is there, one sentence says that nothing is kept, and nothing is made in its place', async () => {
    const folder = temporaryFolder();
    const result = await run(argv, {folder, environment: {HOME: join(folder, 'unmounted', 'ann')}});
    expect(result.code).toBe(0);
    expectSentences(result, /^Your home folder .*unmounted\/ann does not exist, so nothing is kept after this run\. /);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([undefined, '', 'relative/path'])('at all (%j), too', async home => {
    const result = await runHere(argv, {folder: temporaryFolder(), home});
    expect(result.code).toBe(0);
    expectSentences(result, /^There is no home folder, so nothing is kept after this run\. .*--cache-dir\.$/);
  });

  test('a folder that is chosen serves', async () => {
    const folder = temporaryFolder();
    const environment = {OPENAI_USAGE_CACHE_DIR: join(folder, 'cache')};
    expect(await runHere(argv, {folder, home: join(folder, 'gone'), environment})).toMatchObject({code: 0, stderr: ''});
    expect(readdirSync(folder)).toEqual(['cache']);
  });
});

describe('a cache folder that cannot be one is said once, and costs nothing but the cache', () => {
  test.each<[string, (path: string) => void, string]>([
    ['a file', path => writeFileSync(path, ''), 'a file or a dead link is in its way'],
    ['a pipe', path => execFileSync('mkfifo', [path]), 'a file or a dead link is in its way'],
    ['a link that leads nowhere', path => symlinkSync('nowhere', path), 'a file or a dead link is in its way'],
    ['a link that leads to itself', path => symlinkSync('cache', path), 'a link on its way leads to itself'],
    ['below a device', path => symlinkSync('/dev/null', path), 'a file or a dead link is in its way'],
  ])('%s', async (_, make, words) => {
    const folder = temporaryFolder();
    make(join(folder, 'cache'));
    const argv = ['export', ...oneDay, '--output', '-', '--cache-dir', join(folder, 'cache')];
    const result = await runHere(argv, {folder});
    expect(result.code).toBe(0);
    expect(result.stdout).toContain('2026-10-01,costs,');
    expectSentences(result, new RegExp(`^The cache at .*: .*${words}.* --cache-dir\\.$`));
    lstatSync(join(folder, 'cache'));
  });

  test('a path too long', async () => {
    const result = await runHere(['export', ...oneDay, '--output', '-', '--cache-dir', 'x'.repeat(300)], {
      folder: temporaryFolder(),
    });
    expectSentences(result, /the path is too long\. .* Use --cache-dir for a shorter one\.$/);
  });

  test('one with escape sequences in its name is told harmlessly', async () => {
    const folder = temporaryFolder();
    const odd = join(folder, 'a\u001B[31m\nb');
    writeFileSync(odd, '');
    const exported = await runHere(['export', ...oneDay, '--output', '-', '--cache-dir', odd], {folder});
    expectSentences(exported, /a␛\[31m␊b/);
    const {stdout} = await runHere(['cache', '--cache-dir', odd], {folder});
    expect(stdout).toContain('a␛[31m␊b\n');
  });
});

test('where one may not write, a sentence says so, and nothing else is lost', async () => {
  const folder = temporaryFolder();
  const closed = join(folder, 'closed');
  mkdirSync(closed, {mode: 0o555});
  chmodSync(folder, 0o755);
  // From here on by a relative path: the folders above may be open to nobody but root.
  const before = process.cwd();
  process.chdir(folder);
  const toFile = ['export', ...oneDay, '--output', join('closed', 'x.csv')];
  const toStdout = ['export', ...oneDay, '--output', '-'];
  // Whatever is loaded for it is loaded while it may be read.
  await runHere(toStdout, {folder});
  // Root may write anywhere.
  if (isRoot) process.seteuid?.(nobody);
  try {
    const refused = await runHere(toFile, {folder});
    // access(2) answers for the real user, so that root hears of it only when the file is made.
    expect(refused.code).toBe(isRoot ? 1 : 2);
    expect(refused.stderr).toMatch(/^openai-usage: Cannot write .*x\.csv: you may not write there \(EACCES\)\. .*\n$/m);
    const kept = await runHere([...toStdout, '--cache-dir', join('closed', 'cache')], {folder});
    expect(kept.code).toBe(0);
    expectSentences(kept, /^The cache at .* can't be written: you have no right to\. .*--cache-dir\.$/);
  } finally {
    if (isRoot) process.seteuid?.(0);
    process.chdir(before);
  }
});

test('the name of a file that was written is told as one harmless line', async () => {
  const folder = temporaryFolder();
  const result = await run(['export', ...oneDay, '--output=a\n\u001B[31m\u202E.csv'], {folder});
  expectSentences(result, /^Wrote \d+ rows to a␊␛\[31m⋅\.csv$/);
  expect(readdirSync(folder)).toContain('a\n\u001B[31m\u202E.csv');
});

test('a cache whose files were all changed gives the same rows as none, and is whole again afterwards', async () => {
  const folder = temporaryFolder();
  const argv = ['export', ...october, '--output', '-', '--cache-dir', join(folder, 'cache')];
  const {stdout} = await runHere(argv, {folder});
  const files = filesIn(join(folder, 'cache'));
  expect(files.length).toBeGreaterThan(2);
  for (const path of files) {
    const changed = readFileSync(path, 'utf8').replace(/"(model|image_size|size|amount|name)"/, '"__proto__"');
    writeFileSync(path, changed);
  }
  expect(await runHere(argv, {folder})).toMatchObject({code: 0, stdout, stderr: ''});
  expect(await runHere([...argv, '--offline'], {folder})).toMatchObject({code: 0, stdout, stderr: ''});
});
