import type {FetchOptions} from '../options.ts';
import {daysIn, type Range} from '../usage/days.ts';
import type {Gap, Outcome} from '../usage/outcome.ts';
import {cachePlace} from './cache-place.ts';
import {connect} from './connect.ts';
import {countRequests, debugLines} from './debug.ts';
import {onInterrupt} from './interrupt.ts';
import {openStore} from './open-store.ts';
import {createProgressLine} from './progress-line.ts';
import {reportOf} from './report.ts';
import {sayerFor} from './said.ts';
import type {System} from './system.ts';

type FetchJobOptions = FetchOptions & {readonly allColumns: boolean; readonly debug: boolean};

/** What a job without a screen has to work with. */
export type FetchJob = {
  /** Aborted by a signal. */
  readonly signal: AbortSignal;
  /** Says a sentence on stderr, once. */
  readonly say: (sentence: string) => void;
  /** Fetches those days and says what is missing from them. Throws the signal's reason when it was stopped. */
  readonly fetch: (range: Range) => Promise<Outcome>;
};

/**
 * Runs a job without a screen over one connection: progress on a terminal, sentences on stderr, and an end in good
 * order when a signal comes. Returns the exit code: the job's own, or 128 + n when it was ended by a signal.
 */
export async function runFetchJob(
  options: FetchJobOptions,
  system: System,
  job: (tools: FetchJob) => Promise<number>,
): Promise<number> {
  const {stderr} = system;
  const told = new Set<string>();
  const said = sayerFor(system.environment);
  const say = (sentence: string) => {
    // Paths and the API's own words come from outside.
    if (!told.has(sentence)) stderr.write(`${said(sentence)}\n`);
    told.add(sentence);
  };
  for (const notice of options.notices) say(notice);

  const interrupt = onInterrupt(system);
  let line = createProgressLine(stderr, system.now);
  const requests = countRequests(system.fetch);
  const {folder, trouble} = cachePlace(system, options.cacheDir);
  if (trouble !== undefined) say(trouble);
  const store = openStore(system, folder, sentence => {
    line.end();
    say(sentence);
  });
  const connection = await connect({...options, store}, {...system, fetch: requests.fetch});
  let isFetching = true;
  const fetch = async (range: Range) => {
    isFetching = true;
    line = createProgressLine(stderr, system.now);
    const {endpoints, width, filters, offline, refresh} = options;
    const outcome = await connection.run(
      {range, endpoints, width, filters},
      {
        refresh: offline ? 'nothing' : refresh ? 'everything' : 'reuse',
        signal: interrupt.signal,
        onProgress: line.onProgress,
      },
    );
    line.end();
    interrupt.signal.throwIfAborted();
    for (const sentence of reportOf(outcome)) say(sentence);
    isFetching = false;
    return outcome;
  };
  try {
    const exitCode = await job({signal: interrupt.signal, say, fetch});
    if (options.debug) for (const sentence of debugLines(store, requests.count)) say(sentence);
    return exitCode;
  } catch (error) {
    if (interrupt.exitCode === undefined) throw error;
    line.end();
    const what = isFetching ? 'Stopped: nothing was written' : 'Stopped before everything was written';
    say(`${what}; what had arrived is in the cache.`);
    return interrupt.exitCode;
  } finally {
    line.end();
    interrupt.release();
    await connection.close();
  }
}

/** Whether every endpoint that was asked failed from the first day to the last. */
export function hasNothing({query, gaps, skipped}: Outcome): boolean {
  const isEmpty = ({missing, error}: Gap) => error !== undefined && missing.length === daysIn(query.range);
  const empty = gaps.filter(isEmpty);
  return empty.length > 0 && empty.length === query.endpoints.length - skipped.length;
}
