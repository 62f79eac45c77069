import {EventEmitter} from 'node:events';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {describe, expect, test} from 'vitest';
import {startDemo, usageRequests} from '../helpers/demo.ts';
import {type RunOptions, run, runHere, start, temporaryFolder} from '../helpers/program.ts';
import {serveScript} from '../helpers/script-server.ts';

const environment = {OPENAI_ADMIN_KEY: 'sk-admin-0123456789abcdefghijklmnop'};
const week = ['--start', '2026-10-01', '--end', '2026-10-07'];
const STOPPED = 'Stopped: nothing was written; what had arrived is in the cache.\n';
const NO_BUG = /bug|\n {4}at |Unhandled/;

const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const;

/** What is in the folder itself, temp files included; the cache is in a folder of its own there. */
const filesIn = (folder: string) => readdirSync(folder).filter(name => name !== '.cache');

/**
 * Runs the program with a few lines of ours before its own: they send it a signal as soon as it has written a part of a
 * file whose name they are told, which no one outside can time.
 */
function endedInWriting(signal: string, count: number): NonNullable<RunOptions['through']> {
  const before = `
    import files from 'node:fs/promises';
    import {basename} from 'node:path';
    const {open} = files;
    files.open = async (path, ...rest) => {
      const file = await open(path, ...rest);
      if (!String(path).includes('/.cache/') && rest[0] === 'wx') {
        const {writeFile} = file;
        file.writeFile = async data => {
          const half = data.slice(0, data.length / 2);
          await writeFile.call(file, half);
          for (let sent = 0; sent < ${count}; sent++) process.kill(process.pid, '${signal}');
          console.error('in the middle of ' + basename(path).replace(/[0-9a-f-]{36}/, 'ID'));
          await new Promise(setImmediate);
          return writeFile.call(file, data.slice(data.length / 2));
        };
      }
      return file;
    };`;
  return ([node, ...words]) => [node ?? '', '--import', `data:text/javascript,${encodeURIComponent(before)}`, ...words];
}

describe('a signal in the middle of writing a file', () => {
  test.each(SIGNALS)('%s leaves neither half of it nor a temp file, and exits %i', async (signal, exitCode) => {
    const folder = temporaryFolder();
    const server = await startDemo();
    const argv = ['export', ...week, '--endpoints', 'costs', '--base-url', server.url, '--output', 'x.csv'];
    const {code, stderr} = await run(argv, {folder, environment, through: endedInWriting(signal, 1)});
    expect(stderr).toMatch(/^in the middle of \S*ID\S*\n/);
    expect(stderr.split('\n').slice(-2)).toEqual([
      'Stopped before everything was written; what had arrived is in the cache.',
      '',
    ]);
    expect({code, files: filesIn(folder)}).toEqual({code: exitCode, files: []});
    const asked = usageRequests(server).length;
    const again = await runHere([...argv.slice(0, -1), '-'], {folder, environment});
    expect(again.code).toBe(0);
    expect(usageRequests(server)).toHaveLength(asked);
  });

  test('several at once are one', async () => {
    const folder = temporaryFolder();
    const argv = ['export', '--demo', ...week, '--endpoints', 'costs', '--output', 'x.csv'];
    const {code, stderr} = await run(argv, {folder, through: endedInWriting('SIGTERM', 5)});
    expect(stderr).not.toMatch(NO_BUG);
    expect({code, files: filesIn(folder)}).toEqual({code: 143, files: []});
  });
});

describe('a signal while the API is silent', () => {
  const jobs = ['export --output x.csv', 'summary --output x.csv', 'doctor'];
  const tried = jobs.flatMap(job => SIGNALS.map(([signal, exitCode]) => [signal, job, exitCode] as const));

  test.each(tried)('%s ends %s', async (signal, job, exitCode) => {
    const folder = temporaryFolder();
    let asked = () => {};
    const isAsked = new Promise<void>(resolve => {
      asked = resolve;
    });
    const {url} = await serveScript(() => asked());
    const range = job === 'doctor' ? [] : week;
    const {child, finished} = start([...job.split(' '), ...range, '--base-url', url], {folder, environment});
    await isAsked;
    child.kill(signal);
    // Somebody is in a hurry.
    child.kill(signal);
    const {code, stderr} = await finished;
    expect(code).toBe(exitCode);
    expect(stderr).toBe(job === 'doctor' ? '' : STOPPED);
    expect(filesIn(folder)).toEqual([]);
  });

  test.each(SIGNALS)('%s ends a demo API whose client waits', async (signal, exitCode) => {
    const argv = ['demo-api', '--port', '0', '--fault', 'hang@all', '--debug'];
    const {child, finished} = start(argv, {folder: temporaryFolder()});
    const url = await new Promise<string>(resolve => child.stdout?.once('data', text => resolve(String(text).trim())));
    const isAsked = new Promise(resolve => child.stderr?.once('data', resolve));
    const answer = fetch(`${url}/organization/costs?start_time=0`, {headers: {authorization: 'Bearer x'}});
    const dropped = expect(answer).rejects.toThrow('fetch failed');
    await isAsked;
    child.kill(signal);
    const {code, stderr} = await finished;
    expect(code).toBe(exitCode);
    expect(stderr).toMatch(/^debug: .+\n$/);
    await dropped;
  });

  test('a demo API that a signal reaches as it starts ends at once', async () => {
    const signals = Object.assign(new EventEmitter(), {suspend() {}});
    signals.on('newListener', name => name === 'SIGHUP' && queueMicrotask(() => signals.emit('SIGTERM')));
    expect(await runHere(['demo-api', '--port', '0'], {folder: temporaryFolder()}, {signals})).toMatchObject({
      code: 143,
    });
  });
});

test('a signal at any moment from the start on leaves a whole file or none, and a cache that the next run can use', async () => {
  const delays = [0, 40, 80, 120, 160, 240, 320, 480];
  const ended = delays.map(async delay => {
    const folder = temporaryFolder();
    const {child, finished} = start(['export', '--demo', ...week, '--endpoints', 'costs', '--output', 'x.csv'], {
      folder,
    });
    const timer = setTimeout(() => child.kill('SIGTERM'), delay);
    const {code, stderr} = await finished;
    clearTimeout(timer);
    // By the signal itself before anything was there to hear it, or after all was done.
    expect(child.signalCode === 'SIGTERM' || code === 143 || code === 0, `${code} ${child.signalCode}`).toBe(true);
    expect(stderr).not.toMatch(NO_BUG);
    expect([[], ['x.csv']]).toContainEqual(filesIn(folder));
    return folder;
  });
  const [first] = await Promise.all(ended);
  const again = ['export', '--demo', ...week, '--endpoints', 'costs', '--output', '-'];
  const {code, stdout} = await runHere(again, {folder: first ?? ''});
  expect(code).toBe(0);
  expect(new Set(stdout.match(/^2026-10-0\d/gm)).size).toBe(7);
});

describe('begun with a stream closed', () => {
  const closing =
    (streams: string): NonNullable<RunOptions['through']> =>
    words => ['sh', '-c', `exec "$@" ${streams}`, 'sh', ...words];
  const LOST =
    'openai-usage: standard output is closed, so what is written there is lost; leave >&- away, or write --output PATH.\n';

  test
    .skipIf(process.platform !== 'linux')
    .each(['export --output - --demo --last 2 --endpoints costs', 'summary --demo --endpoints costs', '--version'])(
    'what %s writes is lost, and one sentence says so',
    async job => {
      const argv = job.split(' ');
      const {code, stderr} = await run(argv, {folder: temporaryFolder(), through: closing('>&-')});
      expect({code, stderr}).toEqual({code: 0, stderr: LOST});
    },
  );

  test('what is thrown away on purpose is worth no word', async () => {
    const through = closing('>/dev/null');
    expect(await run(['--version'], {folder: temporaryFolder(), through})).toEqual({code: 0, stdout: '', stderr: ''});
  });

  test.each(['>&-', '2>&-', '<&- >&- 2>&-'])('a file is whole, and holds nothing else: %s', async streams => {
    const folder = temporaryFolder();
    const argv = ['export', '--demo', ...week, '--endpoints', 'costs', '--output', 'x.csv'];
    const {code, stderr} = await run(argv, {folder, through: closing(streams)});
    expect(code).toBe(0);
    if (streams === '>&-') expect(stderr).toMatch(/^Wrote [\d,]+ rows to x\.csv\n$/);
    expect(readFileSync(join(folder, 'x.csv'), 'utf8')).toMatch(/^date,(?:.*\n2026-10-0[1-7],.*)+\n$/);
  });
});

test.each([
  'export --demo --last 2 --endpoints costs --output -',
  'summary --demo --endpoints costs',
  'doctor --demo',
  '--help',
])('%s is cut short by `head` without a word', async job => {
  const through = (words: readonly string[]) =>
    ['sh', '-c', '{ "$@"; echo "code $?" >&2; } | head -1', 'sh', ...words] as const;
  const {stdout, stderr} = await run(job.split(' '), {folder: temporaryFolder(), through});
  expect(stdout).toMatch(/^[^\n]+\n$/);
  expect(stderr).toMatch(/^code [01]\n$/);
});
