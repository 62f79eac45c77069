import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import Papa from 'papaparse';
import {describe, expect, test} from 'vitest';
import {endpoints} from '../../source/demo/catalogue.ts';
import {createOrganization} from '../../source/demo/organization.ts';
import {booksOf, rowsIn} from '../../source/demo/usage.ts';
import {temporaryFolder} from '../helpers/program.ts';
import {hasPty, Pty} from './pty.ts';

const enter = '\r';
const october = ['--demo', '--start', '2026-10-01', '--end', '2026-10-07'];

/** Input tokens of the first week of October 2026, by the demo organization's own account. */
function inputTokens(): number {
  const books = booksOf(createOrganization(1, 1));
  const first = Date.UTC(2026, 9, 1) / 1000;
  let sum = 0;
  for (let day = 0; day < 7; day++) {
    const from = first + day * 86_400;
    for (const {name} of endpoints) {
      for (const row of rowsIn(books, name, {from, to: from + 86_400})) sum += Number(row['input_tokens'] ?? 0);
    }
  }
  return sum;
}

describe.skipIf(!hasPty)('in a real terminal', () => {
  test('Enter, Enter shows the rows; e, Enter writes them; q gives the terminal back', async () => {
    const folder = temporaryFolder();
    const pty = new Pty(october, {folder});
    await pty.see(/2026-10-01 → 2026-10-07/);
    pty.type(enter);
    await pty.see(/completions/);
    pty.type(enter);
    await pty.see(/row 1 of [\d,]+/);
    pty.type('e');
    await pty.see(/openai_usage_demo_2026-10-01_2026-10-07\.csv/);
    pty.type(enter);
    await pty.see(/Wrote [\d,]+ rows/);
    pty.type('q');
    expect(await pty.exit).toBe(0);
    pty.expectRestored();
    expect(pty.screen.replaceAll('\n', '')).toContain('openai_usage_demo_2026-10-01_2026-10-07.csv');
    const text = readFileSync(join(folder, 'openai_usage_demo_2026-10-01_2026-10-07.csv'), 'utf8');
    const {data} = Papa.parse<Record<string, string>>(text, {header: true, skipEmptyLines: true});
    expect(data.reduce((sum, row) => sum + Number(row['input_tokens'] || 0), 0)).toBe(inputTokens());
  });

  test('Enter, Enter and j held down, typed before anything stands there, are keys one by one', async () => {
    const pty = new Pty(october, {folder: temporaryFolder()});
    await pty.see(/Dates/);
    pty.type(enter + enter);
    await pty.see(/row 1 of/);
    pty.type('jjjjj');
    await pty.see(/row 6 of/);
    pty.type('\u001B');
    pty.type('[B');
    await pty.see(/row 7 of/);
    pty.type('q');
    expect(await pty.exit).toBe(0);
  });

  test.each([
    ['\u0003', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ] as const)('%j on the table gives the terminal back and exits %i', async (end, exitCode) => {
    const pty = new Pty(october, {folder: temporaryFolder()});
    await pty.see(/Dates/);
    pty.type(enter + enter);
    await pty.see(/row 1 of/);
    if (end === '\u0003') pty.type(end);
    else pty.signal(end);
    expect(await pty.exit).toBe(exitCode);
    pty.expectRestored();
  });

  test('a resize in the middle redraws; below 40x10 it asks for more', async () => {
    const pty = new Pty(october, {folder: temporaryFolder()});
    await pty.see(/Dates/);
    pty.type(enter + enter);
    await pty.see(/row 1 of/);
    pty.resize(200, 50);
    await pty.see(/project_name[\s\S]*row 1 of .+\n.*q quit/);
    pty.resize(30, 8);
    await pty.see(/40.10/);
    pty.resize(80, 24);
    await pty.see(/input_tokens[\s\S]*row 1 of/);
    pty.type('q');
    expect(await pty.exit).toBe(0);
    pty.expectRestored();
  });

  test('however often the window changes its size, the screen is right in the end', async () => {
    const pty = new Pty([...october, '--no-compare'], {folder: temporaryFolder()});
    await pty.see(/Dates/);
    pty.type(enter + enter);
    const before = await pty.see(/row 1 of .+\n.*q quit/);
    // Sizes that a small generator gives: wildly different, and the same ones every time.
    let seed = 1;
    const upTo = (most: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return 1 + (seed % most);
    };
    await pty.resizeOften(Array.from({length: 300}, () => [upTo(200), upTo(50)]));
    pty.resize(80, 24);
    await expect.poll(() => pty.screen, {timeout: 10_000}).toBe(before);
    pty.type('jq');
    expect(await pty.exit).toBe(0);
    pty.expectRestored();
  });

  test('Ctrl+Z gives the terminal back until the program goes on', async () => {
    const pty = new Pty(october, {folder: temporaryFolder()});
    await pty.see(/Dates/);
    pty.type(enter + enter);
    await pty.see(/row 1 of/);
    await pty.suspend();
    pty.resume();
    await pty.see(/row 1 of/);
    pty.type('j');
    await pty.see(/row 2 of/);
    pty.type('q');
    expect(await pty.exit).toBe(0);
    pty.expectRestored(2);
  });

  test.each(['Dates', 'row 1 of'])('a connection that drops at %j ends the program', async place => {
    const pty = new Pty(october, {folder: temporaryFolder()});
    await pty.see(/Dates/);
    if (place !== 'Dates') pty.type(enter + enter);
    await pty.see(new RegExp(place));
    expect(pty.isRunning).toBe(true);
    pty.hangUp();
    await expect.poll(() => pty.isRunning, {timeout: 10_000}).toBe(false);
  });

  test('CI and NO_COLOR in the environment change no more than the colours', async () => {
    const pty = new Pty(october, {folder: temporaryFolder(), environment: {CI: 'true', NO_COLOR: '1'}});
    await pty.see(/Dates/);
    pty.type(enter + enter);
    await pty.see(/row 1 of/);
    pty.type('q');
    expect(await pty.exit).toBe(0);
    pty.expectRestored();
    expect(pty.output).not.toMatch(/\u001B\[(3|4|9|10)\dm/);
  });
});
