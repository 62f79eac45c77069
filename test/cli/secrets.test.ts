import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {ENDPOINTS} from '../../source/api/endpoints.ts';
import {FLAGS} from '../../source/options/flags.ts';
import {KEY, leaksIn, textsBelow} from '../helpers/leaks.ts';
import {type Result, run, runHere, sessionHere, temporaryFolder} from '../helpers/program.ts';
import {type Script, type ScriptServer, sendJson, serveScript} from '../helpers/script-server.ts';
import {hasPty, Pty} from '../terminal/pty.ts';

const part = KEY.slice(11, 40);
const redacted = `${KEY.slice(0, 20)}...${KEY.slice(-4)}`;

/** An API that sends the key back in whatever it may name, and answers some requests as `instead` says. */
function serveEchoes(instead: (path: string) => Script | undefined = () => undefined): Promise<ScriptServer> {
  return serveScript((request, response, raw) => {
    const path = request.path.replace('/v1/organization/', '');
    const other = instead(path);
    if (other !== undefined) return other(request, response, raw);
    if (path.startsWith('usage/') || path === 'costs') return pageOf(path, request.query);
    const owner = {id: `user-${part}`, name: KEY, email: `${part}@x.example`, type: 'user'};
    const ofKeys = {id: `key_${part}`, name: `Key ${KEY}`, redacted_value: redacted};
    const data = path.endsWith('api_keys')
      ? [{...ofKeys, owner: path === 'admin_api_keys' ? owner : {type: 'user', user: owner}}]
      : [{id: 'proj_1', name: `Project ${KEY}`, email: `${KEY}@x.example`, status: KEY}];
    return {object: 'list', data, has_more: false, last_id: KEY};
  });
}

function pageOf(path: string, query: URLSearchParams) {
  const start = Number(query.get('start_time'));
  const results = [
    {project_id: 'proj_1', user_id: `user-${part}`, api_key_id: `key_${part}`, model: `gpt-${KEY}`, input_tokens: 7},
    {project_id: KEY, model: redacted, input_tokens: 9, [`odd_${part}`]: KEY, nested: {[KEY]: [part]}},
    {project_id: 'proj_1', line_item: KEY, amount: {value: 1, currency: part}},
  ];
  const data = query.has('page') ? [] : [{start_time: start, end_time: start + 86_400, results}];
  // One that is asked for page after page, so that the cursor goes into an address.
  const isLong = path === 'usage/completions' && !query.has('page');
  return {data, has_more: isLong, next_page: isLong ? `after-${KEY}` : null};
}

/** How many texts were looked through; each of them holds no part of the key. */
function expectNoLeak(folder: string, ...texts: readonly string[]): number {
  const all = [...texts, ...textsBelow(folder)];
  for (const text of all) expect(leaksIn(text)).toEqual([]);
  return all.length;
}

const range = ['--start', '2026-10-01', '--end', '2026-10-03'];

function exportFrom(server: ScriptServer, folder: string, ...argv: string[]): Promise<Result> {
  const environment = {OPENAI_ADMIN_KEY: KEY, OPENAI_BASE_URL: server.url};
  // Retries at once.
  return runHere([...argv, '--debug', ...range, '--timeout', '1'], {folder, environment}, {random: () => 0});
}

const failing: readonly [string, Script][] = [
  ...[301, 302, 307, 400, 401, 403, 404, 429, 500, 503].map((status): [string, Script] => [
    `answers ${status}`,
    (_, response) => {
      response.setHeader('location', `https://${KEY}.example/${KEY}`);
      response.setHeader('retry-after', '9999');
      sendJson(response, {error: {message: `Bearer ${KEY}, or ${redacted}`}}, status);
    },
  ]),
  ['is no JSON', (_, response) => void response.end(`{"${KEY}`)],
  ['is of another shape', () => ({[KEY]: KEY, data: [{start_time: KEY}], has_more: KEY})],
  ['has a bucket of another time', () => ({data: [{start_time: 1, end_time: 2, results: []}], has_more: false})],
  ['repeats its cursor', () => ({data: [], has_more: true, next_page: KEY, last_id: KEY})],
  ['has no cursor', () => ({data: [], has_more: true, next_page: null, [KEY]: 1})],
  [
    'breaks off',
    (_, response) => void response.writeHead(200, {'content-length': 999}).write(KEY, () => response.destroy()),
  ],
];

describe('no part of the key is in what an export writes and says', () => {
  test.each(['csv', 'json', 'ndjson'])('of an API that sends it back in names, as %s', async format => {
    const folder = temporaryFolder();
    const server = await serveEchoes();
    const output = join(folder, `rows.${format}`);
    const file = await exportFrom(server, folder, 'export', '--all-columns', '--output', output);
    expect(file).toMatchObject({code: 0, stdout: ''});
    const {stdout, stderr} = await exportFrom(server, folder, 'export', '--format', format, '--output', '-');
    expect(stdout).toContain('[admin key]');
    expect(expectNoLeak(folder, file.stderr, stdout, stderr)).toBeGreaterThan(14);
    // The cursor was sent back as we have it: without the key.
    for (const {path, query} of server.heard) expect(leaksIn(`${path}?${query}`)).toEqual([]);
  });

  test.each(['project', 'user', 'key', 'model', 'line_item'])('in a summary by %s', async dimension => {
    const folder = temporaryFolder();
    const {code, stdout, stderr} = await exportFrom(
      await serveEchoes(),
      folder,
      'summary',
      '--by',
      dimension,
      '--format',
      'text',
    );
    expect(code).toBe(0);
    expectNoLeak(folder, stdout, stderr);
  });

  test.each(failing)('where an endpoint %s', async (_, script) => {
    const folder = temporaryFolder();
    const server = await serveEchoes(path => (path === 'usage/images' ? script : undefined));
    const {code, stdout, stderr} = await exportFrom(
      server,
      folder,
      'export',
      '--output',
      '-',
      '--endpoints',
      'images,costs',
    );
    expect(code).toBe(3);
    expect(stderr).toContain('images: ');
    expectNoLeak(folder, stdout, stderr);
  });

  test.each(failing)('where a list %s', async (_, script) => {
    const folder = temporaryFolder();
    const server = await serveEchoes(path => (/^(users|projects.*|admin_api_keys)$/.test(path) ? script : undefined));
    const {stdout, stderr} = await exportFrom(server, folder, 'export', '--output', '-', '--endpoints', 'costs');
    expect(stdout).toContain('costs');
    expectNoLeak(folder, stdout, stderr);
  });

  test('where nothing answers, or everything is refused', async () => {
    const folder = temporaryFolder();
    const refused = await serveEchoes(() => (_, response) => sendJson(response, {error: {message: KEY}}, 401));
    for (const url of [refused.url, 'http://127.0.0.1:9/v1']) {
      const {code, stdout, stderr} = await exportFrom({...refused, url}, folder, 'export', '--output', '-');
      expect(code).toBe(1);
      expectNoLeak(folder, stdout, stderr);
    }
  });

  test('of doctor, whatever is answered', async () => {
    const folder = temporaryFolder();
    for (const [, script] of [...failing, ['is good', undefined] as const]) {
      const server = await serveEchoes(() => script);
      const environment = {OPENAI_ADMIN_KEY: KEY, OPENAI_BASE_URL: server.url};
      const {stdout, stderr} = await runHere(['doctor', '--debug', '--timeout', '1'], {folder, environment});
      expect(stdout).toContain('Node.js');
      expectNoLeak(folder, stdout, stderr);
    }
    const {stdout} = await runHere(['doctor', '--offline'], {
      folder,
      environment: {OPENAI_ADMIN_KEY: `sk-proj-${KEY}`},
    });
    expect(stdout).toContain('a project’s key');
    expectNoLeak(folder, stdout);
  });

  test('where a bug has it at hand', async () => {
    const folder = temporaryFolder();
    const options = {folder, environment: {OPENAI_ADMIN_KEY: KEY}};
    const fail = () => {
      throw new RangeError(`Bearer ${KEY}\u001b[2J`, {cause: {authorization: KEY}});
    };
    for (const bug of [{fetch: fail}, {openTerminal: fail}, {now: fail}]) {
      const ofBug = await runHere(['export', '--output', '-', ...range, '--debug'], options, bug).catch(String);
      const {stdout, stderr} = typeof ofBug === 'string' ? {stdout: '', stderr: ''} : ofBug;
      expectNoLeak(folder, stdout, stderr);
    }
    const {stderr} = await runHere(['export', '--output', '-', ...range], options, {fetch: fail});
    expect(stderr).toContain('this is a bug');
    expect(stderr).toContain('[admin key]');
    expect(stderr).toMatch(/\n {4}at .*\n {4}at /);
    expect(stderr).not.toContain('\u001b');
  });

  test('where the cache or the output cannot be written', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'folder'));
    const server = await serveEchoes();
    for (const place of [
      ['--cache-dir', join(folder, 'file'), '--output', '-'],
      ['--output', join(folder, 'folder')],
      ['--output', join(folder, 'file', 'x.csv')],
    ]) {
      const {stdout, stderr} = await exportFrom(server, folder, 'export', ...place);
      expect(stderr).not.toBe('');
      expectNoLeak(folder, stdout, stderr);
    }
  });
});

describe('no part of the key is repeated where it was put by mistake', () => {
  const places = [
    [KEY],
    ['export', KEY],
    ['cache', KEY],
    [`--${KEY}`],
    [`--key=${KEY}`],
    [`-${KEY}`],
    ...FLAGS.filter(({name}) => name !== 'help' && name !== 'version').flatMap(({name, commands}) => {
      const command = commands[0] === 'session' || commands[0] === undefined ? [] : commands[0].split(' ');
      return [
        [...command, `--${name}`, KEY],
        [...command, `--${name}=x,${KEY}`],
      ];
    }),
  ];

  const environment = {OPENAI_BASE_URL: 'http://127.0.0.1:9/v1'};

  test(`on the command line, in ${places.length} places`, async () => {
    const folder = temporaryFolder();
    for (const place of places) {
      const {code, stdout, stderr} = await runHere(place, {
        folder,
        environment: {...environment, OPENAI_ADMIN_KEY: KEY},
      });
      expect({place: place.join(' '), code, stdout}).toEqual({place: place.join(' '), code: 2, stdout: ''});
      expectNoLeak(folder, stderr);
    }
  });

  test('not even where only the environment tells that it is a key', async () => {
    const key = 'gateway-0123456789-abcdefghij';
    for (const argv of [
      [key],
      ['export', key],
      [`--${key}`],
      ['--start', key],
      ['--last', `1${key}`],
      ['--endpoints', key],
    ]) {
      const {code, stderr} = await runHere(argv, {folder: '/', environment: {...environment, OPENAI_ADMIN_KEY: key}});
      expect(code).toBe(2);
      expect(stderr).toContain('[admin key]');
      expect(stderr).not.toContain('0123456789');
    }
  });

  test('in variables', async () => {
    const folder = temporaryFolder();
    for (const name of ['OPENAI_BASE_URL', 'OPENAI_ORG_ID', 'OPENAI_ADMIN_KEY', 'LOG_LEVEL']) {
      for (const value of [KEY, `https://${KEY}.example/v1`, `https://x:${KEY}@x.example`, `Bearer\n${KEY} …`]) {
        const environment = {OPENAI_ADMIN_KEY: KEY, OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', [name]: value};
        const argv = ['export', '--output', '-', '--offline'];
        const {stdout, stderr} = await runHere(argv, {folder, environment});
        expectNoLeak(folder, stdout, stderr);
      }
    }
  });

  // A gateway's key has no form of its own: only that it is set as the key tells that it is one.
  test.each([KEY, 'gateway-0123456789-abcdefghij'])('in whatever variable, whichever command: %s', async key => {
    const folder = temporaryFolder();
    const variables = {
      HTTPS_PROXY: [key, `http://${key}:3128`, `http://${key}:${key}@127.0.0.1:9`],
      ALL_PROXY: [`socks5://${key}`],
      NO_PROXY: [key],
      NODE_EXTRA_CA_CERTS: [`/nowhere/${key}.pem`],
      OPENAI_ORG_ID: [key],
      OPENAI_USAGE_CACHE_DIR: [`/dev/null/${key}`, `/proc/${key}`],
      XDG_CACHE_HOME: [`/proc/${key}`],
      LC_ALL: [key],
      TERM: [key],
    };
    for (const [name, values] of Object.entries(variables)) {
      for (const value of values) {
        const environment = {OPENAI_ADMIN_KEY: key, OPENAI_BASE_URL: 'https://127.0.0.1:9/v1', [name]: value};
        for (const command of ['doctor', 'cache', 'export', 'summary']) {
          const argv = command === 'export' ? ['export', '--output', '-'] : [command];
          const {stdout, stderr} = await runHere(argv, {folder, environment}, {random: () => 0, sleep: async () => {}});
          for (const text of [stdout, stderr]) {
            for (let at = 0; at + 12 <= key.length; at++) {
              expect(text, `${name}=${value} ${command}`).not.toContain(key.slice(at, at + 12));
            }
          }
        }
      }
    }
  });
});

test('no part of a key that is typed is on the screen, in the terminal’s bytes or in a file', async () => {
  const folder = temporaryFolder();
  let isRefused = true;
  const server = await serveEchoes(path => {
    if (!isRefused && path !== 'usage/images') return undefined;
    return (_, response) =>
      sendJson(response, {error: {message: `Incorrect API key provided: ${redacted} or ${KEY}`}}, 401);
  });
  const environment = {OPENAI_BASE_URL: server.url};
  const {terminal, stderr, type, ended} = sessionHere([...range, '--debug', '--no-compare'], {folder, environment});
  await terminal.shows('Enter an admin key');
  type('\r');
  await terminal.shows('Key:');
  for (const letter of KEY.slice(0, 20)) type(letter);
  type(`\u001b[200~${KEY.slice(20)}\n\u001b[201~`, '\r');
  await terminal.shows('Incorrect API key provided: [admin key]');
  isRefused = false;
  // On its second row nothing of the first attempt is left but the masked key.
  type('\r');
  await terminal.shows('Start');
  type('\t', `\u001b[200~${KEY}\u001b[201~`, '2026-1');
  await terminal.shows('Start 2026-1 ');
  type('\u001b');
  await terminal.until(screen => !screen.includes('Esc leave'));
  type('g', '\r');
  await terminal.shows(/costs/);
  type('\r');
  await terminal.shows('Enter show rows');
  type('t');
  await terminal.shows('status 401');
  type('\u001b');
  await terminal.shows('Enter show rows');
  type('\r');
  await terminal.shows('row 1 of 30 · column');
  for (const [key, label] of [
    ['/', 'Search:'],
    ['f', 'Filter'],
    ['e', 'Export to:'],
  ] as const) {
    type(key);
    await terminal.shows(label);
    type(`\u001b[200~${KEY}\u001b[201~`);
    await terminal.until(screen => !screen.includes(`${label} `) || leaksIn(screen).length === 0);
    type('\u001b');
    await terminal.until(screen => !screen.includes(label));
  }
  type('\r');
  await terminal.shows('redacted value');
  type('\u001b');
  await terminal.shows('row 1 of 30 · column');
  type('e');
  await terminal.shows('Export to:');
  type(join(folder, 'rows.csv'), '\r');
  await terminal.shows('Wrote');
  type('q');
  expect(await ended).toBe(0);
  expect(stderr.text).toContain('debug: ');
  expectNoLeak(folder, terminal.output, terminal.screen, stderr.text);
  expect(server.heard.filter(({headers}) => headers.authorization === `Bearer ${KEY}`).length).toBeGreaterThan(
    ENDPOINTS.length,
  );
}, 60_000);

test.skipIf(!hasPty)('a real terminal gets a mark for each character that is typed, and none of them', async () => {
  const folder = temporaryFolder();
  const refused = await serveEchoes(() => (_, response) => sendJson(response, {error: {message: KEY}}, 401));
  const pty = new Pty(['--debug'], {folder, environment: {OPENAI_BASE_URL: refused.url}});
  await pty.see(/Enter an admin key/);
  pty.type('\r');
  await pty.see(/Key:/);
  pty.type(KEY.slice(0, 9));
  await pty.see(/Key: \S{9}/);
  pty.type(KEY.slice(9));
  await pty.see(/Key: \S{60}/);
  pty.type('\r');
  await pty.see(/401/);
  pty.type('\u0003');
  expect(await pty.exit).toBe(130);
  expectNoLeak(folder, pty.output);
});

test('processes that are started, and a report of a crash, get an environment without the key', async () => {
  const folder = temporaryFolder();
  const hook = join(folder, 'hook.cjs');
  writeFileSync(
    hook,
    `const {execFileSync} = require('node:child_process');
    process.on('exit', () => {
      const texts = [execFileSync('env').toString(), JSON.stringify(process.env), JSON.stringify(process.report.getReport())];
      require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'seen'))}, texts.join('\\n'));
    });`,
  );
  const server = await serveEchoes();
  const environment = {
    OPENAI_ADMIN_KEY: KEY,
    OPENAI_BASE_URL: server.url,
    NODE_OPTIONS: `--require ${JSON.stringify(hook)}`,
    MARK: 'seen',
  };
  const {code, stderr} = await run(['export', '--output', '-', ...range], {folder, environment});
  expect({code, stderr}).toEqual({code: 0, stderr: ''});
  expect(server.heard[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  const seen = readFileSync(join(folder, 'seen'), 'utf8');
  expect(seen.match(/MARK/g)?.length).toBeGreaterThanOrEqual(3);
  expectNoLeak(folder, seen);
});
