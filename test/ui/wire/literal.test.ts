import {expect, test} from 'vitest';
import {abilitiesOf} from '../../../source/ui/wire/abilities.ts';
import {frameOf} from '../../../source/ui/wire/frame.ts';
import {update} from '../../../source/ui/wire/update.ts';

const size = {columns: 30, rows: 6};

/** What is sent to a terminal that shows some lines so that it shows others. */
function sent(before: readonly string[], after: readonly string[], term = 'xterm-256color', {columns, rows} = size) {
  const shown = frameOf(before.join('\n'), {columns, rows}, undefined);
  return update(shown, frameOf(after.join('\n'), {columns, rows}, shown), abilitiesOf(term));
}

const inverse = (text: string) => `\x1b[7m${text}\x1b[27m`;

test('nothing for the same frame', () => {
  expect(sent(['one', '', inverse('two')], ['one', '', inverse('two')])).toBe('');
});

test('a word for a word: only what differs of it', () => {
  expect(sent(['row 12 of 70'], ['row 13 of 70'])).toBe('\x1b[1;6H3');
});

test('a shorter line is erased from its end on, without blanks that a selection would take along', () => {
  expect(sent(['a long line', 'next'], ['a', 'next'])).toBe('\x1b[1;2H\x1b[K');
});

test('two words near each other: what stands between is written again where that is shorter', () => {
  expect(sent(['a 1 b 1 c'], ['a 2 b 2 c'])).toBe('\x1b[1;3H2 b 2');
  expect(sent(['1 and something else 1'], ['2 and something else 2'])).toBe('\x1b[H2\x1b[20C2');
});

test('a cursor cell that moves one row down', () => {
  expect(sent([' 10', inverse(' 20'), ' 30'], [' 10', ' 20', inverse(' 30')])).toBe(
    '\x1b[2H 20\x1bD\r\x1b[7m 30\x1b[m',
  );
});

test('one colour in place of another, an attribute taken off: not everything anew', () => {
  expect(sent(['xx'], ['\x1b[1;31mx\x1b[32mx\x1b[0m'])).toBe('\x1b[H\x1b[1;31mx\x1b[32mx\x1b[m');
  expect(sent(['xx'], ['\x1b[7;31mx\x1b[27mx\x1b[0m'])).toBe('\x1b[H\x1b[7;31mx\x1b[27mx\x1b[m');
});

const many = [
  'the quick brown',
  'foxes that jump',
  'over a lazy dog',
  'go to bed again',
  'sleep till noon',
  'or even till two',
];
const head = 'what stands above';
const foot = 'foot';

test('a body that scrolls between head and foot', () => {
  const scroll = [
    [head, ...many.slice(0, 4), foot],
    [head, ...many.slice(1, 5), foot],
  ] as const;
  expect(sent(...scroll)).toBe('\x1b[2;5r\x1b[5H\x1bD\x1b[1;6r\x1b[5Hsleep till noon');
  expect(sent(scroll[1], scroll[0])).toBe('\x1b[2;5r\x1b[2H\x1bM\x1b[1;6r\x1b[2Hthe quick brown');
});

test('a body that moves on by several lines, where the terminal can delete lines, and where it cannot', () => {
  const size = {columns: 20, rows: 9};
  const before = [head, ...many, ...many.slice(0, 1), foot];
  const after = [head, ...many.slice(3), many[0] ?? '', 'x', 'y', 'z', foot];
  const drawn = '\x1b[1;9r\x1b[6Hx\x1bD\ry\x1bD\rz';
  expect(sent(before, after, 'xterm', size)).toBe(`\x1b[2;8r\x1b[2H\x1b[3M${drawn}`);
  expect(sent(before, after, 'vt100', size)).toBe(`\x1b[2;8r\x1b[8H\x1bD\x1bD\x1bD${drawn}`);
});

test('the last column: what comes after is placed in numbers, because the cursor waits there to wrap', () => {
  expect(sent(['ab', 'cd'], ['xy', 'zd'], 'xterm', {columns: 2, rows: 2})).toBe('\x1b[Hxy\x1b[2Hz');
  expect(sent(['a'], ['b'], 'xterm', {columns: 1, rows: 1})).toBe('\x1b[Hb');
});

test('a wide character that is half overwritten is written whole', () => {
  expect(sent(['日本'], ['日x'])).toBe('\x1b[1;3Hx\x1b[K');
  expect(sent(['日本'], ['a本'])).toBe('\x1b[Ha本\x1b[K');
  expect(sent(['日本'], [' a本'])).toBe('\x1b[H a');
  expect(sent([' a本'], ['日本'])).toBe('\x1b[H日');
});

test('after a character of uncertain width the next is placed in numbers', () => {
  expect(sent(['', 'x'], ['😀 ok', 'x'])).toBe('\x1b[H😀\x1b[1;4Hok');
});

test('a long update is synchronized where the terminal knows that, a short one never', () => {
  const long = Array.from({length: 6}, (_, row) => `${row}`.repeat(200));
  const wide = {columns: 200, rows: 6};
  expect(sent([], long, 'xterm', wide)).toMatch(/^\x1b\[\?2026h.*\x1b\[\?2026l$/s);
  expect(sent([], long, 'linux', wide)).not.toContain('2026');
  expect(sent([], ['x'])).not.toContain('2026');
});
