import OpenAI from 'openai';
import {beforeAll, describe, expect, test} from 'vitest';
import {endpointOf, endpoints} from '../../source/demo/catalogue.ts';
import {type DemoServer, startDemoServer} from '../../source/demo/server.ts';
import {rowsIn} from '../../source/demo/usage.ts';
import {noon, secondsOf, truth} from './demo.ts';

/** OpenAI's own client: it knows nothing of us, so what it reads is what the document says. */
describe("OpenAI's own package reads", () => {
  const books = truth();
  const start = secondsOf('2026-09-25');
  const days = 20;
  let server: DemoServer;
  let usage: OpenAI['admin']['organization']['usage'];
  let organization: OpenAI['admin']['organization'];

  beforeAll(async () => {
    server = await startDemoServer({now: () => noon, latency: [0, 0]});
    const client = new OpenAI({adminAPIKey: 'sk-admin-demo', apiKey: null, baseURL: server.url, maxRetries: 0});
    organization = client.admin.organization;
    usage = organization.usage;
    return () => server.close();
  });

  const window = {start_time: start, end_time: start + days * 86_400, limit: 3};
  const calls = {
    completions: page =>
      usage.completions({
        ...window,
        ...page,
        group_by: ['project_id', 'user_id', 'api_key_id', 'model', 'batch', 'service_tier'],
      }),
    embeddings: page =>
      usage.embeddings({...window, ...page, group_by: ['project_id', 'user_id', 'api_key_id', 'model']}),
    moderations: page =>
      usage.moderations({...window, ...page, group_by: ['project_id', 'user_id', 'api_key_id', 'model']}),
    images: page =>
      usage.images({...window, ...page, group_by: ['project_id', 'user_id', 'api_key_id', 'model', 'size', 'source']}),
    audio_speeches: page =>
      usage.audioSpeeches({...window, ...page, group_by: ['project_id', 'user_id', 'api_key_id', 'model']}),
    audio_transcriptions: page =>
      usage.audioTranscriptions({...window, ...page, group_by: ['project_id', 'user_id', 'api_key_id', 'model']}),
    vector_stores: page => usage.vectorStores({...window, ...page, group_by: ['project_id']}),
    code_interpreter_sessions: page => usage.codeInterpreterSessions({...window, ...page, group_by: ['project_id']}),
    file_search_calls: page =>
      usage.fileSearchCalls({...window, ...page, group_by: ['project_id', 'user_id', 'api_key_id', 'vector_store_id']}),
    web_search_calls: page =>
      usage.webSearchCalls({
        ...window,
        ...page,
        group_by: ['project_id', 'user_id', 'api_key_id', 'model', 'context_level'],
      }),
    costs: page => usage.costs({...window, ...page, group_by: ['project_id', 'line_item', 'api_key_id']}),
  } satisfies Record<string, (page: {page?: string}) => Promise<ReadPage>>;

  type ReadPage = {
    readonly data: readonly {readonly start_time: number; readonly results: readonly object[]}[];
    readonly has_more: boolean;
    readonly next_page: string | null;
  };

  async function read(call: (page: {page?: string}) => Promise<ReadPage>): Promise<{rows: object[]; pages: number}> {
    const rows: object[] = [];
    let pages = 0;
    for (let page: {page?: string} | undefined = {}; page !== undefined; ) {
      const answer: ReadPage = await call(page);
      pages += 1;
      rows.push(...answer.data.flatMap(({results}) => results));
      page = answer.next_page === null ? undefined : {page: answer.next_page};
      expect(answer.has_more).toBe(page !== undefined);
    }
    return {rows, pages};
  }

  test.each(Object.entries(calls))('%s, page by page: every row and every sum', async (name, call) => {
    const expected = Array.from({length: days}, (_, day) => start + day * 86_400).flatMap(from =>
      rowsIn(books, endpointOf(name).name, {from, to: from + 86_400}),
    );
    const {rows, pages} = await read(call);
    expect(pages).toBe(Math.ceil(days / 3));
    expect(expected.length).toBeGreaterThan(0);
    expect(rows).toEqual(expected);
    for (const metric of Object.keys(endpointOf(name).metrics)) {
      const sum = (all: readonly object[]): number =>
        all.reduce((total, row) => total + Number(new Map(Object.entries(row)).get(metric)), 0);
      expect(sum(rows)).toBe(sum(expected));
    }
  });

  test('every endpoint of the catalogue', () => {
    expect(Object.keys(calls)).toEqual(endpoints.map(({name}) => name));
  });

  test('hours, whose sums are the days', async () => {
    const hourly = await read(page =>
      usage.embeddings({start_time: start, end_time: start + 2 * 86_400, bucket_width: '1h', limit: 7, ...page}),
    );
    const daily = [0, 1].flatMap(day =>
      rowsIn(books, 'embeddings', {from: start + day * 86_400, to: start + (day + 1) * 86_400}),
    );
    const tokens = (rows: readonly object[]): number =>
      rows.reduce((sum, row) => sum + Number(new Map(Object.entries(row)).get('input_tokens')), 0);
    expect(hourly.pages).toBe(7);
    expect(tokens(hourly.rows)).toBe(tokens(daily));
  });

  test('users, projects, their keys and the admin keys', async () => {
    const idsOf = async (list: AsyncIterable<{id: string}>): Promise<string[]> => {
      const ids: string[] = [];
      for await (const {id} of list) ids.push(id);
      return ids;
    };
    const ids = (items: readonly {readonly id: string}[]): string[] => items.map(({id}) => id);
    const {users, projects, keys, adminKeys} = books.organization;
    expect(await idsOf(organization.users.list({limit: 7}))).toEqual(ids(users));
    expect(await idsOf(organization.projects.list({limit: 5, include_archived: true}))).toEqual(ids(projects));
    expect(await idsOf(organization.adminAPIKeys.list({limit: 3}))).toEqual(ids(adminKeys));
    for (const project of projects) {
      const listed = organization.projects.apiKeys.list(project.id, {limit: 4, owner_project_access: 'any'});
      expect(await idsOf(listed)).toEqual(ids(keys.filter(key => key.project.id === project.id && !key.isDeleted)));
    }
  });
});
