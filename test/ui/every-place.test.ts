import {setTimeout as sleep, setImmediate as turn} from 'node:timers/promises';
import {describe, expect, test} from 'vitest';
import {places} from '../helpers/places.ts';
import {randomFrom, randomStrokes} from '../helpers/random-keys.ts';
import type {startSession} from '../helpers/session.ts';
import {seats} from './seats.ts';

/** So many at each place, in lives of 500 at most; more, and others, by hand. */
const KEYS = Number(process.env['FUZZ_KEYS'] ?? 120);
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);

const sessionAt = seats();

/** The end of a session, whose terminal is as it was before. */
async function endOf({ended, terminal, stdin}: ReturnType<typeof startSession>): Promise<number> {
  const {exitCode, error} = await ended;
  if (error !== undefined) throw error;
  await terminal.until(() => !terminal.isAlternate, 'the shell');
  expect(stdin.isRaw).toBe(false);
  const {output} = terminal;
  expect(output.lastIndexOf('\x1b[?25h')).toBeGreaterThan(output.lastIndexOf('\x1b[?25l'));
  expect(output.lastIndexOf('\x1b[?2004l')).toBeGreaterThan(output.lastIndexOf('\x1b[?2004h'));
  return exitCode;
}

describe('every signal ends a session, with the terminal as it was, at', () => {
  test.each(places.map(place => [place.name, place] as const))('%s', async (_, place) => {
    for (const [signal, exitCode] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const) {
      const session = await sessionAt(place);
      session.signals.emit(signal);
      // Somebody is in a hurry: one more while it leaves changes nothing.
      session.signals.emit('SIGTERM');
      expect(await endOf(session)).toBe(exitCode);
    }
  });
});

/** The screen without what turns by itself, or counts. */
const still = (screen: string) => screen.replaceAll(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/g, '*').replaceAll(/\d+(?:\.\d+)? s\b/g, 'N s');

/**
 * The screen, once it has been the same for a while with next to nothing done meanwhile; or for three seconds, since a
 * busy machine counts what others do as ours.
 */
async function quiet({terminal}: ReturnType<typeof startSession>): Promise<string> {
  for (let seen = still(terminal.screen), looks = 0, same = 0; ; ) {
    const begun = performance.eventLoopUtilization();
    await sleep(50);
    const now = still(terminal.screen);
    const {active} = performance.eventLoopUtilization(begun);
    same = now === seen ? same + 1 : 0;
    looks = now === seen && active < 25 ? looks + 1 : 0;
    seen = now;
    if (looks === 7 || same === 60) return seen;
  }
}

describe('random keys and sizes leave a whole screen at', () => {
  test.each(places.map((place, index) => [place.name, SEED * 100 + index, place] as const))(
    '%s (seed %i)',
    async (_, seed, place) => {
      const random = randomFrom(seed);
      const next = randomStrokes(random);
      for (let count = 0; count < KEYS; ) {
        const session = await sessionAt(place, {
          color: random() < 0.5,
          // Half of the sessions work everything out beside the keys.
          ...(random() < 0.5 && {mostRows: 500}),
        });
        const {terminal, type, stdin} = session;
        const sent: string[] = [];
        let isOver = false;
        session.ended.then(() => {
          isOver = true;
        });
        for (const end = Math.min(KEYS, count + 500); count < end && !isOver; count++) {
          const stroke = next();
          if (stroke.kind === 'size') {
            sent.push(`${stroke.columns}x${stroke.rows}`);
            terminal.resize(stroke.columns, stroke.rows);
          } else {
            sent.push(JSON.stringify(Buffer.concat(stroke.chunks).toString().slice(0, 80)));
            for (const chunk of stroke.chunks) {
              stdin.write(chunk);
              if (random() < 0.3) await turn();
            }
          }
          if (random() < 0.2) await turn();
        }
        if (!isOver) {
          type('\x1b[201~');
          // The first look counts: for the second, Ctrl+L has drawn the screen whole. Only what waits for a time to ask
          // again changes it by itself.
          for (let looks = place.of === 'busy' ? 5 : 1; ; looks--) {
            const before = await quiet(session);
            type('\x0c');
            const after = await quiet(session);
            if (isOver) break;
            if (looks > 1 && after !== before) continue;
            expect(after, `${sent.slice(-30).join(' ')}\n${terminal.screen}`).toBe(before);
            break;
          }
          expect(terminal.scrolledOff).toBe(0);
          type('\x03');
        }
        expect([0, 130]).toContain(await endOf(session));
      }
    },
    60_000 + KEYS * 50,
  );
});
