import process from 'node:process';
import {afterAll, beforeAll} from 'vitest';
import {connect} from '../../source/cli/connect.ts';
import {sleep} from '../../source/cli/sleep.ts';
import type {System} from '../../source/cli/system.ts';
import {type DemoServer, parseFaults, startDemoServer} from '../../source/demo/server.ts';
import type {SessionOptions} from '../../source/ui/contract.ts';
import {parseDay} from '../../source/usage/days.ts';
import {NO_FILTERS} from '../../source/usage/query.ts';
import {Store} from '../../source/usage/store.ts';
import {NOON} from '../helpers/fake-connection.ts';
import {goTo, type Place, type Whose} from '../helpers/places.ts';
import {FakeSignals, startSession} from '../helpers/session.ts';
import {FakeStdin, FakeTerminal} from '../helpers/terminal.ts';

const FAULTS: Record<Whose, string> = {
  nobody: 'hang@all',
  demo: '',
  hanging: 'hang@completions',
  refusing: '404@images',
  busy: '429:100@completions',
};

/** Sessions in this process at any place, on demo organizations that answer at once. To be called once in a file. */
export function seats(): (place: Place, part?: Partial<SessionOptions>) => Promise<ReturnType<typeof startSession>> {
  const begun = performance.now();
  const now = () => NOON + Math.floor(performance.now() - begun);
  const system: System = {
    argv: [],
    environment: {},
    home: undefined,
    platform: process.platform,
    user: undefined,
    node: process.versions.node,
    version: '0.0.0',
    stdin: new FakeStdin(),
    stdout: new FakeTerminal(80, 24),
    stderr: new FakeTerminal(80, 24),
    openTerminal: () => new FakeTerminal(80, 24),
    now,
    sleep,
    random: Math.random,
    fetch,
    signals: new FakeSignals(),
  };
  const newStore = () => new Store({folder: undefined, now, onTrouble() {}});
  const kept = newStore();
  const servers = new Map<Whose, DemoServer>();
  beforeAll(async () => {
    for (const whose of ['nobody', 'demo', 'hanging', 'refusing', 'busy'] as const) {
      servers.set(whose, await startDemoServer({now, latency: [0, 0], faults: parseFaults(FAULTS[whose])}));
    }
  });
  afterAll(async () => {
    for (const server of servers.values()) await server.close();
  });
  const connectionTo = (whose: Whose) =>
    connect(
      {
        account: {
          kind: 'organization',
          baseUrl: servers.get(whose)?.url ?? '',
          adminKey: 'sk-admin-1234567890',
          organizationId: undefined,
          proxy: undefined,
        },
        store: whose === 'demo' ? kept : newStore(),
        concurrency: 64,
        timeout: 30,
        allColumns: false,
        offline: false,
      },
      system,
    );

  return async (place, part = {}) => {
    const connection = await connectionTo(place.of);
    const written = new Set<string>();
    const first = parseDay('2026-10-01') ?? 0;
    const session = startSession({
      now,
      preset: {
        range: {first, last: first + 6},
        endpoints: [],
        width: '1d',
        filters: NO_FILTERS,
        refresh: 'reuse',
        isComparing: true,
      },
      connection: place.of === 'nobody' ? undefined : connection,
      connect: async () => connection,
      async save(path, {dataset, rows}, {force}) {
        if (!force && written.has(path)) throw Object.assign(new Error(`${path} exists.`), {reason: 'exists'});
        written.add(path);
        return {path: `/home/${path}`, rows: rows?.length ?? dataset.rowCount, bytes: 4100};
      },
      ...part,
    });
    const {terminal, signals, type} = session;
    terminal.onAnswer(answer => type(answer));
    // The shell brings it back at once.
    signals.onSuspend = () => setImmediate(() => signals.emit('SIGCONT'));
    await goTo(place, {
      type: keys => type(keys),
      resize: (columns, rows) => terminal.resize(columns, rows),
      shows: pattern => terminal.shows(pattern),
    });
    return session;
  };
}
