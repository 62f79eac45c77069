import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {startOf} from '../../source/usage/days.ts';
import {chartingSeries} from '../../source/view/chart-series.ts';
import {groupRows} from '../../source/view/group.ts';
import {findMetric} from '../../source/view/metrics.ts';
import {stepsOf} from '../../source/view/steps.ts';
import {finish} from '../../source/view/work.ts';
import {type Cells, datasetOf, everyRow, FIRST_DAY, someRows, THREE_DAYS} from './datasets.ts';

function charted(cells: readonly Cells[], most: number, metricName = 'tokens') {
  const dataset = datasetOf(cells);
  const metric = findMetric(dataset, metricName);
  if (metric === undefined) return undefined;
  const rows = everyRow(dataset);
  const question = {dimension: 'project', metric, steps: stepsOf(THREE_DAYS, '1d', metric)};
  const {groups, total} = groupRows(dataset, rows, question);
  return {groups, total, ...finish(chartingSeries(dataset, rows, question, groups, most))};
}

const use = (day: number, project_id: string | undefined, input_tokens: number): Cells => ({
  start_time: startOf(FIRST_DAY + day),
  project_id,
  input_tokens,
});
const uses = [use(0, 'a', 9), use(2, 'a', 1), use(0, undefined, 5), use(0, 'b', 2), use(1, 'c', 1), use(7, 'c', 1)];
const plain = (most: number) => charted(uses, most)?.series.map(({label, steps}) => [label, ...steps]);

describe('the series of a chart', () => {
  test('are the biggest groups and the others as one, within the steps', () => {
    expect(plain(2)).toEqual([
      ['a', 9, Number.NaN, 1],
      ['(none)', 5, Number.NaN, Number.NaN],
      ['other', 2, 1, Number.NaN],
    ]);
  });

  test('are all groups where these are few', () => {
    expect(plain(4)?.map(([label]) => label)).toEqual(['a', '(none)', 'b', 'c']);
  });

  test('are one of all rows where no group is wanted', () => {
    expect(plain(0)).toEqual([['total', 16, 1, 1]]);
  });
});

test('credits are in the totals alone, and hide nothing that was spent', () => {
  const spent = (project_id: string, amount: number): Cells => ({
    start_time: startOf(FIRST_DAY),
    project_id,
    amount,
    currency: 'usd',
  });
  const cells = [spent('a', 9), spent('b', 3), spent('b', -20), spent('c', 2)];
  const found = charted(cells, 1, 'cost');
  expect(found?.series.map(({label, steps}) => [label, steps[0]])).toEqual([
    ['a', 9],
    ['other', 5],
  ]);
  expect([found?.totals[0], found?.hasNegative]).toEqual([-6, true]);
  expect(charted([spent('a', 9)], 1, 'cost')?.hasNegative).toBe(false);
});

test('whatever the rows, each is its group by step, and the others are what is left', () => {
  fc.assert(
    fc.property(someRows, fc.nat(4), fc.constantFrom('tokens', 'cost_usd'), (cells, most, metric) => {
      const positive = cells.filter(({amount}) => !(typeof amount === 'number' && amount < 0));
      const found = charted(positive, most, metric);
      if (!found) return;
      const {groups, total, series, totals} = found;
      expect(totals).toEqual(total.steps);
      for (const [index, {steps}] of groups.slice(0, most).entries()) expect(series[index]?.steps).toEqual(steps);
      for (const [step, whole] of total.steps.entries()) {
        const parts = series.map(({steps}) => steps[step] ?? Number.NaN).filter(value => !Number.isNaN(value));
        expect(parts.length === 0).toBe(Number.isNaN(whole));
        if (parts.length > 0) expect(parts.reduce((sum, part) => sum + part)).toBeCloseTo(whole, 6);
      }
    }),
  );
});
