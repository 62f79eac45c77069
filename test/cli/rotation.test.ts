import {mkdirSync, readdirSync, readFileSync, renameSync, rmSync} from 'node:fs';
import {basename, join} from 'node:path';
import {describe, expect, test} from 'vitest';
import type {Client} from '../../source/api/client.ts';
import {Pace} from '../../source/usage/pace.ts';
import {projectsAhead} from '../../source/usage/projects-ahead.ts';
import {accountOf, realmOf} from '../../source/usage/store.ts';
import {writeCacheFile} from '../../source/usage/store-file.ts';
import {deferred} from '../helpers/fake-connection.ts';
import {ManualClock} from '../helpers/manual-clock.ts';
import {type Organizations, serveOrganizations} from '../helpers/organizations.ts';
import {type Result, runHere, sessionHere, temporaryFolder} from '../helpers/program.ts';
import {sendJson} from '../helpers/script-server.ts';

const [oldKey, newKey, newestKey] = ['sk-admin-old-0123456789', 'sk-admin-new-0123456789', 'sk-admin-newest-0123456'];
const otherKey = 'sk-admin-of-another-organization';
const rows = 2 * 10;

type Setting = {server: Organizations; folder: string};

async function setUp(): Promise<Setting> {
  const server = await serveOrganizations([
    {name: 'acme', keys: [oldKey, newKey, newestKey], projects: ['proj_acme1', 'proj_acme2']},
    {name: 'other', keys: [otherKey], projects: ['proj_other1', 'proj_other2']},
  ]);
  return {server, folder: temporaryFolder()};
}

/** Ten days that are settled, as CSV. */
function exportAs(key: string, {server, folder}: Setting, ...flags: string[]): Promise<Result> {
  return runHere(
    'export --start 2026-10-01 --end 2026-10-10 --endpoints completions --output -'.split(' ').concat(flags),
    {folder, environment: {OPENAI_ADMIN_KEY: key, OPENAI_BASE_URL: server.url}},
  );
}

function cacheOf({folder}: Setting, {server}: Setting, key: string): string {
  return join(folder, '.cache/openai-usage', accountOf({baseUrl: server.url, key}));
}

const usage = (paths: readonly string[]) => paths.filter(path => path === 'usage/completions');
const projects = (paths: readonly string[]) => paths.filter(path => path === 'projects');
const rowsIn = ({stdout}: Result) => stdout.trim().split('\n').slice(1);

describe('a new key of the same organization', () => {
  test('uses the days and names of the key before it, and asks for its projects once', async () => {
    const setting = await setUp();
    const before = await exportAs(oldKey, setting);
    expect(rowsIn(before)).toHaveLength(rows);
    const after = await exportAs(newKey, setting);
    expect(after).toEqual(before);
    expect(usage(setting.server.askedBy(newKey))).toEqual([]);
    expect(projects(setting.server.askedBy(newKey))).toHaveLength(1);
  });

  test('needs no request for that in the next run, and none at all offline', async () => {
    const setting = await setUp();
    const before = await exportAs(oldKey, setting);
    await exportAs(newKey, setting);
    const asked = setting.server.heard.length;
    expect(await exportAs(newKey, setting)).toEqual(before);
    expect(await exportAs(newKey, setting, '--offline')).toEqual(before);
    expect(setting.server.heard).toHaveLength(asked);
  });

  test('is known to a third one, and what it fetched is the old one’s too', async () => {
    const setting = await setUp();
    await exportAs(oldKey, setting);
    await exportAs(newKey, setting, '--end', '2026-10-12');
    expect(usage(setting.server.askedBy(newKey))).toHaveLength(1);
    for (const key of [newestKey, oldKey]) {
      const asked = usage(setting.server.askedBy(key)).length;
      expect(rowsIn(await exportAs(key, setting, '--end', '2026-10-12'))).toHaveLength(24);
      expect(usage(setting.server.askedBy(key))).toHaveLength(asked);
    }
  });

  test('keeps the names of what is no longer listed', async () => {
    const setting = await setUp();
    await exportAs(oldKey, setting);
    setting.server.instead.set('projects', () => ({
      data: [{id: 'proj_acme2', name: 'acme proj_acme2'}],
      has_more: false,
    }));
    expect((await exportAs(newKey, setting, '--refresh')).stdout).toContain('acme proj_acme1');
  });

  test('sends nothing offline, even where it could join', async () => {
    const setting = await setUp();
    await exportAs(oldKey, setting);
    const {code, stdout, stderr} = await exportAs(newKey, setting, '--offline');
    expect(code).toBe(3);
    expect(rowsIn({code, stdout, stderr})).toEqual([]);
    expect(stderr).toContain('This key is new to the cache: run once without --offline, so that it can use what');
    expect(setting.server.askedBy(newKey)).toEqual([]);
  });

  test('is not called new offline where no other key has been used, nor once it has been asked', async () => {
    const setting = await setUp();
    expect((await exportAs(newKey, setting, '--offline')).stderr).toContain('The cache does not hold them; run once');
    await exportAs(oldKey, setting);
    await exportAs(newKey, setting);
    const {code, stderr} = await exportAs(newKey, setting, '--offline', '--end', '2026-10-12');
    expect(code).toBe(3);
    expect(stderr).toContain('The cache does not hold them; run once without --offline.');
  });

  test('joins later, with the days it has fetched, where its projects cannot be listed at first', async () => {
    const setting = await setUp();
    await exportAs(oldKey, setting);
    setting.server.instead.set('projects', (_, response) => sendJson(response, {}, 403));
    expect((await exportAs(newKey, setting, '--end', '2026-10-12')).code).toBe(0);
    // What failed once is not asked a second time.
    expect(projects(setting.server.askedBy(newKey))).toHaveLength(1);
    setting.server.instead.clear();
    await exportAs(newKey, setting);
    const asked = usage(setting.server.askedBy(oldKey)).length;
    expect(rowsIn(await exportAs(oldKey, setting, '--end', '2026-10-12'))).toHaveLength(24);
    expect(usage(setting.server.askedBy(oldKey))).toHaveLength(asked);
    expect(readdirSync(cacheOf(setting, setting, newKey))).toEqual(['account']);
  });

  test('joins the account that holds most, where an older version left several', async () => {
    const setting = await setUp();
    await exportAs(oldKey, setting, '--end', '2026-10-01');
    // As an older version did: nothing says whose the accounts are.
    rmSync(join(cacheOf(setting, setting, oldKey), 'account'));
    await exportAs(newKey, setting);
    rmSync(join(cacheOf(setting, setting, newKey), 'account'));
    // Each is known again from its next use on, and both are one then.
    await exportAs(newKey, setting, '--offline');
    await exportAs(oldKey, setting, '--offline');
    expect(rowsIn(await exportAs(oldKey, setting, '--offline'))).toHaveLength(rows);
    expect(rowsIn(await exportAs(newestKey, setting))).toHaveLength(rows);
    expect(usage(setting.server.askedBy(newestKey))).toEqual([]);
  });

  test('is at home in its own folder where the other one was cleared, names too', async () => {
    const setting = await setUp();
    await exportAs(oldKey, setting);
    await exportAs(newKey, setting);
    await runHere(['cache', 'clear', '--names'], {folder: setting.folder});
    expect(rowsIn(await exportAs(newKey, setting))).toHaveLength(rows);
    expect(rowsIn(await exportAs(oldKey, setting))).toHaveLength(rows);
    expect(usage(setting.server.askedBy(oldKey))).toHaveLength(1);
  });

  test('stays joined when only days are cleared', async () => {
    const setting = await setUp();
    await exportAs(oldKey, setting);
    await exportAs(newKey, setting);
    await runHere(['cache', 'clear'], {folder: setting.folder});
    await exportAs(oldKey, setting);
    expect(rowsIn(await exportAs(newKey, setting, '--offline'))).toHaveLength(rows);
  });

  test('at the same time as another new one finds the same account', async () => {
    const setting = await setUp();
    await exportAs(oldKey, setting);
    const results = await Promise.all([newKey, newestKey, newKey].map(key => exportAs(key, setting)));
    for (const result of results) expect(rowsIn(result)).toHaveLength(rows);
    expect(usage([...setting.server.askedBy(newKey), ...setting.server.askedBy(newestKey)])).toEqual([]);
  });

  test('writes no part of a key', async () => {
    const setting = await setUp();
    await exportAs(oldKey, setting);
    await exportAs(newKey, setting);
    const folder = join(setting.folder, '.cache/openai-usage');
    for (const name of readdirSync(folder, {recursive: true, encoding: 'utf8'})) {
      expect(name).not.toContain('0123456789');
      if (!/[/\\]/.test(name)) continue;
      expect(readFileSync(join(folder, name), 'utf8')).not.toContain('0123456789');
    }
  });
});

describe('a key of another organization', () => {
  test('never sees it, neither at once nor later nor offline', async () => {
    const setting = await setUp();
    await exportAs(oldKey, setting);
    const own = rowsIn(await exportAs(otherKey, setting));
    expect(own).toHaveLength(rows);
    expect(own.join()).not.toContain('acme');
    expect(rowsIn(await exportAs(otherKey, setting))).toEqual(own);
    expect(rowsIn(await exportAs(otherKey, setting, '--offline'))).toEqual(own);
    expect(rowsIn(await exportAs(oldKey, setting)).join()).not.toContain('other');
    expect(projects(setting.server.askedBy(otherKey))).toHaveLength(1);
  });

  test('never sees it where it lists no projects, or some without an id', async () => {
    const setting = await setUp();
    setting.server.instead.set('projects', () => ({data: [{id: '', name: 'nameless'}], has_more: false}));
    await exportAs(oldKey, setting);
    expect(rowsIn(await exportAs(otherKey, setting)).join()).not.toContain('acme');
  });

  test.each<[string, (key: string) => string]>([
    ['its own key, cleaned to the same text', key => key],
    ['its own key within an id', key => `proj_${key}`],
    ['what a part of its key leaves', key => `proj_x${key.slice(2, 16)}${key.slice(0, 2)}`],
    ['what every organization has', () => 'default'],
    ['what every organization has, as an id', () => 'proj_default'],
    ['numbers that begin anew in each', () => '1'],
    ['bytes that are no text', () => 'proj_\ufffd'],
    ['nothing but a beginning', () => 'proj_'],
  ])('never sees it where a gateway lists %s as project id', async (_, idOf) => {
    const setting = await setUp();
    setting.server.instead.set('projects', ({headers}) => {
      const id = idOf(headers.authorization?.replace('Bearer ', '') ?? '');
      return {data: [{id, name: 'project'}], has_more: false};
    });
    await exportAs(oldKey, setting);
    const own = rowsIn(await exportAs(otherKey, setting));
    expect(own).toHaveLength(rows);
    expect(own.join()).not.toContain('acme');
    expect(rowsIn(await exportAs(otherKey, setting, '--offline'))).toEqual(own);
  });

  test('never sees it through another base URL or organization id, whatever that lists', async () => {
    const setting = await setUp();
    await exportAs(oldKey, setting);
    const elsewhere = await serveOrganizations([{name: 'elsewhere', keys: [newKey], projects: ['proj_acme1']}]);
    expect(rowsIn(await exportAs(newKey, {...setting, server: elsewhere})).join()).not.toContain('model-of-acme');
    const environment = {OPENAI_ADMIN_KEY: newKey, OPENAI_BASE_URL: setting.server.url, OPENAI_ORG_ID: 'org-2'};
    await runHere('export --start 2026-10-01 --end 2026-10-10 --endpoints completions --output -'.split(' '), {
      folder: setting.folder,
      environment,
    });
    expect(usage(setting.server.askedBy(newKey))).toHaveLength(1);
  });
});

describe('the file that says which account is used', () => {
  const forge = (folder: string, record: unknown) =>
    writeCacheFile(folder, 'account', [['record', record]], Date.now());

  test.each<[string, (realm: string, own: string) => unknown]>([
    ['holds something else', () => 'nonsense'],
    ['leads out of the folder', realm => ({version: 1, realm, joined: '../../../../etc'})],
    ['leads to the demo organization', realm => ({version: 1, realm, joined: 'demo'})],
    ['leads to itself', (realm, own) => ({version: 1, realm, joined: own})],
    ['leads to an account that is not there', realm => ({version: 1, realm, joined: 'f'.repeat(32)})],
    ['is of another version', realm => ({version: 2, realm})],
    ['is of another realm', () => ({version: 1, realm: 'f'.repeat(32)})],
  ])('is worth nothing where it %s', async (_, recordOf) => {
    const setting = await setUp();
    await exportAs(oldKey, setting);
    await exportAs(newKey, setting);
    const own = cacheOf(setting, setting, newKey);
    forge(own, recordOf(realmOf({baseUrl: setting.server.url}), basename(own)));
    expect(rowsIn(await exportAs(newKey, setting, '--offline'))).toEqual([]);
    expect(rowsIn(await exportAs(newKey, setting))).toHaveLength(rows);
    expect(rowsIn(await exportAs(newKey, setting, '--offline'))).toHaveLength(rows);
    expect(usage(setting.server.askedBy(newKey))).toEqual([]);
  });

  test('is worth nothing where two lead to one another, or where it is a folder', async () => {
    const setting = await setUp();
    await exportAs(oldKey, setting);
    await exportAs(newKey, setting);
    const [one, other] = [cacheOf(setting, setting, oldKey), cacheOf(setting, setting, newKey)];
    forge(one, {version: 1, realm: realmOf({baseUrl: setting.server.url}), joined: basename(other)});
    expect(rowsIn(await exportAs(newKey, setting))).toHaveLength(rows);
    rmSync(join(other, 'account'));
    mkdirSync(join(other, 'account'));
    expect(rowsIn(await exportAs(newKey, setting))).toHaveLength(rows);
  });

  test('takes along what a run that was killed left in the key’s own folder', async () => {
    const setting = await setUp();
    await exportAs(oldKey, setting, '--end', '2026-10-05');
    await exportAs(newKey, setting, '--end', '2026-10-05');
    const apart = {...setting, folder: temporaryFolder()};
    await exportAs(newKey, apart);
    for (const name of readdirSync(cacheOf(apart, apart, newKey))) {
      if (name.includes('completions')) {
        renameSync(join(cacheOf(apart, apart, newKey), name), join(cacheOf(setting, setting, newKey), name));
      }
    }
    expect(rowsIn(await exportAs(newKey, setting, '--offline'))).toHaveLength(rows);
    expect(rowsIn(await exportAs(oldKey, setting, '--offline'))).toHaveLength(rows);
  });
});

test('a first key asks for nothing ahead: rows do not wait for the projects where there is nobody to join', async () => {
  const setting = await setUp();
  const isAsked = deferred<void>();
  setting.server.instead.set('projects', (_, response) => {
    void isAsked.promise.then(() => sendJson(response, {data: [], has_more: false}));
  });
  setting.server.instead.set('usage/completions', () => {
    isAsked.resolve();
    return {data: [], has_more: false, next_page: null};
  });
  expect((await exportAs(oldKey, setting)).code).toBe(0);
  expect(setting.server.askedBy(oldKey)).toContain('usage/completions');
  // Less than the fifteen seconds for which rows would wait.
}, 12_000);

test('rows wait fifteen seconds for the projects, and not for ever', async () => {
  const clock = new ManualClock();
  const {signal} = new AbortController();
  const pace = new Pace({ceiling: 4, clock, random: Math.random, signal});
  const client: Client = {get: () => new Promise(() => {}), clockAhead: () => undefined};
  let listed: unknown = 'waiting';
  void projectsAhead({client, pace, clock, signal})
    .list()
    .then(projects => {
      listed = projects;
    });
  await clock.advance(14_000);
  expect(listed).toBe('waiting');
  await clock.advance(1000);
  expect(listed).toBeUndefined();
});

test('a key that is typed in a session joins as well', async () => {
  const setting = await setUp();
  await exportAs(oldKey, setting);
  const argv = ['--start', '2026-10-01', '--end', '2026-10-10', '--endpoints', 'completions', '--no-compare'];
  const {terminal, type, ended} = sessionHere(argv, {
    folder: setting.folder,
    environment: {OPENAI_BASE_URL: setting.server.url},
  });
  await terminal.shows('Enter an admin key');
  type('\r');
  await terminal.shows('Key:');
  type(` "${newKey}"\n`);
  await terminal.shows('Start');
  type('\r');
  await terminal.shows('completions');
  type('\r');
  await terminal.shows(`row 1 of ${rows}`);
  type('q');
  expect(await ended).toBe(0);
  // One question checks the key; the rows come from the cache.
  expect(usage(setting.server.askedBy(newKey))).toHaveLength(1);
});
