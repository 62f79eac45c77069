import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {ENDPOINTS, type EndpointName} from '../../source/api/endpoints.ts';
import {type Day, dayOf, daysOf, isoOf, type Range} from '../../source/usage/days.ts';
import {readCacheFile} from '../../source/usage/store-file.ts';
import {kindOf} from '../../source/usage/store-key.ts';
import {startDemo, usageRequests} from '../helpers/demo.ts';
import {type Result, run, runHere, temporaryFolder} from '../helpers/program.ts';

/** What one of several programs exports. `range` holds the first of a month: so all of them write into the same files. */
type Job = {readonly endpoints: readonly EndpointName[]; readonly range: Range; readonly isRefresh: boolean};

const names = ['completions', 'embeddings', 'images', 'vector_stores', 'costs'] as const;
const months = [4, 5, 6, 7, 8].map(month => dayOf(Date.UTC(2026, month, 1) / 1000));
const everything = {first: dayOf(Date.UTC(2026, 3, 10) / 1000), last: dayOf(Date.UTC(2026, 8, 22) / 1000)};

const round = fc.array(
  fc.record({
    endpoints: fc.subarray([...names], {minLength: 1}),
    before: fc.nat(20),
    after: fc.nat(20),
    isRefresh: fc.boolean(),
  }),
  {minLength: 2, maxLength: 5},
);

/** So many rounds of two to five jobs about that day, the same in every run. In every second round nobody asks again. */
const roundsAbout = (day: Day, count: number): Job[][] =>
  fc.sample(round, {numRuns: count, seed: day}).map((jobs, number) =>
    jobs.map(({endpoints, before, after, isRefresh}) => ({
      endpoints,
      range: {first: day - before, last: day + after},
      isRefresh: isRefresh && number % 2 === 1,
    })),
  );

const wordsOf = (endpoints: readonly EndpointName[], {first, last}: Range): string[] => [
  'export',
  ...['--start', isoOf(first), '--end', isoOf(last), '--endpoints', endpoints.join(), '--output', '-'],
];
const asLines = ['--format', 'ndjson', '--all-columns', '--debug'];

const dayKeys = (endpoint: EndpointName, range: Range): string[] => daysOf(range).map(day => `${endpoint} ${day}`);
const keysOf = ({endpoints, range}: Job): string[] => endpoints.flatMap(name => dayKeys(name, range));

/** The days that a request for usage or costs asks for, as `dayKeys` writes them. */
function keysAsked(request: string): string[] {
  const url = new URL(request.slice('GET '.length), 'http://127.0.0.1');
  const endpoint = ENDPOINTS.find(({path}) => url.pathname.endsWith(`/${path}`));
  const [start = 0, end = 0] = ['start_time', 'end_time'].map(name => dayOf(Number(url.searchParams.get(name))));
  return endpoint ? dayKeys(endpoint.name, {first: start, last: end - 1}) : [];
}

/** All days of an endpoint that jobs about that day had together: without a gap, since every job had the day itself. */
function unionOf(endpoint: EndpointName, about: Day, held: ReadonlySet<string>): Range {
  const days = daysOf({first: about - 20, last: about + 20}).filter(day => held.has(`${endpoint} ${day}`));
  return {first: Math.min(...days), last: Math.max(...days)};
}

async function inOrder<Item, Result>(items: readonly Item[], run: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await run(item));
  return results;
}

/** An organization, programs that share one cache of it, and what each of them must export. */
async function startSharing() {
  const folder = temporaryFolder();
  const server = await startDemo({scale: 0.1});
  const options = {folder, environment: {OPENAI_ADMIN_KEY: 'sk-admin-x', OPENAI_BASE_URL: server.url}};
  const shared = ['--cache-dir', join(folder, 'shared')];
  const cold = await runHere([...wordsOf(names, everything), ...asLines, '--cache-dir', join(folder, 'cold')], options);
  expect(cold.code).toBe(0);
  const rows = cold.stdout.match(/.*\n/g) ?? [];
  const expected = ({endpoints, range}: Job): string =>
    rows
      .filter(row => {
        const {date, endpoint_type: name} = JSON.parse(row);
        return endpoints.includes(name) && date >= isoOf(range.first) && date <= isoOf(range.last);
      })
      .join('');
  return {
    folder,
    server,
    options,
    shared,
    export: (job: Job): Promise<Result> =>
      run(
        [...wordsOf(job.endpoints, job.range), ...asLines, ...shared, ...(job.isRefresh ? ['--refresh'] : [])],
        options,
      ),
    /** It succeeded, saw no damaged file, and brought every row of a cold fetch, byte by byte. */
    expectWhole({code, stdout, stderr}: Result, job: Job) {
      expect(stderr).toMatch(/^(debug: .*\n)+$/);
      expect(stderr).toContain(' 0 unreadable');
      expect(code).toBe(0);
      expect(stdout === expected(job), `${stdout.length} bytes of ${JSON.stringify(job)}`).toBe(true);
    },
    /** Every file is whole, and nothing else is there. */
    expectCleanCache() {
      const [account = '', ...others] = readdirSync(join(folder, 'shared'));
      expect(others).toEqual([]);
      const its = join(folder, 'shared', account);
      for (const name of readdirSync(its)) {
        expect(kindOf(name), name).toMatch(/^(usage|names|account)$/);
        expect(readCacheFile(its, name), name).toBeTypeOf('object');
      }
    },
  };
}

test('two to five programs at a time on one cache export what a cold fetch brings, and lose no settled day of each other', async () => {
  const sharing = await startSharing();
  const {server, options, folder, shared} = sharing;
  const held = new Set<string>();
  const counts = {runs: 0, refreshes: 0};
  for (const rounds of months.map(day => roundsAbout(day, 10)))
    for (const jobs of rounds) {
      const before = usageRequests(server).length;
      const results = await Promise.all(jobs.map(job => sharing.export(job)));
      const refreshes = jobs.filter(({isRefresh}) => isRefresh).length;
      for (const [index, job] of jobs.entries()) {
        sharing.expectWhole(results[index] ?? {code: null, stdout: '', stderr: ''}, job);
      }
      // Whatever any of them had fetched in an earlier round is still there for all.
      const asked = refreshes > 0 ? [] : usageRequests(server).slice(before).flatMap(keysAsked);
      expect(asked.filter(key => held.has(key))).toEqual([]);
      for (const key of jobs.flatMap(keysOf)) held.add(key);
      counts.runs += jobs.length;
      counts.refreshes += refreshes;
    }
  expect(counts.runs).toBeGreaterThan(150);
  expect(counts.refreshes).toBeGreaterThan(30);
  sharing.expectCleanCache();

  const unions = names.flatMap(name => months.map(month => wordsOf([name], unionOf(name, month, held))));
  const before = usageRequests(server).length;
  const offline = await inOrder(unions, words => runHere([...words, ...shared, '--offline'], options));
  expect(await inOrder(unions, words => runHere([...words, ...shared], options))).toEqual(offline);
  expect(usageRequests(server).length).toBe(before);
  const empty = ['--cache-dir', join(folder, 'empty')];
  expect(await inOrder(unions, words => runHere([...words, ...empty], options))).toEqual(offline);
  for (const {code, stderr} of offline) expect({code, stderr}).toEqual({code: 0, stderr: ''});
}, 300_000);

test('programs whose cache is cleared all the time export the same, and leave it whole', async () => {
  const sharing = await startSharing();
  let isOver = false;
  const clearing = async (): Promise<number> => {
    let cleared = 0;
    while (!isOver) {
      const {code, stdout, stderr} = await run(['cache', 'clear', ...sharing.shared], sharing.options);
      expect({code, stderr}).toEqual({code: 0, stderr: ''});
      if (!stdout.startsWith('Cleared 0 ')) cleared++;
    }
    return cleared;
  };
  const exporting = async (): Promise<void> => {
    try {
      await inOrder(
        months.flatMap(month => roundsAbout(month, 2)),
        async jobs => {
          const results = await Promise.all(jobs.map(async job => ({job, result: await sharing.export(job)})));
          for (const {job, result} of results) sharing.expectWhole(result, job);
        },
      );
    } finally {
      isOver = true;
    }
  };
  const [cleared] = await Promise.all([clearing(), exporting()]);
  expect(cleared).toBeGreaterThan(5);
  sharing.expectCleanCache();
}, 300_000);
