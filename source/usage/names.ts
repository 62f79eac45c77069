import {listAdminKeys, listProjectKeys, listProjects, listUsers} from '../api/directory.ts';
import {ApiError} from '../api/errors.ts';
import type {Ask} from '../api/pages.ts';
import {DIRECTORY_REUSE} from './cache.ts';
import {
  type Directory,
  EMPTY_DIRECTORY,
  type Listed,
  mergeDirectories,
  readDirectory,
  saveDirectory,
  withList,
} from './directory.ts';
import type {Refresh} from './plan.ts';
import type {DirectoryList, DirectoryProgress} from './progress.ts';

export type NamesOptions = {
  /** Sends a directory request under the pace, with the list as its lane. */
  readonly askFor: (list: DirectoryList) => Ask;
  readonly read: () => Promise<unknown>;
  readonly write: (merge: (onDisk: unknown) => unknown) => Promise<void>;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly refresh: Refresh;
  readonly onProgress: (progress: DirectoryProgress) => void;
};

type Standing = {asked: number; answered: number; requests: number; items: number; error?: ApiError};

/**
 * Loads the directory beside the rows: users, projects and admin keys at once, a project's keys when its first row
 * arrives. A list that fails is reported and costs no row: its ids stay ids.
 */
export class Names {
  readonly #options: NamesOptions;
  readonly #standings = new Map<DirectoryList, Standing>();
  readonly #projects = new Set<string>();
  readonly #loading: Promise<void>[] = [];
  #known = EMPTY_DIRECTORY;
  #fetched = EMPTY_DIRECTORY;
  #hasRead: Promise<void> = Promise.resolve();

  constructor(options: NamesOptions) {
    this.#options = options;
  }

  /** Reads what is remembered and asks for the lists that are not of a project. */
  start(): void {
    this.#hasRead = this.#options.read().then(json => {
      this.#known = readDirectory(json);
    });
    this.#load('users', 'users', async ask => ({users: await listUsers(ask)}));
    this.#load('projects', 'projects', async ask => ({projects: await listProjects(ask)}));
    this.#load('admin_api_keys', 'admin_api_keys', async ask => ({keys: await listAdminKeys(ask)}));
  }

  /** Rows of these projects arrived: their keys have to be named. */
  wantKeysOf(projectIds: Iterable<string>): void {
    for (const id of projectIds) {
      if (this.#projects.has(id)) continue;
      this.#projects.add(id);
      this.#load('project_api_keys', `project_api_keys:${id}`, async ask => ({keys: await listProjectKeys(ask, id)}));
    }
  }

  /** Keys that no row shows with a project: if nobody knows them, any project may own them. */
  async wantKeys(keyIds: readonly string[]): Promise<void> {
    await Promise.all(this.#loading);
    if (keyIds.some(id => !this.#known.keys.has(id))) this.wantKeysOf(this.#known.projects.keys());
  }

  /** Everything that could be named. Call it after the last row; what was learned is saved for the next run. */
  async finish(): Promise<Directory> {
    // A list can be asked for while others are waited for.
    for (let seen = -1; seen < this.#loading.length; ) {
      seen = this.#loading.length;
      await Promise.all(this.#loading);
    }
    const fetched = this.#fetched;
    if (fetched.fetchedAt.size > 0) {
      await this.#options.write(onDisk => saveDirectory(mergeDirectories(readDirectory(onDisk), fetched)));
    }
    return this.#known;
  }

  /** The lists that could not be read, and why. */
  get failures(): ReadonlyMap<DirectoryList, ApiError> {
    return new Map([...this.#standings].flatMap(([list, {error}]) => (error ? [[list, error] as const] : [])));
  }

  #load(list: DirectoryList, id: string, fetch: (ask: Ask) => Promise<Listed>): void {
    const standing = this.#standings.get(list) ?? {asked: 0, answered: 0, requests: 0, items: 0};
    this.#standings.set(list, standing);
    standing.asked++;
    this.#loading.push(this.#hasRead.then(() => this.#loadNow(list, id, standing, fetch)));
  }

  async #loadNow(
    list: DirectoryList,
    id: string,
    standing: Standing,
    fetch: (ask: Ask) => Promise<Listed>,
  ): Promise<void> {
    const {now, askFor} = this.#options;
    if (!this.#isKnown(id)) {
      this.#report(list, standing);
      const asked = now();
      const ask: Ask = (request, read) => {
        standing.requests++;
        return askFor(list)(request, read);
      };
      try {
        const listed = await fetch(ask);
        standing.items += Object.values(listed).reduce((sum, items) => sum + items.length, 0);
        this.#known = withList(this.#known, id, listed, asked);
        this.#fetched = withList(this.#fetched, id, listed, asked);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        standing.error ??= error;
      }
    }
    standing.answered++;
    this.#report(list, standing);
  }

  #isKnown(id: string): boolean {
    const {refresh, now} = this.#options;
    if (refresh === 'nothing') return true;
    if (refresh === 'everything') return false;
    const age = now() - (this.#known.fetchedAt.get(id) ?? Number.NEGATIVE_INFINITY);
    return age >= 0 && age < DIRECTORY_REUSE;
  }

  #report(list: DirectoryList, {asked, answered, requests, items, error}: Standing): void {
    const isOver = asked === answered;
    this.#options.onProgress({
      kind: 'directory',
      list,
      state: !isOver ? 'fetching' : error ? (error.reason === 'stopped' ? 'stopped' : 'failed') : 'finished',
      items: items || this.#remembered(list),
      requests,
      isCached: requests === 0,
      ...(error && {error}),
    });
  }

  #remembered(list: DirectoryList): number {
    if (list === 'users') return this.#known.users.size;
    if (list === 'projects') return this.#known.projects.size;
    return list === 'project_api_keys' ? this.#known.keys.size : 0;
  }
}
