import {once} from 'node:events';
import {readdirSync, writeFileSync} from 'node:fs';
import {Server} from 'node:net';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test, vi} from 'vitest';
import {run, runHere, start, temporaryFolder} from '../helpers/program.ts';

describe('wrong usage is one sentence and exit 2', () => {
  test.each([
    [['--lsat', '3'], '--last'],
    [['export', '--demo', '--last', 'abc'], '--last'],
    [['export', '--demo', '--endpoints', 'image'], 'did you mean --endpoints images?'],
    [['export', '--demo', '--refresh', '--offline'], '--refresh and --offline exclude each other'],
    [['export', '--base-url', 'http://example.com/v1'], '--base-url would send the admin key unencrypted'],
    [['export', '--demo', '--fault', 'nonsense'], '--fault: Cannot read the fault "nonsense"'],
    [['export', '--demo', '--output', 'nowhere/x.csv'], 'the folder nowhere does not exist'],
    [['export'], 'OPENAI_ADMIN_KEY is not set'],
    [[], 'OPENAI_ADMIN_KEY is not set'],
  ])('%j', async (argv, words) => {
    const {code, stdout, stderr} = await run(argv, {folder: temporaryFolder()});
    expect(stderr).toContain(words);
    expect(stderr).toMatch(/^openai-usage: [^\n]+\n$/);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

test('demo-api serves the demo organization until it is told to stop', async () => {
  const {child, finished} = start(['demo-api'], {folder: temporaryFolder()});
  const [first] = await once(child.stdout ?? child, 'data');
  const url = String(first).trim();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
  const refused = await fetch(`${url}/organization/users`);
  expect(refused.status).toBe(401);
  const answer = await fetch(`${url}/organization/users`, {headers: {authorization: 'Bearer x'}});
  expect(await answer.json()).toMatchObject({object: 'list', has_more: true});
  child.kill('SIGTERM');
  expect((await finished).code).toBe(143);
});

test.each([
  ['EADDRINUSE', '--port 8080 is in use; choose another'],
  ['EACCES', '--port 8080 takes rights that you do not have; choose another'],
])('demo-api says of a port that it cannot have (%s) what to do', async (code, words) => {
  const refusing = vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server) {
    setImmediate(() => this.emit('error', Object.assign(new Error(code), {code})));
    return this;
  });
  onTestFinished(() => refusing.mockRestore());
  const {code: exitCode, stderr} = await runHere(['demo-api', '--port', '8080'], {folder: temporaryFolder()});
  expect(stderr).toBe(`openai-usage: ${words}, or leave it out for a free one.\n`);
  expect(exitCode).toBe(2);
});

describe('the cache', () => {
  test('is described and cleared; names stay unless they are to go', async () => {
    const folder = temporaryFolder();
    const cache = join(folder, 'cache');
    const october = ['--start', '2026-10-01', '--end', '2026-10-02', '--endpoints', 'costs'];
    await run(['export', '--demo', ...october, '--output', '-', '--cache-dir', cache], {folder});
    const before = await run(['cache', '--cache-dir', cache], {folder});
    expect(before.stdout).toContain(`path   ${cache}\nfiles  1\n`);
    expect(before.stdout).toContain('days   2 endpoint days (2026-10-01 → 2026-10-02)\n');
    const cleared = await run(['cache', 'clear', '--cache-dir', cache], {folder});
    expect(cleared.stdout).toMatch(/^Cleared 2 endpoint days in 1 file /);
    expect(readdirSync(join(cache, 'demo'))).toEqual(['names']);
    await run(['cache', 'clear', '--names', '--cache-dir', cache], {folder});
    expect(readdirSync(join(cache, 'demo'))).toEqual([]);
  });

  test('that cannot be written costs a sentence, not the job', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const argv = ['export', '--demo', '--last', '1', '--output', 'x.csv', '--cache-dir', join(folder, 'file', 'below')];
    const {code, stderr} = await run(argv, {folder});
    const sentences = stderr.trim().split('\n');
    expect(sentences).toHaveLength(2);
    expect(sentences[0]).toContain(join(folder, 'file'));
    expect(sentences[1]).toMatch(/^Wrote [\d,]+ rows to x\.csv$/);
    expect(code).toBe(0);
  });
});
