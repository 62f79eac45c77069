import fc from 'fast-check';
import {expect, test} from 'vitest';
import {groupRows} from '../../source/view/group.ts';
import {findMetric, type Metric} from '../../source/view/metrics.ts';
import {pivotRows} from '../../source/view/pivot.ts';
import {type Cells, datasetOf, everyRow, someRows, sum} from './datasets.ts';

const none: Metric = {name: 'none', label: 'none', kind: 'count', columns: []};

function pivot(rows: readonly Cells[], dimension: string, across: string, metricName: string) {
  const dataset = datasetOf(rows);
  const metric = findMetric(dataset, metricName) ?? none;
  const by = (name: string) => groupRows(dataset, everyRow(dataset), {dimension: name, metric});
  return {...pivotRows(dataset, everyRow(dataset), {dimension, across, metric}), by};
}

test('a cell holds the rows of both its groups, and nothing where there are none', () => {
  const rows = [
    {project_id: 'p', model: 'm', input_tokens: 1},
    {project_id: 'p', model: 'm', input_tokens: 2},
    {project_id: 'q', model: 'n', input_tokens: 1},
  ];
  const {down, across, cell} = pivot(rows, 'project', 'model', 'tokens');
  expect([down, across].map(groups => groups.map(({id}) => id))).toEqual([
    ['p', 'q'],
    ['m', 'n'],
  ]);
  expect([cell(0, 0), cell(0, 1), cell(1, 0), cell(1, 1)]).toEqual([3, Number.NaN, Number.NaN, 1]);
});

test('a cell of shares is the share of its sums', () => {
  const rows = [
    {project_id: 'p', model: 'm', input_tokens: 90, input_cached_tokens: 0},
    {project_id: 'p', model: 'm', input_tokens: 10, input_cached_tokens: 10},
  ];
  expect(pivot(rows, 'project', 'model', 'cached_share').cell(0, 0)).toBe(0.1);
});

test('more cells than fit in memory are kept where there are rows', () => {
  const rows = Array.from({length: 1100}, (_, row) => ({
    user_id: `u${row}`,
    api_key_id: `k${row}`,
    input_tokens: 1 + row,
  }));
  const {down, across, cell} = pivot(rows, 'user', 'key', 'tokens');
  expect([down[0]?.id, across[0]?.id, cell(0, 0), cell(0, 1)]).toEqual(['u1099', 'k1099', 1100, Number.NaN]);
});

test('margins are the groups by one dimension, and cells add up to them', () => {
  fc.assert(
    fc.property(someRows, fc.constantFrom('tokens', 'cost'), (rows, metric) => {
      const {down, across, total, cell, by} = pivot(rows, 'project', 'model', metric);
      const told = (groups: readonly {label: string; value: number}[]) =>
        groups.map(({label, value}) => [label, value]);
      expect(told(down)).toEqual(told(by('project').groups));
      expect(told(across)).toEqual(told(by('model').groups));
      expect(total.value).toEqual(by('model').total.value);
      for (const [row, {value}] of down.entries()) {
        expect(sum(across.map((_, column) => cell(row, column)))).toBeCloseTo(value, 9);
      }
      for (const [column, {value}] of across.entries()) {
        expect(sum(down.map((_, row) => cell(row, column)))).toBeCloseTo(value, 9);
      }
    }),
  );
});
