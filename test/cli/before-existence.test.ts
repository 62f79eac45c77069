import {expect, test} from 'vitest';
import {runHere, sessionHere, temporaryFolder} from '../helpers/program.ts';
import {sendJson, serveScript} from '../helpers/script-server.ts';
import {environment} from './summaries.ts';

const range = ['--start', '2015-01', '--end', '2015-01', '--endpoints', 'costs,completions'];

/** An API that knows of no such days: with empty buckets, or by refusing. */
async function young(answer: 'empty' | 'refuses') {
  const server = await serveScript(({path, query}, response) => {
    if (!/usage|costs/.test(path)) return {data: [], has_more: false};
    if (answer === 'refuses') {
      sendJson(response, {error: {message: 'start_time is too early', param: 'start_time'}}, 400);
      return undefined;
    }
    const [start, end] = [Number(query.get('start_time')), Number(query.get('end_time'))];
    const data = Array.from({length: (end - start) / 86_400}, (_, day) => ({
      start_time: start + day * 86_400,
      end_time: start + (day + 1) * 86_400,
      results: [],
    }));
    return {data, has_more: false, next_page: null};
  });
  const options = {folder: temporaryFolder(), environment};
  const argv = [...range, '--base-url', server.url];
  const askedDays = () => server.heard.filter(({path}) => /usage|costs/.test(path)).length;
  return {options, argv, askedDays, run: (...words: readonly string[]) => runHere([...words, ...argv], options)};
}

test('a range before there was an organization has no rows, and is asked for once', async () => {
  const {run, askedDays} = await young('empty');
  const exported = await run('export', '--output', '-');
  expect(exported).toMatchObject({code: 0, stderr: ''});
  expect(exported.stdout).toMatch(/^date,[^\n]*\n$/);
  expect(askedDays()).toBe(2);
  expect(await run('summary')).toEqual({
    code: 0,
    stdout: 'project,rows,cost,currency,share\n',
    stderr: 'There are no rows: nothing was used in 2015-01-01 → 2015-01-31.\n',
  });
  expect((await run('export', '--output', '-')).stdout).toBe(exported.stdout);
  expect(askedDays()).toBe(2);
});

test('a server that refuses such days is quoted, with the days that are missing', async () => {
  const {run} = await young('refuses');
  for (const words of [['export', '--output', '-'], ['summary']]) {
    const {code, stderr} = await run(...words);
    expect(code).toBe(1);
    expect(stderr).toContain('start_time is too early');
    expect(stderr).toContain('31 days missing (2015-01-01 → 2015-01-31)');
  }
});

test('a session says so too', async () => {
  const empty = await young('empty');
  const session = sessionHere([...empty.argv, '--no-compare'], empty.options);
  session.type('\r\r');
  await session.terminal.shows('No usage from 2015-01-01 → 2015-01-31 (UTC).');
  const refusing = await young('refuses');
  const other = sessionHere([...refusing.argv, '--no-compare'], refusing.options);
  other.type('\r\r');
  await other.terminal.shows('start_time is too early');
});
