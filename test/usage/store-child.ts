/**
 * A program of its own that uses a store, bundled and run by the tests (Node 20 can't run TypeScript itself).
 * It prints one line of JSON: the troubles it was told of, the statistics, and the days it reads at the end.
 *
 *   store-child.js FOLDER turns FIRST_DAY REPEATS   writes a day of October, in turn, REPEATS times; each in a new store
 *   store-child.js FOLDER large ROWS                writes a day of ROWS rows three times, and names
 *   store-child.js FOLDER contend NUMBER SECONDS    writes six days, each by itself, into the month that all who run at
 *                                                   this moment write into, and a name of its own; and so on with others
 */
import {setTimeout as sleep} from 'node:timers/promises';
import {dayOf} from '../../source/usage/days.ts';
import {Store} from '../../source/usage/store.ts';
import {blockOf, cachedDay, day, SERIES} from './sample-days.ts';

const [folder = '', job, ...numbers] = process.argv.slice(2);
const [one = 0, other = 0] = numbers.map(Number);
const october = {first: day('2026-10-01'), last: day('2026-10-31')};
const troubles: string[] = [];
const wrote: number[] = [];
const named: string[] = [];
let damaged = 0;
// The real clock: by any other, what the other process is writing could look like a leftover of last week.
const open = (): Store => new Store({folder, now: Date.now, onTrouble: sentence => troubles.push(sentence)});

let store = open();
if (job === 'turns') {
  for (let turn = 0; turn < other; turn++) {
    store = open();
    const its = october.first + one + (turn % 15);
    const cached = {...cachedDay({iso: '2026-10-01'}), day: its, block: blockOf(300, one, its)};
    await store.write(SERIES, [cached]);
    await store.flush();
    damaged += store.statistics.diskDamaged;
  }
} else if (job === 'contend') {
  const end = Date.now() + 1000 * other;
  for (let month = 0; Date.now() < end; ) {
    const now = Math.floor(Date.now() / 100) % 1200;
    // Who is through with a month waits for the next one with all others.
    if (now === month) await sleep(100 - (Date.now() % 100));
    else {
      month = now;
      const first = dayOf(Date.UTC(1970, month, 1) / 1000);
      store = open();
      for (let turn = 0; turn < 6; turn++) {
        const its = first + ((turn * 5 + one) % 28);
        const cached = {...cachedDay({iso: '1970-01-01'}), day: its, block: blockOf(50, one, its)};
        await store.write(SERIES, [cached]);
        wrote.push(cached.day);
      }
      const name = `${one} in ${month}`;
      await store.writeDirectory('demo', known => ({...(typeof known === 'object' && known), [name]: ''}));
      named.push(name);
      damaged += store.statistics.diskDamaged;
    }
  }
} else {
  for (const iso of ['2026-10-01', '2026-10-02', '2026-10-03']) {
    await store.write(SERIES, [cachedDay({iso, rows: one, tokens: 1})]);
    await store.flush();
  }
  await store.writeDirectory('demo', () => ({user_1: 'Ann'}));
}

const days = [...(await store.read(SERIES, october)).keys()];
const names = await store.readDirectory('demo');
process.stdout.write(`${JSON.stringify({troubles, damaged, days, names, wrote, named})}\n`);
