import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {cleanPaste, edit, type Line, lineOf, visiblePart} from '../../source/ui/edit.ts';
import {boundKeys} from '../../source/ui/keymap.ts';
import {decode, nothingUnread} from '../../source/ui/keys.ts';

const home = '\x1b[H';
const left = '\x1b[D';
const right = '\x1b[C';

/** The line after typing, its cursor drawn as `|`. */
function typed(start: Line, input: string): string {
  const {value, cursor} = decode(nothingUnread, input).keys.reduce(edit, start);
  return `${value.slice(0, cursor)}|${value.slice(cursor)}`;
}

const pasted = (start: Line, text: string) => edit(start, {name: 'paste', text}).value;

describe('keys', () => {
  test.each([
    ['characters go in at the cursor', 'ac', `${left}b`, 'ab|c'],
    ['Home and Ctrl+A go to the beginning', 'abc', `${home}x`, 'x|abc'],
    ['Ctrl+A too', 'abc', '\x01x', 'x|abc'],
    ['End', 'abc', `${home}\x1b[Fx`, 'abcx|'],
    ['Ctrl+E', 'abc', '\x01\x05x', 'abcx|'],
    ['Backspace deletes before the cursor', 'abc', `${left}\x7f`, 'a|c'],
    ['Delete deletes after it', 'abc', `${home}\x1b[3~`, '|bc'],
    ['Ctrl+U deletes all before', 'abc', `${left}\x15`, '|c'],
    ['Ctrl+K deletes all after', 'abc', `${home}${right}\x0b`, 'a|'],
    ['Ctrl+W deletes a word and the spaces after it', 'one two  ', '\x17', 'one |'],
    ['Ctrl+W deletes one folder of a path', '/home/me/file.csv', '\x17', '/home/me/|'],
    ['nothing happens before the beginning', 'a', `${left}${left}\x7f`, '|a'],
    ['nothing happens after the end', 'a', `${right}\x1b[3~\x0b`, 'a|'],
    ['a wide character is one', '日本', `${left}\x7f`, '|本'],
    ['an emoji of many parts is one', 'a👩‍💻', '\x7f', 'a|'],
    ['a letter with its accent is one', 'e\u0301', left, '|e\u0301'],
  ])('%s', (_, value, input, expected) => {
    expect(typed(lineOf(value), input)).toBe(expected);
  });

  test('every key the key map calls editing edits', () => {
    const moving = ['left', 'right', 'home', 'ctrl-a', 'end', 'ctrl-e'] as const;
    const deleting = ['backspace', 'delete', 'ctrl-w', 'ctrl-u', 'ctrl-k'] as const;
    const bound = boundKeys().filter(({screen, action}) => screen === 'field' && action === 'edit');
    expect(bound.map(({key}) => key)).toEqual([...moving, ...deleting]);
    const middle: Line = {value: 'ab cd', cursor: 3, isProposed: false};
    for (const name of moving) expect(edit(middle, {name}).cursor, name).not.toBe(3);
    for (const name of deleting) expect(edit(middle, {name}).value, name).not.toBe('ab cd');
  });

  test('a key that edits nothing leaves the very same line', () => {
    const line = lineOf('abc');
    for (const name of ['up', 'enter', 'right', 'ctrl-right', 'shift-left', 'ctrl-k'] as const) {
      expect(edit(line, {name})).toBe(line);
    }
  });

  test('the cursor never leaves the value', () => {
    const inputs = fc.array(fc.constantFrom('a', '日', ' ', '/', left, right, home, '\x7f', '\x1b[3~', '\x17', '\x15'));
    fc.assert(
      fc.property(fc.string({unit: 'grapheme'}), inputs, (value, keys) => {
        const line = decode(nothingUnread, keys.join('')).keys.reduce(edit, lineOf(value));
        expect(line.cursor).toBeGreaterThanOrEqual(0);
        expect(line.cursor).toBeLessThanOrEqual(line.value.length);
      }),
    );
  });
});

describe('a proposed value', () => {
  const proposal = lineOf('usage.csv', true);

  test('is replaced by the first character typed, and only the first', () => {
    expect(typed(proposal, 'ab')).toBe('ab|');
  });

  test('is replaced by a paste', () => {
    expect(pasted(proposal, 'other.csv')).toBe('other.csv');
  });

  test.each([
    ['←', `${left}x`, 'usage.csx|v'],
    ['→', `${right}x`, 'usage.csvx|'],
    ['End', '\x1b[Fx', 'usage.csvx|'],
    ['Backspace', '\x7fx', 'usage.csx|'],
  ])('is kept by %s', (_, input, expected) => {
    expect(typed(proposal, input)).toBe(expected);
  });
});

describe('a paste', () => {
  test.each([
    ['a newline at its end', 'sk-admin-1\r\n', 'sk-admin-1'],
    ['the quotes of a path', '"/home/me/my file.csv"\n', '/home/me/my file.csv'],
    ["a shell's quotes", "'a b'", 'a b'],
    ['a value broken over lines', 'sk-admin-\n  12345', 'sk-admin-12345'],
    ['spaces around it', ' \t2026-10-01\u00a0', '2026-10-01'],
    ['invisible characters', '\ufeff\u200b2026\u202e-10', '2026-10'],
    ['colours from a terminal', 'a\x1bb', 'ab'],
  ])('loses %s', (_, text, clean) => {
    expect(cleanPaste(text)).toBe(clean);
  });

  test('keeps quotes that belong to it', () => {
    expect(cleanPaste(`it's "so"`)).toBe(`it's "so"`);
  });

  test('goes in at the cursor', () => {
    expect(pasted({value: 'ad', cursor: 1, isProposed: false}, 'bc\n')).toBe('abcd');
  });

  test('of nothing keeps a proposed value', () => {
    expect(pasted(lineOf('usage.csv', true), '\n')).toBe('usage.csv');
  });
});

describe('the visible part', () => {
  const shown = (value: string, cursor: number, width: number) => {
    const {before, at, after} = visiblePart({value, cursor}, width);
    return `${before}|${at}|${after}`;
  };

  test('is everything while it fits', () => {
    expect(shown('abc', 3, 10)).toBe('abc| |');
    expect(shown('abc', 1, 10)).toBe('a|b|c');
  });

  test('is the end while one types past the edge, the beginning when the cursor is there', () => {
    expect(shown('abcdefgh', 8, 5)).toBe('efgh| |');
    expect(shown('abcdefgh', 0, 5)).toBe('|a|bcde');
  });

  test('never cuts a wide character in half', () => {
    expect(shown('日本語', 3, 4)).toBe('語| |');
    expect(shown('日本語', 0, 4)).toBe('|日|本');
  });

  test('is never wider than it may be', () => {
    const texts = fc.string({unit: fc.constantFrom('a', '日', '🙂', 'é', ' ')});
    fc.assert(
      fc.property(texts, fc.nat(), fc.integer({min: 2, max: 20}), (value, place, width) => {
        const characters = [...value];
        const cursor = characters.slice(0, place % (characters.length + 1)).join('').length;
        const {before, at, after} = visiblePart({value, cursor}, width);
        expect(stringWidth(before + at + after)).toBeLessThanOrEqual(width);
        expect(`${value} `).toContain(before + at + after);
      }),
    );
  });
});
