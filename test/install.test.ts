import {execFile} from 'node:child_process';
import {cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {beforeAll, describe, expect, test} from 'vitest';
import {sharedFolder} from './helpers/program.ts';
import {hasPty, Pty} from './terminal/pty.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const {version}: {version: string} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

type Packed = {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: ReadonlyArray<{readonly path: string; readonly mode: number}>;
};

/** With a space and letters beyond ASCII, as homes have them. */
const home = join(sharedFolder(), 'Zoë’s Käse');
const tree = join(home, 'checkout');
const prefix = join(home, 'empty prefix');
const installed = join(prefix, 'lib/node_modules/openai-usage-tui');
const command = join(prefix, 'bin/openai-usage');

/** No registry answers on port 1, and the cache is empty: what is not in the tarball cannot be had. */
const environment = {
  PATH: process.env['PATH'],
  HOME: home,
  npm_config_registry: 'http://127.0.0.1:1/',
  npm_config_cache: join(home, 'npm'),
};

const run = (program: string, argv: readonly string[], cwd = home) =>
  promisify(execFile)(program, [...argv], {cwd, env: environment, maxBuffer: 2 ** 26});

let packed: Packed;
let complaints: string;

beforeAll(async () => {
  for (const name of ['source', '.build', 'package.json', 'tsconfig.json', 'README.md', 'LICENSE']) {
    cpSync(join(root, name), join(tree, name), {recursive: true});
  }
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  mkdirSync(join(tree, 'dist'));
  for (const stale of ['chunk-ABCDEFGH.js', 'benchmark.js', 'cli.js.map']) writeFileSync(join(tree, 'dist', stale), '');
  const {stdout} = await run('npm', ['pack', '--json'], tree);
  // What the build says comes before.
  [packed] = JSON.parse(stdout.slice(stdout.search(/^\[/m)));
  const argv = ['install', '--global', '--prefix', prefix, join(tree, packed.filename)];
  complaints = (await run('npm', argv)).stderr;
}, 60_000);

describe('the package', () => {
  test('holds the program, its licences and what is to be read, and nothing else', () => {
    const names = packed.files.map(({path}) => path);
    const rest = names.filter(name => !/^dist\/[a-z-]+-[A-Z0-9]{8}\.js$/.test(name));
    expect(rest.sort()).toEqual(['LICENSE', 'README.md', 'dist/LICENSES.txt', 'dist/cli.js', 'package.json']);
    expect(names.length).toBeLessThan(60);
  });

  test('holds no piece of an earlier build, nor any that is never loaded', () => {
    const loaded = new Set<string>();
    const visit = (name: string): void => {
      if (loaded.has(name)) return;
      loaded.add(name);
      const text = readFileSync(join(installed, 'dist', name), 'utf8');
      for (const [, next = ''] of text.matchAll(/\b(?:from|import)\s*\(?\s*"\.\/([^"]+)"/g)) visit(next);
    };
    visit('cli.js');
    expect([...loaded].sort()).toEqual(
      readdirSync(join(installed, 'dist'))
        .filter(name => name !== 'LICENSES.txt')
        .sort(),
    );
  });

  test('takes 650 kB, and 2.5 MB unpacked, at most', () => {
    expect(packed.size).toBeLessThan(650_000);
    expect(packed.unpackedSize).toBeLessThan(2_500_000);
  });

  test('has its one program ready to be run', () => {
    expect(packed.files.filter(({mode}) => (mode & 0o111) !== 0)).toMatchObject([{path: 'dist/cli.js', mode: 0o755}]);
    expect(readFileSync(join(installed, 'dist/cli.js'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  test('names no path of the machine that made it', () => {
    for (const name of readdirSync(join(installed, 'dist'))) {
      const text = readFileSync(join(installed, 'dist', name), 'utf8');
      expect(
        [root, tree, home].filter(path => text.includes(path)),
        name,
      ).toEqual([]);
      expect(text.match(/"(?:\.\.\/)+[^"]*node_modules\/[^"]*"/g) ?? [], name).toEqual([]);
    }
  });
});

describe('installing it globally from the tarball, without a network', () => {
  test('puts the package and its command there, and no other', () => {
    expect(readdirSync(join(prefix, 'lib/node_modules')).filter(name => !name.startsWith('.'))).toEqual([
      'openai-usage-tui',
    ]);
    expect(readdirSync(installed).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json']);
    expect(readdirSync(join(prefix, 'bin'))).toEqual(['openai-usage']);
    expect(lstatSync(command).isSymbolicLink()).toBe(true);
  });

  test('brings no warning: not of this Node.js, and not of scripts, which npm 11 asks about', () => {
    expect(complaints).not.toMatch(/openai-usage|EBADENGINE|deprecated|scripts/);
    const {scripts}: {scripts: Record<string, string>} = JSON.parse(
      readFileSync(join(installed, 'package.json'), 'utf8'),
    );
    // These build the checkout and the package; npm takes `prepare` for one that an installed package has to run.
    expect(scripts).toMatchObject({postprepare: 'npm run build', prepack: 'npm run build'});
    expect(['preinstall', 'install', 'postinstall', 'prepare'].filter(name => name in scripts)).toEqual([]);
  });
});

describe('the installed program', () => {
  /** Everything in the prefix: how large it is, and when it was written. */
  const inventory = () =>
    readdirSync(prefix, {recursive: true, encoding: 'utf8'})
      .sort()
      .map(name => {
        const {size, mtimeMs} = lstatSync(join(prefix, name));
        return `${name} ${size} ${mtimeMs}`;
      });

  test('says its version', async () => {
    expect(await run(command, ['--version'])).toMatchObject({stdout: `${version}\n`, stderr: ''});
  });

  test('exports the demo organization, and writes nothing where it is installed', async () => {
    const before = inventory();
    const {stdout} = await run(command, ['export', '--demo', '--last', '2', '--output', '-']);
    expect(stdout).toMatch(/^date,endpoint_type,.*\n\d{4}-\d{2}-\d{2},completions,/);
    expect(inventory()).toEqual(before);
  });

  test.skipIf(!hasPty)('has its session in a terminal', async () => {
    const terminal = new Pty(['--demo'], {
      folder: home,
      columns: 100,
      rows: 30,
      through: ([, , ...argv]) => [command, ...argv],
    });
    await terminal.see(/Last 7 days/);
    terminal.type('\r');
    await terminal.see(/completions/);
    terminal.type('\r');
    await terminal.see(/row 1 of [\d,]+/);
    terminal.type('q');
    expect(await terminal.exit).toBe(0);
    terminal.expectRestored();
  });
});
