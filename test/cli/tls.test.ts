import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, describe, expect, test} from 'vitest';
import {makeIdentity} from '../helpers/certificates.ts';
import {startDemo} from '../helpers/demo.ts';
import {run, sharedFolder, temporaryFolder} from '../helpers/program.ts';
import {serveTls, startProxy} from '../helpers/proxy.ts';
import {hasPty, Pty} from '../terminal/pty.ts';

const key = 'sk-admin-0123456789abcdefghijklmnop';
const host = 'api.example.test';

describe('over TLS, through a real proxy', () => {
  const authority = makeIdentity({name: 'Test CA', isAuthority: true});
  const authorities = join(sharedFolder(), 'ca.pem');
  beforeAll(() => writeFileSync(authorities, authority.cert));

  /** A server's identity for one host name, good today or expired since yesterday. */
  const identityFor = (host: string, isExpired = false) => {
    const day = 86_400_000;
    const past = {from: new Date(Date.now() - 2 * day), to: new Date(Date.now() - day)};
    return makeIdentity({name: host, hosts: [host], issuer: authority, ...(isExpired && past)});
  };

  /** A demo organization behind TLS, and a proxy that leads there. */
  async function place({
    name = host,
    isExpired = false,
    user,
  }: {
    name?: string;
    isExpired?: boolean;
    user?: string;
  } = {}) {
    const demo = await startDemo();
    const port = await serveTls(identityFor(name, isExpired), Number(new URL(demo.url).port));
    const proxy = await startProxy({to: port, ...(user !== undefined && {user})});
    return {demo, port, proxy};
  }

  const environmentOf = (proxy: string, more: Readonly<Record<string, string>> = {}) => ({
    OPENAI_ADMIN_KEY: key,
    OPENAI_BASE_URL: `https://${host}/v1`,
    HTTPS_PROXY: proxy,
    NODE_EXTRA_CA_CERTS: authorities,
    ...more,
  });

  test('an export is the same as without, in 64 tunnels at most, and the proxy reads nothing of it', async () => {
    const {demo, proxy} = await place({user: 'ann:hunter 2'});
    const argv = ['export', '--last', '14', '--output'];
    const environment = environmentOf(`http://ann:hunter%202@127.0.0.1:${proxy.port}`);
    const out = temporaryFolder();
    const through = await run([...argv, 'through.csv', '--debug'], {folder: out, environment});
    expect(through.stderr).toMatch(/^debug: \d+ requests sent$/m);
    expect(through.stderr).not.toMatch(/Warning|hunter/);
    expect(through.code).toBe(0);
    const asked = demo.requests.length;
    const direct = {OPENAI_ADMIN_KEY: key, OPENAI_BASE_URL: demo.url};
    await run([...argv, 'direct.csv'], {folder: temporaryFolder(), environment: direct});
    const text = readFileSync(join(out, 'through.csv'), 'utf8');
    expect(text.split('\n').length).toBeGreaterThan(1000);
    expect(proxy.asked.length).toBeGreaterThan(4);
    expect(proxy.asked.length).toBeLessThanOrEqual(Math.min(64, asked));
    expect(new Set(proxy.asked.map(({target}) => target))).toEqual(new Set([`${host}:443`]));
    expect(proxy.plain).toEqual([]);
    expect(proxy.bytes().length).toBeGreaterThan(text.length);
    for (let at = 0; at + 12 <= key.length; at++) expect(proxy.bytes().includes(key.slice(at, at + 12))).toBe(false);
    expect(JSON.stringify(proxy.asked)).not.toContain('sk-admin');
  });

  /** What the doctor says of the API: it asks once, the way that a fetch does. */
  async function doctorOf(environment: Readonly<Record<string, string>>) {
    const {code, stdout, stderr} = await run(['doctor'], {folder: temporaryFolder(), environment});
    expect(stderr).not.toMatch(/Deprecation|ExperimentalWarning| at /);
    expect(stdout + stderr).not.toMatch(/sk-admin-0|hunter/);
    return {code, api: /^\w+ +API .*$/m.exec(stdout)?.[0] ?? stdout};
  }

  test('an authority of one’s own is trusted where NODE_EXTRA_CA_CERTS names it, and else not', async () => {
    const {demo, proxy} = await place();
    const via = `http://127.0.0.1:${proxy.port}`;
    const known = await doctorOf(environmentOf(via));
    expect(known.api).toMatch(/^ok .*takes the key$/);
    expect(known.api).toContain(`through the proxy 127.0.0.1:${proxy.port}`);
    expect(known.code).toBe(0);
    const asked = demo.requests.length;
    const unknown = await doctorOf(environmentOf(via, {NODE_EXTRA_CA_CERTS: ''}));
    expect(unknown.api).toMatch(
      /^fix .*the certificate of https:\/\/api\.example\.test .*authority.*NODE_EXTRA_CA_CERTS/,
    );
    expect(unknown.code).toBe(1);
    expect(demo.requests).toHaveLength(asked);
  });

  test.each([
    ['another host', {name: 'other.example.test'}, /is for another host/],
    ['a time that is over', {isExpired: true}, /has expired/],
  ])('a certificate for %s is refused before anything is sent', async (_, how, words) => {
    const {demo, proxy} = await place(how);
    const {code, api} = await doctorOf(environmentOf(`http://127.0.0.1:${proxy.port}`));
    expect(api).toMatch(/^fix .*the certificate of https:\/\/api\.example\.test/);
    expect(api).toMatch(words);
    expect(code).toBe(1);
    expect(demo.requests).toEqual([]);
  });

  test('a proxy may be reached over TLS, if its certificate is good', async () => {
    const {port} = await place();
    const proxy = await startProxy({to: port, identity: identityFor('localhost')});
    const named = await doctorOf(environmentOf(`https://localhost:${proxy.port}`));
    expect(named.api).toMatch(/^ok /);
    const asked = proxy.asked.length;
    expect(asked).toBeGreaterThan(0);
    const {api} = await doctorOf(environmentOf(`https://127.0.0.1:${proxy.port}`));
    expect(api).toMatch(/^fix .*the certificate of the proxy 127\.0\.0\.1:\d+ is not accepted/);
    expect(proxy.asked).toHaveLength(asked);
  });

  test.skipIf(!hasPty)(
    'a session goes the same way',
    async () => {
      const {demo, proxy} = await place();
      const environment = environmentOf(`http://127.0.0.1:${proxy.port}`);
      const pty = new Pty(['--last', '1', '--endpoints', 'costs'], {folder: temporaryFolder(), environment});
      await pty.see(/Dates/);
      pty.type('\r\r');
      await pty.see(/row 1 of/);
      expect(proxy.asked.length).toBeGreaterThan(0);
      expect(demo.requests.length).toBeGreaterThan(0);
      expect(proxy.bytes().includes(key)).toBe(false);
      pty.type('q');
      expect(await pty.exit).toBe(0);
    },
    60_000,
  );

  test('a host that NO_PROXY names is asked without the proxy', async () => {
    const {port, proxy} = await place({name: 'localhost'});
    const base = `https://localhost:${port}/v1`;
    const environment = environmentOf(`http://127.0.0.1:${proxy.port}`, {OPENAI_BASE_URL: base});
    expect((await doctorOf({...environment, NO_PROXY: 'example.com,localhost'})).api).toMatch(/^ok /);
    expect(proxy.asked).toEqual([]);
    expect((await doctorOf(environment)).api).toMatch(/^ok /);
    expect(proxy.asked.map(({target}) => target)).toEqual([`localhost:${port}`]);
  });
});

test('the demo organization needs no proxy, also where Node itself would use one', async () => {
  const proxy = await startProxy();
  const url = `http://127.0.0.1:${proxy.port}`;
  const environment = {HTTP_PROXY: url, http_proxy: url, HTTPS_PROXY: url, ALL_PROXY: url, NODE_USE_ENV_PROXY: '1'};
  const argv = ['export', '--demo', '--last', '1', '--endpoints', 'costs', '--output', '-'];
  const {code, stdout} = await run(argv, {folder: temporaryFolder(), environment});
  expect(stdout).toMatch(/^date,/);
  expect(code).toBe(0);
  expect([proxy.asked, proxy.plain]).toEqual([[], []]);
});
