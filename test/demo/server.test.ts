import {describe, expect, test} from 'vitest';
import {endpoints} from '../../source/demo/catalogue.ts';
import {startDemoServer} from '../../source/demo/server.ts';
import {rowsIn} from '../../source/demo/usage.ts';
import {ask, noon, type Row, secondsOf, serve, truth} from './demo.ts';

const october = secondsOf('2026-10-01');
const completions = '/organization/usage/completions';

describe('a request', () => {
  test('without a bearer key is 401, with any key it is answered', async () => {
    const server = await serve();
    const without = await fetch(`${server.url}${completions}?start_time=${october}`);
    expect(without.status).toBe(401);
    expect(await without.json()).toMatchObject({error: {type: 'invalid_request_error', code: 'invalid_api_key'}});
    expect((await ask(server, `${completions}?start_time=${october}`)).status).toBe(200);
  });

  test.each(['/organization/usage/decisions', '/organization/usage/costs', '/models', '/organization/users/u/keys'])(
    'for %s is 404 in the shape of the API',
    async path => {
      const {status, body} = await ask(await serve(), path);
      expect(status).toBe(404);
      expect(body.error).toMatchObject({type: 'invalid_request_error', param: null});
    },
  );

  test.each([
    [`${completions}`, 'start_time'],
    [`${completions}?start_time=yesterday`, 'start_time'],
    [`${completions}?start_time=${october}&end_time=${october}`, 'end_time'],
    [`${completions}?start_time=${october}&bucket_width=1w`, 'bucket_width'],
    [`${completions}?start_time=${october}&limit=0`, 'limit'],
    [`${completions}?start_time=${october}&limit=32`, 'limit'],
    [`${completions}?start_time=${october}&bucket_width=1h&limit=169`, 'limit'],
    [`${completions}?start_time=${october}&bucket_width=1m&limit=1441`, 'limit'],
    [`${completions}?start_time=${october}&group_by=size`, 'group_by'],
    [`${completions}?start_time=${october}&batch=maybe`, 'batch'],
    [`${completions}?start_time=${october}&page=page_2`, 'page'],
    [`${completions}?start_time=${october}&color=red`, 'color'],
    [`/organization/usage/vector_stores?start_time=${october}&group_by=model`, 'group_by'],
    [`/organization/usage/code_interpreter_sessions?start_time=${october}&user_ids=u`, 'user_ids'],
    [`/organization/usage/images?start_time=${october}&sizes=9x9`, 'sizes'],
    [`/organization/usage/images?start_time=${october}&sources=dream`, 'sources'],
    [`/organization/usage/web_search_calls?start_time=${october}&context_levels=huge`, 'context_levels'],
    [`/organization/costs?start_time=${october}&bucket_width=1h`, 'bucket_width'],
    [`/organization/costs?start_time=${october}&limit=181`, 'limit'],
    [`/organization/costs?start_time=${october}&group_by=model`, 'group_by'],
  ])('%s is 400 and names %s', async (path, param) => {
    const {status, body} = await ask(await serve(), path);
    expect(status).toBe(400);
    expect(body.error.param).toBe(param);
    expect(body.error.message).not.toBe('');
  });

  test.each([
    ['1d', 7, 31],
    ['1h', 24, 168],
    ['1m', 60, 1440],
  ])('with buckets of %s gets %i of them, at most %i', async (width, usual, most) => {
    const server = await serve();
    const start = `start_time=${secondsOf('2026-09-01')}&bucket_width=${width}`;
    const path = `/organization/usage/code_interpreter_sessions?${start}`;
    expect((await ask(server, path)).body.data).toHaveLength(usual);
    expect((await ask(server, `${path}&limit=${most}`)).body.data).toHaveLength(most);
  });

  test('for costs gets 7 days, at most 180', async () => {
    const server = await serve();
    const path = `/organization/costs?start_time=${secondsOf('2026-03-01')}`;
    expect((await ask(server, path)).body.data).toHaveLength(7);
    expect((await ask(server, `${path}&limit=180`)).body.data).toHaveLength(180);
  });

  test('is remembered and told', async () => {
    const paths: string[] = [];
    const server = await serve({
      onRequest: ({method, path, query}) => paths.push(`${method} ${path} ${query.get('limit')}`),
    });
    await ask(server, '/organization/users?limit=3');
    expect(paths).toEqual(['GET /v1/organization/users 3']);
    expect(server.requests).toEqual(['GET /v1/organization/users?limit=3']);
  });
});

describe('groups and filters', () => {
  const day = `start_time=${october}&end_time=${october + 86_400}`;
  const rowsOf = async (path: string): Promise<readonly Row[]> =>
    (await ask(await serve(), path)).body.data.flatMap(({results}) => results);
  const truthOf = (name: 'completions' | 'images'): readonly Row[] =>
    rowsIn(truth(), name, {from: october, to: october + 86_400});

  test('group_by=, group_by[]= and group_by[0]= are one parameter', async () => {
    const plain = await rowsOf(`${completions}?${day}&group_by=model&group_by=batch`);
    expect(plain.length).toBeGreaterThan(5);
    expect(await rowsOf(`${completions}?${day}&group_by[]=model&group_by[]=batch`)).toEqual(plain);
    expect(await rowsOf(`${completions}?${day}&group_by%5B0%5D=model&group_by%5B1%5D=batch`)).toEqual(plain);
  });

  test('without group_by one result sums the day, and its dimensions are null', async () => {
    const [row, ...more] = await rowsOf(`${completions}?${day}`);
    const sum = truthOf('completions').reduce((total, each) => total + Number(each['input_tokens']), 0);
    expect(more).toEqual([]);
    expect(row).toMatchObject({input_tokens: sum, project_id: null, user_id: null, api_key_id: null, model: null});
    expect(row).toMatchObject({batch: null, service_tier: null});
  });

  test.each([
    ['completions', 'project_ids', 'project_id'],
    ['completions', 'user_ids', 'user_id'],
    ['completions', 'api_key_ids', 'api_key_id'],
    ['completions', 'models', 'model'],
    ['completions', 'batch', 'batch'],
    ['images', 'sizes', 'size'],
    ['images', 'sources', 'source'],
  ] as const)('%s are filtered by %s in both spellings', async (name, parameter, dimension) => {
    const all = truthOf(name);
    const value = all.find(row => row[dimension] !== null)?.[dimension];
    const expected = all.filter(row => row[dimension] === value);
    const groups = Object.keys(all[0] ?? {}).filter(each =>
      endpoints.some(({dimensions}) => dimensions.some(own => own === each)),
    );
    const query = `${day}&${groups.map(each => `group_by=${each}`).join('&')}`;
    expect(expected.length).toBeLessThan(all.length);
    expect(await rowsOf(`/organization/usage/${name}?${query}&${parameter}=${value}`)).toEqual(expected);
    expect(await rowsOf(`/organization/usage/${name}?${query}&${parameter}[]=${value}`)).toEqual(expected);
  });
});

describe('buckets', () => {
  test('are aligned, follow each other, and the last is cut at end_time', async () => {
    const server = await serve();
    const end = october + 2 * 86_400 + 3 * 3600;
    const {body} = await ask(server, `${completions}?start_time=${october + 500}&end_time=${end}`);
    expect(body.data.map(({start_time, end_time}) => [start_time - october, end_time - october])).toEqual([
      [0, 86_400],
      [86_400, 172_800],
      [172_800, 172_800 + 10_800],
    ]);
    const cut = body.data[2]?.results[0]?.['num_model_requests'];
    const whole = await ask(server, `${completions}?start_time=${october + 172_800}&limit=1`);
    expect(Number(cut)).toBeGreaterThan(0);
    expect(Number(cut)).toBeLessThan(Number(whole.body.data[0]?.results[0]?.['num_model_requests']));
  });

  test('without usage come with empty results', async () => {
    const {body} = await ask(await serve(), `${completions}?start_time=${secondsOf('2024-01-01')}&limit=3`);
    expect(body.data.map(({results}) => results)).toEqual([[], [], []]);
    expect(body.has_more).toBe(true);
  });

  test('end with the one that is filling: nothing of the future', async () => {
    const server = await serve();
    const today = secondsOf('2026-11-22');
    const {body} = await ask(server, `${completions}?start_time=${today - 86_400}&end_time=${today + 9 * 86_400}`);
    expect(body.data.map(({start_time}) => start_time)).toEqual([today - 86_400, today]);
    expect(body.has_more).toBe(false);
    const later = await ask(server, `${completions}?start_time=${today + 86_400}`);
    expect(later.body).toEqual({object: 'page', data: [], has_more: false, next_page: null});
  });

  test("today's day is the sum of its hours so far, and grows with the clock until midnight", async () => {
    let time = noon;
    const server = await serve({now: () => time});
    const today = secondsOf('2026-11-22');
    const requestsBy = async (width: string): Promise<number> => {
      const query = `start_time=${today}&end_time=${today + 86_400}&bucket_width=${width}`;
      const {body} = await ask(server, `${completions}?${query}${width === '1d' ? '' : '&limit=24'}`);
      return body.data.reduce((sum, {results}) => sum + Number(results[0]?.['num_model_requests'] ?? 0), 0);
    };
    const atNoon = await requestsBy('1d');
    expect(await requestsBy('1h')).toBe(atNoon);
    time += 3_600_000;
    const anHourLater = await requestsBy('1d');
    expect(anHourLater).toBeGreaterThan(atNoon);
    expect(await requestsBy('1h')).toBe(anHourLater);
    time = (today + 86_400) * 1000;
    const atMidnight = await requestsBy('1d');
    time += 90 * 86_400_000;
    expect(await requestsBy('1d')).toBe(atMidnight);
  });
});

describe('the server', () => {
  test('listens on loopback only and refuses a scale out of range', async () => {
    const server = await serve();
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
    await expect(startDemoServer({now: () => noon, scale: 0})).rejects.toThrow('The scale must be from 0.1 to 1000');
  });

  test('stops while requests are under way', async () => {
    const server = await startDemoServer({now: () => noon, latency: [600_000, 600_000]});
    const asked = ask(server, '/organization/users').catch(error => error);
    await expect.poll(() => server.requests.length).toBe(1);
    await server.close();
    expect(await asked).toBeInstanceOf(TypeError);
  });
});
