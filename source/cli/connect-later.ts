import type {AccountOptions} from '../options.ts';
import type {Connection} from '../usage/connection.ts';

/** What a screen says of an account before anything is asked of it. */
export function placeOf(account: AccountOptions): Pick<Connection, 'isDemo' | 'label'> {
  return account.kind === 'demo'
    ? {isDemo: true, label: 'demo organization'}
    : {isDemo: false, label: new URL(account.baseUrl).host};
}

/** A connection whose screen stands before it is open: whatever is asked of it first waits for `open`. */
export function connectLater(account: AccountOptions, open: () => Promise<Connection>): Connection {
  return {
    ...placeOf(account),
    check: async signal => (await open()).check(signal),
    run: async (query, options) => (await open()).run(query, options),
    measureCache: async () => (await open()).measureCache(),
    clearCache: async () => (await open()).clearCache(),
    close: async () => (await open()).close(),
  };
}
