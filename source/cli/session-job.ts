import {resolve} from 'node:path';
import {formatOf} from '../export/format.ts';
import {chunksFor} from '../export/formats.ts';
import {expandHome, saveTo} from '../export/save.ts';
import {cacheFolder, defaultOutput, readAdminKey, type SessionOptions} from '../options.ts';
import type {ConnectRequest, SavedTable, SaveOptions, SaveResult} from '../ui/contract.ts';
import {escapeDelay} from '../ui/keys.ts';
import {runSession} from '../ui/session.tsx';
import type {Connection} from '../usage/connection.ts';
import {Store} from '../usage/store.ts';
import {connect} from './connect.ts';
import {countRequests, debugLines} from './debug.ts';
import {createNotices} from './notices.ts';
import {keepColumns} from './saved-columns.ts';
import type {System} from './system.ts';

/**
 * The full-screen session. When it has ended, the paths of what was exported stand on the normal screen, and an error
 * that ended it. Returns the exit code.
 */
export async function runSessionJob(options: SessionOptions, system: System): Promise<number> {
  const notices = createNotices(options.notices);
  const requests = countRequests(system.fetch);
  const folder = cacheFolder(system.environment, system.home, system.platform, options.cacheDir);
  const store = new Store({folder, now: system.now, onTrouble: notices.say});
  const columns = keepColumns(folder, notices.say);
  const connectTo = (account: SessionOptions['account']): Promise<Connection> =>
    connect({...options, account, store, allColumns: false}, {...system, fetch: requests.fetch});
  const {account, range, endpoints, width, filters, offline, refresh} = options;
  const hasKey = account.kind === 'demo' || account.adminKey !== undefined;
  // The session closes those that it opens itself.
  const given = hasKey ? await connectTo(account) : undefined;
  try {
    const end = await runSession({
      stdin: system.stdin,
      stdout: system.stdout,
      stderr: system.stderr,
      now: system.now,
      color: options.color,
      ascii: options.ascii,
      escapeDelay: escapeDelay(system.environment),
      preset: {
        range: options.isRangeGiven ? range : undefined,
        endpoints,
        width,
        filters,
        refresh: offline ? 'nothing' : refresh ? 'everything' : 'reuse',
        isComparing: options.isComparing,
      },
      connection: given,
      connect: async how => connectTo(accountFor(how, account)),
      save: (path, table, saving) =>
        save(system.home === undefined ? path : expandHome(path, system.home), table, saving),
      defaultPath: ({query, gaps}, isDemo, what) =>
        defaultOutput({range: query.range, format: 'csv', demo: isDemo, partial: gaps.length > 0, what}),
      columnChoice: columns,
      signals: system.signals,
      notices,
    });
    for (const {path, rows} of end.exported)
      system.stdout.write(`Wrote ${rows.toLocaleString('en-US')} rows to ${path}\n`);
    if (options.debug) for (const line of debugLines(store, requests.count)) system.stderr.write(`${line}\n`);
    if (end.error !== undefined) throw end.error;
    return end.exitCode;
  } finally {
    await columns.settled();
    await store.flush();
    await given?.close();
  }
}

/** The account that the Key screen stands for; a typed key goes to where the environment points. */
function accountFor(how: ConnectRequest, account: SessionOptions['account']): SessionOptions['account'] {
  if (how.kind === 'demo' || account.kind === 'demo') return {kind: 'demo', scale: 1, fault: undefined};
  // Some copy the whole line that sets the variable.
  return {...account, adminKey: readAdminKey(how.key.replace(/^\s*(?:export\s*)?OPENAI_ADMIN_KEY=/, ''))};
}

async function save(path: string, {dataset, rows}: SavedTable, options: SaveOptions): Promise<SaveResult> {
  const {force, signal, onProgress} = options;
  const chunks = chunksFor(formatOf(path), dataset, {rows, onRows: onProgress});
  const saved = await saveTo(path, chunks, {force, signal});
  return {path: resolve(saved.path), rows: rows?.length ?? dataset.rowCount, bytes: saved.bytes};
}
