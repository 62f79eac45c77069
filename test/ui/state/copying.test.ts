import {describe, expect, test} from 'vitest';
import type {Action} from '../../../source/ui/keymap.ts';
import {messageLines} from '../../../source/ui/state/room.ts';
import type {State} from '../../../source/ui/state/shape.ts';
import {EVIL, fourRows, rowsOutcome, tableOf} from '../detailed.ts';
import {play, resultsOf} from './playing.ts';

/** The table with the cursor on that column of that row. */
function on(row: number, name: string, state = tableOf()): State {
  const column = resultsOf(state).shown.columns.findIndex(each => each.name === name);
  return play(state, ...Array<Action>(row).fill('down'), ...Array<Action>(column).fill('right'));
}

describe('y', () => {
  test.each([
    ['text', 0, 'model', 'gpt-5.4'],
    ['a number without separators', 0, 'input_tokens', '1204511'],
    ['money without rounding or currency', 1, 'amount', '-1234.5678'],
    ['a moment', 0, 'start_time', '1794787200'],
  ])('copies %s', (_what, row, name, text) => {
    expect(play(on(row, name), 'copy').copied?.text).toBe(text);
  });

  test('copies what the filter left in that place, not the dataset’s row of that number', () => {
    const state = tableOf();
    const results = {...resultsOf(state), rows: Uint32Array.of(1)};
    expect(play(on(0, 'endpoint_type', {...state, results}), 'copy').copied?.text).toBe('costs');
  });

  test('says what was copied, and what tmux needs', () => {
    expect(play(on(0, 'model'), 'copy').message).toEqual({
      text: 'Copied cell: gpt-5.4. Inside tmux it needs: set -g set-clipboard on',
      tone: 'good',
    });
  });

  test('has nothing to copy in an empty cell', () => {
    const empty = play(on(1, 'model'), 'copy');
    expect(empty.copied).toBeUndefined();
    expect(empty.message?.text).toBe('Nothing to copy: the cell is empty.');
  });

  test('has nothing to copy where the filters leave no row', () => {
    const state = tableOf();
    const none = play({...state, results: {...resultsOf(state), rows: new Uint32Array()}}, 'copy', 'copyRow');
    expect([none.copied, none.message?.text]).toEqual([undefined, 'Nothing to copy: there is no row.']);
  });

  test('copies the same cell again', () => {
    const once = play(on(0, 'model'), 'copy');
    expect(play(once, 'copy').copied).not.toBe(once.copied);
  });
});

describe('Y', () => {
  test('copies all columns of the dataset in their order, hidden ones too', () => {
    const copied = play(tableOf(), 'copyRow');
    const names = resultsOf(copied).outcome.dataset.columns.map(({name}) => name);
    expect(names).toContain('api_key_id');
    const cells = copied.copied?.text.split('\t') ?? [];
    expect(cells.map((cell, index) => [names[index], cell]).filter(([, cell]) => cell !== '')).toEqual(
      Object.entries(fourRows[0] ?? {}).map(([name, cell]) => [name, String(cell)]),
    );
    expect(copied.message?.text).toContain(`Copied row of ${names.length} fields.`);
  });

  test('keeps a row with line ends and tabs in its names on one line, every cell in its place', () => {
    const text = play(on(3, 'date'), 'copyRow').copied?.text ?? '';
    expect(text.split('\t')).toHaveLength(resultsOf(tableOf()).outcome.dataset.columns.length);
    expect(text).not.toMatch(/[\0-\x08\x0a-\x1f\x7f-\x9f\u2028]/);
  });

  test('says so where a row is longer than a terminal takes', () => {
    const long = tableOf(rowsOutcome([{...fourRows[0], note: 'x'.repeat(60_000)}]));
    const refused = play(long, 'copyRow');
    expect(refused.copied).toBeUndefined();
    expect(refused.message).toEqual({
      text: 'Not copied: 60 kB is more than terminals take. e writes a file.',
      tone: 'warning',
    });
  });
});

test.each([
  [80, 1],
  [60, 2],
  [40, 2],
])('what is said of the longest name says all on %d columns', (columns, most) => {
  const size = {columns, rows: 10};
  const long = tableOf(rowsOutcome([{...fourRows[0], model: '日本語'.repeat(20)}]), size);
  const lines = messageLines(play(on(0, 'model', long), 'copy').message, size);
  expect(lines.length).toBeLessThanOrEqual(most);
  expect(lines.join(' ')).toMatch(/^Copied cell: 日本.*set -g set-clipboard on$/);
});

test('what a hostile name does to the clipboard and to the screen is nothing', () => {
  const copied = play(on(3, 'model'), 'copy');
  expect(copied.copied?.text).toBe('a [31mred  2J  rm -rf ~  b c');
  expect(copied.copied?.text).toHaveLength(EVIL.length);
  expect(copied.message?.text).not.toMatch(/[\0-\x1f\x7f-\x9f]/);
});
