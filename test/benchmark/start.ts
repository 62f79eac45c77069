import {symlinkSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {build} from 'esbuild';
import type {Line} from './table.ts';
import {Terminal, whyNoTerminal} from './terminal.ts';
import type {Workshop} from './workshop.ts';
import type {Programs} from './year.ts';

const runs = 10;

/**
 * How long the program takes to say something: its version, its help, its first screen. Beside it the same program as
 * it would be without a bundle: its own files in one, its packages read from `node_modules` as they come.
 */
export async function measureStart(workshop: Workshop, {cli}: Programs, project: string): Promise<readonly Line[]> {
  const folder = workshop.folder();
  const unbundled = await buildUnbundled(workshop, project);
  const time = async (argv: readonly string[]): Promise<number> => (await workshop.run(argv, {folder})).seconds * 1000;
  const beside = async (what: string, argv: readonly string[]): Promise<Line> => {
    const times = await inTurn(
      () => time([cli, ...argv]),
      () => time([unbundled, ...argv]),
    );
    return {what, unit: 'ms', runs: times[0], baseline: {what: 'unbundled', runs: times[1]}};
  };
  const node = () => time(['--eval', '0']);
  return [
    {what: 'node itself, with nothing to do', unit: 'ms', runs: (await inTurn(node, node))[0]},
    await beside('openai-usage --version', ['--version']),
    await beside('openai-usage export --version', ['export', '--version']),
    await beside('openai-usage export --help', ['export', '--help']),
    await measurePaint(workshop, cli, unbundled),
  ];
}

async function measurePaint(workshop: Workshop, cli: string, unbundled: string): Promise<Line> {
  const is20 = process.version.startsWith('v20.');
  const line = {
    what: 'first screen of the session (Dates), 80x24',
    unit: 'ms',
    reach: {bound: 'at most', value: is20 ? 300 : 250},
  } as const;
  const lack = whyNoTerminal();
  if (lack !== undefined) return {...line, runs: [], note: lack};
  const times = await inTurn(
    () => timeOfPaint(workshop, cli),
    () => timeOfPaint(workshop, unbundled),
  );
  return {...line, runs: times[0], baseline: {what: 'unbundled', runs: times[1]}};
}

/** Milliseconds from the moment the shell gives way to the program. */
async function timeOfPaint(workshop: Workshop, cli: string): Promise<number> {
  const folder = workshop.folder();
  const argv = [process.execPath, cli, '--demo'];
  const terminal = await Terminal.start(workshop, argv, {folder, columns: 80, rows: 24});
  const arrivals = await terminal.until('Last 7 days');
  await terminal.end();
  return (arrivals.at(-1)?.at ?? Number.NaN) - terminal.started;
}

/** Both, once to warm the disk's cache, then one after the other, so that whatever else the machine does meets both. */
async function inTurn(one: () => Promise<number>, other: () => Promise<number>): Promise<[number[], number[]]> {
  const times: [number[], number[]] = [[], []];
  for (let run = 0; run <= runs; run++) {
    const [first, second] = [await one(), await other()];
    if (run === 0) continue;
    times[0].push(first);
    times[1].push(second);
  }
  return times;
}

async function buildUnbundled(workshop: Workshop, project: string): Promise<string> {
  const folder = workshop.folder();
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'));
  await build({
    entryPoints: [join(project, 'source/cli.ts')],
    outdir: folder,
    outExtension: {'.js': '.mjs'},
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  return join(folder, 'cli.mjs');
}
