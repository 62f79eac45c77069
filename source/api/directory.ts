import type {ZodMiniType} from 'zod/mini';
import {
  type AdminKeyAnswer,
  LISTS,
  type List,
  type ProjectAnswer,
  type ProjectKeyAnswer,
  readList,
  type UserAnswer,
} from './answers.ts';
import {ApiError, brokenChain} from './errors.ts';
import type {Ask} from './pages.ts';

export type User = {readonly id: string; readonly name: string | null; readonly email: string | null};
export type Project = {readonly id: string; readonly name: string | null; readonly isArchived: boolean};

/** Times are Unix seconds. `owner.kind` is the API's own word, `user` or `service_account`. */
export type ApiKey = {
  readonly id: string;
  readonly name: string | null;
  readonly redactedValue: string | null;
  readonly createdAt: number | null;
  readonly lastUsedAt: number | null;
  readonly owner: {
    readonly kind: string;
    readonly id: string;
    readonly name: string | null;
    readonly email: string | null;
  } | null;
};

type Query = readonly (readonly [string, string])[];

/** Everybody in the organization; service accounts may be missing (they are named from the keys they own). */
export async function listUsers(ask: Ask): Promise<User[]> {
  const items = await walkList(ask, 'users', 'organization/users', [], LISTS.users);
  return items.map(readUser);
}

/** All projects, archived ones too. */
export async function listProjects(ask: Ask): Promise<Project[]> {
  const query: Query = [['include_archived', 'true']];
  const items = await walkList(ask, 'projects', 'organization/projects', query, LISTS.projects);
  return items.map(readProject);
}

/** The organization's admin keys; the keys that do the work belong to projects. */
export async function listAdminKeys(ask: Ask): Promise<ApiKey[]> {
  const items = await walkList(ask, 'admin_api_keys', 'organization/admin_api_keys', [], LISTS.adminKeys);
  return items.map(readAdminKey);
}

/** A project's keys, also those whose owner lost access to the project. */
export async function listProjectKeys(ask: Ask, projectId: string): Promise<ApiKey[]> {
  const path = `organization/projects/${encodeURIComponent(projectId)}/api_keys`;
  const query: Query = [['owner_project_access', 'any']];
  const items = await walkList(ask, 'project_api_keys', path, query, LISTS.projectKeys);
  return items.map(readProjectKey);
}

/**
 * A project's service accounts, by the names they have as users. A server that will not say has none: archived projects
 * answer with a 400, as the API document says, and whoever may read keys need not be allowed to read these.
 */
export async function listServiceAccounts(ask: Ask, projectId: string): Promise<User[]> {
  const path = `organization/projects/${encodeURIComponent(projectId)}/service_accounts`;
  try {
    const items = await walkList(ask, 'service_accounts', path, [], LISTS.serviceAccounts);
    return items.map(({id, name}) => ({id, name: name ?? null, email: null}));
  } catch (error) {
    if (error instanceof ApiError && ['rejected', 'forbidden', 'not-found'].includes(error.reason)) return [];
    throw error;
  }
}

/**
 * Most pages of a list, a hundred items each: 200,000 users or keys of a project. A server that has always one more new
 * item would be asked for ever.
 */
const MOST_PAGES = 2000;

async function walkList<Item extends {id: string}>(
  ask: Ask,
  subject: string,
  path: string,
  query: Query,
  schema: ZodMiniType<List<Item>>,
): Promise<Item[]> {
  const items = new Map<string, Item>();
  const cursors = new Set<string>();
  let after: Query = [];
  for (;;) {
    const request = {subject, path, query: [...query, ['limit', '100'] as const, ...after]};
    const page = await ask(request, json => readList(subject, schema, json));
    const before = items.size;
    for (const item of page.data) if (item !== null) items.set(item.id, item);
    if (!page.has_more) return [...items.values()];
    // A page that brings nothing new and is not the last gives no place to go on from: its last_id could be new for ever.
    const cursor = items.size === before ? undefined : (page.last_id ?? page.data.at(-1)?.id);
    if (!cursor) throw brokenChain(subject, 'the server says there is more, but not where (no last_id)');
    if (cursors.has(cursor)) throw brokenChain(subject, 'the server repeats a page it has sent already');
    cursors.add(cursor);
    if (cursors.size >= MOST_PAGES) throw brokenChain(subject, `the list has no end (${MOST_PAGES} pages were read)`);
    after = [['after', cursor]];
  }
}

function readUser(user: UserAnswer): User {
  return {id: user.id, name: user.name ?? user.user?.name ?? null, email: user.email ?? user.user?.email ?? null};
}

function readProject(project: ProjectAnswer): Project {
  return {
    id: project.id,
    name: project.name ?? null,
    isArchived: project.status === 'archived' || typeof project.archived_at === 'number',
  };
}

function readAdminKey(key: AdminKeyAnswer): ApiKey {
  const {owner} = key;
  return {
    ...readKey(key),
    owner: owner?.id ? {kind: owner.type ?? 'user', id: owner.id, name: owner.name ?? null, email: null} : null,
  };
}

function readProjectKey(key: ProjectKeyAnswer): ApiKey {
  const owner = key.owner?.service_account ?? key.owner?.user;
  const kind = key.owner?.service_account ? 'service_account' : 'user';
  return {
    ...readKey(key),
    owner: owner ? {kind, id: owner.id, name: owner.name ?? null, email: owner.email ?? null} : null,
  };
}

function readKey(key: AdminKeyAnswer | ProjectKeyAnswer): Omit<ApiKey, 'owner'> {
  return {
    id: key.id,
    name: key.name ?? null,
    redactedValue: key.redacted_value ?? null,
    createdAt: key.created_at ?? null,
    lastUsedAt: key.last_used_at ?? null,
  };
}
