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

test('the built program starts and names its version', () => {
  const {version} = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
  const said = execFileSync(process.execPath, [`${root}dist/cli.js`, '--version'], {encoding: 'utf8'});
  expect(said).toBe(`${version}\n`);
});
