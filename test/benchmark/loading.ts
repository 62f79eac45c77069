/**
 * A process: `node loading.js HOME FIRST_DAY LAST_DAY`, over the cache that an export left behind. Loads the days, and
 * writes them as CSV into nothing. Prints a `LoadingReport` as JSON. Nothing is warmed up: a user's process is not.
 */
import {readFileSync} from 'node:fs';
import process from 'node:process';
import {chunksFor} from '../../source/export/formats.ts';
import {loadLarge} from './load.ts';

export type LoadingReport = {
  readonly rows: number;
  readonly columns: number;
  readonly bytes: number;
  readonly seconds: number;
  /** MiB. */
  readonly peak: number;
  /** Rows a second. */
  readonly csvRate: number;
  /** MiB. */
  readonly csvGrowth: number;
};

const [home = '', ...days] = process.argv.slice(2);
const [first = 0, last = 0] = days.map(Number);
const started = performance.now();
const dataset = await loadLarge(home, {first, last});
const seconds = (performance.now() - started) / 1000;
const peak = peakMemory();

const before = process.memoryUsage.rss();
let most = before;
let bytes = 0;
const writing = performance.now();
for (const chunk of chunksFor('csv', dataset)) {
  // What a file or a pipe would get: until it is turned into bytes, a text may be a mere list of its parts.
  bytes += (typeof chunk === 'string' ? Buffer.from(chunk) : chunk).length;
  most = Math.max(most, process.memoryUsage.rss());
}
const written = performance.now();

const report: LoadingReport = {
  rows: dataset.rowCount,
  columns: dataset.columns.length,
  bytes,
  seconds,
  peak,
  csvRate: (dataset.rowCount / (written - writing)) * 1000,
  csvGrowth: (most - before) / 2 ** 20,
};
process.stdout.write(JSON.stringify(report));

/** MiB. What `resourceUsage` says a process inherits from the one that started it, and ours has read a large file. */
function peakMemory(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS / 1024;
  return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;
}
