import {createServer as createSocketServer} from 'node:net';
import {gzipSync} from 'node:zlib';
import {describe, expect, test, vi} from 'vitest';
import {type ClientOptions, createClient} from '../../source/api/client.ts';
import {ApiError} from '../../source/api/errors.ts';
import {failure} from '../helpers/chains.ts';
import {type Script, sendJson, serveScript} from '../helpers/script-server.ts';
import {serveBytes} from '../helpers/serve-bytes.ts';

const key = 'sk-admin-0123456789abcdefghijklmnop';
const request = {subject: 'completions', path: 'organization/usage/completions', query: [['limit', '31']]} as const;

function clientFor(baseUrl: string, more: Partial<ClientOptions> = {}) {
  const client = createClient({
    baseUrl,
    key,
    organization: undefined,
    timeout: 10_000,
    fetch,
    now: () => 0,
    userAgent: 'openai-usage/0.0.0',
    ...more,
  });
  return {get: (signal = new AbortController().signal) => client.get(request, signal)};
}

/** What comes of one request to a server that does what the script says. */
async function failureOf(script: Script, more: Partial<ClientOptions> = {}) {
  const server = await serveScript(script);
  return {server, error: await failure(clientFor(server.url, more).get())};
}

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createSocketServer();
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** What fetch does where names are not resolved; a resolver that is really asked would be another machine. */
function withoutHosts(code: 'ENOTFOUND' | 'EAI_AGAIN'): typeof fetch {
  return async () => {
    const hostname = 'nowhere.invalid';
    const cause = Object.assign(new Error(`getaddrinfo ${code} ${hostname}`), {code, syscall: 'getaddrinfo', hostname});
    throw new TypeError('fetch failed', {cause});
  };
}

describe('a request', () => {
  test('goes below the base URL with its parameters, and brings the JSON of the answer', async () => {
    const server = await serveScript(() => ({data: [1]}));
    const client = createClient({
      baseUrl: server.url,
      key,
      organization: undefined,
      timeout: 10_000,
      fetch,
      now: () => 0,
      userAgent: 'openai-usage/1.2.3',
    });
    const query = [
      ['group_by', 'project_id'],
      ['group_by', 'model'],
      ['models', 'a&b=ü c'],
    ] as const;
    await expect(client.get({...request, query}, new AbortController().signal)).resolves.toEqual({data: [1]});
    expect(server.heard[0]?.path).toBe('/v1/organization/usage/completions');
    expect([...(server.heard[0]?.query ?? [])]).toEqual(query);
    expect(server.heard[0]?.headers['user-agent']).toBe('openai-usage/1.2.3');
  });

  test('carries the key in the Authorization header and nowhere else', async () => {
    const server = await serveScript(() => ({}));
    await clientFor(server.url).get();
    const {path, query, headers} = server.heard[0] ?? {};
    expect(headers?.authorization).toBe(`Bearer ${key}`);
    expect(JSON.stringify([path, String(query), {...headers, authorization: ''}])).not.toContain(key);
  });

  test('names the organization only where one is set', async () => {
    const server = await serveScript(() => ({}));
    await clientFor(server.url).get();
    await clientFor(server.url, {organization: ''}).get();
    await clientFor(server.url, {organization: 'org-abc123'}).get();
    expect(server.heard.map(({headers}) => headers['openai-organization'])).toEqual([
      undefined,
      undefined,
      'org-abc123',
    ]);
  });

  test('is sent once, whatever is answered', async () => {
    for (const status of [408, 429, 500, 503]) {
      const {server} = await failureOf((_, response) => sendJson(response, {}, status));
      expect(server.heard).toHaveLength(1);
    }
  });
});

describe('a refusal', () => {
  test.each([
    [400, 'rejected'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [408, 'server'],
    [418, 'rejected'],
    [429, 'rate-limited'],
    [500, 'server'],
    [503, 'server'],
    [599, 'server'],
  ])('with status %i is %s, in one sentence with the endpoint, the status and what to do', async (status, reason) => {
    const {error} = await failureOf((_, response) => sendJson(response, {}, status));
    expect(error).toMatchObject({reason, status, subject: 'completions'});
    expect(error.message).toMatch(new RegExp(`^completions: the server answered ${status}\\b.*\\. [A-Z].*\\.$`));
    expect(error.asked).toEqual({method: 'GET', path: '/organization/usage/completions', query: 'limit=31'});
  });

  test('repeats the server’s words on one line, without what could move a terminal’s cursor', async () => {
    const message = 'Not\n\u001b[2Jtoday,\u202e\tplease.';
    const {error} = await failureOf((_, response) => sendJson(response, {error: {message}}, 400));
    expect(error.what).toContain('“Not [2Jtoday, please”');
  });

  test('repeats the status line without what could move a terminal’s cursor', async () => {
    const url = await serveBytes('HTTP/1.1 403 No\x9b2J\tway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
    expect((await failure(clientFor(url).get())).what).toBe('the server answered 403 No 2J way');
  });

  test('cuts words that never end', async () => {
    const {error} = await failureOf((_, response) => sendJson(response, {error: {message: 'no '.repeat(5000)}}, 400));
    expect(error.message.length).toBeLessThan(500);
  });

  test.each<[string, unknown]>([
    ['that is no text', {error: {message: {text: 'no'}}}],
    ['in another shape', {message: 'no'}],
    ['that is a text', 'no'],
    ['that is null', null],
  ])('with a body %s has the status alone', async (_, body) => {
    const {error} = await failureOf((__, response) => sendJson(response, body, 403));
    expect(error.what).toBe('the server answered 403 Forbidden');
  });

  test('with a proxy’s HTML page has the status alone', async () => {
    const {error} = await failureOf((_, response) => void response.writeHead(502).end('<html>Bad Gateway</html>'));
    expect(error.what).toBe('the server answered 502 Bad Gateway');
  });
});

describe('the key in a server’s words', () => {
  test('is taken out', async () => {
    const {error} = await failureOf((_, response) => {
      sendJson(response, {error: {message: `Incorrect API key provided: ${key}.`}}, 401);
    });
    expect(error.what).toContain('Incorrect API key provided: [admin key]');
  });

  test('is taken out where it is written with escapes, or where the words are cut in the middle of it', async () => {
    const escaped = key.replaceAll('-', '\\u002d');
    const words = `${'x'.repeat(185)} ${key}`;
    for (const body of [`{"error":{"message":"Not ${escaped}"}}`, `{"error":{"message":"${words}"}}`]) {
      const {error} = await failureOf((_, response) => void response.writeHead(401).end(body));
      expect(error.message).not.toContain('sk-admin-0');
    }
  });

  test('is taken out of the status line and of a redirect’s address', async () => {
    const url = await serveBytes(`HTTP/1.1 401 No such key ${key}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
    expect((await failure(clientFor(url).get())).message).not.toContain(key);
    const {error} = await failureOf((_, response) => {
      response.writeHead(302, {location: `https://${key}.example/`}).end();
    });
    expect(error.message.toLowerCase()).not.toContain(key);
  });

  test('is not in what is said of an address that holds it', async () => {
    const silent: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
    const dripping: typeof fetch = async () => new Response(new ReadableStream());
    for (const its of [silent, dripping]) {
      const error = await failure(
        clientFor(`https://${key}.example/v1`, {fetch: its, timeout: 20, proxy: `${key}.example:8080`}).get(),
      );
      expect(error.reason).toBe('timeout');
      expect(error.what).toContain('https://[admin key].example through the proxy [admin key].example:8080');
    }
  });

  test('is not in the message of a key that no header can carry', async () => {
    const broken = `${key}\nx`;
    const attempt = async () => clientFor('http://127.0.0.1:9/v1', {key: broken}).get();
    const error = await attempt().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).not.toContain(key);
  });
});

describe('a redirect', () => {
  test('to another origin is refused, and that origin never hears of it', async () => {
    const elsewhere = await serveScript(() => ({data: []}));
    const {error} = await failureOf((_, response) => {
      response.writeHead(307, {location: `http://localhost:${elsewhere.port}/v1/organization/usage/completions`}).end();
    });
    expect(error).toMatchObject({reason: 'redirect', status: 307});
    expect(error.message).toContain(`points to http://localhost:${elsewhere.port}`);
    expect(elsewhere.heard).toEqual([]);
  });

  test('to the same origin is refused as well', async () => {
    const {server, error} = await failureOf((_, response) => void response.writeHead(301, {location: '/v2'}).end());
    expect(error.reason).toBe('redirect');
    expect(error.message).toContain(`points to ${new URL(server.url).origin}`);
    expect(server.heard).toHaveLength(1);
  });

  test('to what has no origin is refused by the name of its scheme', async () => {
    const {error} = await failureOf((_, response) => void response.writeHead(302, {location: 'data:,x'}).end());
    expect(error.message).toContain('answered 302 Found and points to an address of data:.');
  });

  test('to nowhere is refused without a crash', async () => {
    for (const location of ['http://', '::::', '']) {
      const {error} = await failureOf((_, response) => void response.writeHead(302, {location}).end());
      expect(error.reason).toBe('redirect');
    }
  });
});

describe('an answer with status 200', () => {
  test.each([
    ['an HTML page', '<!doctype html><title>Sign in</title>'],
    ['words', 'upstream connect error'],
    ['half of it', '{"data": [{"start_ti'],
    ['nothing', ''],
  ])('that is %s is unreadable', async (_, body) => {
    const {error} = await failureOf((__, response) => void response.writeHead(200).end(body));
    expect(error).toMatchObject({reason: 'unreadable', subject: 'completions'});
    expect(error.message).toContain('status 200');
  });

  test('that has no content is unreadable', async () => {
    const {error} = await failureOf((_, response) => void response.writeHead(204).end());
    expect(error).toMatchObject({reason: 'unreadable'});
    expect(error.message).toContain('status 204');
  });
});

describe('a connection', () => {
  test('that is refused is a network error that names the address', async () => {
    const port = await closedPort();
    const error = await failure(clientFor(`http://127.0.0.1:${port}/v1`).get());
    expect(error).toMatchObject({reason: 'network', subject: 'completions'});
    expect(error.what).toBe(`nothing listens at 127.0.0.1:${port} (ECONNREFUSED: connection refused)`);
  });

  test('to a port that fetch keeps away from says so', async () => {
    const error = await failure(clientFor('http://127.0.0.1:9/v1').get());
    expect(error).toMatchObject({reason: 'address'});
    expect(error.what).toContain('its port is kept for something other than HTTP');
  });

  test('to a host that does not exist names the host', async () => {
    const error = await failure(clientFor('http://nowhere.invalid/v1', {fetch: withoutHosts('ENOTFOUND')}).get());
    expect(error).toMatchObject({reason: 'address', what: 'no host is called nowhere.invalid (DNS: ENOTFOUND)'});
  });

  test('to a host that cannot be looked up now may be tried again', async () => {
    const error = await failure(clientFor('http://nowhere.invalid/v1', {fetch: withoutHosts('EAI_AGAIN')}).get());
    expect(error).toMatchObject({reason: 'network'});
    expect(error.what).toContain('nowhere.invalid could not be looked up');
  });

  test.each<[string, Script]>([
    ['before any answer', (_, response) => void response.socket?.destroy()],
    [
      'in the middle of a body of known length',
      (_, response) => {
        response.writeHead(200, {'content-length': '1000'});
        response.write('{"data": [', () => response.socket?.destroy());
      },
    ],
    [
      'in the middle of a body of unknown length',
      (_, response) => {
        response.writeHead(200);
        response.write('{"data": [', () => response.socket?.destroy());
      },
    ],
  ])('that is dropped %s is a network error', async (_, script) => {
    const {error} = await failureOf(script);
    expect(error).toMatchObject({reason: 'network', subject: 'completions'});
  });

  test('that speaks no HTTP is a network error', async () => {
    const url = await serveBytes('SSH-2.0-OpenSSH_9.6\r\n');
    expect(await failure(clientFor(url).get())).toMatchObject({reason: 'network'});
  });

  test('with a body that is not compressed as it says is a network error', async () => {
    const {error} = await failureOf((_, response) => {
      response.writeHead(200, {'content-encoding': 'gzip'}).end('{"data": []}');
    });
    expect(error).toMatchObject({reason: 'network'});
  });
});

describe('patience', () => {
  test('ends for headers that never come', async () => {
    const {error} = await failureOf(() => undefined, {timeout: 50});
    expect(error).toMatchObject({reason: 'timeout', subject: 'completions'});
    expect(error.message).toContain('within 0.05 s');
  });

  test('ends for a body that never ends', async () => {
    const stall: Script = (_, response) => void response.writeHead(200).write('{"data": [');
    const {error} = await failureOf(stall, {timeout: 50});
    expect(error).toMatchObject({reason: 'timeout'});
  });

  test('ends for a body that drips: its time is for all of it', async () => {
    const drip: Script = (_, response) => {
      response.writeHead(200).write('{"data": [');
      const timer = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(timer));
    };
    const {error} = await failureOf(drip, {timeout: 100});
    expect(error).toMatchObject({reason: 'timeout'});
    expect(error.what).toMatch(/^the answer of http:\S+ was not at its end within 0\.1 s$/);
  });

  test('that ends closes the connection, which would keep the program alive', async () => {
    const closed = new Promise<void>((resolve, reject) => {
      const stall: Script = (_, response) => {
        response.on('close', resolve);
        response.writeHead(200).write('{"data": [');
      };
      failureOf(stall, {timeout: 50}).catch(reject);
    });
    await closed;
  });

  test.each<[string, Script]>([
    ['never ends', (_, response) => void response.writeHead(401).write('{"error": ')],
    [
      'is cut off',
      (_, response) => {
        response.writeHead(401, {'content-length': '1000'});
        response.write('{"error": ', () => response.socket?.destroy());
      },
    ],
    ['is as long as a book', (_, response) => void response.writeHead(401).end(' '.repeat(1e6))],
  ])('a refusal whose body %s is that refusal all the same', async (_, script) => {
    const {error} = await failureOf(script, {timeout: 1000});
    expect(error).toMatchObject({reason: 'unauthorized', status: 401});
  });
});

test('of a refusal no more is read than a sentence can be', async () => {
  const part = Buffer.alloc(2 ** 14, 32);
  let parts = 0;
  const body = new ReadableStream({
    pull(controller) {
      if (parts++ === 64) controller.close();
      else controller.enqueue(part);
    },
  });
  const error = await failure(
    clientFor('http://127.0.0.1:1/v1', {fetch: async () => new Response(body, {status: 401})}).get(),
  );
  expect(error.reason).toBe('unauthorized');
  expect(parts).toBeLessThanOrEqual(8);
});

describe('an answer that is too large', () => {
  const megabyte = Buffer.alloc(2 ** 20, 32);
  const flood: Script = (_, response) => {
    const pour = () => {
      while (!response.destroyed && response.write(megabyte));
    };
    response.on('drain', pour);
    response.writeHead(200);
    pour();
  };
  // Members of a gzip file follow one another: a few kilobytes unpack to as many gigabytes as there are copies.
  const bomb = Buffer.concat(Array.from({length: 2048}, () => gzipSync(megabyte)));
  const unpacking: Script = (_, response) => void response.writeHead(200, {'content-encoding': 'gzip'}).end(bomb);

  test.each<[string, Script]>([
    ['without an end', flood],
    ['that unpacks to gigabytes', unpacking],
  ])(
    '%s is not read beyond 256 MiB',
    async (_, script) => {
      const {error} = await failureOf(script, {timeout: 50_000});
      expect(error).toMatchObject({reason: 'too-large', subject: 'completions'});
      expect(error.message).toContain('is larger than 256 MiB. Check the base URL; if it is right, ask for fewer days');
    },
    60_000,
  );
});

describe('a bug', () => {
  const bug = new ReferenceError(`a bug near ${key}`);
  const found = (more: Partial<ClientOptions>): Promise<unknown> =>
    clientFor('http://127.0.0.1:1/v1', more)
      .get()
      .catch((error: unknown) => error);
  const answering = (status: number, changes: PropertyDescriptorMap): typeof fetch => {
    return async () => Object.defineProperties(new Response('{}', {status}), changes);
  };
  const thrower = {
    get: () => {
      throw bug;
    },
  };

  test.each<[string, () => Promise<unknown>]>([
    ['before the answer', () => found({fetch: () => Promise.reject(bug)})],
    ['in what is said of a refusal', () => found({fetch: answering(401, {statusText: thrower})})],
    [
      'in the reading of JSON',
      () => {
        const spy = vi.spyOn(JSON, 'parse').mockImplementation(() => {
          throw bug;
        });
        return found({fetch: answering(200, {})}).finally(() => spy.mockRestore());
      },
    ],
  ])('%s is none of the server’s failures: it keeps its stack, without the key', async (_, find) => {
    const error = await find();
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(ApiError);
    expect(error).toMatchObject({message: 'a bug near [admin key]', stack: bug.stack?.replace(key, '[admin key]')});
  });
});

describe('an abort', () => {
  test.each<[string, Script]>([
    ['before the headers', () => undefined],
    ['within the body', (_, response) => void response.writeHead(200).write('{"data": [')],
  ])('%s stops the request', async (_, script) => {
    const controller = new AbortController();
    const server = await serveScript((...its) => {
      setImmediate(() => controller.abort());
      return script(...its);
    });
    const error = await failure(clientFor(server.url).get(controller.signal));
    expect(error).toMatchObject({reason: 'stopped', subject: 'completions'});
  });

  test.each([200, 401])('reaches the body of a %i whose fetch has lost the signal', async status => {
    const controller = new AbortController();
    let cancelled = 0;
    const body = new ReadableStream({
      pull: () => {
        setImmediate(() => controller.abort());
        return new Promise(() => {});
      },
      cancel: () => void cancelled++,
    });
    const deaf: typeof fetch = async () => new Response(body, {status});
    const client = clientFor('http://127.0.0.1:1/v1', {fetch: deaf, timeout: 600_000});
    const error = await failure(client.get(controller.signal));
    expect(error).toMatchObject({reason: 'stopped', subject: 'completions'});
    expect(cancelled).toBe(1);
  });

  test('beforehand sends nothing', async () => {
    const server = await serveScript(() => ({}));
    const error = await failure(clientFor(server.url).get(AbortSignal.abort()));
    expect(error.reason).toBe('stopped');
    expect(server.heard).toEqual([]);
  });
});
