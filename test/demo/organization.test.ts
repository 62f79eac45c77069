import {describe, expect, test} from 'vitest';
import {createOrganization} from '../../source/demo/organization.ts';
import {rowsIn} from '../../source/demo/usage.ts';
import {ask, secondsOf, serve, truth} from './demo.ts';

describe('the organization', () => {
  const {projects, users, keys, serviceAccounts, adminKeys} = createOrganization(1, 1);

  test('has the size that the design gives it', () => {
    expect(projects).toHaveLength(12);
    expect(projects.filter(({archivedAt}) => archivedAt !== null)).toHaveLength(2);
    expect(users).toHaveLength(40);
    expect(keys).toHaveLength(90);
    expect(serviceAccounts).toHaveLength(10);
    expect(adminKeys).toHaveLength(4);
    expect(keys.filter(({isDeleted}) => isDeleted)).toHaveLength(4);
    expect(keys.filter(({hasAccess}) => !hasAccess)).toHaveLength(8);
    expect(users.filter(({name}) => name === null)).toHaveLength(2);
    expect(users.filter(({email}) => email === null)).toHaveLength(2);
  });

  test('has no id twice', () => {
    const ids = [projects, users, keys, serviceAccounts, adminKeys].flat().map(({id}) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('uses keys that no list holds, owners that are no users, and neither key nor user at times', () => {
    const books = truth();
    const rows = rowsIn(books, 'completions', {from: secondsOf('2026-10-06'), to: secondsOf('2026-10-07')});
    const deleted = new Set(books.organization.keys.filter(({isDeleted}) => isDeleted).map(({id}) => id));
    const known = new Set(books.organization.users.map(({id}) => id));
    expect(rows.some(row => deleted.has(String(row['api_key_id'])))).toBe(true);
    expect(rows.some(row => row['user_id'] !== null && !known.has(String(row['user_id'])))).toBe(true);
    expect(rows.some(row => row['user_id'] === null)).toBe(true);
    expect(rows.some(row => row['api_key_id'] === null && row['user_id'] !== null)).toBe(true);
  });
});

describe('the lists', () => {
  const ids = ({body}: Awaited<ReturnType<typeof ask>>): string[] => body.data.map(({id}) => id);

  test('archived projects come only with include_archived=true', async () => {
    const server = await serve();
    expect(ids(await ask(server, '/organization/projects?limit=100'))).toHaveLength(10);
    expect(ids(await ask(server, '/organization/projects?limit=100&include_archived=false'))).toHaveLength(10);
    expect(ids(await ask(server, '/organization/projects?limit=100&include_archived=true'))).toHaveLength(12);
  });

  test('keys of owners without access come with any and inactive only; deleted keys never', async () => {
    const server = await serve();
    const {keys, projects} = truth().organization;
    const listed = {omitted: 0, active: 0, inactive: 0, any: 0};
    for (const {id} of projects) {
      const path = `/organization/projects/${id}/api_keys?limit=100`;
      listed.omitted += ids(await ask(server, path)).length;
      for (const access of ['active', 'inactive', 'any'] as const) {
        listed[access] += ids(await ask(server, `${path}&owner_project_access=${access}`)).length;
      }
    }
    const left = keys.filter(({isDeleted}) => !isDeleted);
    const inactive = left.filter(({hasAccess}) => !hasAccess).length;
    const active = left.length - inactive;
    expect(listed).toEqual({omitted: active, active, inactive, any: left.length});
    expect(inactive).toBeGreaterThan(0);
  });

  test('admin keys come in both orders', async () => {
    const server = await serve();
    const forth = ids(await ask(server, '/organization/admin_api_keys'));
    const back = ids(await ask(server, '/organization/admin_api_keys?order=desc'));
    expect(forth).toEqual(truth().organization.adminKeys.map(({id}) => id));
    expect(back).toEqual(forth.toReversed());
  });

  test('service accounts are listed for a project, and refused for an archived one', async () => {
    const server = await serve();
    const {projects} = truth().organization;
    const accounts = (number: number): Promise<Awaited<ReturnType<typeof ask>>> =>
      ask(server, `/organization/projects/${projects[number]?.id}/service_accounts`);
    expect(ids(await accounts(0))).toHaveLength(1);
    expect((await accounts(11)).status).toBe(400);
  });

  test.each([
    ['/organization/users?limit=101', 400, 'limit'],
    ['/organization/users?limit=0', 400, 'limit'],
    ['/organization/users?after=nobody', 400, 'after'],
    ['/organization/projects?include_archived=yes', 400, 'include_archived'],
    ['/organization/admin_api_keys?order=up', 400, 'order'],
    ['/organization/projects/proj_none/api_keys', 404, 'project_id'],
  ])('%s is refused with %i and names %s', async (path, status, param) => {
    const answer = await ask(await serve(), path);
    expect(answer.status).toBe(status);
    expect(answer.body.error.param).toBe(param);
  });
});
