import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {build} from 'esbuild';
import {temporaryFolder} from '../helpers/temporary-folder.ts';

/** What `store-child.ts` prints. */
export type ChildReport = {
  troubles: string[];
  damaged: number;
  days: number[];
  names: unknown;
  wrote: number[];
  named: string[];
};

/** Bundles `store-child.ts`, or another, into a program for plain Node; returns its path. It is gone after the test. */
export async function bundledChild(source = 'store-child.ts'): Promise<string> {
  const outfile = join(temporaryFolder(), 'child.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, source)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: {js: "import {createRequire} from 'node:module';const require=createRequire(import.meta.url);"},
  });
  return outfile;
}

/** Runs a program that prints a report; rejects where it fails. */
export async function runChild(program: string, arguments_: readonly string[]): Promise<ChildReport> {
  const {stdout} = await promisify(execFile)(program, arguments_, {maxBuffer: 2 ** 27});
  return JSON.parse(stdout);
}
