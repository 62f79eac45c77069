import {describe, expect, test} from 'vitest';
import {createClient} from '../../source/api/client.ts';
import {failure} from '../helpers/chains.ts';
import {KEY, leaksIn} from '../helpers/leaks.ts';
import {type Script, serveScript} from '../helpers/script-server.ts';

async function answerFrom(script: Script) {
  const server = await serveScript(script);
  const client = createClient({
    baseUrl: server.url,
    key: KEY,
    organization: undefined,
    timeout: 5000,
    fetch,
    now: Date.now,
    userAgent: 'test',
  });
  const request = {subject: 'costs', path: 'organization/costs', query: []};
  return {server, error: await failure(client.get(request, new AbortController().signal))};
}

const statuses = [300, 301, 302, 303, 305, 307, 308];

/** What the target of a redirect may look like; `port` is another server's, `own` that of the one that redirects. */
const targets: readonly [string, (port: number, own: number) => string][] = [
  ['another port', port => `http://127.0.0.1:${port}/v1/organization/costs`],
  ['another name of this machine', port => `http://localhost:${port}/`],
  ['an address without a scheme', port => `//127.0.0.1:${port}/`],
  ['an address with backslashes', port => `\\\\127.0.0.1:${port}\\`],
  ['an address with a user name and password', port => `http://user:secret@127.0.0.1:${port}/`],
  ['another scheme', port => `https://127.0.0.1:${port}/`],
  ['the same server', (_, own) => `http://127.0.0.1:${own}/v2/elsewhere`],
  ['a path', () => '/v2/elsewhere'],
  ['a path beside it', () => '../elsewhere'],
  ['itself, for ever', () => ''],
  ['a script', () => 'javascript:alert(1)'],
  ['a file', () => 'file:///etc/passwd'],
  ['data', () => 'data:application/json,{"data":[],"has_more":false}'],
  ['no address', () => 'http://[::::'],
];

describe('a redirect is never followed', () => {
  test.each(targets)('to %s, with whatever status: nothing arrives there', async (_, targetOf) => {
    const elsewhere = await serveScript(() => ({data: [], has_more: false}));
    for (const status of statuses) {
      const {server, error} = await answerFrom((__, response, raw) => {
        const own = raw.socket.localPort ?? 0;
        response.writeHead(status, {location: targetOf(elsewhere.port, own)}).end();
      });
      expect(error).toMatchObject({reason: 'redirect', status});
      expect(error.message).toContain('Redirects are not followed');
      expect(error.message).not.toContain('secret@');
      expect(server.heard).toHaveLength(1);
    }
    expect(elsewhere.heard).toEqual([]);
  });

  test('by 304, which is none: something with a cache answers', async () => {
    const elsewhere = await serveScript(() => ({data: []}));
    const location = `http://127.0.0.1:${elsewhere.port}/`;
    const {server, error} = await answerFrom((_, response) => void response.writeHead(304, {location}).end());
    expect(error).toMatchObject({reason: 'rejected', status: 304});
    expect(error.message).toContain('Something with a cache answers in the place of the API');
    expect([...server.heard, ...elsewhere.heard]).toHaveLength(1);
  });

  test('by a page or a header that asks for one', async () => {
    const elsewhere = await serveScript(() => ({data: []}));
    const address = `http://127.0.0.1:${elsewhere.port}/`;
    for (const status of [200, 300, 401]) {
      const {server} = await answerFrom((_, response) => {
        const headers = {refresh: `0;url=${address}`, link: `<${address}>; rel=preload`, 'content-location': address};
        response.writeHead(status, {...headers, 'content-type': 'text/html'});
        response.end(`<meta http-equiv="refresh" content="0;url=${address}"><script src="${address}"></script>`);
      });
      expect(server.heard).toHaveLength(1);
    }
    expect(elsewhere.heard).toEqual([]);
  });
});

test('the key goes into one header of a request, and is in no other part of it', async () => {
  const {server} = await answerFrom((_, response) => void response.writeHead(400).end());
  const [{path, query, headers} = {path: '', query: '', headers: {}}] = server.heard;
  expect(headers.authorization).toBe(`Bearer ${KEY}`);
  expect(leaksIn(JSON.stringify([path, String(query), {...headers, authorization: ''}]))).toEqual([]);
});
