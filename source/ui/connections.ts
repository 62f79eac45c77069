import type {Connection} from '../usage/connection.ts';
import type {ConnectRequest, SessionOptions} from './contract.ts';

type Connections = {
  /** The connection that is asked now. */
  current(): Connection | undefined;
  /** Opens another one, checks a typed key, and closes what it replaces. Rejects when it is refused or aborted. */
  open(how: ConnectRequest, signal: AbortSignal): Promise<Connection>;
  /** Closes what was opened here; the connection that was given is its giver's. */
  close(): Promise<void>;
};

/** The session's connection: given from the start, or opened on the Key screen. */
export function createConnections({connection, connect}: Pick<SessionOptions, 'connection' | 'connect'>): Connections {
  let current = connection;
  let opened: Connection | undefined;
  return {
    current: () => current,
    async open(how, signal) {
      const candidate = await connect(how);
      try {
        if (how.kind === 'key') await candidate.check(signal);
        signal.throwIfAborted();
      } catch (error) {
        await candidate.close();
        throw error;
      }
      const replaced = opened;
      current = candidate;
      opened = candidate;
      await replaced?.close();
      return candidate;
    },
    async close() {
      await opened?.close();
      opened = undefined;
    },
  };
}
