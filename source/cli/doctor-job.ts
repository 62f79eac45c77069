import type {Settings} from '../options/doctor.ts';
import type {DoctorOptions} from '../options.ts';
import {cachePlace} from './cache-place.ts';
import type {ApiPlace} from './client.ts';
import {countRequests, requestLine} from './debug.ts';
import {checkCache} from './doctor/cache.ts';
import {type Check, checkLines, conclusion} from './doctor/check.ts';
import {checkCharacters, checkColors, checkNode, checkTerminal} from './doctor/machine.ts';
import {checkReach} from './doctor/reach.ts';
import {checkSettings} from './doctor/settings.ts';
import {onInterrupt} from './interrupt.ts';
import {sayerFor} from './said.ts';
import type {System} from './system.ts';

/** Milliseconds after which somebody who waits is told for what. */
const patience = 500;

/**
 * Looks at everything a job needs and prints a line each, as it is found: `ok`, `note`, or `fix` with what to do. Returns
 * the exit code: 0, 1 when something is to be done, 128 + n when a signal ended it.
 */
export async function runDoctor(options: DoctorOptions, system: System): Promise<number> {
  const {stdin, stdout, environment} = system;
  const isTerminal = stdout.isTTY === true;
  const width = isTerminal ? stdout.columns || 80 : undefined;
  const look = {width, color: options.color && isTerminal, ascii: options.ascii};
  const all: Check[] = [];
  const said = sayerFor(environment);
  const say = (...checks: readonly Check[]) => {
    all.push(...checks);
    for (const {advice, ...check} of checks) {
      const harmless = {...check, found: said(check.found), ...(advice && {advice: said(advice)})};
      for (const line of checkLines(harmless, look)) stdout.write(`${line}\n`);
    }
  };
  const interrupt = onInterrupt(system);
  const requests = countRequests(system.fetch);
  try {
    const {columns, rows} = stdout;
    say(checkNode(system.node));
    say(checkTerminal({isInput: stdin.isTTY === true, isOutput: isTerminal, columns, rows}, environment));
    say(checkColors(options, environment), checkCharacters(options, environment));
    if (options.settings !== undefined) say(...checkSettings(options.settings, environment));
    say(...(await reach(options, interrupt.signal, {...system, fetch: requests.fetch})));
    say(...checkCache(cachePlace(system, options.cacheDir)));
  } catch (error) {
    if (interrupt.exitCode === undefined) throw error;
    return interrupt.exitCode;
  } finally {
    interrupt.release();
  }
  stdout.write(`\n${conclusion(all)}\n`);
  if (options.debug) system.stderr.write(`${requestLine(requests.count)}\n`);
  return all.some(({state}) => state === 'fix') ? 1 : 0;
}

async function reach(options: DoctorOptions, signal: AbortSignal, system: System): Promise<readonly Check[]> {
  const {settings, offline, timeout} = options;
  if (offline) return [{name: 'API', state: 'note', found: 'not asked (--offline)'}];
  if (settings === undefined) {
    const {startDemo, placeOfDemo} = await import('./demo.ts');
    const demo = await startDemo({scale: 1, fault: undefined}, system);
    try {
      return await checkReach(placeOfDemo(demo), {timeout, signal}, system);
    } finally {
      await demo.close();
    }
  }
  const place = placeOf(settings);
  if (place === undefined) return [{name: 'API', state: 'note', found: 'not asked before what stands above is mended'}];
  const said = sayerFor(system.environment);
  const stopTelling = tellLater(said(`Asking ${new URL(place.baseUrl).host} ...`), system);
  try {
    return await checkReach(place, {timeout, signal}, system);
  } finally {
    stopTelling();
  }
}

/** Where to ask; undefined where a setting leaves no way, or no safe one. */
function placeOf({baseUrl, adminKey, organizationId, proxy}: Settings): ApiPlace | undefined {
  if (!('value' in baseUrl && 'value' in proxy)) return undefined;
  return {
    baseUrl: baseUrl.value,
    key: ('value' in adminKey && adminKey.value) || '',
    organization: 'value' in organizationId ? organizationId.value : undefined,
    proxy: proxy.value?.name,
  };
}

/** A line on a terminal for who waits, and the way to take it back. */
function tellLater(text: string, {stderr}: System): () => void {
  if (!stderr.isTTY) return () => {};
  let isTold = false;
  const timer = setTimeout(() => {
    isTold = true;
    stderr.write(text);
  }, patience);
  return () => {
    clearTimeout(timer);
    if (isTold) stderr.write('\r\u001b[K');
  };
}
