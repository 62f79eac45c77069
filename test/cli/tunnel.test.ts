import {once} from 'node:events';
import {describe, expect, test} from 'vitest';
import {createClient} from '../../source/api/client.ts';
import {createFetch} from '../../source/cli/fetch.ts';
import {readProxy} from '../../source/options/proxy.ts';
import {failure} from '../helpers/chains.ts';
import {serveSilence, startProxy} from '../helpers/proxy.ts';
import {sendJson, serveScript} from '../helpers/script-server.ts';

const key = 'sk-admin-0123456789abcdefghijklmnop';
const request = {subject: 'costs', path: 'organization/costs', query: []};

/** A client that goes the way that the environment names. */
function clientOf(environment: Record<string, string>, baseUrl = 'https://api.example.test/v1', timeout = 10_000) {
  const client = createClient({
    baseUrl,
    key,
    organization: undefined,
    timeout,
    fetch: createFetch(environment, fetch),
    proxy: readProxy(baseUrl, environment)?.name,
    now: Date.now,
    userAgent: 'openai-usage/0.0.0',
  });
  return {get: (signal = new AbortController().signal) => client.get(request, signal)};
}

/** What comes of a request through that proxy. */
async function failureThrough(proxy: string, timeout?: number) {
  const error = await failure(clientOf({HTTPS_PROXY: proxy}, undefined, timeout).get());
  expect(JSON.stringify([error.message, error.what, error.stack, String(error.cause)])).not.toMatch(/hunter2|sk-admin/);
  return {reason: error.reason, message: error.message};
}

describe('an answer with an odd status line is what it is without a proxy', () => {
  test.each([
    ['999 what', 'server', '999'],
    ['500 caf\xe9', 'server', '500'],
    ['401 d\xe9fendu', 'unauthorized', '401'],
  ])('%j', async (line, reason, status) => {
    const port = await serveSilence(`HTTP/1.1 ${line}\r\ncontent-length: 2\r\n\r\n{}`);
    const environment = {HTTPS_PROXY: 'http://127.0.0.1:9'};
    const error = await failure(clientOf(environment, `http://127.0.0.1:${port}/v1`).get());
    expect(error).toMatchObject({reason, status: Number(status)});
    expect(error.what).toContain(`answered ${status}`);
  });
});

describe('a proxy that opens no tunnel is named, with what to do', () => {
  test('it wants a user', async () => {
    const {port} = await startProxy({user: 'ann:secret'});
    expect(await failureThrough(`http://127.0.0.1:${port}`)).toEqual({
      reason: 'proxy',
      message: `costs: the proxy 127.0.0.1:${port} wants a user and a password (407). Put them into HTTPS_PROXY: http://USER:PASSWORD@127.0.0.1:${port}.`,
    });
  });

  test('it wants another user', async () => {
    const {port} = await startProxy({user: 'ann:secret'});
    expect(await failureThrough(`http://ann:hunter2@127.0.0.1:${port}`)).toEqual({
      reason: 'proxy',
      message: `costs: the proxy 127.0.0.1:${port} wants a user and a password (407). It does not take those in HTTPS_PROXY: correct them.`,
    });
  });

  test('it forbids the host', async () => {
    const {port} = await startProxy({status: 403});
    expect(await failureThrough(`http://ann:hunter2@127.0.0.1:${port}`)).toEqual({
      reason: 'proxy',
      message: `costs: the proxy 127.0.0.1:${port} does not let us through to api.example.test:443 (it answered 403). Ask whoever runs it to allow api.example.test:443, or set another proxy (HTTPS_PROXY).`,
    });
  });

  test.each([502, 503, 504])('it answers %i: that may pass', async status => {
    const {port} = await startProxy({status});
    expect(await failureThrough(`http://127.0.0.1:${port}`)).toEqual({
      reason: 'network',
      message: `costs: the proxy 127.0.0.1:${port} could not reach api.example.test:443 (${status}). Check the base URL and the proxy (HTTPS_PROXY), then try again.`,
    });
  });

  test.each([
    ['it hangs up', '', 'network', 'other side closed', 'Check HTTPS_PROXY and that the proxy runs, then try again.'],
    [
      'it is no proxy',
      'SSH-2.0-OpenSSH_9.6\r\n',
      'proxy',
      'Response does not match the HTTP/1.1 protocol',
      'the port has',
    ],
  ])('%s', async (_, bytes, expected, said, advice) => {
    const port = await serveSilence(bytes);
    const {reason, message} = await failureThrough(`http://127.0.0.1:${port}`);
    expect(reason).toBe(expected);
    expect(message).toContain(`costs: no answer from the proxy 127.0.0.1:${port} (${said}`);
    expect(message).toContain(advice);
  });

  test('it is not there', async () => {
    expect((await failureThrough('http://ann:hunter2@127.0.0.1:1')).message).toMatch(
      /^costs: no answer from the proxy 127\.0\.0\.1:1 \(connect ECONNREFUSED 127\.0\.0\.1:1\)\. Check HTTPS_PROXY/,
    );
  });

  test('it speaks no TLS, though its URL says so', async () => {
    const {port} = await startProxy();
    const {reason, message} = await failureThrough(`https://localhost:${port}`);
    expect(reason).toBe('proxy');
    expect(message).toMatch(new RegExp(`^costs: no answer from the proxy localhost:${port} \\(.*SSL.*\\)`, 's'));
  });

  test('it says nothing within the timeout', async () => {
    const port = await serveSilence();
    expect(await failureThrough(`http://ann:hunter2@127.0.0.1:${port}`, 300)).toEqual({
      reason: 'timeout',
      message: `costs: https://api.example.test through the proxy 127.0.0.1:${port} did not answer within 0.3 s. Try again, or allow more time with --timeout.`,
    });
  });
});

describe('a tunnel that is asked for', () => {
  test('is given up when nobody waits for it any more', async () => {
    const proxy = await startProxy({isSilent: true});
    const controller = new AbortController();
    const stopping = failure(clientOf({HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`}).get(controller.signal));
    const [, socket] = await once(proxy.server, 'connect');
    const ended = once(socket, 'end');
    controller.abort();
    expect((await stopping).reason).toBe('stopped');
    await ended;
  });

  test('names its user to the proxy, and never the key', async () => {
    const proxy = await startProxy({status: 403});
    await failureThrough(`http://ann:hunter2@127.0.0.1:${proxy.port}`);
    const [{target, headers} = {target: '', headers: {}}] = proxy.asked;
    expect(target).toBe('api.example.test:443');
    expect(headers['proxy-authorization']).toBe(`Basic ${Buffer.from('ann:hunter2').toString('base64')}`);
    expect(headers).not.toHaveProperty('authorization');
    expect(JSON.stringify(proxy.asked)).not.toContain('sk-admin');
  });
});

describe('http:// on loopback, where a proxy is set', () => {
  const everywhere = (port: number) => ({
    http_proxy: `http://127.0.0.1:${port}`,
    HTTPS_PROXY: `http://127.0.0.1:${port}`,
    ALL_PROXY: `http://127.0.0.1:${port}`,
  });

  test('is asked without it', async () => {
    const proxy = await startProxy();
    const server = await serveScript(() => ({data: [1]}));
    expect(await clientOf(everywhere(proxy.port), server.url).get()).toEqual({data: [1]});
    expect([proxy.asked, proxy.plain]).toEqual([[], []]);
    expect(server.heard[0]?.headers.authorization).toBe(`Bearer ${key}`);
    expect(server.heard[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  test('answers as it does without: statuses, redirects, cut-off bodies, timeouts and stops', async () => {
    const asks = [{}, everywhere(1)];
    const all = await Promise.all(
      asks.map(async environment => {
        const server = await serveScript(({path}, response, raw) => {
          if (path.startsWith('/empty')) response.writeHead(204).end();
          else if (path.startsWith('/moved')) response.writeHead(302, {location: '/elsewhere'}).end();
          else if (path.startsWith('/refused')) sendJson(response, {error: {message: 'No.'}}, 401);
          else if (path.startsWith('/cut')) {
            response.writeHead(200, {'content-length': '100'}).write('{"data":');
            setImmediate(() => raw.socket.destroy());
          } else if (path.startsWith('/stuck')) response.writeHead(200, {'content-length': '100'}).write('{"data":');
          return undefined;
        });
        const kinds = ['empty', 'moved', 'refused', 'cut', 'stuck', 'hang'];
        return Promise.all(
          kinds.map(async kind => {
            const timeout = kind === 'cut' ? 10_000 : 1000;
            const error = await failure(
              clientOf(environment, `http://127.0.0.1:${server.port}/${kind}`, timeout).get(),
            );
            return [kind, error.reason, error.message.replaceAll(String(server.port), 'PORT')];
          }),
        );
      }),
    );
    expect(all[1]).toEqual(all[0]);
    expect(all[0]?.map(([, reason]) => reason)).toEqual([
      'unreadable',
      'redirect',
      'unauthorized',
      'network',
      'timeout',
      'timeout',
    ]);
  });
});

test('without a proxy in the environment, fetch is the one that Node has', () => {
  expect(createFetch({NO_PROXY: '*', HTTPS_PROXY: ''}, fetch)).toBe(fetch);
});
