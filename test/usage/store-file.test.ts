import {execFileSync} from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {readCacheFile, writeCacheFile} from '../../source/usage/store-file.ts';
import {readOwnFile} from '../../source/usage/store-read.ts';
import {seal} from '../../source/usage/store-seal.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';
import {NOON} from './sample-days.ts';

/** What the file holds under `key`, or what it is instead of a file with entries. */
const entryOf = (folder: string, key: string): unknown => {
  const file = readCacheFile(folder, 'x');
  return typeof file === 'string' ? file : file.get(key);
};

const folderWith = (content: string | Buffer): string => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'x'), content);
  return folder;
};

describe('writing', () => {
  test('leaves exactly one file, for its owner alone', () => {
    const folder = temporaryFolder();
    const size = writeCacheFile(folder, 'x', [['a', 1]], NOON);
    expect(readdirSync(folder)).toEqual(['x']);
    expect(statSync(join(folder, 'x')).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'x')).size).toBe(size);
    expect(entryOf(folder, 'a')).toBe(1);
  });

  test('replaces the file: who is reading the old one reads it to its end', () => {
    const folder = temporaryFolder();
    writeCacheFile(folder, 'x', [['a', 'old']], NOON);
    const reader = openSync(join(folder, 'x'), 'r');
    writeCacheFile(folder, 'x', [['a', 'new']], NOON);
    expect(readFileSync(reader, 'utf8')).toContain('old');
    expect(entryOf(folder, 'a')).toBe('new');
  });

  test('writes plain JSON: a list of keys and values that never expire, and a checksum of them', () => {
    const folder = temporaryFolder();
    writeCacheFile(folder, 'x', [['a', {b: ['same', 'same']}]], NOON);
    const written: unknown = JSON.parse(readFileSync(join(folder, 'x'), 'utf8'));
    const checksum = {key: 'crc32', value: expect.stringMatching(/^[0-9a-f]{8}$/)};
    expect(written).toEqual([checksum, {key: 'a', value: {b: ['same', 'same']}}]);
  });

  test('says what flat-cache swallows, keeps the old file and leaves nothing behind', () => {
    const folder = temporaryFolder();
    writeCacheFile(folder, 'x', [['a', 'old']], NOON);
    expect(() => writeCacheFile(folder, 'x', [['a', 1n]], NOON)).toThrow(/BigInt/);
    expect(readdirSync(folder)).toEqual(['x']);
    expect(entryOf(folder, 'a')).toBe('old');
  });

  test('refuses a file that would be too large to be read again', () => {
    const folder = temporaryFolder();
    expect(() => writeCacheFile(folder, 'x', [['a', 'long'.repeat(50)]], NOON, 100)).toThrow(/bytes/);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('never makes the folder, which flat-cache would open to all', () => {
    const folder = join(temporaryFolder(), 'gone');
    expect(() => writeCacheFile(folder, 'x', [['a', 1]], NOON)).toThrow(/ENOENT/);
    expect(() => statSync(folder)).toThrow(/ENOENT/);
  });

  test("keeps the file for its owner alone even if another program's clearing took it away meanwhile", () => {
    const folder = temporaryFolder();
    const cleared = {toJSON: () => readdirSync(folder).map(name => rmSync(join(folder, name)))};
    writeCacheFile(folder, 'x', [['a', cleared]], NOON);
    expect(statSync(join(folder, 'x')).mode & 0o777).toBe(0o600);
  });

  test('is not written, which is no error, if it was taken away when only its name was missing', () => {
    const folder = temporaryFolder();
    const cleared = () => readdirSync(folder).every(name => rmSync(join(folder, name)) === undefined);
    expect(writeCacheFile(folder, 'x', [['a', 1]], NOON, undefined, cleared)).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('notes when the file was last used', () => {
    const folder = temporaryFolder();
    writeCacheFile(folder, 'x', [['a', 1]], NOON);
    expect(statSync(join(folder, 'x')).mtimeMs).toBe(NOON);
  });
});

describe('reading', () => {
  test('finds nothing where there is no file or no folder', () => {
    expect(readCacheFile(temporaryFolder(), 'x')).toBe('absent');
    expect(readCacheFile(join(temporaryFolder(), 'gone'), 'x')).toBe('absent');
  });

  test('hands out the values themselves, not clones', () => {
    const file = readCacheFile(folderWith(seal('[{"key":"a","value":{"rows":[1]}}]', 'x')), 'x');
    if (typeof file === 'string') expect.unreachable(file);
    expect(file.get('a')).toEqual({rows: [1]});
    expect(file.get('a')).toBe(file.get('a'));
  });

  test.each<[string, string | Buffer]>([
    ['empty', ''],
    ['cut short', '[{"key":"a","value":{"rows":[1,2'],
    ['of zeros', Buffer.alloc(4096)],
    ['no JSON', '<html>'],
    ['null', 'null'],
    ['with a byte-order mark', '\uFEFF[]'],
    ['without a checksum', '[{"key":"b","value":1}]'],
    ['with a checksum of another file', seal('[{"key":"b","value":1}]', 'y')],
    ['of another shape', seal('[{"a":{"b":1}}', 'x')],
    ['with items that are none', seal('[null,1,"a",[],{}]', 'x')],
    ['with two values by one name', seal('[{"key":"b","value":1},{"key":"b","value":2}]', 'x')],
    ['that is nested deeply', seal(`${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`, 'x')],
  ])('calls a file damaged that is %s', (_, content) => {
    expect(readCacheFile(folderWith(content), 'x')).toBe('damaged');
  });

  test('takes keys of odd kinds for what they are', () => {
    const content = '[{"key":"__proto__","value":{"a":1}},{"key":"constructor","value":1}]';
    const folder = folderWith(seal(content, 'x'));
    expect(entryOf(folder, '__proto__')).toEqual({a: 1});
    expect(entryOf(folder, 'toString')).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, 'a')).toBe(false);
  });

  test('does not even open what is too large', () => {
    const folder = folderWith(seal('[{"key":"a","value":1}]', 'x'));
    expect(readCacheFile(folder, 'x', {maxBytes: 10})).toBe('damaged');
  });

  test('takes a folder of that name for a damaged file', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'x'));
    expect(readCacheFile(folder, 'x')).toBe('damaged');
  });

  test('says when the file system refuses, which flat-cache takes for an empty cache', () => {
    const file = join(folderWith('in the way'), 'x');
    expect(() => readCacheFile(file, 'x')).toThrow(/ENOTDIR/);
  });

  test('says when the disk fails in the middle, which flat-cache tells only to listeners', ({skip}) => {
    // The one file on Linux that is there, is a file, and can't be read from its start, not even by root.
    if (!existsSync('/proc/self/mem')) skip('takes Linux');
    expect(() => readCacheFile('/proc/self', 'mem')).toThrow(/EIO/);
  });
});

describe('a file that is exchanged between the look at it and the opening', () => {
  /** Whose files count, and what happens when that is asked for the first time: after the look. */
  const meanwhile = (folder: string, exchange: () => void) => {
    let isExchanged = false;
    return {
      folder,
      get user() {
        if (!isExchanged) exchange();
        isExchanged = true;
        return undefined;
      },
    };
  };

  test.each<[string, (path: string) => void]>([
    ['a larger one', path => writeFileSync(path, 'larger than it may be')],
    ['a pipe', path => execFileSync('mkfifo', [path])],
  ])('for %s is refused', (_, make) => {
    const folder = folderWith('small');
    const path = join(folder, 'x');
    const exchange = () => {
      rmSync(path);
      make(path);
    };
    expect(readOwnFile(path, meanwhile(folder, exchange), 10)).toBe('refused');
  });

  test('for a link is an error, and nothing is read', () => {
    const folder = folderWith('small');
    const path = join(folder, 'x');
    const exchange = () => {
      renameSync(path, join(folder, 'y'));
      symlinkSync('y', path);
    };
    expect(() => readOwnFile(path, meanwhile(folder, exchange), 10)).toThrow('ELOOP');
  });
});
