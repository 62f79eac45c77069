import {expect, test} from 'vitest';
import {runHere, sessionHere, temporaryFolder} from '../helpers/program.ts';
import {serveScript} from '../helpers/script-server.ts';
import {environment, readCsv} from './summaries.ts';

const day = Date.UTC(2026, 9, 1) / 1000;
const asked = ['--start', '2026-10-01', '--end', '2026-10-01'];

const cost = (value: number | string | null, currency: string | null, more: object = {}) => ({
  amount: {value, currency},
  project_id: 'proj_a',
  api_key_id: 'key_a',
  line_item: 'gpt-5.4, input',
  ...more,
});

/** What the API may say: text for numbers, credits, nothing at all, integers up to the last exact one, ids of nobody. */
const ANSWERS: Readonly<Record<string, readonly object[]>> = {
  '/costs': [
    ...Array.from({length: 1000}, () => cost(0.1, 'usd')),
    cost('0.2', 'usd'),
    cost(-0.3, 'usd', {api_key_id: 'key_gone'}),
    cost(1_234_567.89, 'USD', {project_id: 'proj_gone'}),
    cost('-1234567.89', 'usd', {api_key_id: null}),
    cost(1e-9, 'usd'),
    cost('1e-9', 'usd', {project_id: null}),
    cost(null, 'usd'),
    cost('7.25', 'eur'),
    cost(3, 'eur', {project_id: 'proj_gone'}),
    cost(0.5, null),
  ],
  '/completions': [
    {
      input_tokens: 9_007_199_254_740_000,
      output_tokens: 1,
      num_model_requests: 3,
      project_id: 'proj_a',
      user_id: 'user-a',
    },
    {input_tokens: 991, output_tokens: null, num_model_requests: 4, project_id: 'proj_gone', user_id: null},
    {input_tokens: null, output_tokens: 5, num_model_requests: null, api_key_id: 'key_gone'},
    {input_cached_tokens: 100, api_key_id: 'key_a'},
  ],
  '/vector_stores': [
    {usage_bytes: 4_503_599_627_370_496, project_id: 'proj_a'},
    {usage_bytes: 4_503_599_627_370_497, project_id: 'proj_gone'},
  ],
};

/** What all rows come to, worked out by hand: in a file's words, and in a person's. */
const TOTALS = [
  {metric: 'cost_usd', label: 'cost (USD)', column: 'amount', file: '99.900000002', text: '$99.90', currency: 'usd'},
  {metric: 'cost_eur', label: 'cost (EUR)', column: 'amount', file: '10.25', text: '10.25 EUR', currency: 'eur'},
  {metric: 'cost_other', label: 'cost (no currency)', column: 'amount', file: '0.5', text: '0.50', currency: ''},
  {
    metric: 'input_tokens',
    label: 'tokens in',
    column: 'input_tokens',
    file: '9007199254740991',
    text: '9,007,199,254,740,991',
  },
  {metric: 'output_tokens', label: 'tokens out', column: 'output_tokens', file: '6', text: '6'},
  {metric: 'requests', label: 'requests', column: 'num_model_requests', file: '7', text: '7'},
  {
    metric: 'input_cached_tokens',
    label: 'input cached tokens',
    column: 'input_cached_tokens',
    file: '100',
    text: '100',
  },
  // One more than a double can be sure of.
  {
    metric: 'bytes',
    label: 'bytes x days',
    column: 'usage_bytes',
    file: '9007199254740993',
    text: '~9,007,199,254,740,992',
  },
] as const;

async function organization() {
  return serveScript(({path}) => {
    const results = Object.entries(ANSWERS).find(([end]) => path.endsWith(end))?.[1];
    const bucket = {object: 'bucket', start_time: day, end_time: day + 86_400, results: results ?? []};
    if (/usage|costs/.test(path)) return {object: 'page', data: [bucket], has_more: false, next_page: null};
    const isProjects = path.endsWith('/projects');
    const isKeys = path.endsWith('/projects/proj_a/api_keys');
    const item = isProjects ? {id: 'proj_a', name: 'Search'} : isKeys ? {id: 'key_a', name: 'gateway'} : undefined;
    return {object: 'list', data: item ? [item] : [], has_more: false};
  });
}

/** Adds up decimals as they are written, in units of 10^-9. */
function exactly(texts: readonly string[]): string {
  const units = texts.reduce((sum, text) => {
    const [, sign = '', whole = '0', decimals = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(plain(text)) ?? [];
    return sum + BigInt(`${sign}${whole}${decimals.padEnd(9, '0')}`);
  }, 0n);
  const digits = (units < 0n ? -units : units).toString().padStart(10, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`.replace(/\.?0+$/, '');
}

/** JSON may write an exponent. */
const plain = (text: string) => (/e/.test(text) ? Number(text).toFixed(9) : text);

type Rows = readonly Readonly<Record<string, string>>[];

/** Every number of a JSON text as it is written there: parsed, the largest would be rounded before anybody looked. */
function readJson(text: string): Rows {
  const quoted = text.replaceAll(/(?<=":)-?\d[\d.e+-]*/g, number => `"${number}"`).replaceAll(/(?<=":)null/g, '""');
  return JSON.parse(quoted);
}

test('every output comes to the same totals, which are those of the answers', {timeout: 60_000}, async () => {
  const {url} = await organization();
  const folder = temporaryFolder();
  const run = async (...argv: readonly string[]) => {
    const result = await runHere([...argv, ...asked, '--base-url', url], {folder, environment});
    expect(result.code, argv.join(' ')).toBe(0);
    return result.stdout;
  };
  const ndjson = (await run('export', '--format', 'ndjson', '--output', '-')).trim().split('\n');
  const exports: Readonly<Record<string, Rows>> = {
    csv: readCsv(await run('export', '--output', '-')),
    json: readJson(await run('export', '--format', 'json', '--output', '-')),
    ndjson: readJson(`[${ndjson.join(',')}]`),
    headless: readCsv(await run()),
  };
  for (const [name, rows] of Object.entries(exports)) {
    for (const total of TOTALS) {
      const its = rows.filter(
        row => row[total.column] && (!('currency' in total) || row['currency']?.toLowerCase() === total.currency),
      );
      expect(exactly(its.map(row => row[total.column] ?? '')), `${name} ${total.metric}`).toBe(total.file);
    }
  }

  for (const {metric, file, text} of TOTALS) {
    for (const by of ['project', 'key']) {
      const argv = ['summary', '--metric', metric, '--by', by] as const;
      const csv = readCsv(await run(...argv));
      const json = readJson(await run(...argv, '--format', 'json'));
      for (const [name, rows] of Object.entries({csv, json})) {
        // In one group what is beyond 2^53 has been rounded already.
        const expected = metric === 'bytes' && by !== 'project' ? '9007199254740992' : file;
        expect(exactly(rows.map(row => row[metric] || '0')), `${name} ${metric} by ${by}`).toBe(expected);
      }
      const lines = (await run(...argv, '--format', 'text')).split('\n');
      const totals = lines
        .find(line => line.startsWith('total'))
        ?.trim()
        .split(/ {2,}/);
      expect(totals?.[1], `text ${metric} by ${by}`).toBe(text);
    }
  }
});

test('and so does the screen: what a column adds up to, and the total of the summary', {timeout: 60_000}, async () => {
  const {url} = await organization();
  const options = {folder: temporaryFolder(), environment};
  const argv = [...asked, '--base-url', url, '--no-compare'];
  const header = Object.keys(readCsv((await runHere(argv.slice(0, -1), options)).stdout)[0] ?? {});
  // Ids stand behind their names.
  const columns = header.filter(name => !['api_key_id', 'project_id', 'user_id'].includes(name));
  const {terminal, type} = sessionHere(argv, options);
  terminal.resize(200, 30);
  type('\r');
  await terminal.shows('11 of 11');
  type('\r');
  await terminal.shows(`column 1 of ${columns.length}`);
  for (const {column, text, metric} of TOTALS) {
    if (column === 'amount') continue;
    const at = columns.indexOf(column);
    type('h'.repeat(columns.length), 'l'.repeat(at));
    await terminal.until(
      screen => new RegExp(`column ${at + 1} of .*distinct`).test(screen) && screen.includes(` sum ${text} `),
      `the sum ${text} of ${metric}`,
    );
  }
  type('\t');
  await terminal.shows('by project');
  for (const {metric, label, text} of TOTALS) {
    type('m', '/', label, '\r', '\r');
    await terminal.shows(` ${label} by project`);
    const total = () => terminal.lines.find(line => line.startsWith(' total '));
    await expect.poll(() => total()?.trim().split(/ {2,}/)[2], {timeout: 10_000, message: metric}).toBe(text);
  }
});

test('a million amounts of 0.1 are 100,000, on the screen, in a summary and in a file', {timeout: 60_000}, async () => {
  const days = 10;
  const results = `[${Array.from({length: 1_000_000 / days}, () => '{"amount":{"value":0.1,"currency":"usd"}}').join()}]`;
  const buckets = Array.from({length: days}, (_, at) => {
    const start = day + at * 86_400;
    return `{"start_time":${start},"end_time":${start + 86_400},"results":${results}}`;
  });
  const page = `{"data":[${buckets.join()}],"has_more":false,"next_page":null}`;
  const {url} = await serveScript(({path}, response) => {
    if (!path.endsWith('/costs')) return {data: [], has_more: false};
    response.writeHead(200, {'content-type': 'application/json'}).end(page);
    return undefined;
  });
  const options = {folder: temporaryFolder(), environment};
  const range = ['--start', '2026-10-01', '--end', '2026-10-10', '--endpoints', 'costs', '--base-url', url];
  const summary = await runHere(['summary', '--by', 'endpoint', ...range], options);
  expect(readCsv(summary.stdout)).toMatchObject([{rows: '1000000', cost: '100000', share: '1'}]);
  const text = await runHere(['summary', '--by', 'endpoint', '--format', 'text', ...range], options);
  expect(text.stdout).toMatch(/^total +\$100,000\.00 +100 %$/m);
  const {stdout} = await runHere(['export', '--output', '-', ...range], options);
  expect(stdout.match(/,0\.1,usd$/gm)).toHaveLength(1_000_000);
  const {terminal, type} = sessionHere([...range, '--no-compare'], options);
  type('\r');
  await terminal.shows('1 of 11');
  type('\r');
  await terminal.shows('row 1 of 1,000,000');
  type('l'.repeat(20));
  await terminal.shows('distinct 1');
  type('h');
  await terminal.shows('sum $100,000.00');
  type('\t');
  await terminal.shows(/total +1 group +\$100,000\.00/);
});
