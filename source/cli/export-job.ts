import {join, parse} from 'node:path';
import {chunksFor} from '../export/formats.ts';
import {checkOutput, saveTo} from '../export/save.ts';
import {SaveError} from '../export/save-error.ts';
import {streamTo} from '../export/stream.ts';
import {cacheFolder, defaultOutput, type ExportOptions, UsageMistake} from '../options.ts';
import {daysIn} from '../usage/days.ts';
import type {Gap, Outcome} from '../usage/outcome.ts';
import {Store} from '../usage/store.ts';
import {connect} from './connect.ts';
import {countRequests, debugLines} from './debug.ts';
import {onInterrupt} from './interrupt.ts';
import {createProgressLine} from './progress-line.ts';
import {reportOf} from './report.ts';
import type {System} from './system.ts';

/**
 * The whole job without a screen: data to a file or stdout, everything else to stderr. Returns the exit code: 0 all
 * fetched, 1 nothing arrived and nothing written, 3 something is missing, 128 + n ended by a signal.
 * Throws a UsageMistake for an output that cannot be written as far as that is known before, a SaveError later.
 */
export async function runExport(options: ExportOptions, system: System): Promise<number> {
  const {stderr} = system;
  const say = (line: string) => void stderr.write(`${line}\n`);
  const isDemo = options.account.kind === 'demo';
  const name = (partial: boolean) =>
    options.output ?? defaultOutput({range: options.range, format: options.format, demo: isDemo, partial});
  const {force} = options;
  if (options.output !== '-') await refuseOutput(name(false), force);
  for (const notice of options.notices) say(notice);

  const interrupt = onInterrupt(system);
  const line = createProgressLine(stderr, system.now);
  const requests = countRequests(system.fetch);
  const store = new Store({
    folder: cacheFolder(system.environment, system.home, system.platform, options.cacheDir),
    now: system.now,
    onTrouble(sentence) {
      line.end();
      say(sentence);
    },
  });
  const connection = await connect({...options, store}, {...system, fetch: requests.fetch});
  try {
    const {range, endpoints, width, filters} = options;
    const outcome = await connection.run(
      {range, endpoints, width, filters},
      {
        refresh: options.offline ? 'nothing' : options.refresh ? 'everything' : 'reuse',
        signal: interrupt.signal,
        onProgress: line.onProgress,
      },
    );
    line.end();
    if (interrupt.exitCode !== undefined) {
      say('Stopped: nothing was written; what had arrived is in the cache.');
      return interrupt.exitCode;
    }
    for (const sentence of reportOf(outcome)) say(sentence);
    if (options.debug) for (const sentence of debugLines(store, requests.count)) say(sentence);
    if (!options.offline && hasNothing(outcome)) {
      say('Nothing was written: no endpoint could be fetched.');
      return 1;
    }
    const isPartial = outcome.gaps.length > 0;
    const chunks = chunksFor(options.format, outcome.dataset, options);
    if (options.output === '-') {
      await streamTo(system.stdout, chunks, {signal: interrupt.signal});
    } else {
      const path = isPartial && options.output === undefined ? await freeName(name(true), force) : name(isPartial);
      const saved = await saveTo(path, chunks, {force, signal: interrupt.signal});
      say(`Wrote ${outcome.dataset.rowCount.toLocaleString('en-US')} rows to ${saved.path}`);
    }
    return isPartial ? 3 : 0;
  } catch (error) {
    if (interrupt.exitCode === undefined) throw error;
    line.end();
    say('Stopped before everything was written; what had arrived is in the cache.');
    return interrupt.exitCode;
  } finally {
    line.end();
    interrupt.release();
    await connection.close();
  }
}

/** An output that cannot be written is the caller's mistake, and is said before anything is fetched. */
async function refuseOutput(path: string, force: boolean): Promise<void> {
  try {
    await checkOutput(path, {force});
  } catch (error) {
    throw error instanceof SaveError ? new UsageMistake(error.message) : error;
  }
}

/** `…_partial.csv`, or `…_partial_2.csv` where that is there: what the program names itself must not be in its own way. */
async function freeName(path: string, force: boolean): Promise<string> {
  const {dir, name, ext} = parse(path);
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? path : join(dir, `${name}_${number}${ext}`);
    try {
      await checkOutput(candidate, {force});
      return candidate;
    } catch (error) {
      if (!(error instanceof SaveError) || error.reason !== 'exists') throw error;
    }
  }
}

function hasNothing({query, gaps, skipped}: Outcome): boolean {
  const isEmpty = ({missing, error}: Gap) => error !== undefined && missing.length === daysIn(query.range);
  const empty = gaps.filter(isEmpty);
  return empty.length > 0 && empty.length === query.endpoints.length - skipped.length;
}
