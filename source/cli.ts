#!/usr/bin/env node
import {homedir, totalmem} from 'node:os';
import process from 'node:process';
import manifest from '../package.json' with {type: 'json'};

/** Whether a version comes before another. Intl could tell as well, and takes longer to load than all of this file. */
function isBefore(version: string, other: string): boolean {
  const others = other.split('.').map(Number);
  const parts = version.split('.').map(Number);
  const place = parts.findIndex((part, index) => part !== others[index]);
  return place !== -1 && Number(parts[place]) < Number(others[place]);
}

function home(): string | undefined {
  try {
    return homedir();
  } catch {
    // A user without an entry in the user database and without HOME: the cache then lives in memory.
    return undefined;
  }
}

async function run(): Promise<void> {
  const {closedOutput, createFetch, fileOutput, isReaderGone, main, openTerminal, SIGNAL_EXIT_CODES, sleep} =
    await import('./cli/main.ts');

  // Whoever reads our output may leave early (`| head`, `2>&1 | grep -q`): that ends neither the job nor in a stack.
  const sayLost = () =>
    void process.stderr.write(
      'openai-usage: standard output is closed, so what is written there is lost; leave >&- away, or write --output PATH.\n',
    );
  const stdout = fileOutput(1) ?? closedOutput(1, sayLost) ?? process.stdout;
  for (const stream of [stdout, process.stderr]) {
    stream.on('error', error => {
      if (isReaderGone(error)) return;
      process.exitCode = 1;
      // Who streams an output listens as well, and says it in its own words.
      if (stream !== process.stderr && stream.listenerCount('error') === 1)
        process.stderr.write(`openai-usage: cannot write to standard output: ${error.message}.\n`);
    });
  }

  const argv = process.argv.slice(2);
  // Ink's chalk reads the flag as well, and would take bold and underline away with the colours.
  process.argv = process.argv.filter(word => word !== '--no-color');

  // What we start, and a report that Node writes of a crash, get an environment without the key.
  const environment = {...process.env};
  delete process.env['OPENAI_ADMIN_KEY'];

  const exitCode = await main({
    argv,
    environment,
    home: home(),
    platform: process.platform,
    user: process.geteuid?.(),
    version: manifest.version,
    node: process.versions.node,
    stdin: process.stdin,
    stdout,
    stderr: process.stderr,
    openTerminal: () => openTerminal(process.stdout),
    // A container may have less than its machine; without a limit it is said to have more, or 0.
    memory: Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY),
    now: Date.now,
    sleep,
    random: Math.random,
    fetch: createFetch(environment, globalThis.fetch),
    signals: {
      on: (name, listener) => process.on(name, listener),
      off: (name, listener) => process.off(name, listener),
      // The whole group, as the terminal's own Ctrl+Z does: npm, if it started us, has to stop too.
      suspend: () => void process.kill(0, 'SIGTSTP'),
    },
  });
  process.exitCode ||= exitCode;
  if (exitCode === SIGNAL_EXIT_CODES.SIGHUP && process.stdin.isTTY) {
    // Node 20 aborts where it cannot put back a terminal that is gone: the hang-up itself is the better end.
    process.removeAllListeners('SIGHUP');
    process.kill(process.pid, 'SIGHUP');
  } else if (Object.values(SIGNAL_EXIT_CODES).includes(exitCode)) {
    // What is under way has been kept; a reader that stands still must not keep us.
    process.exit(exitCode);
  }
}

// Only now is anything else of ours loaded: an older Node.js cannot read it, and would show a stack instead.
const needed = manifest.engines.node.replace('>=', '');
if (isBefore(process.versions.node, needed)) {
  process.stderr.write(
    `openai-usage needs Node.js ${needed} or newer, and this is ${process.versions.node}; a newer one is at https://nodejs.org.\n`,
  );
  process.exitCode = 1;
} else {
  void run();
}
