import {execFileSync, spawnSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {build, transform} from 'esbuild';
import {describe, expect, test} from 'vitest';
import {withoutRestoreCursor} from '../.build/without-restore-cursor.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Inputs of everything that starting `entry` loads, whatever comes in later by a dynamic import left out. */
async function loadedBy(entry: string): Promise<string[]> {
  const {metafile} = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    external: ['react-devtools-core'],
    outdir: 'dist',
    plugins: [withoutRestoreCursor],
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const {outputs} = metafile;
  const inputs = new Set<string>();
  const visit = (path: string) => {
    const output = outputs[path];
    for (const input of Object.keys(output?.inputs ?? {})) inputs.add(input);
    for (const {path: next, kind, external} of output?.imports ?? []) {
      if (kind === 'import-statement' && !external) visit(next);
    }
  };
  for (const [path, {entryPoint}] of Object.entries(outputs)) if (entryPoint === entry) visit(path);
  return [...inputs];
}

const packagesIn = (inputs: readonly string[]) =>
  new Set(inputs.flatMap(path => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));

test('the export job loads neither Ink nor React', async () => {
  const packages = packagesIn(await loadedBy('source/cli/export-job.ts'));
  expect([...packages].filter(name => /^(ink|react|yoga)/.test(name))).toEqual([]);
  expect(packages).toContain('papaparse');
});

test('the session is not loaded before it is wanted', async () => {
  const inputs = [...(await loadedBy('source/cli.ts')), ...(await loadedBy('source/cli/main.ts'))];
  expect(inputs).toContain('source/options.ts');
  expect([...packagesIn(inputs)]).toEqual([]);
  expect(inputs.some(path => path.startsWith('source/ui/'))).toBe(false);
});

test('the first screen waits for nothing that only later ones need', async () => {
  const inputs = await loadedBy('source/cli/session-job.ts');
  const late = /^(?:zod|ky|p-queue|papaparse|flat-cache|lru-cache|ink-table)$/;
  expect([...packagesIn(inputs)].filter(name => late.test(name))).toEqual([]);
  expect(inputs.filter(path => /source\/(?:demo|export\/save|ui\/screens\/(?:fetch|results))/.test(path))).toEqual([]);
});

test('undici is loaded only where the environment names a proxy', async () => {
  for (const job of ['source/cli/main.ts', 'source/cli/session-work.ts', 'source/cli/export-job.ts'])
    expect(packagesIn(await loadedBy(job))).not.toContain('undici');
  expect(packagesIn(await loadedBy('source/cli/tunnel.ts'))).toContain('undici');
});

test('the licences of all packages in it come with the program', async () => {
  const licences = readFileSync(`${root}dist/LICENSES.txt`, 'utf8');
  const inputs = await loadedBy('source/cli/session-work.ts');
  inputs.push(...(await loadedBy('source/cli/session-job.ts')));
  inputs.push(...(await loadedBy('source/cli/tunnel.ts')));
  for (const name of packagesIn(inputs)) expect(licences).toMatch(new RegExp(`^(?:@tqman/)?${name} \\d`, 'm'));
  // It holds no text of its licence, and names its copyright in its code.
  expect(licences).toMatch(
    /^yoga-layout .*\n\nMIT License\n\nCopyright \(c\) Meta Platforms, Inc\. and affiliates\.\n/m,
  );
});

describe('a Node.js that is too old', () => {
  const manifest: {engines: {node: string}} = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const needed = manifest.engines.node.replace('>=', '');

  test.each(['8.17.0', '18.20.8', '20.9.0', '20.18.0'])('%s is told which one is needed, in a sentence', version => {
    const {status, stdout, stderr} = runAs(version);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      `openai-usage needs Node.js ${needed} or newer, and this is ${version}; a newer one is at https://nodejs.org.\n`,
    );
  });

  test.each([needed, '20.19.0', '22.0.0', '24.0.0', '25.0.0-nightly20261001abc', '100.1.0'])('%s is none', version => {
    expect(runAs(version)).toMatchObject({status: 0, stderr: ''});
  });

  test('can read the file that says so', async () => {
    const entry = readFileSync(`${root}dist/cli.js`, 'utf8');
    const loaded = [...entry.matchAll(/\b(?:from|import)\s*"(\.\/[^"]+)"/g)].map(match => `${root}dist/${match[1]}`);
    for (const text of [entry, ...loaded.map(path => readFileSync(path, 'utf8'))]) {
      const minify = {minifyWhitespace: true, supported: {'dynamic-import': true, 'import-meta': true}};
      const {code} = await transform(text, {...minify, target: 'esnext'});
      expect((await transform(text, {...minify, target: 'es2019'})).code).toBe(code);
    }
  });

  /** The program under a Node.js that says it is another. */
  function runAs(version: string) {
    const pretend = `Object.defineProperty(process, 'versions', {value: {...process.versions, node: '${version}'}});`;
    const argv = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, `${root}dist/cli.js`, '--version'];
    return spawnSync(process.execPath, argv, {encoding: 'utf8'});
  }
});

test('nothing looks for the tools of React, which Ink does where DEV is true', () => {
  const names = readdirSync(`${root}dist`);
  expect(names.length).toBeGreaterThan(10);
  const looking = /react-devtools-core|localhost:8097|env\.DEV\b|devtools\.js/;
  expect(names.filter(name => looking.test(readFileSync(`${root}dist/${name}`, 'utf8')))).toEqual([]);
});

test('the built program starts and names its version', () => {
  const {version} = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const said = execFileSync(process.execPath, [`${root}dist/cli.js`, '--version'], {encoding: 'utf8'});
  expect(said).toBe(`${version}\n`);
});
