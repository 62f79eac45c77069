import {describe, expect, test} from 'vitest';
import {createClient} from '../../../source/api/client.ts';
import {parseMonth, type Range} from '../../../source/usage/days.ts';
import {fetchUsage} from '../../../source/usage/fetch.ts';
import {type Outcome, outcomeOf} from '../../../source/usage/outcome.ts';
import {NO_FILTERS} from '../../../source/usage/query.ts';
import {Store} from '../../../source/usage/store.ts';
import {startDemo} from '../../helpers/demo.ts';
import {deferred, type FakeConnection, fakeConnection} from '../../helpers/fake-connection.ts';
import {InstantClock} from '../../helpers/manual-clock.ts';
import {showRows} from '../../helpers/session.ts';
import {answerTo, BEFORE, NOW, SPIKE} from '../two-periods.ts';

const SEPTEMBER = monthOf('2026-09');
const OCTOBER = monthOf('2026-10');

const sizes = {wide: {columns: 200, rows: 50}, usual: {columns: 80, rows: 24}, small: {columns: 40, rows: 10}};

type Part = Parameters<typeof showRows>[0] & {readonly range?: Range; readonly isComparing?: boolean};

function show({range = NOW, isComparing = true, ...part}: Part = {}) {
  const preset = {range, endpoints: ['completions', 'costs'], width: '1d', filters: NO_FILTERS} as const;
  const connection = fakeConnection(async query => answerTo(query));
  return showRows({connection, ...part, preset: {...preset, refresh: 'reuse', isComparing}});
}

const frame = (lines: readonly string[]) => `\n${lines.join('\n').trimEnd()}\n`;

describe('80x24', () => {
  test('the line above the table, groups, days and hours', async () => {
    const {terminal, type} = await show(sizes.usual);
    await terminal.shows(' Cost +300 % (+$150) against 2026-10-21 → 10-24: key backfill +$148 · x');
    type('x');
    await terminal.shows('group 1 of 4');
    expect(frame(terminal.lines)).toMatchInlineSnapshot(`
      "
       What changed · cost by key · 2026-10-25 → 10-28 against 2026-10-21 → 10-24
       key                    now  before    change       %
      [backfill           $156.00   $8.00  +$148.00     ×20] ████████████████████████
       fresh                $4.00   $0.00    +$4.00     new  ▋
       evil␛[31m␍␊日本語    $0.00   $2.00    -$2.00    gone  ▍
       gateway             $40.00  $40.00     $0.00     0 %















       total              $200.00  $50.00  +$150.00  +300 %
       group 1 of 4 · 99 % of the change
       Enter its days  → dimension  m metric  Esc back  ? help  q quit
      "
    `);
    type('\r');
    await terminal.shows('day 3 of 4');
    expect(frame(terminal.lines)).toMatchInlineSnapshot(`
      "
       What changed · cost of key backfill · 2026-10-25 → 10-28 against 10-21 → 10-24
       day             now  before    change
       2026-10-25    $2.00   $2.00     $0.00  ▌
       2026-10-26    $2.00   $2.00     $0.00  ▌
      [2026-10-27  $150.00   $2.00  +$148.00] ███████████████████████████████████████
       2026-10-28    $2.00   $2.00     $0.00  ▌















       total       $156.00   $8.00  +$148.00
       day 3 of 4 · against 2026-10-23
       Enter its hours  m metric  Esc back  ? help  q quit
      "
    `);
    type('\r');
    await terminal.shows('hour 14 of 24');
    expect(frame(terminal.lines)).toMatchInlineSnapshot(`
      "
       What changed · tokens of key backfill · 2026-10-27
       Costs have no hours: tokens instead.
       hour (UTC)   tokens
       04:00
       05:00
       06:00
       07:00
       08:00
       09:00        37,500  █████████████████████▉
       10:00
       11:00
       12:00
      [13:00        97,500] █████████████████████████████████████████████████████████
       14:00
       15:00
       16:00
       17:00
       18:00
       19:00
       20:00        37,500  █████████████████████▉
       21:00
       total       210,000
       hour 14 of 24 · 2026-10-27
       m metric  Esc back  ? help  q quit
      "
    `);
  });

  test('in ASCII', async () => {
    const {terminal, type} = await show({...sizes.usual, ascii: true});
    await terminal.shows('against 2026-10-21 -> 10-24: key backfill');
    type('x');
    await terminal.shows('group 1 of 4');
    expect(frame(terminal.lines.slice(0, 7))).toMatchInlineSnapshot(`
      "
       What changed - cost by key - 2026-10-25 -> 10-28 against 2026-10-21 -> 10-24
       key                    now  before    change       %
      [backfill           $156.00   $8.00  +$148.00     x20] ########################
       fresh                $4.00   $0.00    +$4.00     new  #
       evil␛[31m␍␊日本語    $0.00   $2.00    -$2.00    gone  #
       gateway             $40.00  $40.00     $0.00     0 %
      "
    `);
  });
});

test('200x50 has the whole title and longer bars', async () => {
  const {terminal, type} = await show(sizes.wide);
  await terminal.shows('against');
  type('x\r');
  await terminal.shows('day 3 of 4');
  expect(frame(terminal.lines.slice(0, 7))).toMatchInlineSnapshot(`
    "
     What changed · cost of key backfill · 2026-10-25 → 10-28 against 2026-10-21 → 10-24
     day             now  before    change
     2026-10-25    $2.00   $2.00     $0.00  █▏
     2026-10-26    $2.00   $2.00     $0.00  █▏
    [2026-10-27  $150.00   $2.00  +$148.00] ████████████████████████████████████████████████████████████████████████████████
     2026-10-28    $2.00   $2.00     $0.00  █▏
    "
  `);
});

test('40x10 keeps who changed, and by how much', async () => {
  const {terminal, type} = await show(sizes.small);
  await terminal.shows('row 1 of');
  type('x');
  await terminal.shows('group 1 of 4');
  expect(frame(terminal.lines)).toMatchInlineSnapshot(`
    "
     cost by key · 2026-10-25 → 10-28
     key                    now    change
    [backfill           $156.00  +$148.00]
     fresh                $4.00    +$4.00
     evil␛[31m␍␊日本語    $0.00    -$2.00
     gateway             $40.00     $0.00

     total              $200.00  +$150.00
     group 1 of 4 · 99 % of the change
     Enter its days  ? help  q quit
    "
  `);
  type('\r');
  await terminal.shows('day 3 of 4');
  expect(frame(terminal.lines)).toMatchInlineSnapshot(`
    "
     cost of key backfill
     day             now  before    change
     2026-10-25    $2.00   $2.00     $0.00
     2026-10-26    $2.00   $2.00     $0.00
    [2026-10-27  $150.00   $2.00  +$148.00]
     2026-10-28    $2.00   $2.00     $0.00

     total       $156.00   $8.00  +$148.00
     day 3 of 4 · against 2026-10-23
     Enter its hours  ? help  q quit
    "
  `);
});

/** Answers at once, but for the period before and for hours: those when the test says so. */
function slow(isSlow: (range: Range, width: string) => boolean): {connection: FakeConnection; answer: () => void} {
  const gate = deferred<void>();
  const connection = fakeConnection(async (query, {signal}) => {
    if (!isSlow(query.range, query.width)) return answerTo(query);
    const stopped = new Promise<Outcome>(resolve =>
      signal.addEventListener('abort', () => resolve(answerTo(query, {isStopped: true}))),
    );
    return Promise.race([gate.promise.then(() => answerTo(query)), stopped]);
  });
  return {connection, answer: () => gate.resolve()};
}

describe('what is still on its way', () => {
  test('is waited for on the screen, which fills by itself', async () => {
    const {connection, answer} = slow(({first}) => first === BEFORE.first);
    const {terminal, type} = await show({connection});
    type('x');
    await terminal.shows('Fetching 2026-10-21 → 2026-10-24 to compare with; Esc goes back');
    answer();
    await terminal.shows('group 1 of 4');
  });

  test('is left with Esc, and goes on quietly', async () => {
    const {connection, answer} = slow(({first}) => first === BEFORE.first);
    const {terminal, type} = await show({connection});
    type('x');
    await terminal.shows('to compare with');
    type('\x1b');
    await terminal.shows('row 1 of');
    answer();
    await terminal.shows('against 2026-10-21');
  });

  test('as hours, is stopped with Esc', async () => {
    const {connection} = slow((_, width) => width === '1h');
    const {terminal, type} = await show({connection});
    await terminal.shows('against');
    type('x\r\r');
    await terminal.shows('Fetching the hours of 2026-10-27; Esc stops');
    type('\x1b');
    await terminal.shows('day 3 of 4');
    expect(connection.runs.at(-1)).toMatchObject({query: {range: {first: SPIKE, last: SPIKE}, width: '1h'}});
    expect(connection.runs.at(-1)?.options.signal.aborted).toBe(true);
  });
});

test('without quiet comparing nothing is asked until x is pressed', async () => {
  const connection = fakeConnection(async query => answerTo(query));
  const {terminal, type} = await show({connection, isComparing: false});
  type('j');
  await terminal.shows('row 2 of');
  expect(connection.runs).toHaveLength(1);
  type('x');
  await terminal.shows('group 1 of 4');
  expect(connection.runs.map(({query}) => query.range)).toEqual([NOW, BEFORE]);
});

test('m takes another metric, from the list of those of both periods', async () => {
  const {terminal, type} = await show();
  await terminal.shows('against');
  type('xm');
  await terminal.shows('tokens in');
  type('j\r');
  await terminal.shows('What changed · tokens by key');
  await terminal.shows('+207,200');
});

test('names from outside cannot bend the screen', async () => {
  const {terminal, type} = await show();
  await terminal.shows('against');
  type('xjj\r\r');
  await terminal.shows('There was nothing of evil␛[31m␍␊日本語 on 2026-10-25.');
  expect(terminal.output).not.toContain('evil\x1b[31m');
  expect(terminal.scrolledOff).toBe(0);
});

test('in the demo organization it leads to the key, the day and the hours of the spike', async () => {
  const clock = new InstantClock();
  const server = await startDemo({now: clock.now});
  const client = createClient({
    baseUrl: server.url,
    key: 'sk-admin-x',
    organization: undefined,
    timeout: 15_000,
    fetch,
    now: clock.now,
    userAgent: 'test',
  });
  const store = new Store({folder: undefined, now: clock.now});
  const fetching = {client, store, account: 'demo', ceiling: 64, clock, random: () => 0.5};
  const run: FakeConnection['run'] = async (query, options) =>
    outcomeOf(await fetchUsage({...fetching, query, ...options}), {...options, allColumns: false, now: clock.now});
  // Into the cache, so that nobody waits on a terminal for what a slow machine takes long to make.
  const range = {first: SEPTEMBER.first, last: OCTOBER.last};
  const query = {endpoints: ['completions', 'costs'], range, width: '1d', filters: NO_FILTERS} as const;
  await run(query, {refresh: 'reuse', signal: new AbortController().signal, onProgress: () => {}});
  const {terminal, type} = await show({connection: fakeConnection(run, {isDemo: true}), range: OCTOBER});
  await terminal.shows('key catalogue-backfill');
  type('x');
  await terminal.shows(/\[catalogue-backfill/);
  type('\r');
  await terminal.shows(/\[2026-10-27/);
  type('\r');
  await terminal.shows(/\[\d\d:00 .*█/);
  await terminal.shows('Costs have no hours: tokens instead.');
});

function monthOf(name: string): Range {
  const range = parseMonth(name);
  if (!range) throw new Error(`${name} is no month.`);
  return range;
}
