import {type ChildProcess, spawn} from 'node:child_process';
import {EventEmitter} from 'node:events';
import process from 'node:process';
import {Writable} from 'node:stream';
import {fileURLToPath} from 'node:url';
import {onTestFinished} from 'vitest';
import {main} from '../../source/cli/main.ts';
import {sleep} from '../../source/cli/sleep.ts';
import type {System} from '../../source/cli/system.ts';
import {FakeStdin, FakeTerminal} from './terminal.ts';

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

// Whoever runs the program needs a folder to run it in.
export {sharedFolder, temporaryFolder} from './temporary-folder.ts';

export type Result = {code: number | null; stdout: string; stderr: string};

export type Run = {readonly child: ChildProcess; readonly finished: Promise<Result>};

export type RunOptions = {
  readonly folder: string;
  /** `folder`, where it is none other; `start` reads it from the environment. */
  readonly home?: string | undefined;
  readonly environment?: Readonly<Record<string, string>>;
  /** An open file to write to, instead of a pipe that is read. */
  readonly stdout?: number;
  /** What is run to have these words run under other conditions. */
  readonly through?: (words: readonly string[]) => readonly [string, ...string[]];
};

/** Starts the built program in `folder`, which is also its home, with nothing of our own environment but the PATH. */
export function start(argv: readonly string[], options: RunOptions): Run {
  const {folder, environment = {}, stdout: output, through} = options;
  const words = [program, ...argv];
  const [command, ...rest] = through?.([process.execPath, ...words]) ?? [process.execPath, ...words];
  const child = spawn(command, rest, {
    cwd: folder,
    env: {PATH: process.env['PATH'], HOME: folder, ...environment},
    stdio: ['ignore', output ?? 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Result>(resolve => {
    child.on('close', code => resolve({code, stdout, stderr}));
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return {child, finished};
}

/** Runs the built program to its end. */
export function run(argv: readonly string[], options: RunOptions): Run['finished'] {
  return start(argv, options).finished;
}

class Collected extends Writable {
  text = '';

  constructor() {
    super({decodeStrings: false});
  }

  override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

/** The same in this process, in a fraction of the time, where what counts are arguments, answers and what is written. */
export async function runHere(
  argv: readonly string[],
  options: RunOptions,
  part: Partial<System> = {},
): Promise<Result> {
  const [stdout, stderr] = [new Collected(), new Collected()];
  const system = {...systemOf(argv, options), ...part};
  const code = await main({...system, stdin: new FakeStdin(), stdout, stderr, openTerminal: () => stdout});
  return {code, stdout: stdout.text, stderr: stderr.text};
}

/** A whole session in this process, on a terminal of its own; `ended` is the exit code. */
export function sessionHere(
  argv: readonly string[],
  {columns = 100, ...options}: RunOptions & {readonly columns?: number},
  part: Partial<Omit<System, 'signals'>> = {},
) {
  const terminal = new FakeTerminal(columns, 30);
  const stderr = new Collected();
  const stdin = Object.assign(new FakeStdin(), {isTTY: true});
  const environment = {TERM: 'xterm-256color', ...options.environment};
  const system = {...systemOf(argv, {...options, environment}), ...part};
  const ended = main({...system, stdin, stdout: terminal, stderr, openTerminal: () => terminal});
  onTestFinished(async () => {
    // Again and again: while it starts, nobody hears it.
    const again = setInterval(() => system.signals.emit('SIGTERM'), 20);
    await ended.finally(() => clearInterval(again));
  });
  const type = (...chunks: readonly string[]) => {
    for (const chunk of chunks) stdin.write(chunk);
  };
  return {terminal, stderr, type, ended};
}

function systemOf(argv: readonly string[], options: RunOptions) {
  const {folder, environment = {}} = options;
  return {
    argv,
    environment,
    home: 'home' in options ? options.home : folder,
    platform: process.platform,
    user: process.geteuid?.(),
    version: '0.0.0',
    node: process.versions.node,
    now: Date.now,
    sleep,
    random: Math.random,
    fetch,
    signals: Object.assign(new EventEmitter(), {suspend() {}}),
  };
}
