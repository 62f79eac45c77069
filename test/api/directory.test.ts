import {describe, expect, test} from 'vitest';
import {listAdminKeys, listProjectKeys, listProjects, listUsers} from '../../source/api/directory.ts';
import {askScript, failure} from '../helpers/chains.ts';

const list = (data: unknown[], more: Record<string, unknown> = {}) => ({
  object: 'list',
  data,
  has_more: false,
  ...more,
});

describe('what is asked for', () => {
  test('users, a hundred at a time', async () => {
    const {ask, asked} = askScript([list([])]);
    await listUsers(ask);
    expect(asked).toEqual([{subject: 'users', path: 'organization/users', query: [['limit', '100']]}]);
  });

  test('projects, archived ones too', async () => {
    const {ask, asked} = askScript([list([])]);
    await listProjects(ask);
    expect(asked[0]?.path).toBe('organization/projects');
    expect(asked[0]?.query).toContainEqual(['include_archived', 'true']);
  });

  test('a project’s keys, also of owners without access, whatever the id is made of', async () => {
    const {ask, asked} = askScript([list([])]);
    await listProjectKeys(ask, 'proj_../x?y');
    expect(asked[0]?.path).toBe('organization/projects/proj_..%2Fx%3Fy/api_keys');
    expect(asked[0]?.query).toContainEqual(['owner_project_access', 'any']);
  });

  test('admin keys', async () => {
    const {ask, asked} = askScript([list([])]);
    await listAdminKeys(ask);
    expect(asked[0]?.path).toBe('organization/admin_api_keys');
  });
});

describe('a long list', () => {
  test('is walked by the last id of each page', async () => {
    const {ask, asked} = askScript([
      list([{id: 'user-a'}, {id: 'user-b'}], {has_more: true, last_id: 'user-b'}),
      list([{id: 'user-c'}], {has_more: true, last_id: 'user-c'}),
      list([{id: 'user-d'}]),
    ]);
    const users = await listUsers(ask);
    expect(users.map(({id}) => id)).toEqual(['user-a', 'user-b', 'user-c', 'user-d']);
    expect(asked.map(({query}) => query.find(([name]) => name === 'after')?.[1])).toEqual([
      undefined,
      'user-b',
      'user-c',
    ]);
  });

  test('goes on from its last item where last_id is missing', async () => {
    const {ask, asked} = askScript([list([{id: 'proj_a'}], {has_more: true}), list([{id: 'proj_b'}])]);
    await expect(listProjects(ask)).resolves.toHaveLength(2);
    expect(asked[1]?.query).toContainEqual(['after', 'proj_a']);
  });

  test.each<[string, unknown[]]>([
    ['repeats its cursor', [1, 2].map(() => list([{id: 'user-a'}], {has_more: true, last_id: 'user-a'}))],
    ['has more, but not where', [list([], {has_more: true, last_id: null})]],
    ['has more after pages with nothing on them', [1, 2, 3].map(n => list([], {has_more: true, last_id: `user-${n}`}))],
  ])('fails where it %s', async (_, answers) => {
    expect(await failure(listUsers(askScript(answers).ask))).toMatchObject({reason: 'cursor', subject: 'users'});
  });

  test.each<[string, unknown]>([
    ['has no data', {object: 'list', has_more: false}],
    ['is no list', 'Sign in to continue'],
  ])('is unreadable where it %s', async (_, answer) => {
    expect(await failure(listUsers(askScript([answer]).ask))).toMatchObject({reason: 'unreadable', subject: 'users'});
  });

  test('keeps every name it can, whatever else is odd about its items', async () => {
    const odd = [
      {id: 'user-a', name: 7, email: 'ada@lumen.example'},
      {name: 'nobody'},
      null,
      {id: 'user-b', name: 'Bo'},
    ];
    expect(await listUsers(askScript([list(odd)]).ask)).toEqual([
      {id: 'user-a', name: null, email: 'ada@lumen.example'},
      {id: 'user-b', name: 'Bo', email: null},
    ]);
  });

  test('ends where every page has a new cursor and the same items', async () => {
    const answers = [1, 2, 3].map(number => list([{id: 'user-a'}], {has_more: true, last_id: `user-${number}`}));
    expect(await failure(listUsers(askScript(answers).ask))).toMatchObject({reason: 'cursor', subject: 'users'});
  });
});

describe('what is read', () => {
  test('a user’s own data may be nested, and missing', async () => {
    const {ask} = askScript([
      list([
        {id: 'user-a', name: 'Ada', email: 'ada@lumen.example', is_service_account: false},
        {id: 'user-b', name: null, email: null, user: {id: 'user-b', name: 'Bo', email: 'bo@lumen.example'}},
        {id: 'user-c', user: null},
      ]),
    ]);
    expect(await listUsers(ask)).toEqual([
      {id: 'user-a', name: 'Ada', email: 'ada@lumen.example'},
      {id: 'user-b', name: 'Bo', email: 'bo@lumen.example'},
      {id: 'user-c', name: null, email: null},
    ]);
  });

  test('a project is archived by its status or by its date', async () => {
    const {ask} = askScript([
      list([
        {id: 'proj_a', name: 'Search', status: 'active', archived_at: null},
        {id: 'proj_b', name: null, status: 'archived'},
        {id: 'proj_c', name: 'Old', archived_at: 1_700_000_000},
      ]),
    ]);
    expect(await listProjects(ask)).toEqual([
      {id: 'proj_a', name: 'Search', isArchived: false},
      {id: 'proj_b', name: null, isArchived: true},
      {id: 'proj_c', name: 'Old', isArchived: true},
    ]);
  });

  test('a project’s key belongs to a user, a service account or nobody', async () => {
    const {ask} = askScript([
      list([
        {
          id: 'key_a',
          name: 'prod',
          redacted_value: 'sk-proj-**ab',
          created_at: 1,
          last_used_at: 2,
          owner: {type: 'user', user: {id: 'user-a', name: 'Ada', email: 'ada@lumen.example'}},
        },
        {id: 'key_b', owner: {type: 'service_account', service_account: {id: 'svc_b', name: 'search-service'}}},
        {id: 'key_c', name: null, owner: null},
      ]),
    ]);
    const nothing = {name: null, redactedValue: null, createdAt: null, lastUsedAt: null};
    expect(await listProjectKeys(ask, 'proj_a')).toEqual([
      {
        id: 'key_a',
        name: 'prod',
        redactedValue: 'sk-proj-**ab',
        createdAt: 1,
        lastUsedAt: 2,
        owner: {kind: 'user', id: 'user-a', name: 'Ada', email: 'ada@lumen.example'},
      },
      {
        ...nothing,
        id: 'key_b',
        owner: {kind: 'service_account', id: 'svc_b', name: 'search-service', email: null},
      },
      {...nothing, id: 'key_c', owner: null},
    ]);
  });

  test('an admin key has an owner without an address', async () => {
    const owner = {type: 'user', id: 'user-a', name: 'Ada'};
    const {ask} = askScript([
      list([
        {id: 'key_x', name: 'Finance', owner},
        {id: 'key_y', owner: {type: 'user'}},
      ]),
    ]);
    const keys = await listAdminKeys(ask);
    expect(keys.map(key => key.owner)).toEqual([{kind: 'user', id: 'user-a', name: 'Ada', email: null}, null]);
  });
});
