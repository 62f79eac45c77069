import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {parseFaults} from '../../source/demo/server.ts';
import {startDemo, usageRequests} from '../helpers/demo.ts';
import {run, start, temporaryFolder} from '../helpers/program.ts';
import {serveScript} from '../helpers/script-server.ts';
import {environment, exported, october, readCsv, summary} from './summaries.ts';

describe('a summary of a month', () => {
  test('has the sums of the exported rows, as CSV, as JSON and as text', async () => {
    const folder = temporaryFolder();
    const truth = await exported(folder, october, 'project_name', 'amount');
    const argv = [...october, '--by', 'project', '--metric', 'cost'];
    const csv = await summary(folder, ...argv);
    expect(csv).toMatchObject({code: 0, stderr: ''});
    const costs = readCsv(csv.stdout);
    expect(costs.map(({project}) => project).sort()).toEqual([...truth.keys()].sort());
    for (const {project = '', cost} of costs) expect(Number(cost), project).toBeCloseTo(truth.get(project) ?? 0, 6);
    const json: {project: string; cost: number}[] = JSON.parse(
      (await summary(folder, ...argv, '--format', 'json')).stdout,
    );
    expect(json.map(({project, cost}) => [project, cost])).toEqual(
      costs.map(({project, cost}) => [project, Number(cost)]),
    );
    const text = (await summary(folder, ...argv, '--format', 'text')).stdout.split('\n');
    expect(text[0]).toBe('Cost by project, 2026-10-01 → 2026-10-31');
    const dollars = (value: number) => value.toLocaleString('en-US', {style: 'currency', currency: 'USD'});
    for (const [project, cost] of truth) {
      expect(
        text.find(line => line.startsWith(project)),
        project,
      ).toContain(` ${dollars(cost)} `);
    }
    const total = [...truth.values()].reduce((sum, cost) => sum + cost);
    expect(text.find(line => line.startsWith('total '))).toMatch(new RegExp(`\\${dollars(total)} +100 %$`));
  });

  test('by two dimensions has the figures of each one in its margins', async () => {
    const folder = temporaryFolder();
    const argv = [...october, '--metric', 'requests', '--format', 'json'];
    const read = async (by: string): Promise<Record<string, string | number | null>[]> =>
      JSON.parse((await summary(folder, ...argv, '--by', by)).stdout);
    const [pivot, models, projects] = [await read('model,project'), await read('model'), await read('project')];
    expect(pivot.map(({model, total}) => [model, total])).toEqual(models.map(({model, requests}) => [model, requests]));
    for (const {project, requests} of projects) {
      const sum = pivot.reduce((total, row) => total + Number(row[String(project)]), 0);
      expect(sum, String(project)).toBe(requests);
    }
  });

  test('by day has the days one after another', async () => {
    const folder = temporaryFolder();
    const days = readCsv((await summary(folder, ...october, '--by', 'day', '--metric', 'tokens')).stdout);
    const names = days.map(({day}) => day);
    expect(names).toHaveLength(31);
    expect(names).toEqual([...names].sort());
  });

  test('goes to a file of the format that its ending names', async () => {
    const folder = temporaryFolder();
    const {code, stderr, stdout} = await summary(folder, ...october, '--by', 'model', '--output', 'x.ndjson');
    const lines = readFileSync(join(folder, 'x.ndjson'), 'utf8').trimEnd().split('\n');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({model: expect.any(String), cost: expect.any(Number)});
    expect({code, stderr, stdout}).toEqual({code: 0, stderr: `Wrote ${lines.length} rows to x.ndjson\n`, stdout: ''});
    const again = await summary(folder, ...october, '--by', 'model', '--output', 'x.ndjson');
    expect(again).toMatchObject({code: 2, stderr: expect.stringContaining('it exists already')});
  });
});

describe('what the rows lack', () => {
  test('a filter that nothing passes leaves the header, exit 0', async () => {
    const {code, stdout, stderr} = await summary(temporaryFolder(), ...october, '--project', 'proj_nobody');
    expect(stdout).toBe('project,rows,cost,currency,share\n');
    expect(stderr).toBe('There are no rows: nothing was used in 2026-10-01 → 2026-10-31.\n');
    expect(code).toBe(0);
  });

  test.each([
    [['--endpoints', 'costs', '--metric', 'tokens'], 'No row holds tokens, so that the summary is empty.'],
    [['--by', 'hour'], 'No row has a value for hour, so that the summary is empty. Hours come with --bucket-width 1h.'],
    [
      ['--by', 'user', '--endpoints', 'costs', '--compare'],
      'No row has a value for user, so that the summary is empty.',
    ],
  ])('%j is said, exit 0', async (argv, sentence) => {
    const {code, stdout, stderr} = await summary(temporaryFolder(), '--range', 'yesterday', ...argv);
    expect(stderr).toBe(`${sentence}\n`);
    expect(stdout.split('\n')).toHaveLength(2);
    expect(code).toBe(0);
  });

  test('wrong names are refused before anything is asked', async () => {
    const folder = temporaryFolder();
    const server = await startDemo();
    const argv = ['summary', '--base-url', server.url];
    const {code, stderr, stdout} = await run([...argv, '--metric', 'tokns'], {folder, environment});
    expect(stderr).toMatch(
      /^openai-usage: --metric "tokns" is unknown: did you mean --metric tokens\? There are cost, .+\n$/,
    );
    expect({code, stdout}).toEqual({code: 2, stdout: ''});
    expect(server.requests).toEqual([]);
  });
});

test('costs in two currencies are never added up', async () => {
  const folder = temporaryFolder();
  const day = Date.UTC(2026, 9, 1) / 1000;
  const cost = (value: number, currency: string, project_id: string) => ({amount: {value, currency}, project_id});
  const server = await serveScript(({path}) => {
    if (!path.endsWith('/costs')) return {object: 'list', data: [], has_more: false};
    const results = [cost(10, 'usd', 'proj_a'), cost(7, 'eur', 'proj_a'), cost(2, 'usd', 'proj_b')];
    const bucket = {object: 'bucket', start_time: day, end_time: day + 86_400, results};
    return {object: 'page', data: [bucket], has_more: false, next_page: null};
  });
  const argv = [
    'summary',
    '--start',
    '2026-10-01',
    '--end',
    '2026-10-01',
    '--endpoints',
    'costs',
    '--base-url',
    server.url,
  ];
  const main = await run(argv, {folder, environment});
  expect(main.stdout).toBe(
    'project,rows,cost_usd,currency,share\nproj_a,1,10,usd,0.8333333333333334\nproj_b,1,2,usd,0.16666666666666666\n',
  );
  expect(main.stderr).toBe('This is the cost (USD) alone; currencies are not added up: --metric cost_eur.\n');
  const other = await run([...argv, '--metric', 'cost_eur', '--format', 'text'], {folder, environment});
  expect(other.stdout).toBe(
    'Cost (EUR) by project, 2026-10-01 → 2026-10-01\n\nproject  cost (EUR)  share\nproj_a     7.00 EUR  100 %\ntotal      7.00 EUR  100 %\n',
  );
  expect(other.stderr).toBe('');
});

describe('as an export,', () => {
  test('a reader that leaves early is no error', async () => {
    const folder = temporaryFolder();
    const {child, finished} = start(['summary', '--demo', ...october, '--by', 'key'], {folder});
    child.stdout?.destroy();
    expect(await finished).toMatchObject({code: 0, stderr: ''});
  });

  test('a key that is refused everywhere writes nothing and exits 1', async () => {
    const server = await startDemo({faults: parseFaults('401@all')});
    const argv = ['summary', '--last', '2', '--base-url', server.url];
    const {code, stdout, stderr} = await run(argv, {folder: temporaryFolder(), environment});
    expect({code, stdout}).toEqual({code: 1, stdout: ''});
    expect(stderr).toContain('Nothing was written: no endpoint could be fetched.\n');
  });

  test('SIGTERM ends it in good order', async () => {
    const folder = temporaryFolder();
    let asked = () => {};
    const isHanging = new Promise<void>(resolve => {
      asked = resolve;
    });
    const server = await startDemo({
      faults: parseFaults('hang@costs'),
      onRequest: ({path}) => path.endsWith('/costs') && asked(),
    });
    const argv = ['summary', ...october, '--endpoints', 'costs', '--compare', '--base-url', server.url];
    const {child, finished} = start(argv, {folder, environment});
    await isHanging;
    child.kill('SIGTERM');
    expect(await finished).toEqual({
      code: 143,
      stdout: '',
      stderr: 'Stopped: nothing was written; what had arrived is in the cache.\n',
    });
  });

  test('a settled month is asked for once, and --debug says what was asked', async () => {
    const folder = temporaryFolder();
    const server = await startDemo();
    const argv = ['summary', ...october, '--compare', '--base-url', server.url];
    await run(argv, {folder, environment});
    const before = usageRequests(server).length;
    const {stderr} = await run([...argv, '--debug'], {folder, environment});
    expect(usageRequests(server).length).toBe(before);
    expect(stderr).toMatch(/^debug: \d+ requests sent\n/m);
  });
});
