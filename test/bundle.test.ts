import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {build} from 'esbuild';
import {expect, test} from 'vitest';

const root = new URL('..', import.meta.url).pathname;

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
  const inputs = await loadedBy('source/cli.ts');
  expect([...packagesIn(inputs)]).toEqual([]);
  expect(inputs.some(path => path.startsWith('source/ui/'))).toBe(false);
});

test('the first screen waits for nothing that only later ones need', async () => {
  const inputs = await loadedBy('source/cli/session-job.ts');
  const late = /^(?:zod|ky|p-queue|papaparse|flat-cache|lru-cache|ink-table)$/;
  expect([...packagesIn(inputs)].filter(name => late.test(name))).toEqual([]);
  expect(inputs.filter(path => /source\/(?:demo|export\/save|ui\/screens\/(?:fetch|results))/.test(path))).toEqual([]);
});

test('the licences of all packages in it come with the program', async () => {
  const licences = readFileSync(`${root}dist/LICENSES.txt`, 'utf8');
  const inputs = await loadedBy('source/cli/session-work.ts');
  inputs.push(...(await loadedBy('source/cli/session-job.ts')));
  for (const name of packagesIn(inputs)) expect(licences).toMatch(new RegExp(`^(?:@tqman/)?${name} \\d`, 'm'));
  // It holds no text of its licence, and names its copyright in its code.
  expect(licences).toMatch(
    /^yoga-layout .*\n\nMIT License\n\nCopyright \(c\) Meta Platforms, Inc\. and affiliates\.\n/m,
  );
});

test('the built program starts and names its version', () => {
  const {version} = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const said = execFileSync(process.execPath, [`${root}dist/cli.js`, '--version'], {encoding: 'utf8'});
  expect(said).toBe(`${version}\n`);
});
