import {describe, expect, test} from 'vitest';
import {type ClientOptions, createClient} from '../../source/api/client.ts';
import {KEY, leaksIn, textsOf} from '../helpers/leaks.ts';
import {type Script, sendJson, serveScript} from '../helpers/script-server.ts';
import {serveBytes} from '../helpers/serve-bytes.ts';

/** What servers and proxies make of a key before they send it back. */
const echoes: readonly [string, string][] = [
  ['as it is', KEY],
  ['starred out in the middle', `${KEY.slice(0, 14)}${'*'.repeat(40)}${KEY.slice(-12)}`],
  ['in its header', `Authorization: Bearer ${KEY}`],
  ['cut off', KEY.slice(0, 30)],
  ['in capitals', KEY.toUpperCase()],
  ['backwards', [...KEY].reverse().join('')],
  ['in an address', `https://x.example/?k=${encodeURIComponent(KEY)}`],
  ['many times', `${KEY} `.repeat(500)],
];

async function failureAt(baseUrl: string, part: Partial<ClientOptions> = {}, signal = new AbortController().signal) {
  const options = {baseUrl, key: KEY, organization: undefined, timeout: 300, fetch, userAgent: 'test', now: Date.now};
  const request = {subject: 'completions', path: 'organization/usage/completions', query: [['limit', '31']] as const};
  try {
    const answer = await createClient({...options, ...part}).get(request, signal);
    throw new Error(`Nothing failed: ${JSON.stringify(answer)}`);
  } catch (error) {
    return error;
  }
}

async function expectNoLeak(error: unknown): Promise<void> {
  expect(error).toBeInstanceOf(Error);
  expect(String(error)).not.toContain('Nothing failed');
  for (const text of textsOf(error)) expect(leaksIn(text)).toEqual([]);
}

describe('no part of the key is in an error object', () => {
  const refusals = [300, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 408, 413, 429, 451, 500, 502, 503, 599];

  test.each(echoes)('of a server that sends it back %s, whatever the status', async (_, echo) => {
    for (const status of refusals) {
      const {url} = await serveScript((__, response) => {
        response.setHeader('location', `https://x.example/${encodeURIComponent(echo)}`);
        response.setHeader('retry-after', encodeURIComponent(echo));
        response.setHeader('www-authenticate', encodeURIComponent(echo));
        response.setHeader('set-cookie', encodeURIComponent(echo));
        sendJson(response, {error: {message: `No: ${echo}.`, code: echo, type: echo, param: echo}}, status);
      });
      await expectNoLeak(await failureAt(url));
    }
  });

  test.each<[string, Script]>([
    ['an answer that is not JSON', (_, response) => void response.end(`${KEY} is no JSON`)],
    ['an HTML page', (_, response) => void response.writeHead(502).end(`<html>${KEY}</html>`)],
    ['half an answer', (_, response) => void response.end(`{"${KEY}": "${KEY}`)],
    ['a body that is cut off', (_, response) => void response.writeHead(200, {'content-length': 9999}).end(KEY)],
    [
      'a body that is not compressed',
      (_, response) => void response.writeHead(200, {'content-encoding': 'gzip'}).end(KEY),
    ],
    ['an encoding by that name', (_, response) => void response.writeHead(500, {'content-encoding': KEY}).end(KEY)],
    ['a redirect to it', (_, response) => void response.writeHead(302, {location: `https://${KEY}.example`}).end()],
    [
      'a redirect with it as password',
      (_, response) => void response.writeHead(302, {location: `http://a:${KEY}@b`}).end(),
    ],
    ['a redirect to no address', (_, response) => void response.writeHead(302, {location: `::${KEY}`}).end()],
    ['headers that never come', () => undefined],
    ['a body that never ends', (_, response) => void response.writeHead(200).write(`{"a": "${KEY}`)],
    ['a connection that ends', (_, response) => void response.destroy()],
  ])('of %s', async (_, script) => {
    await expectNoLeak(await failureAt((await serveScript(script)).url));
  });

  test.each([
    ['a status line', `HTTP/1.1 401 No ${KEY}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`],
    ['a header line that is none', `HTTP/1.1 200 OK\r\n${KEY}\r\n\r\n`],
    ['a header with a control character', `HTTP/1.1 200 OK\r\nx: ${KEY}\u0001\r\n\r\n`],
    ['no HTTP at all', `${KEY}\r\n`],
    ['a length that is none', `HTTP/1.1 200 OK\r\ncontent-length: ${KEY}\r\n\r\n`],
    ['a chunk that is none', `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${KEY}\r\n`],
  ])('of %s that holds it', async (_, bytes) => {
    await expectNoLeak(await failureAt(await serveBytes(bytes)));
  });

  test('of a request that never leaves', async () => {
    for (const part of [{key: `${KEY}\n`}, {key: `${KEY}\u2026`}, {organization: `org-\n${KEY}`}]) {
      await expectNoLeak(await failureAt('http://127.0.0.1:9/v1', part));
    }
    await expectNoLeak(await failureAt('http://127.0.0.1:9/v1'));
    await expectNoLeak(await failureAt(`http://nowhere.invalid/v1`));
    await expectNoLeak(await failureAt('http://127.0.0.1:9/v1', {}, AbortSignal.abort(new Error(KEY))));
    const broken = () => Promise.reject(new RangeError(`A bug that repeats Bearer ${KEY}`, {cause: {headers: KEY}}));
    await expectNoLeak(await failureAt('http://127.0.0.1:9/v1', {fetch: broken}));
  });
});
