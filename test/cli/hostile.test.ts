import Papa from 'papaparse';
import {expect, test} from 'vitest';
import {FORMULA, guardedWithin} from '../../source/view/formula.ts';
import {ENDLESS, HOSTILE_TEXTS, hostileRow, serveHostile} from '../helpers/hostile.ts';
import {runHere, temporaryFolder} from '../helpers/program.ts';
import {environment} from './summaries.ts';

/** What a terminal could obey, or would not show where it stands: everything but the ends of lines. */
const UNSAFE = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|\p{Mn}{9}/u;

/** The program on an organization whose every text is hostile. */
async function hostile(texts: readonly string[] = HOSTILE_TEXTS) {
  const {url} = await serveHostile(texts);
  const folder = temporaryFolder();
  const asked = ['--start', '2026-10-01', '--end', '2026-10-01', '--endpoints', 'completions,costs', '--base-url', url];
  return (command: string, ...argv: readonly string[]) =>
    runHere([command, ...asked, '--debug', ...argv], {folder, environment});
}

/** As a CSV file of UTF-8 can hold it. */
const wellFormed = (text: string) => text.toWellFormed();

test('JSON and NDJSON keep every text and every name of a field as it was sent, a row a line', async () => {
  const run = await hostile();
  const {stdout} = await run('export', '--format', 'ndjson', '--output', '-');
  const lines = stdout.split('\n').slice(0, -1);
  const rows: unknown[] = lines.map(line => JSON.parse(line));
  expect(rows).toEqual(JSON.parse((await run('export', '--format', 'json', '--output', '-')).stdout));
  expect(rows).toHaveLength(2 * HOSTILE_TEXTS.length);
  for (const [index, row] of rows.slice(0, HOSTILE_TEXTS.length).entries()) {
    expect(row).toMatchObject(hostileRow(HOSTILE_TEXTS, index));
    for (const [at, name] of HOSTILE_TEXTS.entries()) {
      if (name === '__proto__') expect(lines[index]).toContain(`"__proto__":`);
      else expect(row).toHaveProperty([name], at % 2 === 0 ? at : `value ${name}`);
    }
  }
});

test.each([
  ['export', '--output', '-'],
  ['export', '--excel', '--output', '-'],
  ['summary', '--by', 'model', '--metric', 'tokens', '--format', 'csv'],
  ['summary', '--by', 'service_tier,note', '--metric', 'tokens', '--format', 'csv'],
])('no cell and no heading of a CSV file is a formula: %s %s %s', async (command, ...argv) => {
  const run = await hostile();
  const {stdout, code} = await run(command, ...argv);
  expect(code).toBe(0);
  const [header = [], ...rows] = Papa.parse<string[]>(stdout.trimEnd(), {delimiter: ','}).data;
  expect(new Set(rows.map(row => row.length))).toEqual(new Set([header.length]));
  const formulas = [header, ...rows].flat().filter(cell => /^[^\p{L}\p{N}\p{P}\p{S}]*[=+\-@|＝＋－＠]/u.test(cell));
  expect(formulas).toEqual([]);
  expect([header, ...rows].flat()).toContain("'\0=1+1");
  if (command === 'summary') return;
  const models = rows.slice(0, HOSTILE_TEXTS.length).map(row => row[header.indexOf('model')] ?? '');
  expect(models.map(text => (FORMULA.test(text) ? text.slice(1) : text))).toEqual(
    HOSTILE_TEXTS.map((_, index) => guardedWithin(wellFormed(hostileRow(HOSTILE_TEXTS, index).model))),
  );
});

test.each([
  ['summary', '--format', 'text', '--by', 'model', '--metric', 'tokens'],
  ['summary', '--format', 'text', '--by', 'service_tier,note', '--metric', 'tokens'],
  ['summary', '--format', 'text', '--by', 'value \x1b[2J'],
  ['summary', '--format', 'text', '--by', 'a\x1b[2Jb', '--metric', 'tokens'],
  ['summary', '--format', 'text', '--by', 'key', '--metric', '\x1b[6n'],
  ['summary', '--format', 'text'],
])('nothing but lines of text goes to a terminal: %s %s %s %s %s', async (...argv) => {
  const run = await hostile([...HOSTILE_TEXTS, ...ENDLESS.slice(0, 2)]);
  const [command = '', ...rest] = argv;
  const {stdout, stderr} = await run(command, ...rest);
  expect(stdout.match(UNSAFE)).toBeNull();
  expect(stderr.match(UNSAFE)).toBeNull();
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThan(800);
  for (const line of stderr.split('\n')) expect(line.length).toBeLessThan(4100);
});

test('what a server says no with is one harmless line', async () => {
  const run = await hostile();
  const {stderr} = await run('export', '--output', '-', '--base-url', 'http://127.0.0.1:1/\x1b[2J\u009b2J');
  expect(stderr.match(UNSAFE)).toBeNull();
});
