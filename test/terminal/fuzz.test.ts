import {setTimeout as sleep} from 'node:timers/promises';
import {describe, expect, test} from 'vitest';
import {type Place, places} from '../helpers/places.ts';
import {randomFrom, randomStrokes} from '../helpers/random-keys.ts';
import {expectWholeCache, openAt} from './every-place.ts';
import {hasPty, type Pty} from './pty.ts';

/** So many at each place; more, and others, by hand. */
const KEYS = Number(process.env['FUZZ_KEYS'] ?? 120);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);

/** Every fourth place, another quarter of them with each seed; all of them by hand. */
const tried = places.filter((_, index) => process.env['FUZZ_KEYS'] !== undefined || index % 4 === SEED % 4);

/** What turns by itself, or counts. */
const still = (screen: string) => screen.replaceAll(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/g, '*').replaceAll(/\d+(?:\.\d+)? s\b/g, 'N s');

/** The screen is what is drawn anew. The first look counts: whatever was wrong with it, the second one is drawn whole. */
async function expectWhole(pty: Pty, {of}: Place, message = ''): Promise<void> {
  // Only what waits for a time to ask again changes its screen with nobody at work before.
  for (let looks = of === 'busy' ? 5 : 1; ; looks--) {
    const before = await pty.quiet(still);
    pty.erase();
    pty.type('\x0c');
    await pty.see(/\S/);
    const after = await pty.quiet(still);
    if (looks > 1 && after !== before) continue;
    return expect(after, message).toBe(before);
  }
}

describe.skipIf(!hasPty)('the program in a terminal', () => {
  test.each(tried.map((place, index) => [place.name, SEED * 100 + index, place] as const))(
    'survives random keys and sizes at %j (seed %i)',
    async (name, seed, place) => {
      const random = randomFrom(seed);
      // A path typed by chance stays in the folder of the test; what ends and stops the program is tried elsewhere.
      const next = randomStrokes(random, {without: '/q\x03\x1a'});
      const {pty, folder} = await openAt(place);
      let exitCode: number | null | undefined;
      const exit = pty.exit.then(code => {
        exitCode = code;
      });
      const sent: string[] = [];
      for (let count = 0; count < KEYS && exitCode === undefined; count++) {
        const stroke = next();
        if (stroke.kind === 'size') {
          sent.push(`${stroke.columns}x${stroke.rows}`);
          await pty.resizeOften([[stroke.columns, stroke.rows]]);
        } else {
          sent.push(JSON.stringify(Buffer.concat(stroke.chunks).toString().slice(0, 80)));
          for (const chunk of stroke.chunks) {
            pty.type(chunk);
            if (random() < 0.3) await sleep(random() * 40);
          }
        }
        expect(pty.output, `${name} after ${sent.slice(-20).join(' ')}`).not.toMatch(
          /\n {4}at |[Uu]nhandled|this is a bug/,
        );
      }
      if (exitCode === undefined) {
        // The end of a paste that may have begun; then the screen has to be what is drawn anew.
        pty.type('\x1b[201~');
        pty.resize(80, 24);
        await expectWhole(pty, place, sent.slice(-30).join(' '));
        pty.type('\x03');
      }
      const isLeft = exitCode === 0;
      await exit;
      expect([0, 130], `after ${sent.slice(-20).join(' ')}`).toContain(exitCode);
      // One that was left by its list of choices: what was typed after that is the shell's.
      if (!isLeft) pty.expectRestored();
      expect(pty.isOnAlternateScreen).toBe(false);
      if (place.of === 'demo' && !sent.includes('"c"')) await expectWholeCache(place, folder);
    },
    120_000 + KEYS * 100,
  );

  test('survives 200 sizes in 5 s, down to 1x1, and draws the last', async () => {
    const place = places.find(({name}) => name === 'Summary');
    if (!place) throw new Error('There is no such place.');
    const random = randomFrom(SEED);
    const upTo = (most: number) => 1 + Math.floor(random() * most);
    const {pty} = await openAt(place);
    for (let at = 0; at < 10; at++) {
      const began = performance.now();
      await pty.resizeOften([...Array.from({length: 19}, () => [upTo(300), upTo(100)] as const), [1, 1]]);
      pty.type('j');
      await sleep(Math.max(0, 500 - (performance.now() - began)));
    }
    expect(pty.isRunning).toBe(true);
    pty.resize(100, 30);
    await pty.see(/group \d+ of \d+/);
    await expectWhole(pty, place);
    pty.type('q');
    expect(await pty.exit).toBe(0);
    pty.expectRestored();
  }, 60_000);
});
