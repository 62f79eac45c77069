import {describe, expect, test} from 'vitest';
import {parseFaults} from '../../source/demo/server.ts';
import {startDemo} from '../helpers/demo.ts';
import {runHere, temporaryFolder} from '../helpers/program.ts';
import {cachedDays, environment, october, readCsv} from './summaries.ts';

const {exported, summary} = cachedDays('2026-09', '2026-10');

describe('--compare', () => {
  test('has both months and what lies between them', async () => {
    const now = exported('2026-10', 'api_key_name', 'amount');
    const before = exported('2026-09', 'api_key_name', 'amount');
    const {code, stdout, stderr} = await summary(...october, '--by', 'key', '--metric', 'cost', '--compare');
    expect({code, stderr}).toEqual({code: 0, stderr: ''});
    const rows = readCsv(stdout);
    expect(rows.map(row => row['key']).sort()).toEqual([...new Set([...now.keys(), ...before.keys()])].sort());
    for (const row of rows) {
      const key = row['key'] ?? '';
      expect(Number(row['cost']), key).toBeCloseTo(now.get(key) ?? 0, 6);
      expect(Number(row['before']), key).toBeCloseTo(before.get(key) ?? 0, 6);
      expect(Number(row['change']), key).toBeCloseTo(Number(row['cost']) - Number(row['before']), 9);
      expect(row['state'], key).toBe(now.has(key) ? (before.has(key) ? 'both' : 'new') : 'gone');
    }
    const sizes = rows.map(row => Math.abs(Number(row['change'])));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  test('of two dimensions has the changes of the second inside those of the first', async () => {
    const argv = [...october, '--metric', 'requests', '--compare'];
    const models = readCsv((await summary(...argv, '--by', 'model')).stdout);
    const both = readCsv((await summary(...argv, '--by', 'model,project')).stdout);
    expect([...new Set(both.map(({model}) => model))]).toEqual(models.map(({model}) => model));
    for (const {model, requests, before} of models) {
      const inside = both.filter(row => row['model'] === model);
      const sum = (name: string) => inside.reduce((total, row) => total + Number(row[name]), 0);
      expect([sum('requests'), sum('before')]).toEqual([Number(requests), Number(before)]);
    }
    const text = (await summary(...argv, '--by', 'model,project', '--format', 'text')).stdout;
    expect(text).toMatch(/^model +requests +before +change +%\n\S.*\n {2}\S/m);
  });

  test('as text begins with what changed most', async () => {
    const {stdout} = await summary(...october, '--by', 'key', '--compare', '--format', 'text');
    const [headline, title] = stdout.split('\n');
    expect(headline).toMatch(/^Cost [+-]\d+ % \([+-]\$[\d,]+\) against 2026-09-01 → 09-30: \S/);
    expect(title).toBe('Cost by key, 2026-10-01 → 2026-10-31 against 2026-09-01 → 2026-09-30');
  });

  test('of another metric than cost speaks of that, and of nothing where groups do not add up', async () => {
    const argv = [...october, '--by', 'model', '--compare', '--format', 'text', '--metric'];
    const [headline] = (await summary(...argv, 'requests')).stdout.split('\n');
    expect(headline).toMatch(
      /^Requests [+-]\d+ % \([+-][\d.,]+[kMG]?\) against 2026-09-01 → 09-30: model \S+ [+-][\d.,]+[kMG]?$/,
    );
    expect((await summary(...argv, 'cached_share')).stdout).toMatch(/^Cached share by model, 2026-10-01/);
  });

  test('leaves out what is missing on one side, says so, and exits 3', async () => {
    const server = await startDemo({faults: parseFaults('403@images')});
    const range = ['--start', '2026-10-03', '--end', '2026-10-04'];
    const {code, stdout, stderr} = await runHere(
      ['summary', ...range, '--by', 'endpoint', '--metric', 'requests', '--compare', '--base-url', server.url],
      {folder: temporaryFolder(), environment},
    );
    expect(code).toBe(3);
    expect(stderr).toMatch(/^images: .*2026-10-03 → 2026-10-04/m);
    expect(stderr).toMatch(/^images: .*2026-10-01 → 2026-10-02/m);
    expect(stderr).toContain('Left out of the comparison, because days are missing: images.\n');
    expect(readCsv(stdout).map(row => row['endpoint'])).not.toContain('images');
    expect(readCsv(stdout).map(row => row['endpoint'])).toContain('completions');
  });

  test('offline, without the period before, gives the summary alone and says why', async () => {
    const argv = ['--start', '2026-09', '--end', '2026-09', '--endpoints', 'costs'];
    const alone = await summary(...argv);
    const {code, stdout, stderr} = await summary(...argv, '--compare');
    expect(code).toBe(3);
    expect(stderr).toContain('costs: 31 days missing (2026-08-01 → 2026-08-31).');
    expect(stderr).toContain('Nothing can be compared: no endpoint has every day of both periods.\n');
    expect(stdout).toBe(alone.stdout);
  });

  test('never counts today', async () => {
    const folder = temporaryFolder();
    const online = (...range: readonly string[]) =>
      runHere(['summary', '--demo', ...range, '--endpoints', 'embeddings', '--metric', 'requests', '--compare'], {
        folder,
      });
    const {code, stderr, stdout} = await online('--last', '3');
    expect(stderr).toMatch(/^Only days that are over are compared: (\S+) → (\S+), without \S+\.\n$/);
    const [, first = '', last = ''] = / (\d\S+) → (\S+), /.exec(stderr) ?? [];
    const complete = await online('--start', first, '--end', last);
    expect(stdout).toBe(complete.stdout);
    expect(complete.stderr).toBe('');
    expect(code).toBe(0);
  });

  test('of today alone is the summary of today', async () => {
    const argv = ['summary', '--demo', '--range', 'today', '--by', 'model', '--endpoints', 'completions', '--compare'];
    const {code, stdout, stderr} = await runHere(argv, {folder: temporaryFolder()});
    expect(stderr).toMatch(/^There is nothing to compare: no day of \S+ → \S+ is over\.\n$/);
    expect(stdout).toMatch(/^model,rows,tokens,share,unaccounted_rows,unaccounted\n/);
    expect(code).toBe(0);
  });
});
