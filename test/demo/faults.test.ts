import {get} from 'node:http';
import {expect, test} from 'vitest';
import {parseFaults} from '../../source/demo/faults.ts';
import type {DemoServer} from '../../source/demo/server.ts';
import {ask, authorized, secondsOf, serve} from './demo.ts';

const path = (name: string, more = ''): string => {
  const query = `start_time=${secondsOf('2026-10-01')}&end_time=${secondsOf('2026-10-09')}&limit=3${more}`;
  return name === 'costs' ? `/organization/costs?${query}` : `/organization/usage/${name}?${query}`;
};
const faulty = (text: string): Promise<DemoServer> => serve({faults: parseFaults(text)});
const fetchFrom = (server: DemoServer, from: string, init: RequestInit = {}): Promise<Response> =>
  fetch(server.url + from, {...authorized, ...init});

test('429 with seconds carries Retry-After, three times, for that endpoint alone', async () => {
  const server = await faulty('429:2@images#3');
  for (let time = 0; time < 3; time++) {
    const response = await fetchFrom(server, path('images'));
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '2']);
    expect(await response.json()).toMatchObject({error: {type: 'rate_limit_exceeded', param: null}});
    expect((await fetchFrom(server, path('costs'))).status).toBe(200);
  }
  expect((await fetchFrom(server, path('images'))).status).toBe(200);
});

test('429 without seconds carries no Retry-After', async () => {
  const response = await fetchFrom(await faulty('429@images'), path('images'));
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, null]);
});

test('a status is answered in the shape of the API, for lists too', async () => {
  const {status, body} = await ask(await faulty('503@users'), '/organization/users');
  expect(status).toBe(503);
  expect(body.error.type).toBe('server_error');
});

test.each([
  ['502html', 502, 'text/html', /^<!doctype html>/],
  ['html', 200, 'text/html', /^<!doctype html>/],
  ['text', 200, 'application/json', /^upstream connect error/],
])('%s answers %i with %s', async (kind, status, type, body) => {
  const response = await fetchFrom(await faulty(`${kind}@images`), path('images'));
  expect([response.status, response.headers.get('content-type')]).toEqual([status, type]);
  expect(await response.text()).toMatch(body);
});

test('drop closes the connection before any answer', async () => {
  await expect(fetchFrom(await faulty('drop@all'), path('images'))).rejects.toThrow('fetch failed');
});

test('cut closes the connection in the middle of the body', async () => {
  const response = await fetchFrom(await faulty('cut@images'), path('images'));
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow('terminated');
});

test('short ends properly with half of the body', async () => {
  const response = await fetchFrom(await faulty('short@images'), path('images'));
  const text = await response.text();
  expect(text).toMatch(/^\{"object":"page","data":\[/);
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
});

test('nodata leaves the data out, of lists too', async () => {
  const server = await faulty('nodata@all');
  expect((await ask(server, path('images'))).body).not.toHaveProperty('data');
  expect((await ask(server, '/organization/users')).body).not.toHaveProperty('data');
});

test('repeat gives a cursor that leads to itself', async () => {
  const server = await faulty('repeat@images');
  const first = (await ask(server, path('images'))).body;
  const second = (await ask(server, path('images', `&page=${first.next_page}`))).body;
  expect([first.has_more, second.has_more]).toEqual([true, true]);
  expect(second.next_page).toBe(first.next_page);
});

test('repeat gives the same last_id for lists', async () => {
  const server = await faulty('repeat@users');
  const first = (await ask(server, '/organization/users?limit=2')).body;
  const second = (await ask(server, `/organization/users?limit=2&after=${first.last_id}`)).body;
  expect(second).toMatchObject({has_more: true, last_id: first.last_id});
});

test('nocursor has more, but no cursor', async () => {
  const server = await faulty('nocursor@all');
  expect((await ask(server, path('images'))).body).toMatchObject({has_more: true, next_page: null});
  expect((await ask(server, '/organization/users')).body).toMatchObject({has_more: true, last_id: null});
});

test('outside moves a bucket before the window', async () => {
  const {body} = await ask(await faulty('outside@costs'), path('costs'));
  expect(body.data[0]?.start_time).toBeLessThan(secondsOf('2026-10-01'));
  expect(body.data[1]?.start_time).toBe(secondsOf('2026-10-02'));
});

test('redirect points to another origin', async () => {
  const server = await faulty('redirect@images');
  const response = await fetchFrom(server, path('images'), {redirect: 'manual'});
  const location = new URL(response.headers.get('location') ?? '');
  expect(response.status).toBe(302);
  expect(location.origin).not.toBe(new URL(server.url).origin);
  expect(location.pathname).toBe('/v1/organization/usage/images');
});

test('hang gives no answer until the client leaves', async () => {
  const server = await faulty('hang@images');
  const leave = new AbortController();
  const asked = fetchFrom(server, path('images'), {signal: leave.signal});
  // A later request is answered while the first one still waits.
  await expect.poll(() => server.requests.length).toBe(1);
  expect((await fetchFrom(server, path('costs'))).status).toBe(200);
  leave.abort();
  await expect(asked).rejects.toThrow('aborted');
});

test('stall sends half of the body and then nothing more', async () => {
  const server = await faulty('stall@images');
  const {promised, received} = await new Promise<{promised: number; received: number}>((resolve, reject) => {
    get(server.url + path('images'), authorized, response => {
      const length = Number(response.headers['content-length']);
      let bytes = 0;
      response.on('data', chunk => {
        bytes += chunk.length;
        if (bytes < Math.floor(length / 2)) return;
        resolve({promised: length, received: bytes});
        response.destroy();
      });
    }).on('error', reject);
  });
  expect(received).toBe(Math.floor(promised / 2));
});

test('slow answers the whole page, later', async () => {
  const server = await faulty('slow:0.01@images');
  expect((await ask(server, path('images'))).body.data).toHaveLength(3);
});

test('from a page on: the pages before it are whole', async () => {
  const server = await faulty('500@images/2#1');
  const first = await ask(server, path('images'));
  const second = path('images', `&page=${first.body.next_page}`);
  expect(first.status).toBe(200);
  expect((await ask(server, second)).status).toBe(500);
  expect((await ask(server, second)).status).toBe(200);
});

test('several faults are done one after the other', async () => {
  const server = await faulty('429@images#1, 500@images#1, html@costs');
  const statuses = [];
  for (let time = 0; time < 3; time++) statuses.push((await fetchFrom(server, path('images'))).status);
  expect(statuses).toEqual([429, 500, 200]);
});

test.each(['images', 'nonsense@images', '429@imagse', 'drop:3@images', 'outside@users', '200@all', 'html@images#0'])(
  'the fault "%s" is refused with the grammar',
  text => {
    expect(() => parseFaults(text)).toThrow(
      /^Cannot read the fault ".+": write KIND\[:SECONDS\]@TARGET\[\/PAGE\]\[#TIMES\]/,
    );
  },
);

test('no text is no fault', () => {
  expect(parseFaults('')).toEqual([]);
});
