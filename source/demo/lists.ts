import type {AdminKey, Key, Organization, Person, Project, ServiceAccount} from './organization.ts';
import type {Page} from './pages.ts';
import {Parameters, Refusal} from './parameters.ts';
import {hash} from './random.ts';

/** The lists of the directory, named as in `--fault`. */
export const listNames = ['users', 'projects', 'project_api_keys', 'service_accounts', 'admin_api_keys'] as const;
export type ListName = (typeof listNames)[number];

type Listed = {readonly id: string};

/**
 * The page of a list that a query asks for at `now` (Unix seconds). `projectId` is given for a project's own lists.
 * Throws a Refusal: 404 for a project that does not exist, 400 for parameters the document does not allow.
 */
export function listOf(
  organization: Organization,
  name: ListName,
  projectId: string | undefined,
  query: URLSearchParams,
  now: number,
): Page {
  const parameters = new Parameters(query);
  switch (name) {
    case 'users': {
      const emails = take(parameters, 'emails', () => parameters.many('emails'));
      const users = organization.users.filter(
        ({email}) => emails === undefined || (email !== null && emails.includes(email)),
      );
      return pageOfList(users.map(userOf), parameters);
    }
    case 'projects': {
      const archived = take(parameters, 'include_archived', () =>
        parameters.one('include_archived', ['true', 'false']),
      );
      const projects = organization.projects.filter(({archivedAt}) => archived === 'true' || archivedAt === null);
      return pageOfList(projects.map(projectOf), parameters);
    }
    case 'project_api_keys': {
      const project = projectNamed(organization, projectId);
      const access = take(parameters, 'owner_project_access', () =>
        parameters.one('owner_project_access', ['active', 'inactive', 'any']),
      );
      const keys = organization.keys.filter(
        key =>
          key.project === project && !key.isDeleted && (access === 'any' || key.hasAccess === (access !== 'inactive')),
      );
      return pageOfList(
        keys.map(key => keyOf(key, now)),
        parameters,
      );
    }
    case 'service_accounts': {
      const project = projectNamed(organization, projectId);
      parameters.only(['limit', 'after']);
      if (project.archivedAt !== null)
        throw new Refusal(400, `Project ${project.id} is archived.`, 'project_id', 'project_archived');
      const accounts = organization.serviceAccounts.filter(account => account.project === project);
      return pageOfList(accounts.map(accountOf), parameters);
    }
    case 'admin_api_keys': {
      const order = take(parameters, 'order', () => parameters.one('order', ['asc', 'desc']));
      const keys = organization.adminKeys.map(key => adminKeyOf(key, now));
      return pageOfList(order === 'desc' ? keys.reverse() : keys, parameters);
    }
  }
}

/** Checks the names of all parameters before the value of the list's own one. */
function take<T>(parameters: Parameters, own: string, read: () => T): T {
  parameters.only(['limit', 'after', own]);
  return read();
}

function projectNamed(organization: Organization, id: string | undefined): Project {
  const project = organization.projects.find(each => each.id === id);
  if (project === undefined) throw new Refusal(404, `No project found with id '${id}'.`, 'project_id', 'not_found');
  return project;
}

function pageOfList(items: readonly Listed[], parameters: Parameters): Page {
  const limit = parameters.integer('limit', 1, 100) ?? 20;
  const after = parameters.one('after');
  const start = after === undefined ? 0 : items.findIndex(({id}) => id === after) + 1;
  if (after !== undefined && start === 0) {
    throw new Refusal(400, `Invalid value: '${after}'. It is no id of this list.`, 'after', 'invalid_value');
  }
  const data = items.slice(start, start + limit);
  const text = JSON.stringify({
    object: 'list',
    data,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
    has_more: start + limit < items.length,
  });
  return {number: 1 + Math.ceil(start / limit), cursor: after ?? null, text: [text]};
}

const userOf = ({id, name, email, role, createdAt}: Person) => ({
  object: 'organization.user',
  id,
  name,
  email,
  role,
  added_at: createdAt,
  created: createdAt,
  is_service_account: false,
  user: {object: 'user', id, name, email},
});

const projectOf = ({id, name, createdAt, archivedAt}: Project) => ({
  object: 'organization.project',
  id,
  name,
  created_at: createdAt,
  archived_at: archivedAt,
  status: archivedAt === null ? 'active' : 'archived',
});

const keyOf = (key: Key, now: number) => ({
  object: 'organization.project.api_key',
  id: key.id,
  name: key.name,
  redacted_value: key.redacted,
  created_at: key.createdAt,
  last_used_at: lastUse(key, now),
  owner_project_access: key.hasAccess ? 'active' : 'inactive',
  owner:
    key.owner.type === 'user'
      ? {type: 'user', user: ownerOf(key.owner.user)}
      : {type: 'service_account', service_account: accountOf(key.owner.account)},
});

// The document gives an owner a name and an address, never null; who has none is shown as an empty one.
const ownerOf = ({id, name, email, createdAt}: Person) => ({
  id,
  name: name ?? '',
  email: email ?? '',
  created_at: createdAt,
  role: 'member',
});

const accountOf = ({id, name, createdAt}: ServiceAccount) => ({
  object: 'organization.project.service_account',
  id,
  name,
  role: 'member',
  created_at: createdAt,
});

const adminKeyOf = (key: AdminKey, now: number) => ({
  object: 'organization.admin_api_key',
  id: key.id,
  name: key.name,
  redacted_value: key.redacted,
  created_at: key.createdAt,
  expires_at: null,
  last_used_at: lastUse(key, now),
  owner: {
    type: 'user',
    object: 'organization.user',
    id: key.owner.id,
    name: key.owner.name ?? '',
    created_at: key.owner.createdAt,
    role: 'owner',
  },
});

function lastUse({createdAt, redacted, ...key}: AdminKey | Key, now: number): number {
  const archivedAt = 'project' in key ? key.project.archivedAt : null;
  return Math.max(createdAt, Math.min(now, archivedAt ?? now) - (hash(createdAt, redacted.length) % 5400));
}
