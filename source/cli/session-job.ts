import {defaultOutput, readAdminKey, type SessionOptions} from '../options.ts';
import type {ConnectRequest} from '../ui/contract.ts';
import {escapeDelay} from '../ui/keys.ts';
import {runSession} from '../ui/session.tsx';
import type {Connection} from '../usage/connection.ts';
import {counted} from '../view/counted.ts';
import {printable} from '../view/printable.ts';
import {cachePlace} from './cache-place.ts';
import {connectLater} from './connect-later.ts';
import {countRequests} from './debug.ts';
import {createNotices} from './notices.ts';
import type {SessionWork} from './session-work.ts';
import type {System} from './system.ts';

/**
 * The full-screen session. When it has ended, the paths of what was exported stand on the normal screen, and an error
 * that ended it. Returns the exit code.
 */
export async function runSessionJob(options: SessionOptions, system: System): Promise<number> {
  const {account, range, endpoints, width, filters, offline, refresh} = options;
  const notices = createNotices(options.notices);
  const requests = countRequests(system.fetch);
  let loading: Promise<SessionWork> | undefined;
  let opening: Promise<Connection> | undefined;
  const {folder, trouble} = cachePlace(system, options.cacheDir);
  if (trouble !== undefined) notices.say(trouble);
  const work = () => {
    loading ??= import('./session-work.ts').then(({createWork}) =>
      createWork({options, folder, onTrouble: notices.say}, {...system, fetch: requests.fetch}),
    );
    return loading;
  };
  const open = () => {
    opening ??= work().then(({connect}) => connect(account));
    return opening;
  };
  const hasKey = account.kind === 'demo' || account.adminKey !== undefined;
  // A fault that makes no sense is refused before there is a screen.
  if (account.kind === 'demo' && account.fault !== undefined) await open();
  const terminal = system.openTerminal();
  try {
    const end = await runSession({
      stdin: system.stdin,
      stdout: terminal,
      stderr: system.stderr,
      term: system.environment['TERM'],
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
      // The session closes those that it opens itself.
      connection: hasKey ? connectLater(account, open) : undefined,
      connect: async how => (await work()).connect(accountFor(how, account)),
      prepare: hasKey ? open : work,
      save: async (path, table, saving) => (await work()).save(path, table, saving),
      defaultPath: ({query, gaps}, isDemo, what) =>
        defaultOutput({range: query.range, format: 'csv', demo: isDemo, partial: gaps.length > 0, what}),
      columnChoice: {
        load: async () => (await work()).columnChoice.load(),
        save: async chosen => (await work()).columnChoice.save(chosen),
      },
      signals: system.signals,
      notices,
    });
    for (const {path, rows} of end.exported) terminal.write(`Wrote ${counted(rows, 'row')} to ${printable(path)}\n`);
    if (options.debug) for (const line of (await work()).debugLines(requests.count)) system.stderr.write(`${line}\n`);
    if (end.error !== undefined) throw end.error;
    return end.exitCode;
  } finally {
    // What a terminal that stands still has not taken goes out when it moves again; a signal does not wait for that.
    if (terminal !== system.stdout) terminal.end();
    await (await loading)?.settled();
    await (await opening)?.close();
  }
}

/** The account that the Key screen stands for; a typed key goes to where the environment points. */
function accountFor(how: ConnectRequest, account: SessionOptions['account']): SessionOptions['account'] {
  if (how.kind === 'demo' || account.kind === 'demo') return {kind: 'demo', scale: 1, fault: undefined};
  return {...account, adminKey: readAdminKey(how.key, account.baseUrl, 'The field holds')};
}
