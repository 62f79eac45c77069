import {describe, expect, test} from 'vitest';
import type {Dataset} from '../../../source/usage/dataset.ts';
import {widthOf} from '../../../source/view/width.ts';
import {anOutcome, deferred, fakeConnection} from '../../helpers/fake-connection.ts';
import {startSession} from '../../helpers/session.ts';

type Options = Parameters<typeof startSession>[0];

/** A session that shows seventy rows. */
async function showing(options: Options = {}) {
  const session = startSession(options);
  session.type('\r\r');
  await session.terminal.shows('row 1 of');
  return session;
}

class Refusal extends Error {
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

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
    ['l l h', 'llh', 'column 2 of 10'],
    ['further to the right than there are columns', 'l'.repeat(40), 'column 10 of 10'],
  ])('%s', async (_name, keys, position) => {
    const {terminal, type} = await showing();
    type(keys);
    await terminal.shows(` ${position}`);
  });

  test('keeps the header and the first column, and shows the sum of numbers only', async () => {
    const {terminal, type} = await showing();
    type('Gll');
    await terminal.shows('row 70 of 70 · column 3 of 10 · sum 210,315');
    type('l'.repeat(6));
    await terminal.until(screen => / column 9 of 10$/m.test(screen));
    expect(terminal.lines[1]).toMatch(/^ date +.*model/);
    expect(terminal.lines[21]).toMatch(/^ 2026-11-22 .*gpt-5.4-22/);
  });

  test('an ESC cut off from its arrow does not leave the screen', async () => {
    const {terminal, type} = await showing({escapeDelay: 500});
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
  const {terminal, type} = await showing({connection: fakeConnection(async () => ({...outcome, dataset}))});
  type('l'.repeat(9));
  await terminal.shows('日本語');
  expect(terminal.output).not.toContain('\x1b[31mred');
  // The last column ends where it ends on every line, whatever stands before it.
  const widths = terminal.lines.slice(1, 16).map(widthOf);
  expect(new Set(widths).size).toBe(1);
  expect(terminal.scrolledOff).toBe(0);
});

describe('e', () => {
  test('writes to the proposed path on Enter, and says where and how many rows', async () => {
    const saved: unknown[] = [];
    const {terminal, type, ended} = await showing({
      async save(path, {rowCount}, {force}) {
        saved.push({path, rowCount, force});
        return {path: `/home/me/${path}`, rows: rowCount, bytes: 4100};
      },
    });
    type('e\r');
    await terminal.shows('Wrote 70 rows (4.1 kB) to /home/me/openai_usage_2026-11-16_2026-11-22.csv');
    expect(saved).toEqual([{path: 'openai_usage_2026-11-16_2026-11-22.csv', rowCount: 70, force: false}]);
    type('q');
    expect((await ended).exported).toEqual([
      {path: '/home/me/openai_usage_2026-11-16_2026-11-22.csv', rows: 70, bytes: 4100},
    ]);
  });

  test('the first character typed replaces the proposal', async () => {
    const {terminal, type} = await showing();
    type('ex.json');
    await terminal.shows('Export to: x.json▏');
    type('\r');
    await terminal.shows('Wrote 70 rows (4.1 kB) to /home/x.json');
  });

  test('asks about an existing file, and overwrites it on y only', async () => {
    const forces: boolean[] = [];
    const {terminal, type} = await showing({
      async save(path, {rowCount}, {force}) {
        forces.push(force);
        if (!force) throw new Refusal('exists', 'Cannot write x.csv: it exists already.');
        return {path, rows: rowCount, bytes: 1};
      },
    });
    type('ex.csv\r');
    await terminal.shows('x.csv exists. Overwrite it? y or n');
    type('\r');
    type('n');
    await terminal.shows('Export to: x.csv');
    type('\r');
    await terminal.shows('Overwrite it?');
    type('y');
    await terminal.shows('Wrote 70 rows');
    expect(forces).toEqual([false, false, true]);
  });

  test('an error is one sentence, and the field stays with what was typed', async () => {
    const {terminal, type} = await showing({
      save: () => Promise.reject(new Refusal('full', 'Cannot write x.csv: the disk is full.')),
    });
    type('ex.csv\r');
    await terminal.shows('Cannot write x.csv: the disk is full.');
    await terminal.shows('Export to: x.csv▏');
    type('\x1b');
    await terminal.until(screen => !screen.includes('Export to'));
  });

  test('shows progress, and Esc stops it', async () => {
    const {terminal, type} = await showing({
      save: (_path, _dataset, {signal, onProgress}) =>
        new Promise((_, reject) => {
          onProgress(35);
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    });
    type('e\r');
    await terminal.shows('Writing 35 of 70 rows');
    type('\x1b');
    await terminal.shows('Stopped: nothing was written.');
  });

  test('letters in the path do not act', async () => {
    const {terminal, type} = await showing();
    type('equit/cd?');
    await terminal.shows('Export to: quit/cd?▏');
  });
});

describe('c', () => {
  test('says how many days and how much, and clears on y', async () => {
    const connection = fakeConnection();
    const {terminal, type} = await showing({connection});
    type('c');
    await terminal.shows('Clear 312 cached days (4.1 MB)?');
    type('y');
    await terminal.shows('Cleared 312 cached days (4.1 MB)');
    await terminal.shows('row 1 of 70');
    expect(connection.log).toEqual(['clear']);
  });

  test.each(['n', '\x1b', '\r', ' ', 'Y', 'q', 'c'])('%j clears nothing', async key => {
    const connection = fakeConnection();
    const {terminal, type} = await showing({connection});
    type('c');
    await terminal.shows('Clear 312');
    type(key);
    await new Promise(setImmediate);
    terminal.resize(81, 24);
    await terminal.shows('row 1 of 70');
    expect(connection.log).toEqual([]);
  });

  test('a y typed before the question stands confirms nothing', async () => {
    const holdings = deferred<{days: number; bytes: number}>();
    const connection = fakeConnection(undefined, {measureCache: () => holdings.promise});
    const {terminal, type} = await showing({connection});
    type('cy');
    await terminal.shows('Looking into the cache');
    holdings.resolve({days: 3, bytes: 999});
    await terminal.shows('Clear 3 cached days (999 B)?');
    expect(connection.log).toEqual([]);
  });

  test('an empty cache needs no question', async () => {
    const connection = fakeConnection(undefined, {measureCache: async () => ({days: 0, bytes: 0})});
    const {terminal, type} = await showing({connection});
    type('c');
    await terminal.shows('The cache holds no days of this account.');
  });
});

describe('the way back', () => {
  test('d opens Dates, and Esc there returns to the same row', async () => {
    const {terminal, type} = await showing();
    type('jjd');
    await terminal.shows('Dates');
    type('\x1b');
    await terminal.shows('row 3 of 70');
  });

  test('Esc goes back to Endpoints', async () => {
    const {terminal, type} = await showing();
    type('\x1b');
    await terminal.shows('11 of 11 endpoints checked');
  });
});

describe('what is said', () => {
  test('a notice stands until the next key', async () => {
    const {terminal, type, notice} = await showing();
    notice('The cache folder is read-only: going on from memory.');
    await terminal.shows('The cache folder is read-only: going on from memory.');
    type('j');
    await terminal.until(screen => screen.includes('row 2 of 70') && !screen.includes('read-only'));
  });

  test('t without errors says so', async () => {
    const {terminal, type} = await showing();
    type('t');
    await terminal.shows('No errors.');
  });

  test('“as of” stands only while something may still change', async () => {
    const {terminal} = await showing({connection: fakeConnection(async query => anOutcome({query, asOf: undefined}))});
    expect(terminal.screen).not.toContain('as of');
  });

  test('? shows the keys, scrolls, and goes away', async () => {
    const {terminal, type} = await showing();
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
