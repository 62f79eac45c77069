import {describe, expect, test} from 'vitest';
import {ApiError} from '../../source/api/errors.ts';
import type {Ask} from '../../source/api/pages.ts';
import {readDirectory} from '../../source/usage/directory.ts';
import {SeenIds} from '../../source/usage/ids.ts';
import {Names} from '../../source/usage/names.ts';
import type {Refresh} from '../../source/usage/plan.ts';
import type {DirectoryProgress} from '../../source/usage/progress.ts';
import {rowsOf} from '../helpers/cells.ts';
import {NOON} from '../helpers/manual-clock.ts';
import {organization, setUpFetch, today} from './fetching.ts';

describe('names', () => {
  test('are found for every project, key and user that the lists can name', async () => {
    const {run} = await setUpFetch();
    const {outcome} = await run({range: {first: today - 120, last: today - 10}});
    const {projects, keys, users} = organization;
    const projectNames = new Map(projects.map(({id, name}) => [id, name]));
    const listed = keys.filter(({isDeleted}) => !isDeleted);
    const keyNames = new Map(listed.map(({id, name}) => [id, name]));
    const owners = listed.map(({owner}) => (owner.type === 'user' ? owner.user : {...owner.account, email: null}));
    const emails = new Map([...owners, ...users].map(({id, email, name}) => [id, email ?? name ?? id]));
    let named = 0;
    for (const row of rowsOf(outcome.dataset)) {
      for (const [id, name, names] of [
        ['project_id', 'project_name', projectNames],
        ['api_key_id', 'api_key_name', keyNames],
        ['user_id', 'user_email', emails],
      ] as const) {
        const known = row[id] === undefined ? undefined : (names.get(String(row[id])) ?? row[id]);
        if (row[name] !== known) expect([row[id], row[name]]).toEqual([row[id], known]);
        if (known !== undefined && known !== row[id]) named++;
      }
    }
    expect(named).toBeGreaterThan(1000);
  });

  test('are asked for each project of the rows once, whatever number of endpoints show it', async () => {
    const {run, server} = await setUpFetch();
    const {outcome} = await run();
    const projects = new Set(rowsOf(outcome.dataset).flatMap(row => row['project_id'] ?? []));
    const asked = server.requests.filter(request => request.includes('/api_keys'));
    expect(asked.length).toBeGreaterThanOrEqual(projects.size);
    expect(new Set(asked).size).toBe(asked.length);
  });
});

const list = (...data: unknown[]) => ({object: 'list', data, has_more: false});

/** The lists of a small organization, by path; one that is undefined is refused. */
const lists: Record<string, unknown> = {
  'organization/users': list({id: 'user-a', name: 'Ada', email: 'ada@lumen.example'}),
  'organization/projects': list({id: 'proj_a', name: 'Search'}, {id: 'proj_b', name: 'Chat'}),
  'organization/admin_api_keys': list(),
  'organization/projects/proj_a/api_keys': list({id: 'key_a', name: 'prod'}),
  'organization/projects/proj_b/api_keys': list({id: 'key_b', name: 'test'}),
};

type Setting = {
  disk?: {names: unknown};
  now?: number;
  refresh?: Refresh;
  answers?: Record<string, unknown>;
  ids?: SeenIds;
};

function setUpNames({
  disk = {names: undefined},
  now = NOON,
  refresh = 'reuse',
  answers = lists,
  ids = new SeenIds(),
}: Setting = {}) {
  const asked: string[] = [];
  const events: DirectoryProgress[] = [];
  const ask: Ask = async ({path, subject}, read) => {
    asked.push(path.replace('organization/', ''));
    const answer = answers[path];
    if (answer instanceof ApiError) throw answer;
    if (answer !== undefined) return read(answer);
    throw new ApiError({reason: 'forbidden', subject, what: 'the server answered 403', next: 'Use another key.'});
  };
  const names = new Names(
    {
      askFor: () => ask,
      read: async () => disk.names,
      write: async merge => {
        disk.names = JSON.parse(JSON.stringify(merge(disk.names)));
      },
      now: () => now,
      refresh,
      onProgress: event => events.push(event),
    },
    ids,
  );
  names.start();
  return {names, asked, events, disk};
}

/** Ids as rows show them: `id@project`, or `id` alone where a row names no project. */
function seen(ids: {keys?: readonly string[]; users?: readonly string[]; projects?: readonly string[]}): SeenIds {
  const all = new SeenIds();
  for (const kind of ['keys', 'users'] as const) {
    for (const each of ids[kind] ?? []) {
      const [id = '', project = ''] = each.split('@');
      all[kind].set(id, new Set([project]));
    }
  }
  for (const project of ids.projects ?? []) all.projects.add(project);
  return all;
}

/** What a run leaves on disk. */
async function savedBy(setting: Setting = {}): Promise<{names: unknown}> {
  const {names, disk} = setUpNames(setting);
  names.wantKeysOf(['proj_a']);
  await names.finish();
  return {...disk};
}

describe('ids that nobody knows', () => {
  const key = (id: string, name: string) => ({id, name});
  const minutes = (count: number) => NOON + count * 60_000;

  test('are looked for again in lists older than five minutes, once', async () => {
    const disk = await savedBy();
    const answers = {
      ...lists,
      'organization/projects/proj_a/api_keys': list(key('key_a', 'prod'), key('key_n', 'new')),
    };
    const early = setUpNames({ids: seen({keys: ['key_n@proj_a']}), disk: {...disk}, answers, now: minutes(4)});
    early.names.wantKeysOf(['proj_a', 'proj_b']);
    expect((await early.names.finish()).keys.get('key_n')).toBeUndefined();
    const late = setUpNames({
      ids: seen({keys: ['key_n@proj_a', 'key_m@proj_a']}),
      disk: {...disk},
      answers,
      now: minutes(6),
    });
    late.names.wantKeysOf(['proj_a', 'proj_b']);
    const {keys} = await late.names.finish();
    expect(keys.get('key_n')?.name).toBe('new');
    expect(late.asked.filter(path => path.includes('proj_a'))).toHaveLength(1);
  });

  test('of users and projects that are newer than the lists are found too', async () => {
    const disk = await savedBy();
    const answers = {
      ...lists,
      'organization/users': list({id: 'user-n', name: 'Nora', email: null}),
      'organization/projects': list({id: 'proj_n', name: 'New'}),
      'organization/projects/proj_n/api_keys': list(),
    };
    const {names} = setUpNames({
      ids: seen({users: ['user-n@proj_n'], projects: ['proj_n']}),
      disk,
      answers,
      now: minutes(6),
    });
    const {users, projects} = await names.finish();
    expect([users.get('user-n')?.name, projects.get('proj_n')?.name]).toEqual(['Nora', 'New']);
  });

  test('of users are looked for among the service accounts of their projects', async () => {
    const path = 'organization/projects/proj_a/service_accounts';
    const {names, asked} = setUpNames({
      ids: seen({users: ['svc@proj_a', 'user-a@proj_b']}),
      answers: {...lists, [path]: list({id: 'svc', name: 'crawler'})},
    });
    names.wantKeysOf(['proj_a']);
    expect((await names.finish()).users.get('svc')?.name).toBe('crawler');
    expect(asked).not.toContain('projects/proj_b/service_accounts');
  });

  test('of a project that no list and no address knows are no failure, and not asked for again', async () => {
    const gone = new ApiError({
      reason: 'not-found',
      subject: 'project_api_keys',
      what: 'the server answered 404',
      next: '',
    });
    const disk: {names: unknown} = {names: undefined};
    const path = 'organization/projects/proj_gone/api_keys';
    const {names} = setUpNames({disk, answers: {...lists, [path]: gone}});
    names.wantKeysOf(['proj_gone', 'proj_a']);
    await names.finish();
    expect(names.failures.size).toBe(0);
    const again = setUpNames({disk});
    again.names.wantKeysOf(['proj_gone', 'proj_a']);
    await again.names.finish();
    expect(again.asked).toEqual([]);
  });

  test('of a listed project whose keys are not found are a failure that names it', async () => {
    const gone = new ApiError({
      reason: 'not-found',
      subject: 'project_api_keys',
      what: 'the server answered 404',
      next: '',
    });
    const {names} = setUpNames({answers: {...lists, 'organization/projects/proj_a/api_keys': gone}});
    names.wantKeysOf(['proj_a', 'proj_b']);
    await names.finish();
    expect(names.failures.get('project_api_keys')?.what).toBe('the server answered 404 (for 1 of 2 projects: proj_a)');
  });

  test('in a list that was refused are not asked for a second time', async () => {
    const {names, asked} = setUpNames({
      ids: seen({users: ['user-x']}),
      answers: {...lists, 'organization/users': undefined},
    });
    await names.finish();
    expect(asked.filter(path => path === 'users')).toHaveLength(1);
  });
});

test.each(['', '.', '..', '\ud800x'])('a project id %j that no path can hold is not asked for', async id => {
  const {names, asked} = setUpNames({ids: seen({users: [`user-x@${id}`]})});
  names.wantKeysOf([id]);
  await names.finish();
  expect(asked.sort()).toEqual(['admin_api_keys', 'projects', 'users']);
  expect(names.failures.size).toBe(0);
});

describe('the directory', () => {
  test('asks for users, projects and admin keys at once, and for keys of wanted projects', async () => {
    const {names, asked} = setUpNames();
    names.wantKeysOf(['proj_a']);
    names.wantKeysOf(['proj_a']);
    const {keys} = await names.finish();
    expect(asked.sort()).toEqual(['admin_api_keys', 'projects', 'projects/proj_a/api_keys', 'users']);
    expect([...keys.keys()]).toEqual(['key_a']);
  });

  test('asks every project for a key that no row shows with a project', async () => {
    const {names, asked} = setUpNames({ids: seen({keys: ['key_b']})});
    expect((await names.finish()).keys.get('key_b')?.name).toBe('test');
    expect(asked).toContain('projects/proj_a/api_keys');
  });

  test('asks no project for a key that is known already', async () => {
    const {names, asked} = setUpNames({ids: seen({keys: ['key_a@proj_a']})});
    names.wantKeysOf(['proj_a']);
    await names.finish();
    expect(asked).not.toContain('projects/proj_b/api_keys');
  });

  test('is not asked for again within the hour, list by list', async () => {
    const disk = await savedBy();
    const within = setUpNames({disk, now: NOON + 3_599_999});
    within.names.wantKeysOf(['proj_a', 'proj_b']);
    const {users, keys} = await within.names.finish();
    expect(within.asked).toEqual(['projects/proj_b/api_keys']);
    expect([users.size, keys.size]).toEqual([1, 2]);
    const after = setUpNames({disk, now: NOON + 3_600_000});
    await after.names.finish();
    expect(after.asked).toHaveLength(3);
  });

  test('that a clock of the future saved is asked for again', async () => {
    const {names, asked} = setUpNames({disk: await savedBy({now: NOON + 60_000})});
    await names.finish();
    expect(asked).toHaveLength(3);
  });

  test('is asked for again with --refresh, not with r, and never offline', async () => {
    const disk = await savedBy();
    for (const [refresh, requests] of [
      ['everything', 4],
      ['unsettled', 0],
      ['nothing', 0],
    ] as const) {
      const {names, asked} = setUpNames({disk, refresh});
      names.wantKeysOf(['proj_a']);
      expect((await names.finish()).keys.size).toBe(1);
      expect(asked, refresh).toHaveLength(requests);
    }
  });

  test('offline uses names however old, and asks for none', async () => {
    const {names, asked} = setUpNames({
      ids: seen({keys: ['key_b', 'key_x@proj_a'], users: ['user-x@proj_b']}),
      disk: await savedBy(),
      now: NOON + 1e12,
      refresh: 'nothing',
    });
    expect((await names.finish()).projects.size).toBe(2);
    expect(asked).toEqual([]);
  });

  test('remembers what is no longer listed, and takes over what is renamed', async () => {
    const answers = {
      ...lists,
      'organization/projects': list({id: 'proj_a', name: 'Search 2'}),
      'organization/projects/proj_a/api_keys': list(),
    };
    const disk = await savedBy({disk: await savedBy(), refresh: 'everything', answers});
    const known = readDirectory(disk.names);
    expect([...known.projects.values()].map(({name}) => name)).toEqual(['Search 2', 'Chat']);
    expect(known.keys.get('key_a')?.name).toBe('prod');
  });

  test('keeps what another program saved in the meantime', async () => {
    const disk: {names: unknown} = {names: undefined};
    const one = setUpNames({disk});
    const other = setUpNames({disk});
    one.names.wantKeysOf(['proj_a']);
    other.names.wantKeysOf(['proj_b']);
    await Promise.all([one.names.finish(), other.names.finish()]);
    expect([...readDirectory(disk.names).keys.keys()].sort()).toEqual(['key_a', 'key_b']);
  });

  test('that cannot be read back is an empty one', async () => {
    const {names, asked} = setUpNames({disk: {names: {version: 1, users: 'damaged'}}});
    expect((await names.finish()).users.size).toBe(1);
    expect(asked).toHaveLength(3);
  });
});

describe('a list that fails', () => {
  const answers = {...lists, 'organization/users': undefined, 'organization/projects/proj_b/api_keys': undefined};

  test('is reported with its error, and costs no other list', async () => {
    const {names, events} = setUpNames({answers});
    names.wantKeysOf(['proj_a', 'proj_b']);
    const {projects, keys} = await names.finish();
    expect([projects.size, keys.size]).toEqual([2, 1]);
    expect([...names.failures].map(([name, {reason}]) => [name, reason])).toEqual([
      ['users', 'forbidden'],
      ['project_api_keys', 'forbidden'],
    ]);
    const last = new Map(events.map(event => [event.list, event]));
    expect([...last.values()].map(({list: name, state}) => [name, state]).sort()).toEqual([
      ['admin_api_keys', 'finished'],
      ['project_api_keys', 'failed'],
      ['projects', 'finished'],
      ['users', 'failed'],
    ]);
  });

  test('leaves the names that are remembered', async () => {
    const {names} = setUpNames({answers, disk: await savedBy(), refresh: 'everything'});
    expect((await names.finish()).users.get('user-a')?.name).toBe('Ada');
  });

  test('is asked for again the next time', async () => {
    const disk = await savedBy({answers});
    const {names, asked} = setUpNames({disk});
    await names.finish();
    expect(asked).toEqual(['users']);
  });
});
