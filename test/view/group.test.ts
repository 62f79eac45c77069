import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {startOf} from '../../source/usage/days.ts';
import {groupRows} from '../../source/view/group.ts';
import {findMetric, type Metric, metricsOf} from '../../source/view/metrics.ts';
import {stepsOf} from '../../source/view/steps.ts';
import {type Cells, datasetOf, everyRow, FIRST_DAY, someRows, sum, THREE_DAYS} from './datasets.ts';

const none: Metric = {name: 'none', label: 'none', kind: 'count', columns: []};

function groups(rows: readonly Cells[], dimension: string, metricName: string) {
  const dataset = datasetOf(rows);
  const metric = findMetric(dataset, metricName) ?? none;
  const steps = stepsOf(THREE_DAYS, '1d', metric);
  return groupRows(dataset, everyRow(dataset), {dimension, metric, steps});
}
const table = (rows: readonly Cells[], dimension: string, metric: string) =>
  groups(rows, dimension, metric).groups.map(({label, rows: count, value}) => [label, count, value]);

describe('groups', () => {
  test('stand biggest first, equal ones by label', () => {
    const rows = ['b', 'a', 'c', 'c'].map(model => ({model, input_tokens: 5}));
    expect(table(rows, 'model', 'tokens')).toEqual([
      ['c', 2, 10],
      ['a', 1, 5],
      ['b', 1, 5],
    ]);
  });

  test('are only those that hold the metric; rows without the dimension are one of them', () => {
    const rows = [{model: 'a'}, {input_tokens: 7}, {model: 'b', input_tokens: 1}];
    expect(table(rows, 'model', 'tokens')).toEqual([
      ['(none)', 1, 7],
      ['b', 1, 1],
    ]);
    expect(groups(rows, 'model', 'tokens').groups[0]?.id).toBeUndefined();
  });

  test('add up money of one currency only', () => {
    const rows = ['usd', 'usd', 'eur'].map(currency => ({model: 'a', amount: 2, currency}));
    expect(table(rows, 'model', 'cost_usd')).toEqual([['a', 2, 4]]);
    expect(groups(rows, 'model', 'cost_eur').total).toMatchObject({rows: 1, value: 2});
  });

  test('add up amounts without drifting', () => {
    const rows = Array.from({length: 10_000}, () => ({model: 'a', amount: 0.1, currency: 'usd'}));
    expect(table(rows, 'model', 'cost')).toEqual([['a', 10_000, 1000]]);
  });

  test('have the share of their sums, not the mean of shares, and only of rows that tell both figures', () => {
    const rows = [
      {model: 'a', input_cached_tokens: 10, input_tokens: 10},
      {model: 'a', input_cached_tokens: 0, input_tokens: 90},
      {model: 'a', input_tokens: 1000},
    ];
    expect(table(rows, 'model', 'cached_share')).toEqual([['a', 2, 0.1]]);
  });

  test('with a share of nothing have no value and come last', () => {
    const rows = [
      {model: 'a', input_cached_tokens: 0, input_tokens: 0},
      {model: 'b', input_cached_tokens: 0, input_tokens: 5},
    ];
    expect(table(rows, 'model', 'cached_share')).toEqual([
      ['b', 1, 0],
      ['a', 1, Number.NaN],
    ]);
  });

  test('have their value by step, and nothing where there is none; rows outside count in the value alone', () => {
    const rows = [0, 0, 2, 9].map(day => ({start_time: startOf(FIRST_DAY + day) + 3600, model: 'a', input_tokens: 5}));
    const [group] = groups(rows, 'model', 'tokens').groups;
    expect(group?.value).toBe(20);
    expect(group?.steps).toEqual(Float64Array.of(10, Number.NaN, 5));
  });

  test('are of the rows of the view, not of all rows', () => {
    const dataset = datasetOf([1, 2, 4].map(input_tokens => ({input_tokens})));
    const metric = findMetric(dataset, 'tokens') ?? none;
    expect(groupRows(dataset, Uint32Array.of(2, 0), {dimension: 'model', metric}).total).toMatchObject({
      value: 5,
      rows: 2,
    });
  });
});

describe('whatever the rows,', () => {
  const dimensions = ['project', 'model', 'line_item', 'nothing'];

  test('groups sum to the total, and steps to their group', () => {
    fc.assert(
      fc.property(someRows, fc.constantFrom(...dimensions), (rows, dimension) => {
        for (const metric of metricsOf(datasetOf(rows)).filter(({kind}) => kind !== 'share')) {
          const {groups: found, total} = groups(rows, dimension, metric.name);
          const digits = metric.kind === 'money' ? 9 : 0;
          expect(sum(found.map(group => group.value))).toBeCloseTo(total.value, digits);
          expect(sum(found.map(group => group.rows))).toBe(total.rows);
          for (const group of [...found, total]) expect(sum(group.steps)).toBeCloseTo(group.value, digits);
        }
      }),
    );
  });

  test('counts sum exactly', () => {
    fc.assert(
      fc.property(someRows, rows => {
        const {groups: found, total} = groups(rows, 'project', 'tokens');
        const all = rows
          .flatMap(row => [row['input_tokens'], row['output_tokens']])
          .filter(cell => typeof cell === 'number');
        expect(sum(found.map(group => group.value))).toBe(sum(all));
        expect(total.rows === 0 ? 0 : total.value).toBe(sum(all));
      }),
    );
  });
});
