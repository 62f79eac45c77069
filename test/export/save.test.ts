import {rmSync, symlinkSync} from 'node:fs';
import nodeFiles, {
  lchown,
  link,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import {join} from 'node:path';
import {beforeEach, describe, expect, test} from 'vitest';
import {checkOutput, expandHome, type Files, saveTo} from '../../source/export/save.ts';
import {SaveError, type SaveReason} from '../../source/export/save-error.ts';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

const user = process.geteuid?.();

let folder = '';
let path = '';

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, 'x.csv');
});

/** The refusal's reason and message; fails where nothing is refused. */
async function refusal(promise: Promise<unknown>): Promise<{reason: SaveReason; message: string}> {
  const error = await promise.then(
    () => new Error('nothing was refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof SaveError) return {reason: error.reason, message: error.message};
  throw error;
}

const errno = (code: string) => Object.assign(new Error(`${code}: refused`), {code, syscall: 'link'});
const withoutLinks: Files = {...nodeFiles, link: () => Promise.reject(errno('ENOTSUP'))};
const onFullDisk: Files = {...nodeFiles, open: () => nodeFiles.open('/dev/full', 'w')};

describe('saving', () => {
  test('writes all chunks and tells path and size in bytes', async () => {
    expect(await saveTo(path, ['name\n', Buffer.from('Zoë\n')])).toEqual({path, bytes: 10});
    expect(await readFile(path, 'utf8')).toBe('name\nZoë\n');
  });

  test('makes a file that only its owner can read, and leaves nothing beside it', async () => {
    await saveTo(path, ['a']);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['x.csv']);
  });

  test('shows the file under its name only when it is whole', async () => {
    let seenHalfway: string[] = [];
    await saveTo(path, ['a', 'b', 'c'], {
      files: {
        ...nodeFiles,
        async link(...names) {
          seenHalfway = await readdir(folder);
          expect(await readFile(String(names[0]), 'utf8')).toBe('abc');
          await nodeFiles.link(...names);
        },
      },
    });
    expect(seenHalfway).not.toContain('x.csv');
  });

  test('leaves an existing file alone and says how to replace it', async () => {
    await writeFile(path, 'old');
    const {reason, message} = await refusal(saveTo(path, ['new']));
    expect(reason).toBe('exists');
    expect(message).toBe(`Cannot write ${path}: it exists already. Choose another path or overwrite it with --force.`);
    expect(await readFile(path, 'utf8')).toBe('old');
  });

  test('replaces an existing file when told to', async () => {
    await writeFile(path, 'old', {mode: 0o644});
    await saveTo(path, ['new'], {force: true});
    expect(await readFile(path, 'utf8')).toBe('new');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test.each([
    ['with hard links', nodeFiles],
    ['without hard links', withoutLinks],
  ])('never replaces a file that came while it was writing, %s', async (_, files) => {
    function* chunks() {
      yield 'ours';
      raced = writeFile(path, 'theirs');
    }
    let raced: Promise<void> | undefined;
    const open: Files['open'] = async (...names) => {
      await raced;
      return nodeFiles.open(...names);
    };
    const link: Files['link'] = async (...names) => {
      await raced;
      return files.link(...names);
    };
    expect((await refusal(saveTo(path, chunks(), {files: {...files, open, link}}))).reason).toBe('exists');
    expect(await readFile(path, 'utf8')).toBe('theirs');
    expect(await readdir(folder)).toEqual(['x.csv']);
  });

  test('works where the file system has no hard links', async () => {
    await saveTo(path, ['a'], {files: withoutLinks});
    expect(await readFile(path, 'utf8')).toBe('a');
    expect(await readdir(folder)).toEqual(['x.csv']);
  });

  test('lets go of the name it claimed when the file cannot have it', async () => {
    const files: Files = {...withoutLinks, rename: () => Promise.reject(errno('EIO'))};
    expect((await refusal(saveTo(path, ['a'], {files}))).reason).toBe('other');
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    ['to a file', ['target', 'old']],
    ['to where no file is yet', ['target', undefined]],
    ['through another link, in another folder', ['below/target', 'old']],
  ] as const)("follows a link of one's own %s: what it leads to is replaced, whole", async (_, [name, old]) => {
    const target = join(folder, name);
    await mkdir(join(folder, 'below'));
    await symlink('../next', join(folder, 'below', 'link'));
    await symlink(name, join(folder, 'next'));
    await symlink('below/link', path);
    if (old !== undefined) await writeFile(target, old);
    expect((await refusal(saveTo(path, ['new'], {user}))).reason).toBe('exists');
    const inode = old !== undefined && (await stat(target)).ino;
    expect(await saveTo(path, ['new'], {force: true, user})).toEqual({path, bytes: 3});
    expect((await lstat(path)).isSymbolicLink()).toBe(true);
    expect(await readFile(target, 'utf8')).toBe('new');
    expect((await stat(target)).ino).not.toBe(inode);
    expect((await readdir(folder, {recursive: true})).filter(each => each.includes('tmp'))).toEqual([]);
  });

  test("refuses somebody else's link, and writes nowhere", async () => {
    await writeFile(join(folder, 'target'), 'old');
    await symlink('target', path);
    for (const force of [false, true]) {
      // Seen from the other side: a link cannot be given away without being root.
      const {message} = await refusal(saveTo(path, ['new'], {force, user: (user ?? 0) + 1}));
      expect(message).toBe(
        `Cannot write ${path}: it is a link that belongs to somebody else, who could lead you anywhere. Choose another path.`,
      );
    }
    expect(await readFile(join(folder, 'target'), 'utf8')).toBe('old');
    expect((await readdir(folder)).sort()).toEqual(['target', 'x.csv']);
  });

  test("refuses somebody else's link to which one's own leads, even where there is no file yet", async ({skip}) => {
    if (user !== 0) skip('giving a link away takes root');
    await symlink('nowhere', join(folder, 'theirs'));
    await lchown(join(folder, 'theirs'), 65_534, 65_534);
    await symlink('theirs', path);
    const {message} = await refusal(saveTo(path, ['new'], {force: true, user}));
    expect(message).toContain(`it leads to ${join(folder, 'theirs')}, a link that belongs to somebody else`);
    expect((await readdir(folder)).sort()).toEqual(['theirs', 'x.csv']);
  });

  test('never writes through a link that takes the place of the file meanwhile', async () => {
    const target = join(folder, 'target');
    await writeFile(target, 'not ours');
    await writeFile(path, 'old');
    function* chunks() {
      rmSync(path);
      symlinkSync(target, path);
      yield 'new';
    }
    await saveTo(path, chunks(), {force: true, user});
    expect(await readFile(target, 'utf8')).toBe('not ours');
    expect((await lstat(path)).isSymbolicLink()).toBe(false);
  });

  test('leaves the other names of a file that has several as they are', async () => {
    await writeFile(path, 'old');
    await link(path, join(folder, 'other'));
    await saveTo(path, ['new'], {force: true, user});
    expect(await readFile(join(folder, 'other'), 'utf8')).toBe('old');
  });

  test('takes a link that leads nowhere for an existing file', async () => {
    await symlink(join(folder, 'nowhere'), path);
    expect((await refusal(saveTo(path, ['a']))).reason).toBe('exists');
    expect(await readlink(path)).toBe(join(folder, 'nowhere'));
  });

  test('says that the disk is full', async () => {
    const {reason, message} = await refusal(saveTo(path, ['a'.repeat(100_000)], {files: onFullDisk}));
    expect(reason).toBe('full');
    expect(message).toBe(`Cannot write ${path}: the disk is full. Make room or choose another path.`);
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    ['EDQUOT', 'your disk quota is used up. Make room or choose another path.'],
    ['EFBIG', 'it would be larger than this system allows. Write less, or raise the limit (ulimit -f).'],
    ['EROFS', 'the disk is read-only (EROFS). Choose another path.'],
    ['EIO', 'EIO: refused. Choose another path.'],
    ['ENOENT', 'its folder is no longer there, or takes no such file. Choose another path.'],
  ])(
    'says what %s means, wherever it happens; the old file stays whole and nothing is left beside it',
    async (code, words) => {
      await writeFile(path, 'old');
      const failing = () => Promise.reject(errno(code));
      const open =
        (step: 'writeFile' | 'sync' | 'close'): Files['open'] =>
        async (...names) => {
          const file = await nodeFiles.open(...names);
          const close = file.close.bind(file);
          file[step] = step === 'close' ? () => close().then(failing) : failing;
          return file;
        };
      for (const files of [
        {open: failing},
        {rename: failing},
        {open: open('writeFile')},
        {open: open('sync')},
        {open: open('close')},
      ]) {
        const {message} = await refusal(saveTo(path, ['new'], {force: true, files: {...nodeFiles, ...files}}));
        expect(message).toBe(`Cannot write ${path}: ${words}`);
        expect(await readFile(path, 'utf8')).toBe('old');
        expect(await readdir(folder)).toEqual(['x.csv']);
      }
    },
  );

  test('says so when its folder vanishes meanwhile', async () => {
    const gone = join(folder, 'gone');
    await mkdir(gone);
    function* chunks() {
      yield 'a';
      rmSync(gone, {recursive: true});
      yield 'b';
    }
    const {reason, message} = await refusal(saveTo(join(gone, 'x.csv'), chunks()));
    expect(reason).toBe('no-folder');
    expect(message).toContain('its folder is no longer there');
  });

  test('says its name as one harmless line, and no more of it than a line has room for', async () => {
    const name = `a\n\u001B[31m\u202E${'x'.repeat(4000)}`;
    // Relative: what stands before the name would leave less room for it.
    const {message} = await refusal(checkOutput(join(name, 'x.csv')));
    expect(message).toContain('a␊␛[31m⋅xxx');
    expect(message).not.toMatch(/[\p{Cc}\u202E]/u);
    expect(message.length).toBeLessThan(600);
  });

  test.each(['~', '~ann', '$HOME'])('says that no shell reads a folder named %s', async name => {
    const {message} = await refusal(checkOutput(`${name}/x.csv`));
    expect(message).toBe(
      `Cannot write ${name}/x.csv: the folder ${name} does not exist: no shell reads ~ or $ here. Give the whole path.`,
    );
  });

  test.each(['-x.csv', '*.csv', 'a;b', '$(x)', '`x`', '%s', '~', ' x.csv ', 'a\nb.csv', '\u001B[31m', '#', '&', '"'])(
    'takes a name for what it is: %j',
    async name => {
      await saveTo(`${folder}/${name}`, ['a']);
      expect(await readdir(folder)).toEqual([name]);
    },
  );

  test('stops at the signal, asks for no more chunks and leaves nothing behind', async () => {
    const controller = new AbortController();
    let asked = 0;
    function* chunks() {
      while (asked < 9) {
        if (++asked === 2) controller.abort(new Error('enough'));
        yield 'a';
      }
    }
    await expect(saveTo(path, chunks(), {signal: controller.signal})).rejects.toThrow('enough');
    expect(asked).toBe(2);
    expect(await readdir(folder)).toEqual([]);
  });

  test('makes no file when the signal comes after the last chunk', async () => {
    const controller = new AbortController();
    function* chunks() {
      yield 'a';
      controller.abort(new Error('enough'));
    }
    await expect(saveTo(path, chunks(), {signal: controller.signal})).rejects.toThrow('enough');
    expect(await readdir(folder)).toEqual([]);
  });

  test('passes a bug in the chunks on as it is and leaves nothing behind', async () => {
    function* chunks() {
      yield 'a';
      throw new TypeError('a bug');
    }
    await expect(saveTo(path, chunks())).rejects.toThrow(new TypeError('a bug'));
    expect(await readdir(folder)).toEqual([]);
  });

  test('lets other things happen between two chunks', async () => {
    const order: string[] = [];
    function* chunks() {
      setImmediate(() => order.push('key'));
      yield 'a';
      order.push('second chunk');
      yield 'b';
    }
    await saveTo(path, chunks());
    expect(order).toEqual(['key', 'second chunk']);
  });
});

describe('an output is refused before anything is fetched', () => {
  test('where the folder does not exist', async () => {
    const missing = join(folder, 'a', 'b');
    const {reason, message} = await refusal(checkOutput(join(missing, 'x.csv')));
    expect(reason).toBe('no-folder');
    expect(message).toBe(
      `Cannot write ${join(missing, 'x.csv')}: the folder ${missing} does not exist. Create it or choose another path.`,
    );
  });

  test('where a file stands in the place of the folder', async () => {
    await writeFile(path, '');
    expect((await refusal(checkOutput(join(path, 'y.csv')))).reason).toBe('no-folder');
  });

  test('where it is a folder, with force too', async () => {
    await mkdir(path);
    expect((await refusal(checkOutput(path, {force: true}))).reason).toBe('is-folder');
  });

  test.each(['', 'new/', '/', 'a\0b'])('where %j names no file', async name => {
    expect((await refusal(checkOutput(name))).reason).toBe('is-folder');
  });

  test.each(['/dev/null', '/dev/stdout'])('where it is %s, which a rename would replace', async device => {
    expect((await refusal(checkOutput(device, {force: true}))).message).toContain('--output -');
  });

  test('where the folder may not be written to', async () => {
    // Root may write anywhere, so that the system has to be asked by proxy.
    const files: Files = {...nodeFiles, access: () => Promise.reject(errno('EACCES'))};
    const {reason, message} = await refusal(checkOutput(path, {files}));
    expect(reason).toBe('not-writable');
    expect(message).toContain('you may not write there (EACCES)');
  });

  test('where the name is too long for the file system', async () => {
    expect((await refusal(checkOutput(join(folder, 'x'.repeat(300))))).message).toContain('the name is too long');
  });

  test('but not where all is well', async () => {
    await writeFile(path, 'old');
    expect(await checkOutput(path, {force: true})).toBe(path);
    expect(await checkOutput(join(folder, 'new.csv'))).toBe(join(folder, 'new.csv'));
    expect(await readdir(folder)).toEqual(['x.csv']);
  });
});

test.each([
  ['~/x.csv', '/home/ann/x.csv'],
  ['~', '/home/ann'],
  ['~bob/x.csv', '~bob/x.csv'],
  ['a/~/x.csv', 'a/~/x.csv'],
])('the home folder stands for a leading tilde: %s', (typed, expanded) => {
  expect(expandHome(typed, '/home/ann')).toBe(expanded);
});
