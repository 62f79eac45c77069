import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Size} from '../../../source/ui/layout.ts';
import {type Abilities, abilitiesOf} from '../../../source/ui/wire/abilities.ts';
import {type Frame, frameOf} from '../../../source/ui/wire/frame.ts';
import {update} from '../../../source/ui/wire/update.ts';
import {anyLine, cellsOn, certainLine, changed, cutLine, drawn, sizes, steps, terminalOf} from './screens.ts';

const runs = Number(process.env['WIRE_RUNS'] ?? 45);
const modern = abilitiesOf('xterm-256color');

/** Frames one after the other; `check` is called with each, and with what would be sent for it. */
async function play(
  {size, lines, script, abilities}: Case,
  check: (step: {frame: Frame; lines: readonly string[]; bytes: string; emulator: Emulator}) => Promise<void>,
): Promise<void> {
  let {columns, rows} = size;
  let index = 0;
  const next = () => lines[index++ % lines.length] ?? '';
  let current = Array.from({length: rows}, next);
  const emulator = terminalOf(size);
  let shown: Frame | undefined;
  for (const {change, size: other, isForgotten} of script) {
    if (other) {
      await drawn(emulator);
      ({columns, rows} = other);
      emulator.resize(columns, rows);
      current = Array.from({length: rows}, (_, row) => current[row] ?? next());
    }
    if (isForgotten) {
      emulator.write('\x1b[7;3H\x1b[41mwhatever\r\n\r\n\x1b[2;3r');
      shown = undefined;
    }
    current = [...changed(current, change, next)];
    const frame = frameOf(current.join('\n'), {columns, rows}, shown);
    const bytes = update(shown, frame, abilities);
    emulator.write(bytes);
    shown = frame;
    await check({frame, lines: current, bytes, emulator});
  }
}

type Emulator = ReturnType<typeof terminalOf>;
type Case = {size: Size; lines: readonly string[]; script: readonly Step[]; abilities: Abilities};
type Step = (typeof steps extends fc.Arbitrary<infer Steps> ? Steps : never) extends readonly (infer One)[]
  ? One
  : never;

function cases(line: fc.Arbitrary<string>): fc.Arbitrary<Case> {
  return fc.record({
    size: sizes,
    lines: fc.array(line, {minLength: 1, maxLength: 24}),
    script: steps,
    abilities: fc.constantFrom(modern, abilitiesOf('screen'), abilitiesOf('vt100')),
  });
}

describe('a terminal that gets only the updates shows', () => {
  test('what one shows that gets the last frame whole, cell by cell, whatever it thinks of widths', async () => {
    await fc.assert(
      fc.asyncProperty(cases(anyLine), async one => {
        await play(one, async ({frame, emulator}) => {
          const whole = terminalOf(frame);
          whole.write(update(undefined, frame, one.abilities));
          expect(await cellsOn(emulator)).toEqual(await cellsOn(whole));
        });
      }),
      {numRuns: runs},
    );
  });

  test('what Ink would have drawn, where terminals agree about widths', async () => {
    await fc.assert(
      fc.asyncProperty(cases(certainLine), async one => {
        await play(one, async ({frame: {columns, rows}, lines, emulator}) => {
          const ink = terminalOf({columns, rows});
          for (const [row, line] of lines.slice(0, rows).entries())
            ink.write(`\x1b[${row + 1}H${cutLine(line, columns)}`);
          expect(await cellsOn(emulator)).toEqual(await cellsOn(ink));
        });
      }),
      {numRuns: runs},
    );
  });

  test('no line gone off the top', async () => {
    await fc.assert(
      fc.asyncProperty(cases(anyLine), async one => {
        const emulator = terminalOf(one.size);
        emulator.write('\x1b[?1049l');
        const text = Array.from({length: one.size.rows}, (_, row) => one.lines[row % one.lines.length] ?? '').join(
          '\n',
        );
        emulator.write(update(undefined, frameOf(text, one.size, undefined), one.abilities));
        await cellsOn(emulator);
        expect(emulator.buffer.active.baseY).toBe(0);
      }),
      {numRuns: runs},
    );
  });
});
