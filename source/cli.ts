#!/usr/bin/env node
import {homedir} from 'node:os';
import process from 'node:process';
import manifest from '../package.json' with {type: 'json'};
import {SIGNAL_EXIT_CODES} from './cli/interrupt.ts';
import {main} from './cli/main.ts';

function home(): string | undefined {
  try {
    return homedir();
  } catch {
    // A user without an entry in the user database and without HOME: the cache then lives in memory.
    return undefined;
  }
}

const exitCode = await main({
  argv: process.argv.slice(2),
  environment: process.env,
  home: home(),
  platform: process.platform,
  version: manifest.version,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  now: Date.now,
  random: Math.random,
  fetch: globalThis.fetch,
  signals: {
    on: (name, listener) => process.on(name, listener),
    off: (name, listener) => process.off(name, listener),
    // The whole group, as the terminal's own Ctrl+Z does: npm, if it started us, has to stop too.
    suspend: () => void process.kill(0, 'SIGTSTP'),
  },
});
process.exitCode = exitCode;
// Node 20 aborts where it cannot put back a terminal that is gone: the hang-up itself is the better end of a session.
if (exitCode === SIGNAL_EXIT_CODES.SIGHUP && process.stdin.isTTY) {
  process.removeAllListeners('SIGHUP');
  process.kill(process.pid, 'SIGHUP');
}
