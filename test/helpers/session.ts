import {EventEmitter} from 'node:events';
import {onTestFinished} from 'vitest';
import type {SessionOptions} from '../../source/ui/contract.ts';
import {runSession} from '../../source/ui/session.tsx';
import {NO_FILTERS} from '../../source/usage/query.ts';
import {fakeConnection, NOON} from './fake-connection.ts';
import {FakeStdin, FakeTerminal} from './terminal.ts';

/** Signals that are sent by hand. */
export class FakeSignals extends EventEmitter {
  suspended = 0;
  onSuspend = () => {};

  suspend(): void {
    this.suspended++;
    this.onSuspend();
  }
}

/** A running session on a terminal of its own. */
export function startSession(part: Partial<SessionOptions> & {columns?: number; rows?: number} = {}) {
  const {columns = 80, rows = 24, ...options} = part;
  const stdin = new FakeStdin();
  const terminal = new FakeTerminal(columns, rows);
  const signals = new FakeSignals();
  const notices = new EventEmitter();
  const ended = runSession({
    stdin,
    stdout: terminal,
    stderr: new FakeStdin(),
    term: 'xterm-256color',
    now: () => NOON,
    color: false,
    ascii: false,
    escapeDelay: 5,
    preset: {range: undefined, endpoints: [], width: '1d', filters: NO_FILTERS, refresh: 'reuse', isComparing: false},
    connection: fakeConnection(),
    connect: async () => fakeConnection(),
    prepare: async () => {},
    save: async (path, {dataset, rows}) => ({
      path: `/home/${path}`,
      rows: rows?.length ?? dataset.rowCount,
      bytes: 4100,
    }),
    columnChoice: {load: async () => undefined, save: async () => {}},
    defaultPath: () => 'openai_usage_2026-11-16_2026-11-22.csv',
    signals,
    notices: {
      subscribe(listener) {
        notices.on('notice', listener);
        return () => notices.off('notice', listener);
      },
    },
    ...options,
  });
  const type = (...chunks: readonly string[]) => {
    for (const chunk of chunks) stdin.write(chunk);
  };
  onTestFinished(async () => {
    signals.emit('SIGTERM');
    await ended;
  });
  return {stdin, terminal, signals, ended, type, notice: (sentence: string) => notices.emit('notice', sentence)};
}

/** A session that has fetched, and shows the table. */
export async function showRows(part: Parameters<typeof startSession>[0] = {}) {
  const session = startSession(part);
  session.type('\r\r');
  await session.terminal.shows('row 1 of');
  return session;
}
