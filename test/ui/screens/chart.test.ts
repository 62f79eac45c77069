import {describe, expect, test} from 'vitest';
import type {Outcome} from '../../../source/usage/outcome.ts';
import {fakeConnection} from '../../helpers/fake-connection.ts';
import {showRows, type startSession} from '../../helpers/session.ts';
import {octoberCosts, outcomeOf} from '../charted.ts';

/** The chart of those rows. */
async function showChart(outcome: Outcome, part: Parameters<typeof startSession>[0] = {}) {
  const session = await showRows({connection: fakeConnection(async () => outcome), ...part});
  session.type('v');
  await session.terminal.shows(/ by \w+/);
  return session;
}

const framed = (screen: string) => `\n${screen}\n`;

describe('the chart', () => {
  test('at 80x24', async () => {
    const {terminal} = await showChart(octoberCosts(31));
    expect(framed(terminal.screen)).toMatchInlineSnapshot(`
      "
       2026-10-01 → 10-31 · cost by project per day
       $250 ┤            ⋅⋅            ⋅⋅            ⋅⋅            ⋅⋅
            │            ⋅⋅            ⋅⋅            ⋅⋅            ⋅⋅
            │            ▓▓            ▓▓            ▓▓            ▓▓
       $200 ┤          ⋅⋅▓▓          ⋅⋅▓▓          ⋅⋅▓▓          ⋅⋅▓▓
            │          ▓▓░░          ▓▓░░          ▓▓░░          ▓▓░░
            │        ⋅⋅▓▓░░        ⋅⋅▓▓░░        ⋅⋅▓▓░░        ⋅⋅▓▓░░
       $150 ┤        ▓▓░░▚▚        ▓▓░░▚▚        ▓▓░░▚▚        ▓▓░░▚▚
            │      ⋅⋅░░░░▚▚      ⋅⋅░░░░▚▚      ⋅⋅░░░░▚▚      ⋅⋅░░░░▚▚
            │      ▓▓░░▚▚▚▚      ▓▓░░▚▚▚▚      ▓▓░░▚▚▚▚      ▓▓░░▚▚▚▚
            │    ⋅⋅░░▚▚▚▚▒▒    ⋅⋅░░▚▚▚▚▒▒    ⋅⋅░░▚▚▚▚▒▒    ⋅⋅░░▚▚▚▚▒▒    ⋅⋅
       $100 ┤    ▓▓▚▚▚▚▒▒▒▒    ▓▓▚▚▚▚▒▒▒▒    ▓▓▚▚▚▚▒▒▒▒    ▓▓▚▚▚▚▒▒▒▒    ▓▓
            │    ░░▚▚▒▒▒▒▒▒    ░░▚▚▒▒▒▒▒▒    ░░▚▚▒▒▒▒▒▒    ░░▚▚▒▒▒▒▒▒    ░░
            │  ░░▚▚▒▒▒▒▒▒██  ░░▚▚▒▒▒▒▒▒██  ░░▚▚▒▒▒▒▒▒██  ░░▚▚▒▒▒▒▒▒██  ░░▚▚
        $50 ┤  ▚▚▒▒▒▒██████  ▚▚▒▒▒▒██████  ▚▚▒▒▒▒██████  ▚▚▒▒▒▒██████  ▚▚▒▒
            │▒▒▒▒██████████▒▒▒▒██████████▒▒▒▒██████████▒▒▒▒██████████▒▒▒▒██
            │██████████████████████████████████████████████████████████████
         $0 └────────────────────────────────────────────────────────────────────────
             2026-10-01  10-07 10-10 10-13 10-16 10-19 10-22 10-25 10-28 10-31
       ██ Search     $1,032.50  25 %    ░░ Images       $590.00  14 %
       ▒▒ Chat         $885.00  21 %    ▓▓ Batch        $442.50  11 %
       ▚▚ Voice        $737.50  18 %    ⋅⋅ other (2)    $442.50  11 %
       31 days · total $4,130.00 · highest 2026-10-07 $245.00
       → dimension  m metric  Esc back  ? help
      "
    `);
  });

  test('at 40x10', async () => {
    const {terminal} = await showChart(octoberCosts(31), {columns: 40, rows: 10});
    expect(framed(terminal.screen)).toMatchInlineSnapshot(`
      "
       cost by project per day
       $250 ┤      ░      ░      ░      ░
            │    ▚▚▚    ▚▚▚    ▚▚▚    ▚▚▚
            │  ▒▒▒▒▒  ▒▒▒▒▒  ▒▒▒▒▒  ▒▒▒▒▒  ▒
            │███████████████████████████████
             2026-10-01  10-13 10-19 10-25
       █ Search    ▒ Chat      ▚ Voice
       ░ Images    ▓ Batch     ⋅ other (2)
       total $4,130 · highest 10-07 $245
       → dimension  m metric  ? help
      "
    `);
  });

  test('in ASCII', async () => {
    const {terminal} = await showChart(octoberCosts(14), {ascii: true, rows: 16});
    expect(terminal.screen).toMatch(/^[ -~\n]*$/);
    expect(framed(terminal.screen)).toMatchInlineSnapshot(`
      "
       2026-10-01 -> 10-14 - cost by project per day
       $250 +                              ....                               ....
            |                         .... oooo                          .... oooo
            |                    .... oooo ::::                     .... oooo ::::
            |                    oooo :::: ++++                     oooo :::: ++++
            |               :::: :::: ++++ ====                :::: :::: ++++ ====
            |          ++++ ++++ ++++ ==== ====           ++++ ++++ ++++ ==== ====
            |     ==== ==== ==== ==== #### ####      ==== ==== ==== ==== #### ####
            |#### #### #### #### #### #### #### #### #### #### #### #### #### ####
         $0 +------------------------------------------------------------------------
             2026-10-01          10-05     10-07     10-09     10-11     10-13
       ## Search     $490.00  25 %    :: Images     $280.00  14 %
       == Chat       $420.00  21 %    oo Batch      $210.00  11 %
       ++ Voice      $350.00  18 %    .. other (2)  $210.00  11 %
       14 days - total $1,960.00 - highest 2026-10-07 $245.00
       Right dimension  m metric  Esc back  ? help
      "
    `);
  });
});

test('another dimension, and back to the row one was at', async () => {
  const {terminal, type} = await showRows({connection: fakeConnection(async () => octoberCosts(31))});
  type('jjj');
  await terminal.shows('row 4 of 434');
  const table = terminal.screen;
  type('v');
  await terminal.shows('cost by project per day');
  type('l');
  await terminal.shows('cost per day');
  type('q');
  await terminal.until(screen => screen === table);
});

test('fits every size it is given', async () => {
  const {terminal} = await showChart(octoberCosts(31));
  for (const [columns, rows] of [
    [200, 50],
    [40, 10],
    [120, 30],
  ] as const) {
    terminal.resize(columns, rows);
    await terminal.until(
      () => terminal.lines[0]?.includes('cost') === true && terminal.lines.at(-1)?.includes('help') === true,
    );
    expect(terminal.lines.at(-2)).toContain('highest');
  }
  expect(terminal.scrolledOff).toBe(0);
});

test('names from outside cannot bend it', async () => {
  const evil = ['a\x1b[31mred\x07\u202egnp\r\n日本語 name', '\t\t', '='.repeat(300)];
  const {terminal} = await showChart(octoberCosts(3, evil));
  expect(terminal.screen).toContain('日本語');
  expect(terminal.output).not.toContain('\x07');
  expect(terminal.lines.at(-2)).toMatch(/^ 3 days · total/);
});

test('without a figure it says so, and how to go on', async () => {
  const {terminal, type} = await showRows({connection: fakeConnection(async () => outcomeOf([{model: 'x'}], 3))});
  type('v');
  await terminal.shows('The rows have no figures that a chart could show.');
  type('\x1b');
  await terminal.shows('row 1 of 1');
});
