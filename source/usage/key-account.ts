import type {Project} from '../api/directory.ts';
import {type Directory, mergeDirectories, readDirectory, saveDirectory} from './directory.ts';
import type {Store} from './store.ts';

type KeyAccountOptions = {
  readonly store: Store;
  /** What `accountOf` makes of the key. */
  readonly own: string;
  /** What `realmOf` makes of base URL and organization. */
  readonly realm: string;
};

type List = () => Promise<readonly Project[] | undefined>;

/**
 * The ids that prove something: as OpenAI makes them, unique and in plain ASCII. A wrong proof shows somebody another
 * organization's figures, and a missing one costs no more than fetching anew: so no gateway's own ids (`default`, `1`,
 * the key itself) are believed, which it may give to everybody, nor one that cleaning or decoding has changed:
 * `[admin key]` and U+FFFD stand for what differed.
 */
const PROOF = /^proj_(?!default$)[\w-]+$/i;

/**
 * Whose cache a key uses. A key that was made in place of another one lists the same projects: the first project id that
 * an account of the same base URL and organization remembers is the proof, since ids are unique at OpenAI, and a key sees
 * the projects of its own organization alone. It then uses that account's cache for good: a file in its own folder says
 * so. Days that it had fetched before, when its projects could not be listed, go along.
 */
export class KeyAccount {
  readonly #options: KeyAccountOptions;
  #found: string | undefined;
  #finding: Promise<string> | undefined;

  constructor(options: KeyAccountOptions) {
    this.#options = options;
  }

  /** As far as it is known. */
  get current(): string {
    const {store, own, realm} = this.#options;
    return this.#found ?? store.accounts?.follow(own, realm) ?? own;
  }

  /** Whether nothing is known of the key, and there are accounts here that it could join once it is asked. */
  get isNew(): boolean {
    const {store, own, realm} = this.#options;
    const {accounts} = store;
    if (this.#found !== undefined || accounts === undefined) return false;
    return accounts.follow(own, realm) === undefined && accounts.ofRealm(realm).length > 0;
  }

  /**
   * The account to use. `list` is called only by a key that nothing is known of, and only where there is an account that
   * it could join; it gives undefined where the projects cannot be told (now). Then, and without `list`, it is the key's
   * own, until `settle` or the next start knows more.
   */
  find(list: List | undefined): Promise<string> {
    this.#finding ??= this.#find(list).finally(() => {
      this.#finding = undefined;
    });
    return this.#finding;
  }

  async #find(list: List | undefined): Promise<string> {
    const {store, own, realm} = this.#options;
    const {accounts} = store;
    if (this.#found !== undefined || accounts === undefined) return this.current;
    const followed = accounts.follow(own, realm);
    if (followed !== undefined) return followed === own ? this.#settled(own) : this.#join(followed);
    // A cache that an older version made: from now on others can find it, or it joins one that was found before.
    const remembered = await this.#projectsOf(own);
    if (accounts.record(own) === undefined && remembered.size > 0) return this.#decide([...remembered.values()]);
    if (list === undefined || accounts.ofRealm(realm).length === 0) return own;
    return this.#decide((await list()) ?? []);
  }

  /** Says what is known of the projects after a fetch: from now on the account is the key's own, or has joined another. */
  async settle({projects}: Directory): Promise<void> {
    if (this.#found === undefined) await this.#decide([...projects.values()]);
  }

  /** Nothing is decided without a proof: a list that is empty or refused is none. */
  async #decide(projects: readonly Project[]): Promise<string> {
    const {store, own, realm} = this.#options;
    const {accounts} = store;
    const ids = projects.map(({id}) => id).filter(id => PROOF.test(id));
    if (ids.length === 0 || accounts === undefined) return own;
    for (const account of accounts.ofRealm(realm)) {
      if (account === own) continue;
      const known = await this.#projectsOf(account);
      if (!ids.some(id => known.has(id))) continue;
      return this.#use(await accounts.decide(own, {realm, joined: account}), projects);
    }
    return this.#use(await accounts.decide(own, {realm}), projects);
  }

  /** `account`: undefined where the one that was found has joined another one just now, which is found next. */
  async #use(account: string | undefined, projects: readonly Project[]): Promise<string> {
    if (account === undefined) return this.#decide(projects);
    return account === this.#options.own ? this.#settled(account) : this.#join(account);
  }

  /** Also what a run that was killed has left in the key's own folder goes along. */
  async #join(account: string): Promise<string> {
    const {store, own} = this.#options;
    await store.accounts?.giveDays(own, account);
    await store.accounts?.giveNames(own, async () => {
      const names = await store.readDirectory(own);
      if (names === undefined) return false;
      return store.writeDirectory(account, known =>
        saveDirectory(mergeDirectories(readDirectory(names), readDirectory(known))),
      );
    });
    return this.#settled(account);
  }

  #settled(account: string): string {
    this.#found = account;
    return account;
  }

  async #projectsOf(account: string): Promise<ReadonlyMap<string, Project>> {
    return readDirectory(await this.#options.store.readDirectory(account)).projects;
  }
}
