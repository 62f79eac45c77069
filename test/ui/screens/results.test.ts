import {describe, expect, test} from 'vitest';
import {ApiError} from '../../../source/api/errors.ts';
import type {Dataset} from '../../../source/usage/dataset.ts';
import type {Outcome} from '../../../source/usage/outcome.ts';
import {widthOf} from '../../../source/view/width.ts';
import {aGap, anOutcome, deferred, fakeConnection} from '../../helpers/fake-connection.ts';
import {showRows, startSession} from '../../helpers/session.ts';

describe('moving', () => {
  test.each<[string, string, string]>([
    ['jjj in one packet', 'jjj', 'row 4 of 70'],
    ['a held arrow, in one packet', '\x1b[B'.repeat(9), 'row 10 of 70'],
    ['page down', '\x1b[6~', 'row 21 of 70'],
    ['page down and up', '\x1b[6~\x1b[6~\x1b[5~', 'row 21 of 70'],
    ['G', 'G', 'row 70 of 70'],
    ['End', '\x1b[F', 'row 70 of 70'],
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

  test('g leads from the end to the beginning', async () => {
    const {terminal, type} = await showRows();
    type('G');
    await terminal.shows(' row 70 of 70');
    type('g');
    await terminal.shows(' row 1 of 70');
  });

  test('keeps the header and the first column, and shows the figures of the column', async () => {
    const {terminal, type} = await showRows();
    type('Gll');
    await terminal.shows('row 70 of 70 · sum 210,315 · mean 3,004.5 · min 0 · max 6,009 · distinct 70');
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

  test('Esc goes back to Endpoints and to Dates, and no further; Enter comes to the rows again', async () => {
    const {terminal, type} = await showRows();
    type('jj\x1b');
    await terminal.shows('11 of 11 endpoints checked');
    type('\x1b');
    await terminal.shows('Dates');
    type('\x1b');
    await terminal.shows('This is the first screen: q quits.');
    type('\r\r');
    await terminal.shows('row 1 of 70');
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
    await terminal.shows('No, leave it');
    type('q');
    await terminal.shows('row 1 of 70');
  });
});

describe('searching and filtering', () => {
  test('a search shows where it is, and goes on with n', async () => {
    const {terminal, type} = await showRows();
    type('/22');
    await terminal.shows('Search: 22▏');
    await terminal.shows(/\[2026-11-22\] completions +6,000/);
    type('\rn');
    await terminal.shows(/2026-11-22 .*\[gpt-5.4-22\]/);
  });

  test('a filter is live, named above the table, and undone by Backspace', async () => {
    const {terminal, type} = await showRows();
    type('llf');
    await terminal.shows('Filter (input_tokens): ▏text · = ! this cell · = x · ! x · < > number');
    type('> 5k');
    await terminal.shows('row 1 of 19');
    type('\r');
    await terminal.shows(' filter: input_tokens > 5,000 · 19 of 70 rows · Backspace undoes');
    type('\x7f');
    await terminal.until(screen => screen.includes('of 70') && !screen.includes('filter:'));
  });

  test('filtered to nothing, it says how to get out', async () => {
    const {terminal, type} = await showRows();
    type('fzzz');
    await terminal.shows('Esc leaves the filters as they were.');
    type('\r');
    await terminal.shows('None of the 70 rows passes "zzz".');
    await terminal.shows('Backspace undoes the last filter, Esc all of them.');
    await terminal.shows('row 0 of 0');
    type('\x1b');
    await terminal.shows('row 1 of 70');
  });

  test('↑ brings back what was typed before, the cursor at its end', async () => {
    const {terminal, type} = await showRows();
    type('/gpt\r/');
    await terminal.shows('Search:');
    type('\x1b[A-');
    await terminal.shows('Search: gpt-▏');
  });

  test('what appears below the table never covers the cursor', async () => {
    const {terminal, type} = await showRows({rows: 14});
    type('jjjjjjjjj');
    await terminal.shows('row 10 of 70');
    type('/zzz');
    await terminal.shows('Nothing found for “zzz”.');
    await terminal.shows(/\[2026-11-16\] completions +9 /);
    type('\x1b');
    await terminal.until(screen => !screen.includes('Search:') && /\[2026-11-16\] completions +9 /.test(screen));
  });

  test('everything open at once leaves two rows on the smallest screen', async () => {
    const failure = new ApiError({reason: 'server', subject: 'images', what: 'it broke', next: 'Try again.'});
    const again = deferred<Outcome>();
    let runs = 0;
    const connection = fakeConnection(async query => {
      runs++;
      return runs === 1 ? anOutcome({query, gaps: [aGap('images', failure)]}) : again.promise;
    });
    const {terminal, type} = startSession({columns: 40, rows: 10, connection});
    type('\r\r');
    await terminal.shows('Enter shows');
    type('\r');
    await terminal.shows('row 1 of 70');
    type('llf> 5\r');
    await terminal.shows('filter: input_tokens > 5');
    type('rf< x');
    await terminal.shows('"x" is not a number');
    expect(terminal.lines.filter(line => line.includes('2026-11-16  compl'))).toHaveLength(2);
    expect(terminal.lines.at(-1)).toContain('Enter accept');
    expect(terminal.scrolledOff).toBe(0);
  });
});
