import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {patternOf, wholeOf} from '../../source/view/pattern.ts';

const letters = fc.string({unit: fc.constantFrom('a', 'A', 'b', 'İ', 'Σ', 'σ', 'ς', 'É', '😀', '.', '*', ' ')});

describe('smart case', () => {
  test.each([
    ['prod', 'Prod-Gateway', true],
    ['Prod', 'Prod-Gateway', true],
    ['Prod', 'prod-gateway', false],
    ['gateWay', 'gateway', false],
    ['éte', 'ÉTÉ, ÉTEINT', true],
    ['οδοσ', 'ΟΔΟΣ', true],
    ['istanbul', 'İstanbul', true],
  ])('finds %s in %s: %s', (typed, text, isFound) => {
    expect(patternOf(typed).isMatch(text)).toBe(isFound);
  });

  test('holds for whole cells too', () => {
    expect([wholeOf('search')('Search'), wholeOf('Search')('search'), wholeOf('search')('research')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

test('no character of a pattern has a meaning of its own', () => {
  expect(patternOf('gpt-5.4').isMatch('gpt-5x4')).toBe(false);
  expect(patternOf('.*').spans('a.*b')).toEqual([[1, 3]]);
});

test('nothing is found by nothing', () => {
  expect([patternOf('').isMatch('abc'), patternOf('').spans('abc')]).toEqual([false, []]);
});

test('an accent that was typed apart is found where it is composed', () => {
  expect(patternOf('e\u0301t').isMatch('été')).toBe(true);
});

test('places are those of the text as it is, also behind letters whose lower case is longer', () => {
  expect(patternOf('ab').spans('İİabAB')).toEqual([
    [2, 4],
    [4, 6],
  ]);
});

test('places do not overlap', () => {
  expect(patternOf('aa').spans('aaaaa')).toEqual([
    [0, 2],
    [2, 4],
  ]);
});

describe('in any text', () => {
  test('every place lies in the text, after the one before, and is a match', () => {
    fc.assert(
      fc.property(letters, letters, (typed, text) => {
        const pattern = patternOf(typed);
        let end = 0;
        for (const [from, to] of pattern.spans(text)) {
          expect(from).toBeGreaterThanOrEqual(end);
          expect(to).toBeLessThanOrEqual(text.length);
          expect(pattern.isMatch(text.slice(from, to))).toBe(true);
          end = to;
        }
      }),
    );
  });

  test('there is a place exactly where there is a match', () => {
    fc.assert(
      fc.property(letters, letters, (typed, text) => {
        expect(patternOf(typed).spans(text).length > 0).toBe(patternOf(typed).isMatch(text));
      }),
    );
  });

  test('whatever part of it is typed is found', () => {
    fc.assert(
      fc.property(letters, letters, letters, (before, part, after) => {
        fc.pre(part !== '');
        expect(patternOf(part).isMatch(before + part + after)).toBe(true);
      }),
    );
  });
});
