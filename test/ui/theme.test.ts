import {describe, expect, test} from 'vitest';
import {asciiGlyphs, makeTheme, unicodeGlyphs} from '../../source/ui/theme.ts';

const meanings = ['accent', 'dim', 'good', 'warning', 'bad', 'selection'] as const;

describe('colours', () => {
  test('are the plain ones of the terminal, which its palette keeps readable on its background', () => {
    const theme = makeTheme({color: true, ascii: false});
    for (const meaning of meanings) {
      expect(['red', 'green', 'yellow', 'cyan', undefined]).toContain(theme[meaning].color);
    }
  });

  test('are none without colour', () => {
    const theme = makeTheme({color: false, ascii: false});
    expect(meanings.map(meaning => theme[meaning].color)).toEqual(meanings.map(() => undefined));
  });

  test('the chosen row can be told without colour', () => {
    expect(makeTheme({color: false, ascii: false}).selection).toEqual({inverse: true});
    expect(unicodeGlyphs.pointer).not.toBe('');
  });
});

describe('glyphs', () => {
  test('are plain ASCII where asked', () => {
    const {glyphs} = makeTheme({color: true, ascii: true});
    expect(glyphs).toBe(asciiGlyphs);
    expect(JSON.stringify(glyphs)).toMatch(/^[ -~]*$/);
  });

  test('tell their meanings apart, in both sets', () => {
    for (const {done, failed, checked, unchecked, barFull, barEmpty} of [unicodeGlyphs, asciiGlyphs]) {
      expect(done).not.toBe(failed);
      expect(checked).not.toBe(unchecked);
      expect(barFull).not.toBe(barEmpty);
    }
  });
});
