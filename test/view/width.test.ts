import fc from 'fast-check';
import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {printable, printableName} from '../../source/view/printable.ts';
import {fitText, widthOf} from '../../source/view/width.ts';

const tricky = fc.constantFrom(
  ...[
    '\u001b[31m',
    '\u009b2J',
    '\u202e',
    '\u2066',
    '\u200d',
    '\u200b',
    '\ufe0f',
    '\u0301',
    '\u20e3',
    '\ud83e',
    '\udd16',
  ],
  ...['👩‍👩‍👧', '👍🏽', '🇩🇪', '1️⃣', '漢', '한', '\u1112\u1161\u11ab', 'क्षि', 'ｶﾞ', '\u3164', '\u{e0041}', '\n', 'e', ' '],
);
const anyText = fc.oneof(
  fc.array(tricky, {maxLength: 8}).map(parts => parts.join('')),
  fc.string({unit: 'binary', maxLength: 12}),
);

describe('printable text', () => {
  test.each([
    ['plain', 'plain'],
    ['Zoë 漢字', 'Zoë 漢字'],
    ['a\u001b[2Jb', 'a␛[2Jb'],
    ['a\nb\tc\u007f', 'a␊b␉c␡'],
    ['a\u009b2J', 'a⋅2J'],
    ['invoice\u202egpj.exe', 'invoice⋅gpj.exe'],
    ['a\u200bb\u2028c\u00add', 'a⋅b⋅c⋅d'],
    ['a\ud83e', 'a⋅'],
    ['\u{e0041}tagged', '⋅tagged'],
    ['👩\u200d💻', '👩⋅💻'],
    ['👍🏽 ❤\ufe0f', '👍 ❤'],
    ['🇩🇪 Team', 'DE Team'],
    ['e\u0301', 'é'],
  ])('of %j is %j', (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  test('holds nothing that moves the cursor, reorders or hides, whatever it was made of', () => {
    fc.assert(
      fc.property(anyText, text => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
      }),
    );
  });

  test('heaps no more than eight marks on a letter, and says that there were more', () => {
    expect(printable(`z${'\u0327\u20dd'.repeat(5000)}algo`)).toBe(`z${'\u0327\u20dd'.repeat(4)}⋅algo`);
    expect(printable('\u0344'.repeat(8))).toMatch(/^\p{Mn}{8}⋅$/u);
  });

  test('of a name that is longer than any line is its beginning', () => {
    expect(printableName('n'.repeat(1_000_000))).toBe(`${'n'.repeat(1999)}…`);
    expect(printableName(`${'n'.repeat(1998)}👍👍`)).toBe(`${'n'.repeat(1998)}…`);
  });

  test('is printable already', () => {
    fc.assert(
      fc.property(anyText, text => {
        expect(printable(printable(text))).toBe(printable(text));
      }),
    );
  });
});

describe('the width', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    ['漢字', 4],
    ['é', 1],
    ['q\u0323', 1],
    ['🧾', 2],
    ['क्ष', 2],
  ])('of %j is %i columns', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  test('is the one Ink measures, and never less than that', () => {
    fc.assert(
      fc.property(anyText.map(printable), text => {
        expect(widthOf(text)).toBeGreaterThanOrEqual(stringWidth(text));
      }),
    );
  });

  test('is exactly the one Ink measures, where letters do not fuse', () => {
    const parts = fc.constantFrom(
      'a',
      'é',
      '漢',
      '한',
      '🧾',
      '👍🏽',
      '🇩🇪',
      '1️⃣',
      '👩‍👩‍👧',
      'q\u0323',
      'ｶﾞ',
      '\u001b',
      '\u200b',
      'ß',
    );
    fc.assert(
      fc.property(
        fc.array(parts).map(all => printable(all.join(''))),
        text => {
          expect(widthOf(text)).toBe(stringWidth(text));
        },
      ),
    );
  });
});

describe('fitting', () => {
  test.each([
    ['abc', 5, 'left', 'abc  '],
    ['abc', 5, 'right', '  abc'],
    ['abc', 3, 'left', 'abc'],
    ['abcdef', 4, 'left', 'abc…'],
    ['abcdef', 4, 'right', 'abc…'],
    ['abcdef', 1, 'left', 'a'],
    ['abc', 0, 'left', ''],
    ['abc', -1, 'left', ''],
    ['漢字', 3, 'left', '漢…'],
    ['漢字漢', 4, 'left', '漢… '],
    ['漢字', 1, 'left', ' '],
    ['q\u0323r\u0323s', 2, 'left', 'q\u0323…'],
  ] as const)('%j into %i columns, %s, is %j', (text, width, align, shown) => {
    expect(fitText(text, width, align)).toBe(shown);
  });

  test('can do without an ellipsis that is not ASCII', () => {
    expect(fitText('abcdef', 4, 'left', '~')).toBe('abc~');
    expect(fitText('abcdef', 3, 'left', '...')).toBe('abc');
  });

  test('gives exactly the width asked for, whatever is fitted', () => {
    fc.assert(
      fc.property(anyText, fc.nat({max: 20}), fc.constantFrom('left', 'right'), (text, width, align) => {
        expect(widthOf(fitText(printable(text), width, align))).toBe(width);
      }),
    );
  });
});
