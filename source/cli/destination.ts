import {join, parse} from 'node:path';
import type {Chunk} from '../export/chunks.ts';
import {checkOutput, type OutputOptions, saveTo} from '../export/save.ts';
import {SaveError} from '../export/save-error.ts';
import {streamTo} from '../export/stream.ts';
import {UsageMistake} from '../options.ts';
import type {System} from './system.ts';

/** Where data goes: `-` is stdout; a name that nobody chose tells by itself that something is missing. */
export type Destination = {
  readonly output: string | undefined;
  readonly force: boolean;
  /** `System.user` */
  readonly user: number | undefined;
  readonly ownName: (isPartial: boolean) => string;
};

/** An output that cannot be written is the caller's mistake, and is said before anything is fetched. */
export async function refuseOutput({output, ownName, ...options}: Destination): Promise<void> {
  if (output === '-') return;
  try {
    await checkOutput(output ?? ownName(false), options);
  } catch (error) {
    throw error instanceof SaveError ? new UsageMistake(error.message) : error;
  }
}

/** Writes it all; returns the path of the file, undefined for stdout. Throws a SaveError or the signal's reason. */
export async function writeOutput(
  chunks: Iterable<Chunk>,
  isPartial: boolean,
  {output, ownName, ...options}: Destination,
  {stdout, signal}: {readonly stdout: System['stdout']; readonly signal: AbortSignal},
): Promise<string | undefined> {
  if (output === '-') {
    await streamTo(stdout, chunks, {signal});
    return undefined;
  }
  const path = output ?? (isPartial ? await freeName(ownName(true), options) : ownName(false));
  const saved = await saveTo(path, chunks, {...options, signal});
  return saved.path;
}

/** `…_partial.csv`, or `…_partial_2.csv` where that is there: what the program names itself must not be in its own way. */
async function freeName(path: string, options: OutputOptions): Promise<string> {
  const {dir, name, ext} = parse(path);
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? path : join(dir, `${name}_${number}${ext}`);
    try {
      await checkOutput(candidate, options);
      return candidate;
    } catch (error) {
      if (!(error instanceof SaveError) || error.reason !== 'exists') throw error;
    }
  }
}
