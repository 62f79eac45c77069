import {type ChildProcess, execFileSync, spawn, spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {userInfo} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import {temporaryFolder} from '../helpers/program.ts';
import {hasPty, quote} from './pty.ts';
import {freePort} from './slow-line.ts';

// It starts itself again for every connection, and wants to be called by its whole path for that.
const sshd = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/usr/bin/sshd'].find(path => existsSync(path));

export type Sshd = {
  readonly port: number;
  /** For a PTY: has words run over SSH, in a terminal and in `folder`, which is also their home; `port` leads here. */
  through(how: RemoteOptions): (words: readonly string[]) => readonly string[];
};

type RemoteOptions = {
  readonly folder: string;
  readonly port: number;
  readonly environment?: Readonly<Record<string, string>>;
};

/** Why nothing can be tried over SSH here, in words; undefined where it can. */
export function whyNoSsh(): string | undefined {
  if (!hasPty) return "util-linux' script is missing, which makes the terminal";
  if (sshd === undefined) return 'sshd is missing (apt-get install openssh-server)';
  for (const name of ['ssh', 'ssh-keygen']) {
    if (spawnSync(name, ['-?']).error) return `${name} is missing (apt-get install openssh-client)`;
  }
  const user = me();
  if (user === undefined) return 'this user is not in the user database, and ssh wants one who is';
  // sshd hands the terminal to the group tty, which an ordinary user may not, unless the kernel has done so already.
  if (process.getuid?.() !== 0 && !/ \/dev\/pts .*\bgid=/.test(readFileSync('/proc/mounts', 'utf8')))
    return 'sshd cannot open a terminal for an ordinary user here (/dev/pts is mounted without gid=5)';
  if (/(nologin|false)$/.test(user.shell ?? '')) return `${user.username} may not log in (${user.shell})`;
  return undefined;
}

/**
 * OpenSSH's server on loopback, for this user alone: no key, host or setting of the user's or the machine's SSH is read or
 * changed. It goes with the test. A client that does not answer for `patience` seconds is given up; without it, none is.
 * Throws with the server's own words if it does not start.
 */
export async function startSshd({patience = 0}: {readonly patience?: number} = {}): Promise<Sshd> {
  const folder = temporaryFolder();
  const hostKey = makeKey(folder, 'host');
  const userKey = makeKey(folder, 'user');
  const authorized = join(folder, 'authorized_keys');
  writeFileSync(authorized, readFileSync(`${userKey}.pub`));
  const user = me();
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', {recursive: true, mode: 0o755});
  const port = await listen(folder, [
    'ListenAddress 127.0.0.1',
    `HostKey "${hostKey}"`,
    `AuthorizedKeysFile "${authorized}"`,
    'AuthenticationMethods publickey',
    'PermitRootLogin prohibit-password',
    'StrictModes no',
    'UsePAM no',
    'PidFile none',
    'PrintMotd no',
    'PrintLastLog no',
    `ClientAliveInterval ${patience}`,
    'ClientAliveCountMax 1',
  ]);
  const knownHosts = join(folder, 'known_hosts');
  writeFileSync(knownHosts, `openai-usage-test ${readFileSync(`${hostKey}.pub`, 'utf8')}`);
  const options = {
    HostKeyAlias: 'openai-usage-test',
    UserKnownHostsFile: `"${knownHosts}"`,
    GlobalKnownHostsFile: '/dev/null',
    StrictHostKeyChecking: 'yes',
    IdentityFile: `"${userKey}"`,
    IdentitiesOnly: 'yes',
    IdentityAgent: 'none',
    BatchMode: 'yes',
    LogLevel: 'ERROR',
    // Newer clients send keys on a beat and make some up; then no one could tell which piece a key is in.
    IgnoreUnknown: 'ObscureKeystrokeTiming',
    ObscureKeystrokeTiming: 'no',
  };
  return {
    port,
    through: ({folder: home, port: way, environment = {}}) => {
      const variables = Object.entries({HOME: home, ...environment}).map(([name, value]) => quote(`${name}=${value}`));
      const start = `cd ${quote(home)} && echo $$ > remote-pid && exec env ${variables.join(' ')} "$@"`;
      return words => [
        ...['ssh', '-F', 'none', '-tt', '-e', 'none', '-p', String(way)],
        ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
        `${user?.username}@127.0.0.1`,
        ['sh', '-c', start, 'sh', ...words].map(quote).join(' '),
      ];
    },
  };
}

/** The process at the other end of the line, whose home is `folder`. */
export function remotePid(folder: string): number {
  return Number(readFileSync(join(folder, 'remote-pid'), 'utf8'));
}

async function listen(folder: string, rules: readonly string[]): Promise<number> {
  let said = '';
  // Somebody else may take the port first.
  for (let attempt = 0; attempt < 5; attempt++) {
    const port = await freePort();
    const config = join(folder, 'sshd_config');
    writeFileSync(config, [`Port ${port}`, ...rules, ''].join('\n'));
    const child = spawn(sshd ?? '', ['-D', '-e', '-f', config], {stdio: ['ignore', 'ignore', 'pipe']});
    onTestFinished(() => void child.kill());
    said = await firstWords(child);
    if (said.includes('Server listening')) return port;
    if (!said.includes('Address already in use')) break;
  }
  throw new Error(`sshd did not start: ${said}`);
}

/** What it says until it listens or has ended. */
function firstWords(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', () => resolve(said));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('Server listening')) resolve(said);
    });
  });
}

function makeKey(folder: string, name: string): string {
  const path = join(folder, name);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'openai-usage-test', '-f', path]);
  return path;
}

function me(): {readonly username: string; readonly shell: string | null} | undefined {
  try {
    return userInfo();
  } catch {
    return undefined;
  }
}
