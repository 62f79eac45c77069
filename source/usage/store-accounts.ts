import {setImmediate as nextTurn} from 'node:timers/promises';
import * as z from 'zod/mini';
import {daysOf, parseMonth} from './days.ts';
import type {Disk} from './store-disk.ts';
import {deleteFile, type StoredFile} from './store-folder.ts';
import {checkAccount} from './store-key.ts';

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

  async setRecord(account: string, record: AccountRecord): Promise<void> {
    await this.#disk.writeRecord(checkAccount(account), {version: 1, ...record});
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

  /** Gives an account's days to another one; of a day that both have the better copy stays. What the disk refuses stays. */
  async giveDays(from: string, to: string): Promise<void> {
    checkAccount(to);
    await this.#store.settle(checkAccount(from));
    const files = this.#store.files(from).filter(({kind}) => kind === 'usage');
    for (const {name, path} of files) {
      await nextTurn();
      const month = parseMonth(name.slice(-7));
      const days = month === undefined ? [] : this.#disk.readDays(from, name, daysOf(month));
      const given = new Map(days.map(cached => [cached.day, cached] as const));
      if (given.size > 0 && (await this.#disk.mergeDays(to, name, () => given))) this.#delete(path);
    }
  }

  /** Deletes an account's names, which another account has taken over. */
  deleteNames(account: string): void {
    for (const {kind, path} of this.#store.files(checkAccount(account))) if (kind === 'names') this.#delete(path);
  }

  #delete(path: string): void {
    try {
      deleteFile(path);
    } catch {
      // Both accounts have it now: it is given once more next time.
    }
  }
}
