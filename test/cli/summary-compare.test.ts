import {describe, expect, test} from 'vitest';
import {parseFaults} from '../../source/demo/server.ts';
import {startDemo} from '../helpers/demo.ts';
import {run, temporaryFolder} from '../helpers/program.ts';
import {environment, exported, october, readCsv, summary} from './summaries.ts';

const september = ['--start', '2026-09', '--end', '2026-09'];

describe('--compare', () => {
  test('has both months and what lies between them', async () => {
    const folder = temporaryFolder();
    const now = await exported(folder, october, 'api_key_name', 'amount');
    const before = await exported(folder, september, 'api_key_name', 'amount');
    const {code, stdout, stderr} = await summary(folder, ...october, '--by', 'key', '--metric', 'cost', '--compare');
    expect({code, stderr}).toEqual({code: 0, stderr: ''});
    const rows = readCsv(stdout);
    expect(rows.map(row => row['key']).sort()).toEqual([...new Set([...now.keys(), ...before.keys()])].sort());
    for (const row of rows) {
      const key = row['key'] ?? '';
      expect(Number(row['cost']), key).toBeCloseTo(now.get(key) ?? 0, 6);
      expect(Number(row['before']), key).toBeCloseTo(before.get(key) ?? 0, 6);
      expect(Number(row['change']), key).toBe(Number(row['cost']) - Number(row['before']));
      expect(row['state'], key).toBe(now.has(key) ? (before.has(key) ? 'both' : 'new') : 'gone');
    }
    const sizes = rows.map(row => Math.abs(Number(row['change'])));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  test('of two dimensions has the changes of the second inside those of the first', async () => {
    const folder = temporaryFolder();
    const argv = [...october, '--metric', 'requests', '--compare'];
    const models = readCsv((await summary(folder, ...argv, '--by', 'model')).stdout);
    const both = readCsv((await summary(folder, ...argv, '--by', 'model,project')).stdout);
    expect([...new Set(both.map(({model}) => model))]).toEqual(models.map(({model}) => model));
    for (const {model, requests, before} of models) {
      const inside = both.filter(row => row['model'] === model);
      const sum = (name: string) => inside.reduce((total, row) => total + Number(row[name]), 0);
      expect([sum('requests'), sum('before')]).toEqual([Number(requests), Number(before)]);
    }
    const text = (await summary(folder, ...argv, '--by', 'model,project', '--format', 'text')).stdout;
    expect(text).toMatch(/^model +requests +before +change +%\n\S.*\n {2}\S/m);
  });

  test('as text begins with what changed most', async () => {
    const folder = temporaryFolder();
    const {stdout} = await summary(folder, ...october, '--by', 'key', '--compare', '--format', 'text');
    const [headline, title] = stdout.split('\n');
    expect(headline).toMatch(/^Cost [+-]\d+ % \([+-]\$[\d,]+\) against 2026-09-01 → 09-30: \S/);
    expect(title).toBe('Cost by key, 2026-10-01 → 2026-10-31 against 2026-09-01 → 2026-09-30');
  });

  test('of another metric than cost speaks of that, and of nothing where groups do not add up', async () => {
    const folder = temporaryFolder();
    const argv = [...october, '--by', 'model', '--compare', '--format', 'text', '--metric'];
    const [headline] = (await summary(folder, ...argv, 'requests')).stdout.split('\n');
    expect(headline).toMatch(
      /^Requests [+-]\d+ % \([+-][\d.,]+[kMG]?\) against 2026-09-01 → 09-30: model \S+ [+-][\d.,]+[kMG]?$/,
    );
    expect((await summary(folder, ...argv, 'cached_share')).stdout).toMatch(/^Cached share by model, 2026-10-01/);
  });

  test('leaves out what is missing on one side, says so, and exits 3', async () => {
    const folder = temporaryFolder();
    const server = await startDemo({faults: parseFaults('403@images')});
    const {code, stdout, stderr} = await run(
      ['summary', ...october, '--by', 'endpoint', '--metric', 'requests', '--compare', '--base-url', server.url],
      {folder, environment},
    );
    expect(code).toBe(3);
    expect(stderr).toMatch(/^images: .*2026-10-01 → 2026-10-31/m);
    expect(stderr).toMatch(/^images: .*2026-09-01 → 2026-09-30/m);
    expect(stderr).toContain('Left out of the comparison, because days are missing: images.\n');
    expect(readCsv(stdout).map(row => row['endpoint'])).not.toContain('images');
    expect(readCsv(stdout).map(row => row['endpoint'])).toContain('completions');
  });

  test('offline, without the period before, gives the summary alone and says why', async () => {
    const folder = temporaryFolder();
    const alone = await summary(folder, ...october, '--endpoints', 'costs');
    const {code, stdout, stderr} = await summary(folder, ...october, '--endpoints', 'costs', '--compare', '--offline');
    expect(code).toBe(3);
    expect(stderr).toContain('costs: 30 days missing (2026-09-01 → 2026-09-30).');
    expect(stderr).toContain('Nothing can be compared: no endpoint has every day of both periods.\n');
    expect(stdout).toBe(alone.stdout);
  });

  test('never counts today', async () => {
    const folder = temporaryFolder();
    const argv = ['--by', 'project', '--metric', 'requests', '--compare'];
    const {code, stderr, stdout} = await summary(folder, '--last', '3', ...argv);
    expect(stderr).toMatch(/^Only days that are over are compared: (\S+) → (\S+), without \S+\.\n$/);
    const [, first = '', last = ''] = / (\d\S+) → (\S+), /.exec(stderr) ?? [];
    const complete = await summary(folder, '--start', first, '--end', last, ...argv);
    expect(stdout).toBe(complete.stdout);
    expect(complete.stderr).toBe('');
    expect(code).toBe(0);
  });

  test('of today alone is the summary of today', async () => {
    const folder = temporaryFolder();
    const {code, stdout, stderr} = await summary(folder, '--range', 'today', '--by', 'model', '--compare');
    expect(stderr).toMatch(/^There is nothing to compare: no day of \S+ → \S+ is over\.\n$/);
    expect(stdout).toMatch(/^model,rows,cost,currency,share\n/);
    expect(code).toBe(0);
  });
});
