import {closeSync, existsSync, openSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {parseFaults} from '../../source/demo/server.ts';
import {startDemo, usageRequests} from '../helpers/demo.ts';
import {runHere, start, temporaryFolder} from '../helpers/program.ts';
import {cachedDays, environment, october, readCsv} from './summaries.ts';

const {exported, folder: cached, summary} = cachedDays('2026-10', '2026-10');

describe('a summary of a month', () => {
  test('has the sums of the exported rows, as CSV, as JSON and as text', async () => {
    const truth = exported('2026-10', 'project_name', 'amount');
    const argv = [...october, '--by', 'project', '--metric', 'cost'];
    const csv = await summary(...argv);
    expect(csv).toMatchObject({code: 0, stderr: ''});
    const costs = readCsv(csv.stdout);
    expect(costs.map(({project}) => project).sort()).toEqual([...truth.keys()].sort());
    for (const {project = '', cost} of costs) expect(Number(cost), project).toBeCloseTo(truth.get(project) ?? 0, 6);
    const json: {project: string; cost: number}[] = JSON.parse((await summary(...argv, '--format', 'json')).stdout);
    expect(json.map(({project, cost}) => [project, cost])).toEqual(
      costs.map(({project, cost}) => [project, Number(cost)]),
    );
    const text = (await summary(...argv, '--format', 'text')).stdout.split('\n');
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
    const argv = [...october, '--metric', 'requests', '--format', 'json'];
    const read = async (by: string): Promise<Record<string, string | number | null>[]> =>
      JSON.parse((await summary(...argv, '--by', by)).stdout);
    const [pivot, models, projects] = [await read('model,project'), await read('model'), await read('project')];
    expect(pivot.map(({model, total}) => [model, total])).toEqual(models.map(({model, requests}) => [model, requests]));
    for (const {project, requests} of projects) {
      const sum = pivot.reduce((total, row) => total + Number(row[String(project)]), 0);
      expect(sum, String(project)).toBe(requests);
    }
  });

  test('by day has the days one after another', async () => {
    const days = readCsv((await summary(...october, '--by', 'day', '--metric', 'tokens')).stdout);
    const names = days.map(({day}) => day);
    expect(names).toHaveLength(31);
    expect(names).toEqual([...names].sort());
  });

  test('goes to a file of the format that its ending names', async () => {
    const path = join(temporaryFolder(), 'x.ndjson');
    const {code, stderr, stdout} = await summary(...october, '--by', 'model', '--output', path);
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({model: expect.any(String), cost: expect.any(Number)});
    expect({code, stderr, stdout}).toEqual({code: 0, stderr: `Wrote ${lines.length} rows to ${path}\n`, stdout: ''});
    const again = await summary(...october, '--by', 'model', '--output', path);
    expect(again).toMatchObject({code: 2, stderr: expect.stringContaining('it exists already')});
  });
});

describe('what the rows lack', () => {
  const lastDay = ['--start', '2026-10-31', '--end', '2026-10-31'];

  test('a filter that nothing passes leaves the header, exit 0', async () => {
    const argv = ['summary', '--demo', ...lastDay, '--project', 'proj_nobody'];
    const {code, stdout, stderr} = await runHere(argv, {folder: temporaryFolder()});
    expect(stdout).toBe('project,rows,cost,currency,share\n');
    expect(stderr).toBe('There are no rows: nothing was used in 2026-10-31 → 2026-10-31.\n');
    expect(code).toBe(0);
  });

  test('an empty cache does not say that nothing was used, exit 3', async () => {
    const argv = ['summary', '--demo', ...lastDay, '--endpoints', 'costs', '--offline'];
    const {code, stdout, stderr} = await runHere(argv, {folder: temporaryFolder()});
    expect(stdout).toBe('project,rows,cost,currency,share\n');
    expect(stderr).toBe(
      'costs: 1 day missing (2026-10-31). The cache does not hold them; run once without --offline.\n' +
        'There are no rows in what is here, and days are missing: what was used is not known.\n',
    );
    expect(code).toBe(3);
  });

  test.each([
    [['--endpoints', 'costs', '--metric', 'tokens'], 'No row holds tokens, so that the summary is empty.'],
    [['--by', 'hour'], 'No row has a value for hour, so that the summary is empty. Hours come with --bucket-width 1h.'],
    [
      ['--by', 'user', '--endpoints', 'costs', '--compare'],
      'No row has a value for user, so that the summary is empty.',
    ],
  ])('%j is said, exit 0', async (argv, sentence) => {
    const {code, stdout, stderr} = await summary(...lastDay, ...argv);
    expect(stderr).toBe(`${sentence}\n`);
    expect(stdout.split('\n')).toHaveLength(2);
    expect(code).toBe(0);
  });

  test.each([
    [
      ['--metric', 'tokns'],
      /^openai-usage: --metric "tokns" is unknown: did you mean --metric tokens\? There are cost, .+\n$/,
    ],
    [['--by', 'project,project'], /^openai-usage: --by takes one dimension or two different ones, .+\n$/],
  ])('%j is refused before anything is asked', async (argv, sentence) => {
    const server = await startDemo();
    const {code, stderr, stdout} = await runHere(['summary', '--base-url', server.url, ...argv], {
      folder: temporaryFolder(),
      environment,
    });
    expect(stderr).toMatch(sentence);
    expect({code, stdout}).toEqual({code: 2, stdout: ''});
    expect(server.requests).toEqual([]);
  });
});

describe('as an export,', () => {
  const argv = ['summary', '--demo', '--offline', ...october, '--by', 'key'];

  test('a reader that leaves early is no error', async () => {
    const {child, finished} = start(argv, {folder: cached});
    child.stdout?.destroy();
    expect(await finished).toMatchObject({code: 0, stderr: ''});
  });

  test.skipIf(!existsSync('/dev/full'))('a full disk is said once, exit 1', async () => {
    const full = openSync('/dev/full', 'w');
    onTestFinished(() => closeSync(full));
    const {finished} = start(argv, {folder: cached, stdout: full});
    expect(await finished).toEqual({
      code: 1,
      stdout: '',
      stderr: 'openai-usage: Cannot write to standard output: the disk is full. Make room or choose another path.\n',
    });
  });

  test('a key that is refused everywhere writes nothing and exits 1', async () => {
    const server = await startDemo({faults: parseFaults('401@all')});
    const {code, stdout, stderr} = await runHere(['summary', '--last', '2', '--base-url', server.url], {
      folder: temporaryFolder(),
      environment,
    });
    expect({code, stdout}).toEqual({code: 1, stdout: ''});
    expect(stderr).toContain('Nothing was written: no endpoint could be fetched.\n');
  });

  test('SIGTERM ends it in good order', async () => {
    let asked = () => {};
    const isHanging = new Promise<void>(resolve => {
      asked = resolve;
    });
    const server = await startDemo({
      faults: parseFaults('hang@costs'),
      onRequest: ({path}) => path.endsWith('/costs') && asked(),
    });
    const hanging = ['summary', ...october, '--endpoints', 'costs', '--compare', '--base-url', server.url];
    const {child, finished} = start(hanging, {folder: temporaryFolder(), environment});
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
    const settled = ['summary', ...october, '--endpoints', 'costs', '--compare', '--base-url', server.url];
    await runHere(settled, {folder, environment});
    const before = usageRequests(server).length;
    const {stderr} = await runHere([...settled, '--debug'], {folder, environment});
    expect(before).toBeGreaterThan(0);
    expect(usageRequests(server).length).toBe(before);
    expect(stderr).toMatch(/^debug: \d+ requests sent\n/m);
  });
});
