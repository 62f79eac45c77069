import {expect, test} from 'vitest';
import {anOutcome, fakeConnection, NOON} from '../../helpers/fake-connection.ts';
import {showRows} from '../../helpers/session.ts';

const COUNT = 1_000_000;

/** Rows enough for sorting them to go through hundreds of parts. */
const dataset = {
  rowCount: COUNT,
  columns: [
    {kind: 'number', name: 'input_tokens', values: Float64Array.from({length: COUNT}, (_, row) => COUNT - row)},
    {kind: 'number', name: 'output_tokens', values: Float64Array.from({length: COUNT}, (_, row) => row + 0.5)},
  ],
} as const;

/** A session on a clock by which every part of its work takes long, so that it tells of each. */
async function showManyRows() {
  let time = NOON;
  const now = () => {
    time += 600;
    return time;
  };
  return showRows({now, connection: fakeConnection(async query => anOutcome({query, dataset}))});
}

test('while rows are sorted the table says so and answers keys, and Esc stops it', async () => {
  const {terminal, type} = await showManyRows();
  type('s');
  await terminal.shows('%; Esc stops');
  type('jl');
  await terminal.shows('row 2 of 1,000,000 · column 2 of 2');
  expect(terminal.lines.join('\n')).toContain('%; Esc stops');
  type('\x1b');
  await terminal.shows('Sorting stopped.');
  expect(terminal.lines.join('\n')).toMatch(/^ +1,000,000 +0\.5$/m);
});

test('what was asked for comes when it is there', async () => {
  const {terminal, type} = await showManyRows();
  type('s');
  await terminal.shows('input_tokens↑');
  expect(terminal.lines.join('\n')).toContain('1]     999,999.5');
});

test('Esc takes back the key that waits for it as well, and what was typed after that', async () => {
  const {terminal, type} = await showManyRows();
  type('s');
  await terminal.shows('%; Esc stops');
  // The search waits for the order; the others wait behind it, and would go to the last row.
  type('/G');
  await new Promise(setImmediate);
  type('\x1b');
  await terminal.shows('Sorting stopped.');
  type('j');
  await terminal.shows('row 2 of 1,000,000');
});
