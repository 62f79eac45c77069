import {once} from 'node:events';
import {existsSync, readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, describe, expect, test} from 'vitest';
import {endpoints} from '../../source/demo/catalogue.ts';
import {createOrganization} from '../../source/demo/organization.ts';
import {type DemoServer, parseFaults, startDemoServer} from '../../source/demo/server.ts';
import {booksOf, rowsIn} from '../../source/demo/usage.ts';
import {startDemo, usageRequests} from '../helpers/demo.ts';
import {type Result, run, runHere, sharedFolder, start, temporaryFolder} from '../helpers/program.ts';
import {readCsv} from './summaries.ts';

const key = 'sk-admin-0123456789abcdefghijklmnop';
const environment = {OPENAI_ADMIN_KEY: key};
const october = ['--start', '2026-10', '--end', '2026-10'];

const readRows = (path: string) => readCsv(readFileSync(path, 'utf8'));

/** Every row the demo organization holds of October 2026, by its own account. */
function truth(): Record<string, unknown>[] {
  const books = booksOf(createOrganization(1, 1));
  const first = Date.UTC(2026, 9, 1) / 1000;
  return Array.from({length: 31}, (_, day) => first + day * 86_400).flatMap(from =>
    endpoints.flatMap(({name}) =>
      rowsIn(books, name, {from, to: from + 86_400}).map(row => ({...row, endpoint_type: name, start_time: from})),
    ),
  );
}

const sum = (values: readonly unknown[]) => values.reduce<number>((total, value) => total + Number(value || 0), 0);

describe('an export of a finished month', () => {
  const folder = sharedFolder();
  const whole = join(folder, 'x.csv');
  let server: DemoServer;
  let first: Result;
  beforeAll(async () => {
    server = await startDemoServer({now: Date.now, latency: [0, 0]});
    first = await runHere(['export', ...october, '--base-url', server.url, '--output', whole], {folder, environment});
    return () => server.close();
  });

  test('holds exactly the rows and sums of the organization, everybody named', () => {
    expect(first).toMatchObject({code: 0, stderr: expect.stringMatching(/^Wrote [\d,]+ rows to .+x\.csv\n$/)});
    const rows = readRows(whole);
    const expected = truth();
    expect(rows).toHaveLength(expected.length);
    for (const {name} of endpoints) {
      const mine = rows.filter(row => row['endpoint_type'] === name);
      const theirs = expected.filter(row => row['endpoint_type'] === name);
      expect(mine.length, name).toBe(theirs.length);
      for (const metric of [
        'input_tokens',
        'output_tokens',
        'num_model_requests',
        'images',
        'characters',
        'usage_bytes',
      ]) {
        expect(sum(mine.map(row => row[metric])), `${name} ${metric}`).toBe(sum(theirs.map(row => row[metric])));
      }
    }
    const named = rows.filter(row => row['project_id'] !== '' && row['project_name'] === row['project_id']);
    expect(named).toEqual([]);
  });

  test('is the same bytes from the cache, without asking for a settled day again', async () => {
    const before = usageRequests(server).length;
    await run(['export', ...october, '--base-url', server.url, '--output', 'again.csv'], {folder, environment});
    expect(usageRequests(server).length).toBe(before);
    expect(readFileSync(join(folder, 'again.csv'))).toEqual(readFileSync(whole));
  });

  test('asks at most one request an endpoint for a day more', async () => {
    const before = usageRequests(server).length;
    const longer = ['export', '--start', '2026-09-30', '--end', '2026-10', '--base-url', server.url, '--output', '-'];
    await runHere(longer, {folder, environment});
    expect(usageRequests(server).length - before).toBe(endpoints.length);
  });

  test('is the same bytes after faults that pass', async () => {
    const faulty = await startDemo({faults: parseFaults('429:1@images#2,cut@costs#1,502html@embeddings#1')});
    const argv = ['export', ...october, '--endpoints', 'images,costs,embeddings', '--output', '-', '--base-url'];
    const calm = await runHere([...argv, server.url, '--offline'], {folder, environment});
    const passed = await runHere([...argv, faulty.url], {folder: temporaryFolder(), environment});
    expect(passed).toEqual(calm);
  });

  test('is the same rows as CSV, JSON and NDJSON', async () => {
    const costs = ['export', ...october, '--endpoints', 'costs', '--offline', '--base-url', server.url];
    const as = async (format: string) =>
      (await runHere([...costs, '--output', '-', '--format', format], {folder, environment})).stdout;
    const csv = readCsv(await as('csv'));
    const json: Record<string, unknown>[] = JSON.parse(await as('json'));
    const lines = (await as('ndjson')).trimEnd().split('\n');
    expect(lines.map(line => JSON.parse(line))).toEqual(json);
    expect(json.map(row => row['amount'])).toEqual(csv.map(row => Number(row['amount'])));
    expect(Object.keys(json[0] ?? {})).toEqual(Object.keys(csv[0] ?? {}));
  });

  test('of a cold year takes at most 160 requests', async () => {
    const folder = temporaryFolder();
    const server = await startDemo();
    const year = ['--start', '2025-11-01', '--end', '2026-10-31'];
    const {code} = await run(['export', ...year, '--base-url', server.url, '--output', 'y.csv'], {folder, environment});
    expect(code).toBe(0);
    expect(server.requests.length).toBeLessThanOrEqual(160);
  });
});

describe('when one endpoint fails', () => {
  // The other kinds of failure are retried for half a minute: they are tested with a clock of our own (test/usage/fetch).
  test('its error, all other rows, exit 3', async () => {
    const folder = temporaryFolder();
    const server = await startDemo({faults: parseFaults('403@images')});
    const {code, stderr} = await run(
      ['export', '--start', '2026-10-01', '--end', '2026-10-03', '--base-url', server.url],
      {folder, environment},
    );
    expect(stderr).toMatch(/^images: .+\. .+\. 3 days missing \(2026-10-01 → 2026-10-03\)/m);
    expect(code).toBe(3);
    const rows = readRows(join(folder, 'openai_usage_2026-10-01_2026-10-03_partial.csv'));
    expect(new Set(rows.map(row => row['endpoint_type']))).toEqual(
      new Set(endpoints.map(({name}) => name).filter(name => name !== 'images')),
    );
  });

  test('a key that is refused everywhere writes nothing and exits 1', async () => {
    const folder = temporaryFolder();
    const server = await startDemo({faults: parseFaults('401@all')});
    const {code, stderr} = await run(['export', '--last', '3', '--base-url', server.url, '--output', 'x.csv'], {
      folder,
      environment,
    });
    expect(code).toBe(1);
    expect(stderr).toContain('Nothing was written');
    expect(existsSync(join(folder, 'x.csv'))).toBe(false);
  });
});

describe('outputs', () => {
  test('the file is for its owner alone, and so is everything in the cache', async () => {
    const folder = temporaryFolder();
    await run(['export', '--demo', '--last', '2', '--output', 'x.json'], {folder});
    expect(statSync(join(folder, 'x.json')).mode & 0o777).toBe(0o600);
    const cache = join(folder, '.cache', 'openai-usage');
    for (const name of readdirSync(cache, {recursive: true, encoding: 'utf8'})) {
      const entry = statSync(join(cache, name));
      expect(entry.mode & 0o077, name).toBe(0);
    }
  });

  test('an existing file is refused before anything is fetched', async () => {
    const folder = temporaryFolder();
    const server = await startDemo();
    writeFileSync(join(folder, 'x.csv'), 'mine');
    const {code, stderr} = await run(['export', '--last', '2', '--base-url', server.url, '--output', 'x.csv'], {
      folder,
      environment,
    });
    expect(stderr).toBe(
      'openai-usage: Cannot write x.csv: it exists already. Choose another path or overwrite it with --force.\n',
    );
    expect(code).toBe(2);
    expect(server.requests).toEqual([]);
    expect(readFileSync(join(folder, 'x.csv'), 'utf8')).toBe('mine');
  });

  test('without a terminal the session is an export to stdout', async () => {
    const folder = temporaryFolder();
    const {code, stdout, stderr} = await run(['--demo', '--last', '2'], {folder});
    expect(stdout).toMatch(
      /^date,endpoint_type,input_tokens,output_tokens,api_key_id,api_key_name,project_id,project_name/,
    );
    expect(stderr).toBe('Standard output is no terminal: writing CSV there (for the full screen over ssh: ssh -t).\n');
    expect(code).toBe(0);
  });

  test('a reader that leaves early is no error', async () => {
    const folder = temporaryFolder();
    const {child, finished} = start(['export', '--demo', ...october, '--output', '-'], {folder});
    child.stdout?.once('data', () => child.stdout?.destroy());
    const {code, stderr} = await finished;
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });
});

describe('a reader of what is said', () => {
  test('that leaves does not cost the file', async () => {
    const folder = temporaryFolder();
    const {child, finished} = start(['export', '--demo', '--last', '2', '--fault', '403@costs', '--output', 'x.csv'], {
      folder,
    });
    child.stderr?.destroy();
    expect((await finished).code).toBe(3);
    expect(existsSync(join(folder, 'x.csv'))).toBe(true);
  });

  test('that stands still does not keep a stopped program alive', async () => {
    const folder = temporaryFolder();
    const {child} = start(['export', '--demo', ...october, '--output', '-'], {folder});
    child.stdout?.removeAllListeners('data');
    child.stdout?.pause();
    const cache = join(folder, '.cache', 'openai-usage', 'demo', 'names');
    await expect.poll(() => existsSync(cache)).toBe(true);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([143, null]);
  });
});

test('a partial file of its own name is never in the way of the next one', async () => {
  const folder = temporaryFolder();
  for (let time = 0; time < 2; time++) {
    const {code} = await run(['export', '--demo', '--last', '1', '--fault', '403@costs'], {folder});
    expect(code).toBe(3);
  }
  const partial = readdirSync(folder).filter(name => name.includes('_partial'));
  expect(partial.map(name => name.slice(name.indexOf('_partial')))).toEqual(['_partial.csv', '_partial_2.csv']);
});

describe('offline', () => {
  test('sends nothing, says which days are missing, exits 3', async () => {
    const folder = temporaryFolder();
    const server = await startDemo();
    const argv = ['export', '--endpoints', 'costs', '--base-url', server.url, '--output'];
    await run([...argv, 'a.csv', '--start', '2026-10-02', '--end', '2026-10-04'], {folder, environment});
    const before = server.requests.length;
    const {code, stderr} = await run([...argv, 'b.csv', '--start', '2026-10-01', '--end', '2026-10-05', '--offline'], {
      folder,
      environment,
    });
    expect(stderr).toContain('costs: 2 days missing (2026-10-01, 2026-10-05).');
    expect(code).toBe(3);
    expect(server.requests.length).toBe(before);
    expect(readFileSync(join(folder, 'b.csv'))).toEqual(readFileSync(join(folder, 'a.csv')));
  });
});

describe('interrupted', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s keeps what was complete, writes no file, exits %i', async (signal, exitCode) => {
    const folder = temporaryFolder();
    let asked = () => {};
    const isHanging = new Promise<void>(resolve => {
      asked = resolve;
    });
    const server = await startDemo({
      faults: parseFaults('hang@completions'),
      onRequest: ({path}) => path.endsWith('/completions') && asked(),
    });
    const argv = [
      'export',
      ...october,
      '--endpoints',
      'completions,costs',
      '--base-url',
      server.url,
      '--output',
      'x.csv',
    ];
    const {child, finished} = start(argv, {folder, environment});
    await isHanging;
    const cache = join(folder, '.cache', 'openai-usage');
    await expect
      .poll(
        () =>
          existsSync(cache) &&
          readdirSync(cache, {recursive: true, encoding: 'utf8'}).some(name => /-costs-1d-2026-10$/.test(name)),
      )
      .toBe(true);
    child.kill(signal);
    const {code, stderr} = await finished;
    expect(code).toBe(exitCode);
    expect(stderr).toBe('Stopped: nothing was written; what had arrived is in the cache.\n');
    expect(existsSync(join(folder, 'x.csv'))).toBe(false);
  });
});

test('the admin key reaches no file, no message and no export', async () => {
  const folder = temporaryFolder();
  const server = await startDemo({faults: parseFaults('401@images,400@costs,html@embeddings')});
  const {stdout, stderr} = await run(
    [
      'export',
      '--last',
      '2',
      '--endpoints',
      'images,costs,completions',
      '--debug',
      '--base-url',
      server.url,
      '--output',
      'x.csv',
    ],
    {folder, environment},
  );
  const texts = [stdout, stderr];
  for (const name of readdirSync(folder, {recursive: true, encoding: 'utf8'})) {
    if (statSync(join(folder, name)).isFile()) texts.push(name, readFileSync(join(folder, name), 'utf8'));
  }
  for (let from = 0; from + 12 <= key.length; from++) {
    // `sk-admin-0…` stands in hints too; what is secret comes after it.
    const part = key.slice(Math.max(from, 9), from + 12);
    if (part.length < 8) continue;
    expect(texts.filter(text => text.includes(part))).toEqual([]);
  }
});
