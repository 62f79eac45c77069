import {type ChildProcess, spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {onTestFinished} from 'vitest';

const program = new URL('../../dist/cli.js', import.meta.url).pathname;

/** A folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openai-usage-test-'));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  return folder;
}

export type Run = {
  readonly child: ChildProcess;
  readonly finished: Promise<{code: number | null; stdout: string; stderr: string}>;
};

export type RunOptions = {
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
};

/** Starts the built program in `folder`, which is also its home, with nothing of our own environment but the PATH. */
export function start(argv: readonly string[], {folder, environment = {}}: RunOptions): Run {
  const child = spawn(process.execPath, [program, ...argv], {
    cwd: folder,
    env: {PATH: process.env['PATH'], HOME: folder, ...environment},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = new Promise<{code: number | null; stdout: string; stderr: string}>(resolve => {
    child.on('close', code => resolve({code, stdout, stderr}));
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return {child, finished};
}

/** Runs the built program to its end. */
export function run(argv: readonly string[], options: RunOptions): Run['finished'] {
  return start(argv, options).finished;
}
