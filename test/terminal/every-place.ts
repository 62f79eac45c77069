import {expect, test} from 'vitest';
import {goTo, type Place, type Whose} from '../helpers/places.ts';
import {runHere, temporaryFolder} from '../helpers/program.ts';
import {serveScript} from '../helpers/script-server.ts';
import {Pty} from './pty.ts';

const WEEK = ['--start', '2026-10-01', '--end', '2026-10-07'];

const FLAGS: Record<Exclude<Whose, 'nobody'>, readonly string[]> = {
  demo: ['--demo', ...WEEK],
  hanging: ['--demo', '--fault', 'hang@completions', ...WEEK],
  refusing: ['--demo', '--fault', '404@images', ...WEEK],
  busy: ['--demo', '--fault', '429:100@completions', ...WEEK],
};

/** What ends a session wherever it is, and what it then exits with. */
const ENDINGS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['\x03', 130],
  ['hang-up', undefined],
] as const;

/** The rows of that week in the demo organization's table. */
const ROWS = 3773;

/** The program in a terminal of its own, at that place; `folder` is its home. */
export async function openAt(place: Place) {
  const folder = temporaryFolder();
  const pty = new Pty(await flagsOf(place), {folder});
  await goTo(place, {
    type: keys => pty.type(keys),
    resize: (columns, rows) => pty.resize(columns, rows),
    shows: pattern => pty.see(pattern),
  });
  return {pty, folder};
}

async function flagsOf({of}: Place): Promise<readonly string[]> {
  if (of !== 'nobody') return FLAGS[of];
  // A check of a key stays under way: nothing answers.
  const {url} = await serveScript(() => undefined);
  return ['--base-url', url];
}

/** What the cache gives without a request: it can be read, and where all had arrived it holds all. */
export async function expectWholeCache(place: Place, folder: string): Promise<void> {
  if (place.of === 'nobody') return;
  const {code, stdout, stderr} = await runHere(['export', ...FLAGS[place.of], '--offline', '--output', '-'], {folder});
  expect(stderr).not.toContain('bug');
  if (place.of !== 'demo' || place.steps.length < 3) return expect([0, 3]).toContain(code);
  expect(stdout.trim().split('\n')).toHaveLength(ROWS + 1);
  expect(code).toBe(0);
}

/**
 * Stops the program at each of these places in all the ways there are, lets it go on, and ends it at last. The shell
 * has its terminal meanwhile and afterwards, the screen is whole each time it is back, and the cache is.
 */
export function testPlaces(places: readonly Place[]): void {
  test.each(places.map((place, index) => [place.name, ENDINGS[index % ENDINGS.length] ?? ENDINGS[0], place] as const))(
    'stopped and ended at %j: %j',
    async (_, [end, exitCode], place) => {
      const {pty, folder} = await openAt(place);
      const lastSeen = place.steps.at(-1)?.[1] ?? /./;
      const back = async () => {
        // Beside it, the shell shows the command line, in which much of this stands as well.
        await expect.poll(() => pty.isOnAlternateScreen).toBe(true);
        await pty.see(place.size ? /40x10/ : lastSeen);
      };
      await pty.suspend();
      if (!place.size) pty.resize(100, 30);
      pty.resume();
      await back();
      await pty.suspend(() => pty.signal('SIGTSTP'));
      // In the background it may not touch the terminal: it is stopped again until it is brought back.
      pty.resume('bg > /dev/null; sleep 0.1; fg > /dev/null');
      await back();
      await pty.freeze();
      // Nobody has put the terminal back, and the shell writes over the screen.
      pty.erase();
      pty.resume();
      await back();
      if (end === 'hang-up') {
        pty.hangUp();
        await expect.poll(() => pty.isRunning, {timeout: 15_000}).toBe(false);
      } else {
        if (end === '\x03') pty.type(end);
        else pty.signal(end);
        expect(await pty.exit).toBe(exitCode);
        pty.expectRestored(3);
      }
      await expectWholeCache(place, folder);
    },
    40_000,
  );
}
