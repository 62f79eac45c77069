import {describe, expect, test} from 'vitest';
import type {Bucket} from '../../source/api/answers.ts';
import type {EndpointName} from '../../source/api/endpoints.ts';
import {type ChainRequest, walkPages} from '../../source/api/pages.ts';
import {askScript, endpoint, failure} from '../helpers/chains.ts';

const day = 86_400;
const start = Date.UTC(2026, 9, 1) / 1000;

function chain(name: EndpointName, days = 31): ChainRequest {
  return {endpoint: endpoint(name), span: {start, end: start + days * day}, width: '1d', filters: []};
}

const bucket = (number: number, results: unknown[] = []) => ({
  object: 'bucket',
  start_time: start + number * day,
  end_time: start + (number + 1) * day,
  results,
});

const page = (numbers: readonly number[], next: string | null = null) => ({
  object: 'page',
  data: numbers.map(number => bucket(number)),
  has_more: next !== null,
  next_page: next,
});

const lasting = (seconds: number) => ({...page([]), data: [{...bucket(0), end_time: start + seconds}]});

async function walk(request: ChainRequest, answers: readonly unknown[]): Promise<Bucket[]> {
  const buckets: Bucket[] = [];
  await walkPages(request, askScript(answers).ask, part => buckets.push(...part));
  return buckets;
}

describe('the question', () => {
  test('names start, end, width, every grouping by itself, and always the limit', async () => {
    const {ask, asked} = askScript([page([0])]);
    await walkPages(chain('completions'), ask, () => {});
    expect(asked).toEqual([
      {
        subject: 'completions',
        path: 'organization/usage/completions',
        query: [
          ['start_time', String(start)],
          ['end_time', String(start + 31 * day)],
          ['bucket_width', '1d'],
          ['group_by', 'project_id'],
          ['group_by', 'user_id'],
          ['group_by', 'api_key_id'],
          ['group_by', 'model'],
          ['group_by', 'batch'],
          ['group_by', 'service_tier'],
          ['limit', '31'],
        ],
      },
    ]);
  });

  // The groupings of DESIGN section 3; anything else is answered with a 400.
  test.each<[EndpointName, string]>([
    ['embeddings', 'project_id user_id api_key_id model'],
    ['moderations', 'project_id user_id api_key_id model'],
    ['audio_speeches', 'project_id user_id api_key_id model'],
    ['audio_transcriptions', 'project_id user_id api_key_id model'],
    ['images', 'project_id user_id api_key_id model size source'],
    ['web_search_calls', 'project_id user_id api_key_id model context_level'],
    ['file_search_calls', 'project_id user_id api_key_id vector_store_id'],
    ['vector_stores', 'project_id'],
    ['code_interpreter_sessions', 'project_id'],
    ['costs', 'project_id line_item api_key_id'],
  ])('groups %s by everything it allows, and nothing else', async (name, groupings) => {
    const {ask, asked} = askScript([page([0])]);
    await walkPages(chain(name), ask, () => {});
    const grouped = asked[0]?.query.filter(([parameter]) => parameter === 'group_by').map(([, value]) => value);
    expect(grouped).toEqual(groupings.split(' '));
  });

  test('asks for as many buckets as the window has', async () => {
    for (const [width, seconds, limit] of [
      ['1d', 180 * day, '180'],
      ['1h', 7 * day, '168'],
      ['1m', day, '1440'],
    ] as const) {
      const {ask, asked} = askScript([page([])]);
      await walkPages({...chain('costs'), width, span: {start, end: start + seconds}}, ask, () => {});
      expect(asked[0]?.query).toContainEqual(['limit', limit]);
    }
  });

  test('repeats a filter for each of its values', async () => {
    const filters = [
      ['project_ids', 'proj_a'],
      ['project_ids', 'proj_b'],
    ] as const;
    const {ask, asked} = askScript([page([0])]);
    await walkPages({...chain('completions'), filters}, ask, () => {});
    expect(asked[0]?.query.filter(([name]) => name === 'project_ids')).toEqual(filters);
  });
});

describe('a chain of pages', () => {
  test('is walked to its end, each page asked for by the cursor of the one before', async () => {
    const {ask, asked} = askScript([page([0, 1], 'page_b'), page([2], 'page_c'), page([3, 4])]);
    const starts: number[] = [];
    await walkPages(chain('images'), ask, part => starts.push(...part.map(each => each.start_time)));
    expect(starts).toEqual([0, 1, 2, 3, 4].map(number => start + number * day));
    expect(asked.map(({query}) => query.find(([name]) => name === 'page')?.[1])).toEqual([
      undefined,
      'page_b',
      'page_c',
    ]);
    const withoutCursor = asked.map(({query}) => query.filter(([name]) => name !== 'page'));
    expect(new Set(withoutCursor.map(query => JSON.stringify(query))).size).toBe(1);
  });

  test('may end with a page that says where nothing more is', async () => {
    await expect(walk(chain('costs'), [{...page([0]), next_page: 'page_left_over'}])).resolves.toHaveLength(1);
  });

  test('may leave days out and may be empty', async () => {
    await expect(walk(chain('costs'), [page([])])).resolves.toEqual([]);
  });

  test('may leave next_page out at its end', async () => {
    await expect(walk(chain('costs'), [{data: [bucket(0)], has_more: false}])).resolves.toHaveLength(1);
  });
});

describe('a bucket', () => {
  test.each(['1d', '1h', '1m'] as const)('of %s may follow upon another', async width => {
    const seconds = {'1d': day, '1h': 3600, '1m': 60}[width];
    const data = [0, 1, 3].map(number => ({
      start_time: start + number * seconds,
      end_time: start + (number + 1) * seconds,
      results: [],
    }));
    await expect(walk({...chain('images'), width}, [{data, has_more: false}])).resolves.toHaveLength(3);
  });

  test('may be cut before its time: at the window’s end, or because the day is not over', async () => {
    await expect(walk(chain('images'), [lasting(3600)])).resolves.toHaveLength(1);
  });

  test('is not taken where it is an hour and a day was asked for, nor those before it', async () => {
    const hours = Array.from({length: 24}, (_, hour) => ({...bucket(hour / 24), end_time: start + (hour + 1) * 3600}));
    const taken: Bucket[] = [];
    const {ask} = askScript([{...page([]), data: hours}]);
    await failure(walkPages(chain('images'), ask, part => taken.push(...part)));
    expect(taken).toEqual([]);
  });
});

describe('a chain that would lose or double data', () => {
  test.each<[string, unknown[], RegExp]>([
    ['repeats a cursor', [page([0], 'page_b'), page([1], 'page_b')], /repeats a page/],
    ['goes round in a circle', [page([0], 'b'), page([1], 'c'), page([2], 'b')], /repeats a page/],
    ['says there is more without a cursor', [{...page([0]), has_more: true}], /no next_page/],
    ['says there is more with an empty cursor', [{...page([0]), has_more: true, next_page: ''}], /no next_page/],
    ['sends a bucket before the window', [page([-1])], /2026-09-30 00:00, which was not asked for/],
    ['sends a bucket at the window’s end, which is excluded', [page([31])], /2026-11-01 00:00, which was not asked/],
    ['sends a bucket twice on one page', [page([3, 3])], /2026-10-04 00:00 twice/],
    ['sends a bucket twice on two pages', [page([3], 'page_b'), page([3])], /2026-10-04 00:00 twice/],
    ['sends a bucket that begins within another', [page([0, 1 / 24])], /from 2026-10-01 01:00 to .* buckets of 1d/],
    [
      'says so on the next page only',
      [page([0], 'page_b'), page([1 / 4])],
      /from 2026-10-01 06:00 to .* buckets of 1d/,
    ],
    ['sends one bucket for three days', [lasting(3 * day)], /to 2026-10-04 00:00, but was asked for buckets of 1d/],
    ['sends a bucket that lasts a second too long', [lasting(day + 1)], /asked for buckets of 1d/],
    ['sends a bucket of no length', [lasting(0)], /asked for buckets of 1d/],
    ['sends a bucket that ends before it begins', [lasting(-day)], /asked for buckets of 1d/],
    ['sends a bucket of no time at all', [{...page([]), data: [{...bucket(0), start_time: 9e15}]}], /time 9000000000/],
  ])('fails with the endpoint’s name where it %s', async (_, answers, sentence) => {
    const error = await failure(walk(chain('web_search_calls'), answers));
    expect(error).toMatchObject({reason: 'cursor', subject: 'web_search_calls'});
    expect(error.message).toMatch(sentence);
    expect(error.message).toMatch(/^web_search_calls: /);
  });

  test('ends, even where every page has a new cursor and nothing on it', async () => {
    const answers = Array.from({length: 100}, (_, number) => page([], `page_${number}`));
    expect(await failure(walk(chain('costs'), answers))).toMatchObject({reason: 'cursor', subject: 'costs'});
  });

  test('is none yet where every bucket has a page of its own, and an empty page is the last', async () => {
    const answers = [0, 1, 2].map(number => page([number], `page_${number}`));
    await expect(walk(chain('costs', 3), [...answers, page([])])).resolves.toHaveLength(3);
  });
});

describe('an answer that is not as documented', () => {
  test.each<[string, unknown, string]>([
    ['without data', {object: 'page', has_more: false, next_page: null}, 'data'],
    ['whose data is null', {...page([]), data: null}, 'data'],
    ['whose data is an object', {...page([]), data: {}}, 'data'],
    ['without has_more', {object: 'page', data: []}, 'has_more'],
    ['whose has_more is a text', {...page([]), has_more: 'false'}, 'has_more'],
    ['whose cursor is a number', {...page([]), next_page: 7}, 'next_page'],
    ['with a bucket that is null', {...page([]), data: [null]}, 'data.0'],
    ['with a bucket without results', {...page([]), data: [{...bucket(0), results: undefined}]}, 'data.0.results'],
    ['with results that are an object', {...page([]), data: [{...bucket(0), results: {}}]}, 'data.0.results'],
    ['with a start that is a text', {...page([]), data: [{...bucket(0), start_time: '1'}]}, 'data.0.start_time'],
    ['with a start between seconds', {...page([]), data: [{...bucket(0), start_time: start + 0.5}]}, 'data.0.start'],
    ['with a bucket without a start', {...page([]), data: [{...bucket(0), start_time: undefined}]}, 'data.0.start'],
    ['that is null', null, 'the whole'],
    ['that is a list', [page([0])], 'the whole'],
    ['that is a text', 'upstream connect error', 'the whole'],
    ['that is an error without words', {error: {message: ' '}}, 'data'],
  ])('is unreadable %s, and says where', async (_, answer, place) => {
    const error = await failure(walk(chain('embeddings'), [answer]));
    expect(error).toMatchObject({reason: 'unreadable', subject: 'embeddings'});
    expect(error.message).toContain(`(${place}`);
  });

  test.each([{error: {message: 'The upstream is away.', type: 'x'}}, {error: 'The upstream is away.', data: null}])(
    'says what the server says, where it is an error in disguise: %j',
    async answer => {
      const error = await failure(walk(chain('embeddings'), [answer]));
      expect(error).toMatchObject({reason: 'unreadable', subject: 'embeddings'});
      expect(error.what).toBe('the server answered with an error, and status 200: “The upstream is away”');
    },
  );

  test('ends the chain on any page of it', async () => {
    const error = await failure(walk(chain('embeddings'), [page([0], 'page_b'), {has_more: false}]));
    expect(error.reason).toBe('unreadable');
  });

  test('may have fields nobody knows, on the page and in its buckets', async () => {
    const answer = {...page([]), data: [{...bucket(0), region: 'eu'}], total: 1};
    await expect(walk(chain('embeddings'), [answer])).resolves.toHaveLength(1);
  });
});
