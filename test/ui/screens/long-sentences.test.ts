import {describe, expect, test} from 'vitest';
import {saveErrors} from '../../../source/export/save-error.ts';
import {troubleTeller} from '../../../source/usage/store-trouble.ts';
import {showRows, type startSession} from '../../helpers/session.ts';

const folder = '/home/analyst/reports/2026/november/openai/everything-we-use';
const path = `${folder}/openai_usage_2026-11-16_2026-11-22.csv`;

/** Sizes, the smallest as well, and whether paths are whole there. */
const sizes = [
  [80, 24, true],
  [80, 10, false],
  [60, 16, false],
  [40, 10, false],
] as const;

/** The screen as one line, so that it does not matter where a sentence is broken. */
const said = ({lines}: ReturnType<typeof startSession>['terminal']) => lines.map(line => line.trim()).join(' ');

const keys = [
  ['the table', 'row 1 of', ''],
  ['the summary', 'group 1 of', '\t'],
  ['the details', '❯ date ', '\r'],
] as const;

describe.each(sizes)('%ix%i', (columns, rows, isWhole) => {
  test.each(keys)('what to do about a file that cannot be written stands there, on %s', async (_, shows, key) => {
    const {terminal, type} = await showRows({
      columns,
      rows,
      save: () => Promise.reject(saveErrors.noFolder(path, folder)),
    });
    type(key);
    await terminal.shows(shows);
    type('e\r');
    await terminal.until(() => said(terminal).includes('Create it or choose another path.'));
    if (isWhole) expect(terminal.lines.join('').replaceAll(' ', '')).toContain(`thefolder${folder}doesnotexist`);
    await terminal.shows(shows);
    await terminal.shows('Enter accept');
  });

  test('and what to do about a cache that cannot be written', async () => {
    const {terminal, notice} = await showRows({columns, rows});
    const full = Object.assign(new Error('no space'), {syscall: 'write', code: 'ENOSPC'});
    troubleTeller(folder, notice)('write', full);
    await terminal.until(() => said(terminal).includes('Free some space, or use --cache-dir.'));
    if (isWhole) expect(said(terminal)).toContain(folder);
    await terminal.shows('row 1 of');
    await terminal.shows('q quit');
  });
});
