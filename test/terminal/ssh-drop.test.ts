import {readdirSync} from 'node:fs';
import Papa from 'papaparse';
import {describe, expect, test} from 'vitest';
import {parseFaults} from '../../source/demo/server.ts';
import {startDemo, usageRequests} from '../helpers/demo.ts';
import {run} from '../helpers/program.ts';
import {isRunning} from './pty.ts';
import {connect, type Session} from './ssh-session.ts';
import {whyNoSsh} from './sshd.ts';

const enter = '\r';
const october = ['--start', '2026-10-01', '--end', '2026-10-07'];

const missing = whyNoSsh();
if (missing !== undefined) process.stderr.write(`No connection is dropped over SSH: ${missing}.\n`);

type Drop = (session: Session) => void;
const drops: ReadonlyArray<readonly [string, Drop]> = [
  ['the client is killed', ({pty}) => pty.signal('SIGKILL')],
  ['the connection is cut', ({line}) => line.cut()],
];

describe.skipIf(missing !== undefined)('over SSH', () => {
  test.each(drops)('when %s in the middle of a fetch, the program ends and what had come is kept', async (_, drop) => {
    const server = await startDemo({faults: parseFaults('hang@embeddings#1')});
    const environment = {OPENAI_BASE_URL: server.url, OPENAI_ADMIN_KEY: 'sk-admin-of-nobody'};
    const session = await connect({argv: ['--no-compare', ...october], environment});
    session.pty.type(enter + enter);
    // All endpoints but the one that hangs.
    await session.pty.see(/(7\/7 days[\s\S]*){10}/);
    await expectEnd(session, drop);

    const {folder} = session;
    const files = readdirSync(folder, {recursive: true, encoding: 'utf8'});
    expect(files.filter(name => name.endsWith('.tmp'))).toEqual([]);
    const again = ['export', ...october, '--output', '-'];
    const offline = await run([...again, '--offline'], {folder, environment});
    expect(offline.code).toBe(3);
    expect(endpointsIn(offline.stdout)).toContain('completions');
    const asked = usageRequests(server).length;
    const online = await run(again, {folder, environment});
    expect(online.code).toBe(0);
    expect(endpointsIn(online.stdout)).toEqual(new Set([...endpointsIn(offline.stdout), 'embeddings']));
    expect(usageRequests(server).slice(asked)).toEqual([expect.stringContaining('/usage/embeddings?')]);
  });

  // OpenSSH 9.2 asks whether the client is still there only while nothing is sent to it.
  test('when the line falls silent under the table, the server may notice, as nothing is sent; the program ends', async () => {
    const session = await connect({argv: ['--demo', '--no-compare', ...october], patience: 1});
    session.pty.type(enter + enter);
    await session.pty.see(/row 1 of/);
    await expectEnd(session, ({line}) => line.fallSilent());
  });
});

async function expectEnd(session: Session, drop: Drop): Promise<void> {
  expect(isRunning(session.pid)).toBe(true);
  drop(session);
  await expect.poll(() => isRunning(session.pid), {timeout: 15_000}).toBe(false);
}

function endpointsIn(csv: string): Set<string | undefined> {
  const {data} = Papa.parse<Record<string, string>>(csv, {header: true, skipEmptyLines: true});
  return new Set(data.map(row => row['endpoint_type']));
}
