import {join} from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {isoOf, type Range, startOf} from '../../source/usage/days.ts';
import type {Timed, Workshop} from './workshop.ts';

export type Counts = {readonly usage: number; readonly lists: number};

/** The server of `server.ts` in a process of its own. */
export type Organization = {
  readonly url: string;
  /** Sets the delay of each answer and the gap between two, in milliseconds; returns the requests since the last call. */
  count(delay: number, gap?: number): Promise<Counts>;
  /** It keeps every page it made, and memory is measured next. */
  end(): void;
};

export const KEY = 'sk-admin-benchmark';

/** What the benchmark runs: the built program, and the folder with the bundled programs of this folder. */
export type Programs = {readonly cli: string; readonly bundled: string};

/** Starts the server, for a clock five days after the range: its figures are settled, and the same on every machine. */
export async function startOrganization(workshop: Workshop, programs: Programs, range: Range): Promise<Organization> {
  const folder = workshop.folder();
  const child = workshop.start(
    process.execPath,
    [join(programs.bundled, 'server.mjs'), String(startOf(range.last + 5))],
    {
      folder,
    },
  );
  if (child.stdout === null) throw new Error('The server has no output.');
  for await (const url of createInterface({input: child.stdout})) {
    return {
      url,
      async count(delay, gap = 0) {
        const response = await fetch(`${new URL(url).origin}/benchmark?delay=${delay}&gap=${gap}`);
        const counts: Counts = JSON.parse(await response.text());
        return counts;
      },
      end: () => void child.stdin?.end(),
    };
  }
  throw new Error('The server did not start.');
}

/** A whole run of the program: `export` of the range into `output`, its home and cache in `folder`. */
export function runExport(
  workshop: Workshop,
  programs: Programs,
  url: string,
  {range, folder, output}: {readonly range: Range; readonly folder: string; readonly output: string},
): Promise<Timed> {
  const days = ['--start', isoOf(range.first), '--end', isoOf(range.last)];
  const argv = [programs.cli, 'export', ...days, '--base-url', url, '--output', output, '--force'];
  return workshop.run(argv, {folder, environment: {OPENAI_ADMIN_KEY: KEY}});
}

/** A whole run of what the program is compared with (`chain.ts`), into `output` in `folder`. */
export function runChain(
  workshop: Workshop,
  programs: Programs,
  url: string,
  {range, folder, output}: {readonly range: Range; readonly folder: string; readonly output: string},
): Promise<Timed> {
  const argv = [join(programs.bundled, 'chain.mjs'), url, String(range.first), String(range.last), output];
  return workshop.run(argv, {folder});
}
