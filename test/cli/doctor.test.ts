import {chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import process from 'node:process';
import {describe, expect, test} from 'vitest';
import {checkSpace} from '../../source/cli/doctor/cache.ts';
import {checkLines} from '../../source/cli/doctor/check.ts';
import {checkCharacters, checkColors, checkNode, checkTerminal} from '../../source/cli/doctor/machine.ts';
import {makeIdentity} from '../helpers/certificates.ts';
import {startDemo} from '../helpers/demo.ts';
import {type Result, run, runHere, temporaryFolder} from '../helpers/program.ts';
import {serveSilence} from '../helpers/proxy.ts';
import {type Script, sendJson, serveScript} from '../helpers/script-server.ts';
import {hasPty, Pty} from '../terminal/pty.ts';

const key = 'sk-admin-0123456789abcdefghijklmnop';
const isRoot = process.geteuid?.() === 0;

type Asked = {argv?: readonly string[]; environment?: Readonly<Record<string, string>>};

/** What the doctor says, in this process: a map from names to states and words. It never shows the key. */
async function doctor({argv = [], environment = {}}: Asked = {}, folder = temporaryFolder()) {
  const result = await runHere(['doctor', ...argv], {folder, environment: {OPENAI_ADMIN_KEY: key, ...environment}});
  return read(result);
}

function read({code, stdout, stderr}: Result) {
  expect(stdout + stderr).not.toMatch(/sk-admin-0|hunter2/);
  expect(stderr).not.toMatch(/\n {4}at |\bbug/);
  const lines = stdout.split('\n').flatMap(line => {
    const [, state, name, words] = /^(ok|note|fix) +(\S+(?: \S+)?) +(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : ([[name, `${state}: ${words}`]] as const);
  });
  return {code, checks: Object.fromEntries(lines), stdout, stderr};
}

/** A server that answers what the script says, and what the doctor says of it. */
async function doctorOf(script: Script, more: Asked = {}) {
  const server = await serveScript(script);
  return doctor({...more, argv: ['--base-url', server.url, ...(more.argv ?? [])]});
}

test('all is well with a key that the API takes: a line for each, ok, and exit 0', async () => {
  const server = await startDemo();
  const {code, checks, stdout} = await doctor({environment: {OPENAI_BASE_URL: server.url, LANG: 'C.UTF-8'}});
  expect(checks).toMatchObject({
    'admin key': 'ok: set',
    'base URL': `ok: ${server.url} (OPENAI_BASE_URL)`,
    proxy: 'ok: none',
    API: expect.stringMatching(/^ok: answers within \d+\.\d s, and takes the key$/),
    clock: 'ok: as the server’s',
    cache: expect.stringMatching(/^ok: \/.*openai-usage, not made yet$/),
    disk: expect.stringMatching(/^ok: [\d.]+ [kMGT]B free for the cache$/),
  });
  expect(stdout).toContain('\nEverything that is needed is there.\n');
  expect(code).toBe(0);
  expect(server.requests).toHaveLength(1);
});

test('the demo organization needs no key and no network', async () => {
  const {code, checks} = await doctor({
    argv: ['--demo'],
    environment: {OPENAI_ADMIN_KEY: '', HTTPS_PROXY: 'socks5://x'},
  });
  expect(checks).toMatchObject({API: expect.stringMatching(/^ok: /), clock: 'ok: as the server’s'});
  expect(checks).not.toHaveProperty('admin key');
  expect(code).toBe(0);
});

test('--offline asks nobody', async () => {
  const server = await startDemo();
  const {code, checks} = await doctor({argv: ['--offline', '--base-url', server.url]});
  expect(checks['API']).toBe('note: not asked (--offline)');
  expect(server.requests).toEqual([]);
  expect(code).toBe(0);
});

test('--debug tells how often it asked', async () => {
  const server = await startDemo();
  expect((await doctor({argv: ['--base-url', server.url, '--debug']})).stderr).toBe('debug: 1 requests sent\n');
});

describe('the key', () => {
  test.each([key, ''])('is not said to be taken by an API that is too busy to look at it: "%s"', async ours => {
    const {code, checks} = await doctorOf(
      (_, response) => sendJson(response, {error: {message: 'Too many requests.'}}, 429),
      {environment: {OPENAI_ADMIN_KEY: ours}},
    );
    expect(checks['API']).toMatch(/^note: answers within .* asked too often \(429\); the key was not looked at\. Wait/);
    expect(code).toBe(ours === '' ? 1 : 0);
  });

  test('that is missing is to be made; the API is asked without one whether it is there', async () => {
    const {code, checks} = await doctorOf((_, response) => sendJson(response, {error: {message: 'No key.'}}, 401), {
      environment: {OPENAI_ADMIN_KEY: ''},
    });
    expect(checks['admin key']).toMatch(/^fix: OPENAI_ADMIN_KEY is not set; an organization owner creates .*https:/);
    expect(checks['API']).toMatch(/^ok: answers within .*: it can be reached, and wants a key \(401\)$/);
    expect(code).toBe(1);
  });

  test('that is plainly another is not sent', async () => {
    const server = await serveScript((_, response) => sendJson(response, {}, 401));
    const {checks} = await doctor({
      argv: ['--base-url', server.url],
      environment: {OPENAI_ADMIN_KEY: 'sk-proj-hunter2hunter2hunter2hunter2'},
    });
    expect(checks['admin key']).toMatch(/^fix: OPENAI_ADMIN_KEY holds a project’s key/);
    expect(server.heard.map(({headers}) => headers.authorization)).toEqual(['Bearer']);
  });

  test.each([
    ['https://api.openai.com/v1', /^fix: OPENAI_ADMIN_KEY holds something that begins otherwise/],
    ['https://EU.API.OPENAI.COM/v1', /^fix: /],
    ['https://gateway.example/openai.com/v1', 'ok: set'],
    ['https://notopenai.com/v1', 'ok: set'],
    ['https://openai.com.example/v1', 'ok: set'],
  ])('that begins in another way is refused where OpenAI itself is asked: %s', async (baseUrl, words) => {
    const {checks} = await doctor({
      argv: ['--offline', '--base-url', baseUrl],
      environment: {OPENAI_ADMIN_KEY: 'hunter2hunter2hunter2hunter2'},
    });
    expect(checks['admin key']).toEqual(typeof words === 'string' ? words : expect.stringMatching(words));
  });

  test.each([
    [401, /^fix: the server answered 401.*\. Check the key: .* Settings → Organization → Admin keys\.$/],
    [403, /^fix: the server answered 403.*\. The key may not read this/],
    [404, /^fix: the server answered 404.*\. Check the base URL: it usually ends in \/v1/],
    [500, /^fix: the server answered 500.*\. Try again in a few minutes/],
  ])('and an answer of %i: what it means and what to do', async (status, words) => {
    const {code, checks} = await doctorOf((_, response) => sendJson(response, {}, status));
    expect(checks['API']).toMatch(words);
    expect(code).toBe(1);
  });
});

describe('the way', () => {
  test('to a port where nobody listens', async () => {
    const {code, checks} = await doctor({argv: ['--base-url', 'http://127.0.0.1:2/v1']});
    expect(checks['API']).toMatch(/^fix: nothing listens at 127\.0\.0\.1:2 \(ECONNREFUSED/);
    expect(checks['clock']).toBe('note: not compared: no answer told the time');
    expect(code).toBe(1);
  });

  test('to a server that says nothing ends at the timeout', async () => {
    const port = await serveSilence();
    const {checks} = await doctor({argv: ['--base-url', `http://127.0.0.1:${port}/v1`, '--timeout', '1']});
    expect(checks['API']).toMatch(/^fix: http:\/\/127\.0\.0\.1:\d+ did not answer within 1 s\. Try again/);
  });

  test('that a wrong base URL or proxy leaves open is not tried', async () => {
    const wrong = await doctor({environment: {OPENAI_BASE_URL: 'http://example.com/v1'}});
    expect(wrong.checks['base URL']).toMatch(/^fix: OPENAI_BASE_URL would send the admin key unencrypted/);
    const proxy = await doctor({environment: {HTTPS_PROXY: 'http://ann:hunter2#@x'}});
    expect(proxy.checks['proxy']).toMatch(/^fix: HTTPS_PROXY is no proxy's URL/);
    for (const {code, checks} of [wrong, proxy]) {
      expect(checks['API']).toBe('note: not asked before what stands above is mended');
      expect(code).toBe(1);
    }
  });

  test.each([
    [{HTTPS_PROXY: 'http://ann:hunter2@127.0.0.1:1'}, 'ok: http://127.0.0.1:1 (HTTPS_PROXY, with a user)'],
    [{HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: 'openai.com'}, /^ok: none for this base URL \(NO_PROXY/],
    [{HTTP_PROXY: 'http://127.0.0.1:1'}, /^note: none: HTTP_PROXY is for http:\/\/ .* set HTTPS_PROXY as well/],
  ])('is told: %j', async (environment, words) => {
    const {checks} = await doctor({argv: ['--offline'], environment});
    expect(checks['proxy']).toEqual(typeof words === 'string' ? words : expect.stringMatching(words));
  });

  test('with authorities that cannot be read', async () => {
    const {checks} = await doctor({argv: ['--offline'], environment: {NODE_EXTRA_CA_CERTS: '/nowhere/ca.pem'}});
    expect(checks['authorities']).toMatch(
      /^fix: \/nowhere\/ca\.pem cannot be read, or holds no certificate, or a broken one\. Correct NODE_EXTRA_CA_CERTS/,
    );
  });

  const {cert, key: privateKey} = makeIdentity({name: 'Test CA', isAuthority: true});
  const garbage = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
  test.each([
    ['a certificate', cert, /^ok: /],
    ['two', `# ours\n${cert}\n${cert}`, /^ok: /],
    ['a private key', privateKey, /^fix: /],
    ['garbage', garbage, /^fix: /],
    ['a certificate, and garbage', cert + garbage, /^fix: /],
    ['nothing', '', /^fix: /],
  ])('with authorities from a file that holds %s', async (_, text, words) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'ca.pem'), text);
    const {checks} = await doctor({
      argv: ['--offline'],
      environment: {NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem')},
    });
    expect(checks['authorities']).toMatch(words);
  });
});

describe('the clock', () => {
  test.each([
    [0, 'ok: as the server’s'],
    [-90_000, /^ok: (?:89|90|91) s ahead of the server’s$/],
    [
      3 * 3_600_000,
      /^fix: this computer's clock is 3 h behind the server's\. Set the clock: .*which days still change/,
    ],
  ])('of a server that is %i ms ahead of ours', async (ahead, words) => {
    const {checks} = await doctorOf((_, response) => {
      response.setHeader('date', new Date(Date.now() + ahead).toUTCString());
      sendJson(response, {error: {message: 'Busy.'}}, 500);
    });
    expect(checks['clock']).toEqual(typeof words === 'string' ? words : expect.stringMatching(words));
  });
});

describe('the cache', () => {
  const offline = (cache: string) => doctor({argv: ['--offline', '--cache-dir', cache]});

  test('that is there is described, and left as it was', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o700);
    const {checks} = await offline(folder);
    expect(checks['cache']).toBe(`ok: ${folder}, 0 files, 0 B`);
  });

  test('that others can read', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    const {code, checks} = await offline(folder);
    expect(checks['cache']).toBe(
      `note: ${folder}, 0 files, 0 B, open to others (mode 755). Keep it to yourself: chmod 700 ${folder}`,
    );
    expect(code).toBe(0);
  });

  test('whose path is a file, or goes through one', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    for (const cache of [join(folder, 'file'), join(folder, 'file', 'below')]) {
      const {code, checks} = await offline(cache);
      expect(checks['cache']).toContain(`fix: ${cache} can't be written: a file or a dead link is in its way`);
      expect(code).toBe(1);
    }
  });

  test('behind a dead link, or below one', async () => {
    const folder = temporaryFolder();
    symlinkSync('nowhere', join(folder, 'link'));
    for (const cache of [join(folder, 'link'), join(folder, 'link', 'below')]) {
      const {code, checks} = await offline(cache);
      expect(checks['cache']).toContain(`fix: ${cache} can't be written: a file or a dead link is in its way`);
      expect(code).toBe(1);
    }
    expect(readdirSync(folder)).toEqual(['link']);
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
  });

  test('in a home that is not there, as an export says: nothing is kept, and no home is made', async () => {
    const home = join(temporaryFolder(), 'gone');
    const folder = temporaryFolder();
    const {code, checks, stdout} = read(await runHere(['doctor', '--demo'], {folder, home}));
    const exported = ['export', '--demo', '--last', '1', '--endpoints', 'costs', '--output', '-'];
    const {stderr} = await runHere(exported, {folder, home});
    expect(stderr).toMatch(/^Your home folder .*gone does not exist, so nothing is kept after this run\. Create it, /);
    expect(checks['cache']).toBe(`fix: ${stderr.trimEnd()}`);
    expect(checks).not.toHaveProperty('disk');
    expect(stdout).toContain('\nOne thing is to be done: see fix.\n');
    expect(code).toBe(1);
    expect(existsSync(home)).toBe(false);
  });

  test.each([undefined, '', 'relative/path'])('without a home (%j) is none', async home => {
    const {code, checks} = read(await runHere(['doctor', '--demo'], {folder: temporaryFolder(), home}));
    expect(checks['cache']).toMatch(/^fix: There is no home folder, so nothing is kept after this run\. Set HOME, or /);
    expect(code).toBe(1);
  });

  test('that is chosen needs no home', async () => {
    const folder = temporaryFolder();
    const argv = ['doctor', '--demo', '--cache-dir', join(folder, 'cache')];
    const {code, checks} = read(await runHere(argv, {folder, home: join(folder, 'gone')}));
    expect(checks['cache']).toBe(`ok: ${join(folder, 'cache')}, not made yet`);
    expect(code).toBe(0);
  });

  test.each(['', 'below'])('in a folder that is for reading alone (%j)', async below => {
    const folder = temporaryFolder();
    const closed = join(folder, 'closed');
    mkdirSync(closed, {mode: 0o555});
    chmodSync(folder, 0o755);
    // Whatever is loaded for it is loaded while it may be read.
    await offline(folder);
    // Root may write anywhere.
    if (isRoot) process.seteuid?.(65_534);
    try {
      const {code, checks} = await offline(join(closed, below));
      expect(checks['cache']).toMatch(/^fix: .*closed.* can't be written: you have no right to\. Get access to it, /);
      expect(code).toBe(1);
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  test.each([
    [200_000_000, 'ok', '200 MB free for the cache', undefined],
    [199_000_000, 'fix', '199 MB free for the cache', /^Free some space, or .*--cache-dir\.$/],
    [0, 'fix', '0 B free for the cache', /^Free some space/],
  ])('on a disk with %i bytes free', (free, state, found, advice) => {
    expect(checkSpace(free)).toMatchObject({name: 'disk', state, found});
    expect(checkSpace(free).advice ?? '').toMatch(advice ?? /^$/);
  });

  test('that may not be written', async () => {
    // Nobody may, not even root.
    const {code, checks} = await offline('/proc/openai-usage');
    const found =
      "fix: /proc/openai-usage can't be written: nothing can be made there. Use --cache-dir for another place.";
    expect(checks['cache']).toBe(found);
    expect(code).toBe(1);
  });

  test('with a name that would move a cursor', async () => {
    const folder = join(temporaryFolder(), 'a\u001b[2Jb\u009b');
    mkdirSync(folder, {mode: 0o700});
    const {stdout} = await offline(folder);
    expect(stdout).toMatch(/^[^\p{Cc}]*$/mu);
    expect(stdout).not.toMatch(/[\u001b\u009b]/);
  });
});

describe('the terminal', () => {
  const terminal = {isInput: true, isOutput: true, columns: 80, rows: 24};

  test.each([
    [terminal, {TERM: 'xterm'}, 'ok', '80 columns, 24 rows, TERM=xterm'],
    [terminal, {TERM: 'tmux', TMUX: 'x', SSH_TTY: 'x'}, 'ok', '80 columns, 24 rows, TERM=tmux, over ssh, in tmux'],
    [terminal, {TERM: 'screen', STY: 'x'}, 'ok', '80 columns, 24 rows, TERM=screen, in screen'],
    [{...terminal, columns: 39}, {TERM: 'xterm'}, 'fix', '39 columns, 24 rows, TERM=xterm'],
    [{...terminal, rows: 9}, {TERM: 'xterm'}, 'fix', '80 columns, 9 rows, TERM=xterm'],
    [terminal, {}, 'note', '80 columns, 24 rows, TERM is not set'],
    [terminal, {TERM: 'dumb'}, 'note', '80 columns, 24 rows, TERM=dumb'],
    [{...terminal, columns: 0, rows: 0}, {TERM: 'xterm'}, 'ok', 'of unknown size, TERM=xterm'],
    [
      {...terminal, isInput: false},
      {},
      'note',
      'standard input is none: export and summary work, the full screen does not',
    ],
    [
      {...terminal, isOutput: false},
      {},
      'note',
      'standard output is none: export and summary work, the full screen does not',
    ],
  ])('%j with %j', (size, environment, state, found) => {
    expect(checkTerminal(size, environment)).toMatchObject({state, found});
  });

  const display = {color: true, ascii: false, debug: false};

  test.each([
    [display, {COLORTERM: 'truecolor'}, '16 million (COLORTERM=truecolor); the screens need 16'],
    [display, {TERM: 'xterm-256color'}, '256; the screens need 16'],
    [display, {}, '16; the screens need 16'],
    [{...display, color: false}, {NO_COLOR: '1'}, 'none (NO_COLOR)'],
    [{...display, color: false}, {TERM: 'dumb'}, 'none (TERM=dumb)'],
    [{...display, color: false}, {}, 'none (--no-color)'],
  ])('its colours for %j and %j', (given, environment, found) => {
    expect(checkColors(given, environment)).toEqual({name: 'colours', state: 'ok', found});
  });

  test('its characters', () => {
    expect(checkCharacters(display, {LANG: 'de_DE.UTF-8'})).toMatchObject({
      state: 'ok',
      found: 'UTF-8 (LANG=de_DE.UTF-8)',
    });
    expect(checkCharacters({...display, ascii: true}, {LC_ALL: 'C', LANG: 'x'})).toMatchObject({
      state: 'note',
      found: 'plain ASCII (LC_ALL=C)',
    });
  });
});

test('Node.js from 22 on is ok, an older one works', () => {
  expect(checkNode('24.21.0')).toEqual({name: 'Node.js', state: 'ok', found: '24.21.0'});
  expect(checkNode('22.0.0').state).toBe('ok');
  expect(checkNode('20.20.2').state).toBe('note');
});

describe('a line', () => {
  const check = {
    name: 'API',
    state: 'fix',
    found: 'it isn’t there → no\u202e answer.',
    advice: 'Go and look for it.',
  } as const;

  test('is whole where a program reads it', () => {
    expect(checkLines(check, {width: undefined, color: false, ascii: false})).toEqual([
      'fix  API           it isn’t there → no⋅ answer. Go and look for it.',
    ]);
  });

  test('is broken for a narrow terminal, in plain ASCII where that is wanted', () => {
    expect(checkLines(check, {width: 30, color: false, ascii: true})).toEqual([
      "fix  API: it isn't there ->",
      '     no? answer. Go and look',
      '     for it.',
    ]);
  });

  test('has colour on its first word alone', () => {
    expect(checkLines(check, {width: 100, color: true, ascii: false})).toEqual([
      '\u001b[31mfix\u001b[39m  API           it isn’t there → no⋅ answer. Go and look for it.',
    ]);
  });
});

test('a machine where nothing is right gets all its lines', async () => {
  const folder = temporaryFolder();
  const environment = {
    HOME: '',
    OPENAI_ADMIN_KEY: 'sk-admin-hunter2 hun\u0007ter2',
    OPENAI_BASE_URL: 'nonsense',
    OPENAI_ORG_ID: 'a b',
    HTTPS_PROXY: 'http://ann:hunter2@@@',
    NODE_EXTRA_CA_CERTS: folder,
    OPENAI_USAGE_CACHE_DIR: '/dev/null/x',
    NO_COLOR: '1',
    LC_ALL: 'POSIX',
  };
  const {code, checks, stdout} = read(await run(['doctor'], {folder, environment}));
  expect(Object.entries(checks).map(([name, words]) => `${name} ${words.split(':')[0]}`)).toEqual([
    `Node.js ${Number.parseInt(process.versions.node, 10) >= 22 ? 'ok' : 'note'}`,
    'terminal note',
    'colours ok',
    'characters note',
    'admin key fix',
    'organization fix',
    'base URL fix',
    'authorities fix',
    'proxy ok',
    'API note',
    'cache fix',
  ]);
  expect(stdout).toMatch(/^[\x20-\x7e\n]*$/);
  expect(code).toBe(1);
});

test.skipIf(!hasPty)('who waits is told for what, and Ctrl+C ends it', async () => {
  const url = `http://127.0.0.1:${await serveSilence()}/v1`;
  const environment = {OPENAI_ADMIN_KEY: key, NODE_EXTRA_CA_CERTS: ''};
  const pty = new Pty(['doctor', '--base-url', url], {folder: temporaryFolder(), environment, columns: 40, rows: 40});
  await pty.see(/^Asking 127\.0\.0\.1:\d+ \.\.\.$/m);
  expect(pty.screen).toMatch(/^ok {3}terminal: 40 columns, 40 rows,$/m);
  pty.type('\u0003');
  expect(await pty.exit).toBe(130);
  expect(pty.screen).not.toContain('Asking');
});
