import type {AccountOptions} from '../options.ts';
import type {Connection} from '../usage/connection.ts';
import {fetchUsage} from '../usage/fetch.ts';
import {KeyAccount} from '../usage/key-account.ts';
import {outcomeOf} from '../usage/outcome.ts';
import {accountOf, realmOf, type Store} from '../usage/store.ts';
import {type ApiPlace, checkKey, openClient} from './client.ts';
import {placeOf} from './connect-later.ts';
import type {System} from './system.ts';

/**
 * Measured: a year of minutes, 1.65 million rows, takes 0.6 GB more than nothing, as packed days and then as columns.
 * Twice as much, since others want memory too.
 */
const BYTES_A_ROW = 750;

type ConnectOptions = {
  readonly account: AccountOptions;
  readonly store: Store;
  readonly concurrency: number;
  /** Seconds. */
  readonly timeout: number;
  readonly allColumns: boolean;
  /** Nothing is sent, not even to see whether the key is good. */
  readonly offline: boolean;
};

type Place = ApiPlace & {
  /** Whose cache is used: the demo organization's own, or what finds it out. */
  readonly account: string | KeyAccount;
  close(): Promise<void>;
};

/** Opens an organization: an account of the Admin API, or the demo organization on a server of its own. */
export async function connect(options: ConnectOptions, system: System): Promise<Connection> {
  const place =
    options.account.kind === 'demo'
      ? await openDemo(options.account, system)
      : openAccount(options.account, options.store);
  const {store, concurrency} = options;
  const {account} = place;
  const cached = () => (typeof account === 'string' ? account : account.current);
  const clock = {now: system.now, sleep: system.sleep};
  const client = openClient(place, options.timeout, system);
  return {
    ...placeOf(options.account),
    async check(signal) {
      if (!options.offline) await checkKey(client, system.now(), signal);
    },
    async run(query, {refresh, signal, onProgress}) {
      const fetched = await fetchUsage({
        client,
        store,
        account,
        query,
        refresh,
        ceiling: concurrency,
        clock,
        random: system.random,
        signal,
        ...(system.memory !== undefined && {mostRows: system.memory / BYTES_A_ROW}),
        onProgress,
      });
      return outcomeOf(fetched, {allColumns: options.allColumns, now: system.now, signal});
    },
    measureCache: () => store.measure(cached()),
    clearCache: () => store.clear(cached(), {names: false}),
    close: () => place.close(),
  };
}

function openAccount(account: Extract<AccountOptions, {kind: 'organization'}>, store: Store): Place {
  const {baseUrl, adminKey: key = '', organizationId: organization, proxy} = account;
  return {
    baseUrl,
    key,
    organization,
    account: new KeyAccount({
      store,
      own: accountOf({baseUrl, organization, key}),
      realm: realmOf({baseUrl, organization}),
    }),
    proxy: proxy?.name,
    close: async () => {},
  };
}

/** A demo organization of another size, or one that answers wrongly, is another account: its days are not the demo's. */
async function openDemo({scale, fault}: Extract<AccountOptions, {kind: 'demo'}>, system: System): Promise<Place> {
  const {startDemo, placeOfDemo} = await import('./demo.ts');
  const server = await startDemo({scale, fault}, system);
  const isPlain = scale === 1 && fault === undefined;
  return {
    ...placeOfDemo(server),
    account: isPlain ? 'demo' : accountOf({baseUrl: 'demo', key: JSON.stringify([scale, fault])}),
    close: () => server.close(),
  };
}
