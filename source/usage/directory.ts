import * as z from 'zod/mini';
import type {ApiKey, Project, User} from '../api/directory.ts';

/**
 * What turns an id into a name: everybody and everything ever seen, so that a deleted key keeps its name.
 * `fetchedAt` (Unix milliseconds) says when a list was last read whole, by the list's name.
 */
export type Directory = {
  readonly users: ReadonlyMap<string, User>;
  readonly projects: ReadonlyMap<string, Project>;
  readonly keys: ReadonlyMap<string, ApiKey>;
  readonly fetchedAt: ReadonlyMap<string, number>;
};

/** A directory that is being put together. */
type GrowingDirectory = {
  readonly users: Map<string, User>;
  readonly projects: Map<string, Project>;
  readonly keys: Map<string, ApiKey>;
  readonly fetchedAt: Map<string, number>;
};

export function newDirectory(): GrowingDirectory {
  return {users: new Map(), projects: new Map(), keys: new Map(), fetchedAt: new Map()};
}

export const EMPTY_DIRECTORY: Directory = newDirectory();

/** Part of a directory, as one list of the API gives it. */
export type Listed = {
  readonly users?: readonly User[];
  readonly projects?: readonly Project[];
  readonly keys?: readonly ApiKey[];
};

/** Adds a list's items, in place: an organization has a list for every project. Nothing that was known is forgotten. */
export function addList(directory: GrowingDirectory, list: string, listed: Listed, fetchedAt: number): void {
  for (const user of listed.users ?? []) directory.users.set(user.id, user);
  for (const project of listed.projects ?? []) directory.projects.set(project.id, project);
  for (const key of listed.keys ?? []) directory.keys.set(key.id, key);
  directory.fetchedAt.set(list, fetchedAt);
}

/** Both together; where both know an id, the newer one's word counts. */
export function mergeDirectories(older: Directory, newer: Directory): Directory {
  return {
    users: new Map([...older.users, ...newer.users]),
    projects: new Map([...older.projects, ...newer.projects]),
    keys: new Map([...older.keys, ...newer.keys]),
    fetchedAt: new Map([...older.fetchedAt, ...newer.fetchedAt]),
  };
}

/** The three names that rows ask for; undefined where nobody knows the id. */
export type NameLookup = {
  project(id: string): string | undefined;
  key(id: string): string | undefined;
  user(id: string): string | undefined;
};

/** Users missing from the list (service accounts) are named from the keys they own. */
export function nameLookup(directory: Directory): NameLookup {
  // Of several keys of one owner some say less (admin keys know no address): the name must not depend on their order.
  const emails = new Map<string, string>();
  const ownerNames = new Map<string, string>();
  for (const {owner} of directory.keys.values()) {
    if (owner?.email) emails.set(owner.id, owner.email);
    if (owner?.name) ownerNames.set(owner.id, owner.name);
  }
  return {
    project: id => directory.projects.get(id)?.name || undefined,
    key: id => directory.keys.get(id)?.name || undefined,
    user(id) {
      const user = directory.users.get(id);
      return user?.email || user?.name || emails.get(id) || ownerNames.get(id);
    },
  };
}

const text = z.nullable(z.string());
const time = z.nullable(z.number());
const saved = z.object({
  version: z.literal(1),
  users: z.array(z.object({id: z.string(), name: text, email: text})),
  projects: z.array(z.object({id: z.string(), name: text, isArchived: z.boolean()})),
  keys: z.array(
    z.object({
      id: z.string(),
      name: text,
      redactedValue: text,
      createdAt: time,
      lastUsedAt: time,
      owner: z.nullable(z.object({kind: z.string(), id: z.string(), name: text, email: text})),
    }),
  ),
  fetchedAt: z.array(z.tuple([z.string(), z.number()])),
});

/** The directory as it is kept on disk. */
export function saveDirectory(directory: Directory): z.infer<typeof saved> {
  return {
    version: 1,
    users: [...directory.users.values()],
    projects: [...directory.projects.values()],
    keys: [...directory.keys.values()],
    fetchedAt: [...directory.fetchedAt].map(([list, at]) => [list, at]),
  };
}

/** A directory read back from disk; an empty one where that is anything else than what was saved. */
export function readDirectory(json: unknown): GrowingDirectory {
  const read = saved.safeParse(json);
  if (!read.success) return newDirectory();
  const {users, projects, keys, fetchedAt} = read.data;
  return {users: byId(users), projects: byId(projects), keys: byId(keys), fetchedAt: new Map(fetchedAt)};
}

function byId<Item extends {readonly id: string}>(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map(item => [item.id, item]));
}
