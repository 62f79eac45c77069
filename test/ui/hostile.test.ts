import {expect, test} from 'vitest';
import {ENDLESS, HOSTILE_TEXTS, serveHostile} from '../helpers/hostile.ts';
import {sessionHere, temporaryFolder} from '../helpers/program.ts';

/** All that the program may ever send: places, styles, erasing, scrolling, its own modes, one question, a clipboard. */
const OWN = /\x1b(?:\[[\d;]*[HABCDmKJrMLnX]|\[\?(?:25|1049|2004|2026)[hl]|[DM]|\]52;c;[A-Za-z0-9+/=]*\x07)|[\r\n\b]/g;
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|\p{Mn}{9}/u;

const ON_TABLE = /^(?![\s\S]*(?:next row|Columns ·|Export to:|Search:|Enter show))[\s\S]*row \d+ of/;

/** Keys, and what the screen shows then at every size. */
type Step = readonly [keys: string, shows: RegExp];

const FETCH: readonly Step[] = [
  ['', /Dates \(UTC\)/],
  ['\r', /Endpoints/],
  ['\r', /Enter show rows|row 1 of/],
  ['enter', ON_TABLE],
];

const TOUR: readonly Step[] = [
  ['y', /Copied|Nothing|too long/],
  ['Y', /Copied|too long/],
  ['$', ON_TABLE],
  ['/', /Search:/],
  ['value\r', ON_TABLE],
  ['\r', /next row/],
  ['G', /next row/],
  ['\x1b', ON_TABLE],
  ['o', /Columns ·/],
  ['G', /Columns ·/],
  ['\x1b', ON_TABLE],
  ['e', /Export to:/],
  ['\x1b', ON_TABLE],
  ['\t', /group 1 of/],
  ['m', /Metric/],
  ['j\r', /group \d+ of/],
  ['o', /and across/],
  ['j\r', /group \d+ of/],
  ['\t', ON_TABLE],
  ['v', /highest|total/],
  ['\x1b', ON_TABLE],
];

const SIZES = [
  [80, 24],
  [200, 50],
  [40, 10],
] as const;

test.each([
  ['every text hostile', SIZES, HOSTILE_TEXTS],
  ['texts without an end', SIZES.slice(0, 1), [...ENDLESS, ...HOSTILE_TEXTS.slice(0, 3)]],
])(
  '%s: the screen stays whole at every size, and only our own sequences are sent',
  async (_, sizes, texts) => {
    const {url} = await serveHostile(texts);
    const range = ['--start', '2026-10-01', '--end', '2026-10-02'];
    const flags = [...range, '--endpoints', 'completions,costs', '--base-url', url];
    const environment = {OPENAI_ADMIN_KEY: 'sk-admin-0123456789abcdefghijklmnop'};
    const {terminal, type, ended} = sessionHere(flags, {folder: temporaryFolder(), environment});
    terminal.onAnswer(answer => type(answer));
    const go = async (steps: readonly Step[]) => {
      for (const [keys, shows] of steps) {
        // Where names are missing, the table waits for it.
        if (keys !== 'enter') type(keys);
        else if (terminal.screen.includes('Enter show')) type('\r');
        await terminal.shows(shows);
        expect(terminal.isAlternate).toBe(true);
        expect(terminal.scrolledOff).toBe(0);
      }
    };
    await go(FETCH);
    for (const [columns, rows] of sizes) {
      terminal.resize(columns, rows);
      await go(TOUR);
      // What is on the screen is what a whole drawing of it gives: nothing has moved.
      const seen = terminal.screen;
      const before = terminal.output.length;
      type('\x0c');
      await expect.poll(() => terminal.output.length).toBeGreaterThan(before);
      await terminal.until(screen => screen === seen, 'the same screen');
    }
    type('\x03');
    expect(await ended).toBe(130);
    expect(terminal.output.replaceAll(OWN, '').match(UNSAFE)).toBeNull();
    const asked = terminal.output.match(/\x1b\[[\d;]*n/g) ?? [];
    expect(asked.filter(question => question !== '\x1b[5n')).toEqual([]);
  },
  40_000,
);
