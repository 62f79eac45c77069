import {describe, expect, test} from 'vitest';
import {positionLine} from '../../source/ui/position-line.ts';
import {unicodeGlyphs} from '../../source/ui/theme.ts';
import type {Outcome} from '../../source/usage/outcome.ts';
import {anOutcome} from '../helpers/fake-connection.ts';
import {datasetOf} from '../view/datasets.ts';
import {play, resultsOf, showing, typing} from './state/playing.ts';

const outcome = anOutcome({
  dataset: datasetOf([
    {date: '2026-11-16', model: 'gpt-5.4', input_tokens: 1204, amount: 0.1, currency: 'usd', start_time: 1794787200},
    {date: '2026-11-16', model: 'tts-2', input_tokens: 7, start_time: 1794787200},
    {date: '2026-11-17', model: 'gpt-5.4', amount: 1234.5, currency: 'usd', start_time: 1794873600},
  ]),
});

/** The line with the cursor so many columns to the right. */
function lineAt(right: number, {width = 100, of = outcome}: {width?: number; of?: Outcome} = {}): string {
  const moved = play(showing(of), ...Array.from({length: right}, () => 'right' as const));
  return positionLine(resultsOf(moved), width, unicodeGlyphs);
}

describe('the position line', () => {
  test('tells of figures what they come to, absent ones left out', () => {
    expect(lineAt(2)).toBe('row 1 of 3 · column 3 of 6 · sum 1,211 · mean 605.5 · min 7 · max 1,204 · distinct 2');
  });

  test('tells amounts in their currency', () => {
    expect(lineAt(3)).toBe(
      'row 1 of 3 · column 4 of 6 · sum $1,234.60 · mean $617.30 · min $0.10 · max $1,234.50 · distinct 2',
    );
  });

  test('adds up no amounts of several currencies', () => {
    const mixed = datasetOf([
      {amount: 1, currency: 'usd'},
      {amount: 2, currency: 'eur'},
    ]);
    expect(lineAt(0, {of: {...outcome, dataset: mixed}})).toBe(
      'row 1 of 2 · column 1 of 2 · min 1.00 · max 2.00 · distinct 2',
    );
  });

  test.each([
    ['dates', 0],
    ['names', 1],
    ['points in time', 5],
  ])('tells of %s only how many different ones there are', (_name, right) => {
    expect(lineAt(right)).toMatch(/^row 1 of 3 · column \d of 6 · distinct 2$/);
  });

  test('does not count more different figures than anyone wants to know', () => {
    const input_tokens = Float64Array.from({length: 100_001}, (_, row) => row);
    const dataset = {
      rowCount: 100_001,
      columns: [{kind: 'number', name: 'input_tokens', values: input_tokens} as const],
    };
    expect(lineAt(0, {width: 130, of: {...outcome, dataset}})).toMatch(/ · max 100,000 · distinct over 100,000$/);
  });

  test.each([
    [85, 'row 1 of 3 · column 3 of 6 · sum 1,211 · mean 605.5 · min 7 · max 1,204 · distinct 2'],
    [80, 'row 1 of 3 · sum 1,211 · mean 605.5 · min 7 · max 1,204 · distinct 2'],
    [65, 'row 1 of 3 · sum 1,211 · mean 606 · min 7 · max 1.2k · distinct 2'],
    [64, 'row 1 of 3 · column 3 of 6 · sum 1,211 · mean 606 · min 7'],
    [30, 'row 1 of 3 · column 3 of 6'],
  ])('in %d columns tells as much as there is room for, the sum first', (width, line) => {
    expect(lineAt(2, {width})).toBe(line);
  });

  test('follows the view', () => {
    const filtered = typing(play(showing(outcome), 'right', 'right', 'filter'), 'tts');
    expect(positionLine(resultsOf(filtered), 100, unicodeGlyphs)).toBe(
      'row 1 of 1 · column 3 of 6 · sum 7 · mean 7.0 · min 7 · max 7 · distinct 1',
    );
    const nothing = typing(play(showing(outcome), 'filter'), 'zzz');
    expect(positionLine(resultsOf(nothing), 100, unicodeGlyphs)).toBe('row 0 of 0 · column 1 of 6');
  });
});
