import type {CacheClearOptions, CacheOptions} from '../options.ts';
import {isoOf} from '../usage/days.ts';
import {counted, sizeLabel} from '../view/counted.ts';
import {cachePlace} from './cache-place.ts';
import {debugLines} from './debug.ts';
import {openStore} from './open-store.ts';
import {sayerFor} from './said.ts';
import type {System} from './system.ts';

/** Prints where the cache is and what it holds, or clears it. Returns the exit code. */
export async function runCache(options: CacheOptions | CacheClearOptions, system: System): Promise<number> {
  const {folder, trouble} = cachePlace(system, options.cacheDir);
  const troubles: string[] = trouble === undefined ? [] : [trouble];
  const store = openStore(system, folder, sentence => void troubles.push(sentence));
  const said = sayerFor(system.environment);
  if (options.command === 'cache clear') {
    const {days, files, bytes} = await store.clear(undefined, {names: options.names});
    system.stdout.write(
      `Cleared ${counted(days, 'endpoint day')} in ${counted(files, 'file')} (${sizeLabel(bytes)})${options.names ? ', names too' : '; names are kept (--names clears them too)'}.\n`,
    );
  } else {
    const {files, days, bytes, oldest, newest} = await store.measure();
    const span = oldest === undefined || newest === undefined ? '' : ` (${isoOf(oldest)} → ${isoOf(newest)})`;
    const lines = [
      ['path', folder === undefined ? 'none' : said(folder)],
      ['files', files.toLocaleString('en-US')],
      ['size', sizeLabel(bytes)],
      ['days', `${counted(days, 'endpoint day')}${span}`],
    ];
    for (const [name, value] of lines) system.stdout.write(`${name?.padEnd(6)} ${value}\n`);
  }
  if (options.debug) for (const line of debugLines(store, 0)) system.stderr.write(`${line}\n`);
  for (const sentence of troubles) system.stderr.write(`${said(sentence)}\n`);
  return troubles.length > 0 ? 1 : 0;
}
