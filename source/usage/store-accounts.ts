import {setImmediate as nextTurn} from 'node:timers/promises';
import * as z from 'zod/mini';
import type {Disk} from './store-disk.ts';
import type {StoredFile} from './store-folder.ts';
import {checkAccount, NAMES} from './store-key.ts';

/** `realm`: what `realmOf` makes. `joined`: the account whose cache is used instead, which an earlier key left. */
export type AccountRecord = {readonly realm: string; readonly joined?: string | undefined};

const hash = z.string().check(z.regex(/^[0-9a-f]{32}$/));
const saved = z.object({version: z.literal(1), realm: hash, joined: z.optional(hash)});

type Holder = {
  /** The files of an account, or of all. */
  readonly files: (account: string | undefined) => readonly StoredFile[];
  /** Writes what waits to be written, and forgets what memory holds of an account. */
  readonly settle: (account: string) => Promise<void>;
};

/** Which accounts a cache folder holds, whose they are, and which of them are one by now. Never throws for the disk. */
export class StoredAccounts {
  readonly #disk: Disk;
  readonly #store: Holder;

  constructor(disk: Disk, store: Holder) {
    this.#disk = disk;
    this.#store = store;
  }

  /** Undefined where there is none, or one that we did not write. */
  record(account: string): AccountRecord | undefined {
    const read = saved.safeParse(this.#disk.readRecord(checkAccount(account)));
    return read.success ? {realm: read.data.realm, joined: read.data.joined} : undefined;
  }

  /**
   * Says for good whose cache the account uses: its own, or that of `joined`. What was said before stays. Returns which
   * one it is, or undefined where the other has itself joined one meanwhile. Only who uses its own cache is joined, and
   * in a turn in which it can't join anybody: so nobody ever joins in a circle.
   */
  async decide(account: string, {realm, joined}: AccountRecord): Promise<string | undefined> {
    let isRefused = false;
    await this.#disk.writeRecord(checkAccount(account), joined, () => {
      if (this.follow(account, realm) !== undefined) return undefined;
      isRefused = joined !== undefined && this.follow(joined, realm) !== joined;
      return isRefused ? undefined : {version: 1, realm, joined};
    });
    // Where the disk has refused it, it is so until the program ends.
    return this.follow(account, realm) ?? (isRefused ? undefined : (joined ?? account));
  }

  /** The realm's accounts that use their own cache, the one that holds most first: an older version may have left several. */
  ofRealm(realm: string): string[] {
    const bytes = new Map<string, number>();
    for (const {account, kind, bytes: size} of this.#store.files(undefined)) {
      if (account === 'demo') continue;
      bytes.set(account, (bytes.get(account) ?? 0) + (kind === 'usage' ? size : 0));
    }
    const accounts = [...bytes].sort(([, one], [, other]) => other - one).map(([account]) => account);
    return accounts.filter(account => {
      const record = this.record(account);
      return record?.realm === realm && record.joined === undefined;
    });
  }

  /** The account whose cache this one uses: itself, or the one it has joined, if that is still of the realm. */
  follow(account: string, realm: string): string | undefined {
    const passed = new Set<string>();
    for (let at = account; !passed.has(at); ) {
      passed.add(at);
      const record = this.record(at);
      if (record?.realm !== realm) return undefined;
      if (record.joined === undefined) return at;
      at = record.joined;
    }
    return undefined;
  }

  /**
   * Gives an account's days to another one; of a day that both have the better copy stays. What the disk refuses stays,
   * and what another program has changed meanwhile: it is given once more next time.
   */
  async giveDays(from: string, to: string): Promise<void> {
    checkAccount(to);
    await this.#store.settle(checkAccount(from));
    for (const {name, kind} of this.#store.files(from)) {
      if (kind !== 'usage') continue;
      await nextTurn();
      await this.#disk.giveDays(from, to, name);
    }
  }

  /** Lets another account take over an account's names, which are deleted then, unless they have changed meanwhile. */
  async giveNames(from: string, take: () => Promise<boolean>): Promise<void> {
    const state = this.#disk.stateOf(checkAccount(from), NAMES);
    if (await take()) await this.#disk.deleteSame(from, NAMES, state);
  }
}
