import {describe, expect, test} from 'vitest';
import type {Dataset} from '../../../source/usage/dataset.ts';
import {widthOf} from '../../../source/view/width.ts';
import {anOutcome, fakeConnection} from '../../helpers/fake-connection.ts';
import {showRows} from '../../helpers/session.ts';

describe('moving', () => {
  test.each<[string, string, string]>([
    ['jjj in one packet', 'jjj', 'row 4 of 70'],
    ['a held arrow, in one packet', '\x1b[B'.repeat(9), 'row 10 of 70'],
    ['page down', '\x1b[6~', 'row 21 of 70'],
    ['page down and up', '\x1b[6~\x1b[6~\x1b[5~', 'row 21 of 70'],
    ['G', 'G', 'row 70 of 70'],
    ['End', '\x1b[F', 'row 70 of 70'],
    ['G and g', 'Gg', 'row 1 of 70'],
    ['beyond the end', 'Gjjj', 'row 70 of 70'],
    ['the next day', '.', 'row 11 of 70'],
    ['the day after that, and the one before', '..,', 'row 11 of 70'],
    ['l l h', 'llh', 'column 2 of 8'],
    ['further to the right than there are columns', 'l'.repeat(10), 'column 8 of 8'],
  ])('%s', async (_name, keys, position) => {
    const {terminal, type} = await showRows();
    type(keys);
    await terminal.shows(` ${position}`);
  });

  test('keeps the header and the first column, and shows the figures of the column', async () => {
    const {terminal, type} = await showRows();
    type('Gll');
    await terminal.shows('row 70 of 70 · column 3 of 8 · sum 210,315 · mean 3,004.5 · min 0 · max 6,009');
    type('l'.repeat(4));
    await terminal.until(screen => / column 7 of 8 · distinct 7$/m.test(screen));
    expect(terminal.lines[1]).toMatch(/^ date +.*model/);
    expect(terminal.lines[21]).toMatch(/^ 2026-11-22 .*gpt-5.4-22/);
  });

  test('an ESC cut off from its arrow does not leave the screen', async () => {
    const {terminal, type} = await showRows({escapeDelay: 500});
    type('\x1b');
    await new Promise(setImmediate);
    type('[6');
    await new Promise(setImmediate);
    type('~j');
    await terminal.shows('row 22 of 70');
  });
});

test('names from outside cannot bend the table', async () => {
  const evil = 'a\x1b[31mred\x07\u202egnp\r\n日本語 name';
  const outcome = anOutcome({rowsPerDay: 2});
  const columns = outcome.dataset.columns.map(column =>
    column.name === 'model' && column.kind === 'text'
      ? {...column, dictionary: column.dictionary.map(text => (text.endsWith('-16') ? evil : text))}
      : column,
  );
  const dataset: Dataset = {...outcome.dataset, columns};
  const {terminal, type} = await showRows({connection: fakeConnection(async () => ({...outcome, dataset}))});
  type('l'.repeat(7));
  await terminal.shows('column 8 of 8');
  expect(terminal.screen).toContain('日本語');
  expect(terminal.output).not.toContain('\x1b[31mred');
  // The last column ends where it ends on every line (but the cursor's, with its bracket), whatever stands before it.
  const widths = [1, 3, 4, 5, 15].map(row => widthOf(terminal.lines[row] ?? ''));
  expect(new Set(widths).size).toBe(1);
  expect(terminal.scrolledOff).toBe(0);
});

describe('the way back', () => {
  test('d opens Dates, and Esc there returns to the same row', async () => {
    const {terminal, type} = await showRows();
    type('jjd');
    await terminal.shows('Dates');
    type('\x1b');
    await terminal.shows('row 3 of 70');
  });

  test('Esc goes back to Endpoints and Dates, and from there to the rows again', async () => {
    const {terminal, type} = await showRows();
    type('jj\x1b');
    await terminal.shows('11 of 11 endpoints checked');
    type('\x1b');
    await terminal.shows('Dates');
    type('\x1b');
    await terminal.shows('row 3 of 70');
  });
});

describe('what is said', () => {
  test('a notice stands until the next key', async () => {
    const {terminal, type, notice} = await showRows();
    notice('The cache folder is read-only: going on from memory.');
    await terminal.shows('The cache folder is read-only: going on from memory.');
    type('j');
    await terminal.until(screen => screen.includes('row 2 of 70') && !screen.includes('read-only'));
  });

  test('t without errors says so', async () => {
    const {terminal, type} = await showRows();
    type('t');
    await terminal.shows('No errors.');
  });

  test('“as of” stands only while something may still change', async () => {
    const {terminal} = await showRows({connection: fakeConnection(async query => anOutcome({query, asOf: undefined}))});
    expect(terminal.screen).not.toContain('as of');
  });

  test('? shows the keys, scrolls, and goes away', async () => {
    const {terminal, type} = await showRows();
    type('?');
    await terminal.shows(/Help \(lines 1 to 22 of \d+\)/);
    type('jj');
    await terminal.shows('lines 3 to 24');
    type('G');
    await terminal.shows('Ctrl+L  Draw the screen again');
    type('q');
    await terminal.shows('row 1 of 70');
  });
});
