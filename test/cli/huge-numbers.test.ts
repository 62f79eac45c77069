import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {ENDPOINTS} from '../../source/api/endpoints.ts';
import {BlockBuilder, Interners} from '../../source/usage/block.ts';
import {dayOf} from '../../source/usage/days.ts';
import {pack} from '../../source/usage/pack.ts';
import {Store} from '../../source/usage/store.ts';
import {runHere, sessionHere, temporaryFolder} from '../helpers/program.ts';
import {serveScript} from '../helpers/script-server.ts';
import {environment, readCsv} from './summaries.ts';

const start = Date.UTC(2026, 9, 1) / 1000;
const range = ['--start', '2026-10-01', '--end', '2026-10-01', '--endpoints', 'costs,completions'];
const refused = /^costs: amount is too large a number in the server's answer\. .* 1 day missing/m;

/** An organization whose costs are these amounts, and which used ten tokens. */
async function costing(...amounts: readonly (number | string)[]) {
  const costs = amounts.map((value, at) => ({amount: {value, currency: 'usd'}, line_item: `item ${at}`}));
  const server = await serveScript(({path}) => {
    const results = path.endsWith('/costs') ? costs : [{input_tokens: 10, num_model_requests: 1}];
    const isList = !/usage|costs/.test(path);
    return {data: isList ? [] : [{start_time: start, end_time: start + 86_400, results}], has_more: false};
  });
  const folder = temporaryFolder();
  const argv = [...range, '--base-url', server.url];
  const run = (...words: readonly string[]) =>
    runHere([...words, ...argv], {folder, environment}, {sleep: async () => {}});
  return {server, folder, run, argv};
}

/** The cache of a version that took whatever number it was sent. */
async function plant(folder: string, amount: number): Promise<void> {
  const cache = join(folder, '.cache/openai-usage');
  const account = readdirSync(cache, {withFileTypes: true}).find(entry => entry.isDirectory())?.name ?? '';
  const builder = new BlockBuilder(new Interners());
  for (const value of [amount, 0.1, amount]) {
    builder.startRow();
    builder.number('start_time', start);
    builder.number('amount', value);
    builder.text('currency', 'usd');
  }
  const costs = ENDPOINTS.find(({name}) => name === 'costs');
  const store = new Store({folder: cache, now: Date.now, user: process.geteuid?.()});
  const series = {account, endpoint: 'costs', width: '1d', grouping: costs?.groupings ?? [], filters: []} as const;
  const fetchedAt = Date.now();
  await store.write(series, [{day: dayOf(start), fetchedAt, hasBucket: true, block: pack(builder.finish())}]);
  await store.flush();
}

test('amounts that are none are their endpoint’s failure, and of the others everything is told', async () => {
  const {run} = await costing(1e308, '1.7e308', 1e300, 0.1);
  const exported = await run('export', '--output', '-');
  expect(exported).toMatchObject({code: 3, stderr: expect.stringMatching(refused)});
  expect(readCsv(exported.stdout)).toMatchObject([{endpoint_type: 'completions', input_tokens: '10'}]);
  for (const words of [
    ['--metric', 'tokens'],
    ['--metric', 'tokens', '--compare'],
    ['--metric', 'tokens', '--offline'],
  ]) {
    const {code, stderr, stdout} = await run('summary', '--by', 'endpoint', ...words);
    expect(code, stderr).toBe(3);
    expect(stdout).toMatch(/^completions,.*10/m);
    expect(stderr).toMatch(words.includes('--offline') ? /^costs: 1 day missing/m : refused);
  }
});

test('a session shows the failure, and the rows that are there', async () => {
  const {folder, argv} = await costing(1e308, 1e308, 0.1);
  const {terminal, type} = sessionHere(argv, {folder, environment}, {sleep: async () => {}});
  type('\r\r');
  await terminal.shows('Enter show rows');
  expect(terminal.screen).toContain('amount is too large a number');
  type('\r');
  await terminal.shows('row 1 of 1');
  type('\t');
  await terminal.shows(/total +1 group/);
});

test('a cache that holds such an amount does not hold the day', async () => {
  const {server, folder, run, argv} = await costing(12.5);
  await run('export', '--output', '-');
  await plant(folder, 1e308);
  const offline = await run('summary', '--by', 'endpoint', '--offline');
  expect(offline).toMatchObject({code: 3, stderr: expect.stringMatching(/^costs: 1 day missing/m)});
  const {terminal, type, ended} = sessionHere([...argv, '--offline'], {folder, environment});
  type('\r\r');
  await terminal.shows('Enter show rows');
  type('\r');
  await terminal.shows('row 1 of 1');
  type('q');
  expect(await ended).toBe(0);
  const asked = server.heard.length;
  const {code, stdout} = await run('summary', '--by', 'endpoint');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^costs,1,12\.5,usd/m);
  expect(server.heard.slice(asked).filter(({path}) => path.endsWith('/costs'))).toHaveLength(1);
});

test('the largest that is one is added up, shown and written', async () => {
  const {run, folder, argv} = await costing(1e15, 1e15, '-0.5');
  expect((await run('export', '--output', '-')).stdout.match(/,1000000000000000,/g)).toHaveLength(2);
  const {code, stdout} = await run('summary', '--by', 'endpoint');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^costs,3,1999999999999999\.5,usd/m);
  const {terminal, type} = sessionHere([...argv, '--no-compare'], {folder, environment});
  type('\r\r');
  await terminal.shows('row 1 of 4');
  type('\t');
  await terminal.shows('$1,999,999,999,999,999.50');
});
