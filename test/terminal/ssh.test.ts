import {describe, expect, test} from 'vitest';
import {connect} from './ssh-session.ts';
import {whyNoSsh} from './sshd.ts';

const enter = '\r';
const escapeKey = '\u001B';
const october = ['--demo', '--start', '2026-10-01', '--end', '2026-10-07'];

const missing = whyNoSsh();
if (missing !== undefined) process.stderr.write(`Nothing is tried over SSH: ${missing}.\n`);

describe.skipIf(missing !== undefined)('over SSH', () => {
  test.each([0, 300])('with %i ms of delay a session goes to the table and back', async delay => {
    const {pty} = await connect({argv: october, delay});
    pty.type(enter);
    await pty.see(/Endpoints[\s\S]*completions/);
    pty.type(enter);
    await pty.see(/row 1 of/);
    pty.type('jjj');
    await pty.see(/row 4 of/);
    pty.resize(200, 50);
    await pty.see(/project_name[\s\S]*row 4 of .+\n.*q quit/);
    pty.type(escapeKey);
    await pty.see(/Endpoints[\s\S]*completions/);
    pty.type(escapeKey);
    await pty.see(/Dates/);
    pty.type('q');
    expect(await pty.exit).toBe(0);
    pty.expectRestored();
  });

  test('keys that come late, in pieces or in heaps are the keys that were pressed', async () => {
    const {pty, line} = await connect({argv: october, delay: 300});
    pty.type(enter + enter);
    await pty.see(/row 1 of/);

    // An arrow whose second half is 50 ms later: more than would be waited for without SSH.
    const begun = line.sent();
    pty.type(escapeKey);
    await begun;
    line.delay = 350;
    pty.type('[B');
    await pty.see(/row 2 of/);

    pty.type('\u001B[B'.repeat(20));
    await pty.see(/row 22 of/);

    // In one piece Escape and a key are that key with Alt, which means nothing.
    pty.type(`${escapeKey}q`);
    pty.type('/gpt');
    await pty.see(/Search: gpt/);
    pty.type(escapeKey);
    await pty.see(/row 22 of .*\n.*q quit/);
    pty.type('q');
    expect(await pty.exit).toBe(0);
  });
});
