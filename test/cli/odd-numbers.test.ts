import fc from 'fast-check';
import {expect, test} from 'vitest';
import {runHere, sessionHere, temporaryFolder} from '../helpers/program.ts';
import {serveScript} from '../helpers/script-server.ts';
import {environment, readCsv} from './summaries.ts';

const start = Date.UTC(2026, 9, 1) / 1000;

/** JSON.stringify writes -0 as 0. */
const written = (value: number) => (Object.is(value, -0) ? '-0' : String(value));

const edges = [5e-324, -5e-324, 2.2e-308, -0, 0, 1e-7, 1e-6, 9.99e-7, 0.1, -0.30000000000000004];
const large = [
  2 ** 53 - 1,
  2 ** 53,
  2 ** 53 + 2,
  -(2 ** 53),
  2 ** 69,
  999_999_999_999_999_900_000,
  -(2 ** 69),
  4_294_967_296,
  -1,
];
const count = fc.oneof(fc.constantFrom(...edges, ...large), fc.double({min: -9e20, max: 9e20, noNaN: true}));
const money = fc.oneof(fc.constantFrom(...edges, 1e15, -1e15), fc.double({min: -1e15, max: 1e15, noNaN: true}));

test('numbers of every kind are exported as they came, and summed and shown without a crash', {
  timeout: 60_000,
}, async () => {
  const rows = fc.sample(fc.record({amount: money, quantity: count, novel: count}), {numRuns: 400, seed: 7});
  const results = rows.map(({amount, quantity, novel}, at) => {
    const value = at % 2 === 0 ? written(amount) : `"${written(amount)}"`;
    return `{"amount":{"value":${value},"currency":"usd"},"quantity":${written(quantity)},"novel":${written(novel)},"line_item":"item ${at % 7}"}`;
  });
  const page = `{"data":[{"start_time":${start},"end_time":${start + 86_400},"results":[${results.join()}]}],"has_more":false}`;
  const {url} = await serveScript(({path}, response) => {
    if (!path.endsWith('/costs')) return {data: [], has_more: false};
    response.writeHead(200, {'content-type': 'application/json'}).end(page);
    return undefined;
  });
  const options = {folder: temporaryFolder(), environment};
  const argv = ['--start', '2026-10-01', '--end', '2026-10-01', '--endpoints', 'costs', '--base-url', url];
  // No file tells -0 from 0.
  const figures = ({amount, quantity, novel}: (typeof rows)[number]) => [amount + 0, quantity + 0, novel + 0];
  const exported = await runHere(['export', '--output', '-', ...argv], options);
  expect(exported.code, exported.stderr).toBe(0);
  const csv = readCsv(exported.stdout);
  for (const [at, row] of csv.entries()) {
    for (const name of ['amount', 'quantity', 'novel']) expect(row[name], `row ${at}`).toMatch(/^-?\d+(\.\d+)?$/);
  }
  expect(csv.map(row => [row['amount'], row['quantity'], row['novel']].map(Number))).toEqual(rows.map(figures));
  const json: typeof rows = JSON.parse(
    (await runHere(['export', '--format', 'json', '--output', '-', ...argv], options)).stdout,
  );
  expect(json.map(figures)).toEqual(rows.map(figures));
  for (const metric of ['cost', 'novel']) {
    for (const format of ['csv', 'json', 'text']) {
      const words = ['summary', '--by', 'line_item', '--metric', metric, '--format', format];
      const {code, stdout, stderr} = await runHere([...words, ...argv], options);
      expect(code, stderr).toBe(0);
      expect(stdout).not.toMatch(/NaN|Infinity/);
    }
  }
  const {terminal, type} = sessionHere([...argv, '--no-compare'], options);
  type('\r\r');
  await terminal.shows('row 1 of 400');
  type('l'.repeat(9));
  await terminal.shows(/column 1?\d of/);
  type('\t');
  await terminal.shows(/total +\d+ groups?/);
  expect(terminal.lines.every(line => line.length <= terminal.columns)).toBe(true);
  expect(terminal.screen).not.toMatch(/NaN|Infinity/);
});
