import fc from 'fast-check';
import {expect, test} from 'vitest';
import {wrapText} from '../../source/ui/wrap.ts';
import {printable} from '../../source/view/printable.ts';
import {widthOf} from '../../source/view/width.ts';

test('breaks between words, and cuts a word that fits on no line', () => {
  expect(wrapText('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrapText('GET abcdefghij', 6)).toEqual(['GET ab', 'cdefgh', 'ij']);
  expect(wrapText('one two', 8, {first: '- ', rest: '  '})).toEqual(['- one', '  two']);
  expect(wrapText('', 8)).toEqual(['']);
});

test('no line is wider than asked, and nothing but spaces is lost', () => {
  const text = fc.oneof(fc.lorem({maxCount: 12}), fc.string({unit: 'grapheme', maxLength: 60})).map(printable);
  fc.assert(
    fc.property(text, fc.integer({min: 2, max: 30}), (words, width) => {
      const lines = wrapText(words, width);
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
      expect(lines.join('').replaceAll(' ', '')).toBe(words.replaceAll(' ', ''));
    }),
  );
});

test('a width of nothing is no endless loop', () => {
  for (const width of [0, 1]) expect(wrapText('日本 words', width).length).toBeGreaterThan(0);
});
