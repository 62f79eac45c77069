import {describe, expect, test} from 'vitest';
import {deferred, fakeConnection} from '../../helpers/fake-connection.ts';
import {showRows} from '../../helpers/session.ts';

class Refusal extends Error {
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

describe('e', () => {
  test('writes to the proposed path on Enter, and says where and how many rows', async () => {
    const saved: unknown[] = [];
    const {terminal, type, ended} = await showRows({
      async save(path, {dataset: {rowCount}}, {force}) {
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
    const {terminal, type} = await showRows();
    type('ex.json');
    await terminal.shows('Export to: x.json▏');
    type('\r');
    await terminal.shows('Wrote 70 rows (4.1 kB) to /home/x.json');
  });

  test('asks about an existing file, and overwrites it on y only', async () => {
    const forces: boolean[] = [];
    const {terminal, type} = await showRows({
      async save(path, {dataset: {rowCount}}, {force}) {
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

  test.each([
    [['e', '/home/analyst/reports/2026/november/openai/costs-of-all-projects.csv', '\r'], 'Overwrite it? y or n'],
    [['c'], 'The rows on the screen stay. y or n'],
  ])('what is asked stands whole on the smallest screen: %j', async (keys, words) => {
    const {terminal, type} = await showRows({
      save: () => Promise.reject(new Refusal('exists', 'Cannot write x.csv: it exists already.')),
    });
    terminal.resize(40, 10);
    type(...keys);
    await terminal.until(screen => screen.replaceAll(/\s+/g, ' ').includes(words), words);
    expect(terminal.lines.filter(line => /2026-11-\d\d/.test(line)).length).toBeGreaterThan(1);
  });

  test('an error is one sentence, and the field stays with what was typed', async () => {
    const {terminal, type} = await showRows({
      save: () => Promise.reject(new Refusal('full', 'Cannot write x.csv: the disk is full.')),
    });
    type('ex.csv\r');
    await terminal.shows('Cannot write x.csv: the disk is full.');
    await terminal.shows('Export to: x.csv▏');
    type('\x1b');
    await terminal.until(screen => !screen.includes('Export to'));
  });

  test('shows progress, and Esc stops it, which is offered as long as it is of use', async () => {
    const stopped = deferred<void>();
    const {terminal, type} = await showRows({
      async save(_path, _dataset, {onProgress}) {
        onProgress(35);
        await stopped.promise;
        throw new Error('stopped');
      },
    });
    type('e\r');
    await terminal.shows(/Writing 35 of 70 rows; Esc stops[\s\S]*\n Esc stop$/);
    type('\x1b');
    await terminal.shows(/Stopping: 35 of 70 rows\n.*\n$/);
    stopped.resolve();
    await terminal.shows('Stopped: nothing was written.');
  });

  test('letters in the path do not act', async () => {
    const {terminal, type} = await showRows();
    type('equit/cd?');
    await terminal.shows('Export to: quit/cd?▏');
  });
});

describe('c', () => {
  test('says how many days and how much, and clears on y', async () => {
    const connection = fakeConnection();
    const {terminal, type} = await showRows({connection});
    type('c');
    await terminal.shows('Clear 312 cached endpoint days (4.1 MB)?');
    type('y');
    await terminal.shows('Cleared 312 cached endpoint days (4.1 MB)');
    await terminal.shows('row 1 of 70');
    expect(connection.log).toEqual(['clear']);
  });

  test.each(['n', '\x1b', '\r', ' ', 'Y', 'q', 'c'])('%j clears nothing', async key => {
    const connection = fakeConnection();
    const {terminal, type} = await showRows({connection});
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
    const {terminal, type} = await showRows({connection});
    type('cy');
    await terminal.shows('Looking into the cache');
    holdings.resolve({days: 3, bytes: 999});
    await terminal.shows('Clear 3 cached endpoint days (999 B)?');
    expect(connection.log).toEqual([]);
  });

  test('days that no file holds, somebody else having cleared them, are in memory', async () => {
    const held = async () => ({days: 3, bytes: 0});
    const connection = fakeConnection(undefined, {measureCache: held, clearCache: held});
    const {terminal, type} = await showRows({connection});
    type('c');
    await terminal.shows('Clear 3 cached endpoint days (in memory)?');
    type('y');
    await terminal.shows('Cleared 3 cached endpoint days (in memory)');
  });

  test('an empty cache needs no question', async () => {
    const connection = fakeConnection(undefined, {measureCache: async () => ({days: 0, bytes: 0})});
    const {terminal, type} = await showRows({connection});
    type('c');
    await terminal.shows('The cache holds no days of this account.');
  });
});
