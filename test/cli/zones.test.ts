import process from 'node:process';
import {expect, onTestFinished, test} from 'vitest';
import {NOON} from '../helpers/manual-clock.ts';
import {runHere, temporaryFolder} from '../helpers/program.ts';
import {startSession} from '../helpers/session.ts';

/** The next day already, half an hour beside the others, and what the API counts in. */
const ZONES = [
  ['Pacific/Kiritimati', -14 * 60],
  ['America/St_Johns', 3.5 * 60],
  ['UTC', 0],
] as const;

/** What comes of it in each zone. */
async function inZones<Answer>(ask: () => Promise<Answer>): Promise<readonly Answer[]> {
  const own = process.env['TZ'];
  onTestFinished(() => {
    if (own === undefined) delete process.env['TZ'];
    else process.env['TZ'] = own;
  });
  const answers: Answer[] = [];
  for (const [zone, offset] of ZONES) {
    process.env['TZ'] = zone;
    expect(new Date(NOON).getTimezoneOffset(), `Node follows TZ=${zone}`).toBe(offset);
    answers.push(await ask());
  }
  return answers;
}

test.each(['1d', '1h'])('an export in buckets of %s has the same bytes in every time zone', async width => {
  const argv = ['export', '--demo', '--scale', '0.1', '--last', '2', '--endpoints', 'embeddings,costs'];
  const files = await inZones(async () => {
    const {code, stdout} = await runHere(
      [...argv, '--bucket-width', width, '--output', '-'],
      {folder: temporaryFolder()},
      {now: () => NOON},
    );
    expect(code).toBe(0);
    return stdout;
  });
  expect(files[0]?.split('\n').length).toBeGreaterThan(3);
  expect(new Set(files).size).toBe(1);
});

test('the Dates screen offers the same days in every time zone', async () => {
  const screens = await inZones(async () => {
    const {terminal} = startSession();
    await terminal.shows('Dates (UTC)');
    await terminal.shows('Last 12 months');
    return terminal.screen;
  });
  expect(screens[0]).toContain(new Date(NOON).toISOString().slice(0, 10));
  expect(new Set(screens).size).toBe(1);
});
