import {describe, expect, test} from 'vitest';
import {ApiError} from '../../source/api/errors.ts';
import {durationLabel, gapSentence, momentLabel, sentenceOf} from '../../source/ui/sentences.ts';
import {counted, sizeLabel} from '../../source/view/counted.ts';
import {ALL, aGap, anOutcome, aQuery, NOON} from '../helpers/fake-connection.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [4_100_000, '4.1 MB'],
  [5e12, '5000 GB'],
])('%i bytes are %s', (bytes, label) => {
  expect(sizeLabel(bytes)).toBe(label);
});

test.each([
  [0, '0.0 s'],
  [400, '0.4 s'],
  [9940, '9.9 s'],
  [9960, '10 s'],
  [125_000, '2 min 5 s'],
  [-5, '0.0 s'],
])('%i ms are %s', (milliseconds, label) => {
  expect(durationLabel(milliseconds)).toBe(label);
});

test('one is singular', () => {
  expect([counted(0, 'row'), counted(1, 'row'), counted(15_519, 'row')]).toEqual(['0 rows', '1 row', '15,519 rows']);
});

test('a moment of another day has its date', () => {
  expect(momentLabel(NOON - 60_000, NOON)).toBe('12:02 UTC');
  expect(momentLabel(NOON - 86_400_000, NOON)).toBe('2026-11-21 12:03 UTC');
});

test('an error is one harmless line', () => {
  expect(sentenceOf(new Error('a\x1b[2Jb'))).toBe('a␛[2Jb');
});

describe('what is missing', () => {
  const failure = new ApiError({reason: 'server', subject: 'x', what: 'y', next: 'z'});
  const say = (part: Parameters<typeof anOutcome>[0]) => gapSentence(anOutcome({rowsPerDay: 0, ...part}), '·');

  test('is nothing when all is there', () => {
    expect(say({})).toBeUndefined();
  });

  test('is named, with the keys that help', () => {
    const gaps = [aGap('images', failure), aGap('costs', failure)];
    expect(say({gaps})).toBe('2 endpoints incomplete: images, costs · t errors · r refetch');
  });

  test('of many names three, and how many more', () => {
    expect(say({gaps: ALL.map(name => aGap(name))})).toBe(
      '11 endpoints incomplete: completions, embeddings, moderations and 8 more · t errors · r refetch',
    );
  });

  test('names and filtered endpoints too', () => {
    const directoryFailures = new Map([['project_api_keys', failure]] as const);
    expect(say({directoryFailures, skipped: ['costs']})).toBe(
      'names missing: project keys · not asked, they know no such filter: costs · t errors',
    );
  });

  test('and a clock that the server contradicts', () => {
    expect(say({clockAhead: -14 * 3_600_000})).toBe("this computer's clock is 14 h behind the server's");
  });

  test('with hours, that costs stay daily', () => {
    expect(say({query: aQuery({width: '1h'})})).toBe('costs stay daily');
    expect(say({query: aQuery({width: '1h'}), skipped: ['costs']})).toBe('not asked, they know no such filter: costs');
  });
});
