/**
 * A process: `node million.js CACHE_FOLDER BASE_URL FIRST_DAY LAST_DAY`, over the cache that an export left behind.
 * Reads the year over and over, each time into a new store, until a million rows are there; puts them into one dataset;
 * writes that as CSV into nothing. Prints a `MillionReport` as JSON. Nothing is warmed up: a user's process is not.
 */
import process from 'node:process';
import {ENDPOINTS} from '../../source/api/endpoints.ts';
import {chunksFor} from '../../source/export/formats.ts';
import {assemble, type Piece} from '../../source/usage/assemble.ts';
import {daysIn, type Range} from '../../source/usage/days.ts';
import {EMPTY_DIRECTORY, nameLookup} from '../../source/usage/directory.ts';
import {accountOf, Store} from '../../source/usage/store.ts';
import type {MillionReport} from './memory.ts';
import {KEY} from './year.ts';

const [folder = '', baseUrl = '', ...days] = process.argv.slice(2);
const [first = 0, last = 0] = days.map(Number);
const account = accountOf({baseUrl, key: KEY});
const pieces: Piece[] = [];
const rowsOf = (some: readonly Piece[]) => some.reduce((sum, {block}) => sum + block.rowCount, 0);

async function read(range: Range): Promise<void> {
  const store = new Store({folder, now: Date.now});
  for (const {name, groupings: grouping} of ENDPOINTS) {
    const held = await store.read({account, endpoint: name, width: '1d', grouping, filters: []}, range);
    for (const {block} of held.values()) pieces.push({endpoint: name, width: '1d', block});
  }
}

const started = performance.now();
await read({first, last});
const yearSeconds = (performance.now() - started) / 1000;
const yearRows = rowsOf(pieces);
if (yearRows === 0) throw new Error(`The cache in ${folder} is empty.`);
while (rowsOf(pieces) + yearRows < 1_000_000) await read({first, last});
const missing = 1_000_000 - rowsOf(pieces);
// The last days have the most rows, so that this many are enough.
await read({first: Math.max(first, last + 1 - Math.ceil((missing / yearRows) * daysIn({first, last}))), last});

const assembling = performance.now();
const dataset = assemble(pieces, nameLookup(EMPTY_DIRECTORY), {allColumns: false});
const assembled = performance.now();
const peak = process.resourceUsage().maxRSS / 1024;
// The program lets go of its pieces too before it writes.
pieces.length = 0;

const before = process.memoryUsage.rss();
let most = before;
let bytes = 0;
const writing = performance.now();
for (const chunk of chunksFor('csv', dataset)) {
  // What a file or a pipe would get: until it is turned into bytes, a chunk may be a mere list of its parts.
  bytes += Buffer.from(chunk).length;
  most = Math.max(most, process.memoryUsage.rss());
}
const written = performance.now();

const report: MillionReport = {
  rows: dataset.rowCount,
  columns: dataset.columns.length,
  bytes,
  yearReadRate: yearRows / yearSeconds,
  tableSeconds: (assembled - started) / 1000,
  tablePeak: peak,
  assembleMilliseconds: assembled - assembling,
  csvRate: (dataset.rowCount / (written - writing)) * 1000,
  csvGrowth: (most - before) / 2 ** 20,
};
process.stdout.write(JSON.stringify(report));
