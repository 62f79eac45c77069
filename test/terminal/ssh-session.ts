import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {expect} from 'vitest';
import {temporaryFolder} from '../helpers/program.ts';
import {Pty} from './pty.ts';
import {laySlowLine, type SlowLine} from './slow-line.ts';
import {remotePid, startSshd} from './sshd.ts';

export type Session = {readonly pty: Pty; readonly line: SlowLine; readonly folder: string; readonly pid: number};

type SessionOptions = {
  readonly argv: readonly string[];
  readonly delay?: number;
  readonly patience?: number;
  readonly environment?: Readonly<Record<string, string>>;
};

/** A session at the far end of a line, which is slow from the moment the program starts: the greeting is SSH's own. */
export async function connect({argv, delay = 0, patience = 0, environment = {}}: SessionOptions): Promise<Session> {
  const folder = temporaryFolder();
  const sshd = await startSshd({patience});
  const line = await laySlowLine(sshd.port, 0);
  const pty = new Pty(argv, {folder, through: sshd.through({folder, port: line.port, environment})});
  await expect.poll(() => existsSync(join(folder, 'remote-pid')) || pty.screen).toBe(true);
  line.delay = delay;
  await pty.see(/Dates/);
  return {pty, line, folder, pid: remotePid(folder)};
}
