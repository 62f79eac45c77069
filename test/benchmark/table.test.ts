import {describe, expect, test} from 'vitest';
import {mean, median, percentile} from './statistics.ts';
import {type Line, tableJson, tableText, verdictOf} from './table.ts';

describe('of several runs', () => {
  test('the median is the middle one, or between the two in the middle', () => {
    expect([median([9, 1, 5]), median([4, 1, 3, 2]), median([])]).toEqual([5, 2.5, Number.NaN]);
  });

  test('the mean counts all of them', () => {
    expect([mean([1, 2, 6]), mean([])]).toEqual([3, Number.NaN]);
  });

  test('the 95th percentile is one that 95 of a hundred do not exceed, and never one that was not measured', () => {
    const runs = Array.from({length: 40}, (_, index) => 40 - index);
    expect([percentile(runs, 0.95), percentile([7], 0.95), percentile([], 0.95)]).toEqual([38, 7, Number.NaN]);
  });
});

describe('a line', () => {
  const line: Line = {what: 'down', unit: 'ms', runs: [1, 2, 30], reach: {bound: 'at most', value: 20}};

  test('is judged by the figure that counts', () => {
    expect(verdictOf(line)).toBe('ok');
    expect(verdictOf({...line, statistic: 'p95'})).toBe('missed');
  });

  test('that is to be less than its baseline is not when it is the same', () => {
    const verdicts = [1.9, 2].map(run => verdictOf({...line, runs: [run], reach: {bound: 'less than', value: 2}}));
    expect(verdicts).toEqual(['ok', 'missed']);
  });

  test('without a run is neither reached nor missed, and says why', () => {
    const empty: Line = {...line, runs: [], note: 'needs a terminal'};
    expect(verdictOf(empty)).toBe('not measured');
    expect(tableText([{title: 'Keys', lines: [empty]}])).toMatch(
      /down +– +at most 20\.0 ms +not measured +needs a term/,
    );
  });

  test('stands beside its baseline, by the same statistic, in text and in JSON', () => {
    const beside: Line = {...line, statistic: 'p95', baseline: {what: 'VisiData', runs: [5, 6, 700]}};
    expect(tableText([{title: 'Keys', lines: [beside]}])).toMatch(/down +30\.0 ms .* 700 ms +VisiData$/m);
    expect(tableJson([{title: 'Keys', lines: [beside]}])).toMatchObject([
      {section: 'Keys', figure: 30, baseline: {figure: 700}, verdict: 'missed'},
    ]);
  });
});
