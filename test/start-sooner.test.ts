import {createRequire} from 'node:module';
import {styledCharsFromTokens as charactersOf, tokenize as tokensOf} from '@alcalzone/ansi-tokenize';
import fc from 'fast-check';
import exact from 'string-width';
import {beforeAll, expect, test, vi} from 'vitest';
import {Intl as early} from '../.build/segmenter.js';
import stringWidth from '../.build/string-width.js';
import {styledCharsFromTokens, tokenize} from '../.build/styled-chars.js';

// The bundle's banner, for what esbuild makes of `require`.
beforeAll(() => void vi.stubGlobal('require', createRequire(import.meta.url)));

/** Text of the kind that decides: what our screens draw, what joins with it, colours, and anything at all. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'a',
        '·',
        '→',
        '│',
        '█',
        '⠋',
        '✓',
        '❯',
        '…',
        '©',
        '☺',
        '\u00ad',
        '\u0301',
        '\ufe0f',
        '\u200d',
        '👩',
      ),
      fc.constantFrom('\x1b[1m', '\x1b[38;5;4m', '\x1b', '\x1b]8;;x\x07', '\r', '\n', '語', 'क्ष', '각', '🇩🇪'),
      fc.integer({min: 0xa0, max: 0x2fff}).map(code => String.fromCharCode(code)),
      fc.string({unit: 'grapheme'}),
    ),
    {maxLength: 12},
  )
  .map(parts => parts.join(''));

test('a width is the one that string-width gives', () => {
  fc.assert(
    fc.property(
      text,
      fc.constantFrom(undefined, {countAnsiEscapeCodes: true}, {ambiguousIsNarrow: false}),
      (each, options) => {
        expect(stringWidth(each, options)).toBe(exact(each, options));
      },
    ),
    {numRuns: 5000},
  );
});

test('a text has the graphemes that Intl.Segmenter gives', () => {
  const real = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
  const ours = new early.Segmenter(undefined, {granularity: 'grapheme'});
  fc.assert(
    fc.property(text, fc.nat(12), (each, index) => {
      expect([...ours.segment(each)]).toEqual([...real.segment(each)]);
      expect(ours.segment(each).containing(index)).toEqual(real.segment(each).containing(index));
    }),
    {numRuns: 5000},
  );
});

test('every character that is taken for plain is one column, and a grapheme of its own', () => {
  const ours = new early.Segmenter();
  for (let code = 0; code < 0x3000; code++) {
    const character = String.fromCharCode(code);
    expect(stringWidth(character), `U+${code.toString(16)}`).toBe(exact(character));
    expect([...ours.segment(`a${character}`)].length).toBe([...new Intl.Segmenter().segment(`a${character}`)].length);
  }
});

test('a text has the styled characters that ansi-tokenize gives, however many came between', () => {
  const seen: string[] = [];
  fc.assert(
    fc.property(text, fc.nat(), (each, index) => {
      seen.push(each);
      for (const known of [each, seen[index % seen.length] ?? '']) {
        expect(styledCharsFromTokens(tokenize(known))).toEqual(charactersOf(tokensOf(known)));
      }
    }),
    {numRuns: 2000},
  );
});
