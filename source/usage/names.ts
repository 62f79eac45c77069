import {listAdminKeys, listProjectKeys, listProjects, listServiceAccounts, listUsers} from '../api/directory.ts';
import {ApiError} from '../api/errors.ts';
import type {Ask} from '../api/pages.ts';
import {DIRECTORY_REUSE, isFresh, UNSETTLED_REUSE} from './cache.ts';
import {
  addList,
  type Directory,
  type Listed,
  mergeDirectories,
  newDirectory,
  readDirectory,
  saveDirectory,
} from './directory.ts';
import type {SeenIds} from './ids.ts';
import {failureOfLists, reportOfLists, type Standing} from './name-lists.ts';
import type {Refresh} from './plan.ts';
import type {DirectoryList, DirectoryProgress} from './progress.ts';

type NamesOptions = {
  /** Sends a directory request under the pace, with the list as its lane; `onAttempt` counts what is really sent. */
  readonly askFor: (list: DirectoryList, onAttempt: () => void) => Ask;
  readonly read: () => Promise<unknown>;
  readonly write: (merge: (onDisk: unknown) => unknown) => Promise<unknown>;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly refresh: Refresh;
  readonly onProgress: (progress: DirectoryProgress) => void;
};

type Fetch = (ask: Ask) => Promise<Listed>;

/**
 * Loads the directory beside the rows: users, projects and admin keys at once, a project's keys when its first row
 * arrives. A list that fails is reported and costs no row: its ids stay ids.
 */
export class Names {
  readonly #options: NamesOptions;
  readonly #standings = new Map<DirectoryList, Standing>();
  readonly #seen: SeenIds;
  readonly #loading = new Map<string, Promise<void>>();
  readonly #fetched = newDirectory();
  /** Users that have a name, of their own or as owners of keys: an organization may have ten thousands of both. */
  readonly #namedUsers = new Set<string>();
  #known = newDirectory();
  #hasRead: Promise<void> = Promise.resolve();

  /** `seen` grows while rows arrive; it has to be complete when `finish` is called. */
  constructor(options: NamesOptions, seen: SeenIds) {
    this.#options = options;
    this.#seen = seen;
  }

  /** Reads what is remembered and asks for the lists that are not of a project. */
  start(): void {
    this.#hasRead = this.#options.read().then(json => {
      this.#known = readDirectory(json);
      this.#learn({users: [...this.#known.users.values()], keys: [...this.#known.keys.values()]});
    });
    this.#wantUsers(DIRECTORY_REUSE);
    this.#wantProjects(DIRECTORY_REUSE);
    this.#want('admin_api_keys', 'admin_api_keys', DIRECTORY_REUSE, async ask => ({keys: await listAdminKeys(ask)}));
  }

  /** Rows of these projects arrived: their keys have to be named. */
  wantKeysOf(projectIds: Iterable<string>, reuse = DIRECTORY_REUSE): void {
    for (const id of projectIds) {
      if (!canBeAsked(id)) continue;
      const fetch: Fetch = async ask => ({keys: await listProjectKeys(ask, id)});
      this.#want('project_api_keys', `project_api_keys:${id}`, reuse, fetch);
      if (!this.#loading.has(`search:${id}`)) this.#watch(`search:${id}`, this.#searchIn(id));
    }
  }

  /**
   * Everything that could be named. Call it after the last row; what was learned is saved for the next run. Ids that
   * are still unknown are looked for once more: in lists older than five minutes, since they may be newer than those;
   * keys that no row shows with a project in all projects; and users among the service accounts of their projects.
   */
  async finish(): Promise<Directory> {
    await this.#settled();
    const older = this.#unknown();
    if (older.users.length > 0) this.#wantUsers(UNSETTLED_REUSE);
    if (older.projects.length > 0) this.#wantProjects(UNSETTLED_REUSE);
    const places = placesOf(older.keys, this.#seen.keys);
    this.wantKeysOf(places, UNSETTLED_REUSE);
    if (places.has('')) this.wantKeysOf(this.#known.projects.keys());
    await this.#settled();
    this.#wantServiceAccountsOf(placesOf(this.#unknown().users, this.#seen.users));
    await this.#settled();
    const fetched = this.#fetched;
    if (fetched.fetchedAt.size > 0) {
      await this.#options.write(onDisk => saveDirectory(mergeDirectories(readDirectory(onDisk), fetched)));
    }
    return this.#known;
  }

  /** The lists that could not be read, and why. */
  get failures(): ReadonlyMap<DirectoryList, ApiError> {
    const failures = [...this.#standings].map(([list, standing]) => [list, failureOfLists(standing)] as const);
    return new Map(failures.flatMap(([list, error]) => (error ? [[list, error] as const] : [])));
  }

  /** As early as it can be known: who owns no key of the project may still be one of its service accounts. */
  async #searchIn(projectId: string): Promise<void> {
    await this.#hasRead;
    await Promise.all([this.#loading.get('users'), this.#loading.get(`project_api_keys:${projectId}`)]);
    for (const [user, projects] of this.#seen.users) {
      if (projects.has(projectId) && !this.#namedUsers.has(user)) return this.#wantServiceAccountsOf([projectId]);
    }
  }

  #wantUsers(reuse: number): void {
    this.#want('users', 'users', reuse, async ask => ({users: await listUsers(ask)}));
  }

  #wantProjects(reuse: number): void {
    this.#want('projects', 'projects', reuse, async ask => ({projects: await listProjects(ask)}));
  }

  #wantServiceAccountsOf(projectIds: Iterable<string>): void {
    for (const id of projectIds) {
      if (!canBeAsked(id)) continue;
      const fetch: Fetch = async ask => ({users: await listServiceAccounts(ask, id)});
      this.#want('project_api_keys', `service_accounts:${id}`, DIRECTORY_REUSE, fetch);
    }
  }

  #unknown(): {users: string[]; projects: string[]; keys: string[]} {
    const seen = this.#seen;
    return {
      users: [...seen.users.keys()].filter(id => !this.#namedUsers.has(id)),
      projects: [...seen.projects].filter(id => !this.#known.projects.has(id)),
      keys: [...seen.keys.keys()].filter(id => !this.#known.keys.has(id)),
    };
  }

  /** Loads a list unless what is known of it is younger than `reuse` ms, or it has failed already. */
  #want(list: DirectoryList, id: string, reuse: number, fetch: Fetch): void {
    const standing = this.#standings.get(list) ?? {
      asked: new Set(),
      answered: new Set(),
      requests: 0,
      items: 0,
      failed: new Map(),
    };
    this.#standings.set(list, standing);
    const earlier = this.#loading.get(id);
    standing.asked.add(id);
    if (earlier !== undefined && reuse === DIRECTORY_REUSE) return;
    const loading = (earlier ?? this.#hasRead).then(() => this.#load(list, id, standing, reuse, fetch));
    this.#watch(id, loading);
  }

  /** A bug in here is thrown where `finish` waits for it, and nowhere else. */
  #watch(id: string, loading: Promise<void>): void {
    loading.catch(() => {});
    this.#loading.set(id, loading);
  }

  async #load(list: DirectoryList, id: string, standing: Standing, reuse: number, fetch: Fetch): Promise<void> {
    if (!standing.failed.has(id) && !this.#isKnown(id, reuse)) {
      const asked = this.#options.now();
      const ask = this.#options.askFor(list, () => {
        standing.requests++;
        this.#report(list, standing);
      });
      try {
        const listed = await fetch(ask);
        standing.items += Object.values(listed).reduce((sum, items) => sum + items.length, 0);
        addList(this.#known, id, listed, asked);
        addList(this.#fetched, id, listed, asked);
        this.#learn(listed);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (await this.#isOfNobody(id, error)) addList(this.#fetched, id, {}, asked);
        else standing.failed.set(id, error);
      }
    }
    standing.answered.add(id);
    this.#report(list, standing);
  }

  /** A project that neither the whole list of projects nor its own address knows has no keys to name. */
  async #isOfNobody(list: string, {reason}: ApiError): Promise<boolean> {
    const [kind, project = ''] = list.split(':');
    if (kind !== 'project_api_keys' || reason !== 'not-found') return false;
    await this.#loading.get('projects');
    return !this.#standings.get('projects')?.failed.has('projects') && !this.#known.projects.has(project);
  }

  #learn({users = [], keys = []}: Listed): void {
    for (const {id, name, email} of users) if (name || email) this.#namedUsers.add(id);
    for (const {owner} of keys) if (owner && (owner.name || owner.email)) this.#namedUsers.add(owner.id);
  }

  #isKnown(id: string, reuse: number): boolean {
    const {refresh, now} = this.#options;
    if (refresh === 'nothing') return true;
    // What was fetched in this run is never older than it has to be.
    if (refresh === 'everything' && !this.#fetched.fetchedAt.has(id)) return false;
    const fetchedAt = this.#known.fetchedAt.get(id);
    return fetchedAt !== undefined && isFresh(fetchedAt, reuse, now());
  }

  /** Waits until nothing is being loaded; a list can be asked for while others are waited for. */
  async #settled(): Promise<void> {
    await this.#hasRead;
    for (let seen = -1; seen < this.#loading.size; ) {
      seen = this.#loading.size;
      await Promise.all(this.#loading.values());
    }
  }

  #report(list: DirectoryList, standing: Standing): void {
    this.#options.onProgress(reportOfLists(list, standing, this.#known));
  }
}

/** An id that would change the path it stands in, or that no path can hold, is nobody's project. */
function canBeAsked(projectId: string): boolean {
  return !['', '.', '..'].includes(projectId) && projectId.isWellFormed();
}

function placesOf(ids: readonly string[], places: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  return new Set(ids.flatMap(id => [...(places.get(id) ?? [])]));
}
