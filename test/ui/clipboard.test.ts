import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {clipboardSequence, fitsClipboard, lineOfCells, oneLine} from '../../source/ui/clipboard.ts';

/** What the terminal puts on the clipboard, and that the sequence is all there is. */
function received(sequence: string): string {
  const base64 = /^\x1b\]52;c;([A-Za-z0-9+/]*={0,2})\x07$/.exec(sequence)?.[1];
  if (base64 === undefined) throw new Error('Not a clipboard sequence.');
  return Buffer.from(base64, 'base64').toString();
}

test('text arrives as it is, whatever its script, in one line', () => {
  const row = 'gpt-5.4\tключ 日本語 🙂\t7';
  expect(received(clipboardSequence(row))).toBe(row);
  expect(received(clipboardSequence('7\n8'))).toBe('7 8');
});

const anything = fc.string({unit: 'binary', maxLength: 40});

describe('nothing that is pasted acts', () => {
  test('of whatever stands in a sequence: a terminal finds no other sequence in it', () => {
    fc.assert(
      fc.property(anything, text => {
        expect(received(clipboardSequence(text))).not.toMatch(/[\0-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]/);
      }),
    );
  });

  test('of a value: no shell finds the end of a line in it', () => {
    fc.assert(
      fc.property(anything, text => {
        expect(oneLine(text)).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028\u2029]/);
      }),
    );
  });

  test('and what stands between the control characters stays', () => {
    expect(oneLine('a\x1b[31mred\r\n\tb')).toBe('a [31mred   b');
  });
});

test('no cell of a line runs as a formula in a spreadsheet, whatever hides its beginning', () => {
  for (const formula of ['=1+1', '\u200b=1+1', '\0@SUM(A1)', '\u202e-1']) {
    expect(lineOfCells(['a', formula, -2, Number.NaN]).split('\t')).toEqual(['a', `'${oneLine(formula)}`, '-2', '']);
  }
});

test('a sequence is never longer than what xterm takes', () => {
  const longest = 'x'.repeat(56_244);
  expect(fitsClipboard(longest)).toBe(true);
  expect(clipboardSequence(longest).length).toBeLessThanOrEqual(74_994 + 8);
  expect(fitsClipboard(`${longest}x`)).toBe(false);
  expect(fitsClipboard('日'.repeat(18_748))).toBe(true);
  expect(fitsClipboard('日'.repeat(18_749))).toBe(false);
});
