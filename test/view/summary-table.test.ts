import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {valueAt} from '../../source/usage/dataset.ts';
import {changesBy, type Side} from '../../source/view/compare.ts';
import type {Dimension} from '../../source/view/dimensions.ts';
import {groupRows} from '../../source/view/group.ts';
import type {Metric} from '../../source/view/metrics.ts';
import {pivotRows} from '../../source/view/pivot.ts';
import {changesDataset, pivotDataset, type SummaryTable, summaryDataset} from '../../source/view/summary-table.ts';
import {rowsOf} from '../helpers/cells.ts';
import {type Cells, sideOf} from './sides.ts';

const cost: Metric = {name: 'cost', label: 'cost', kind: 'money', currency: 'usd', columns: ['amount']};
const tokens: Metric = {name: 'input_tokens', label: 'tokens in', kind: 'count', columns: ['input_tokens']};
const cached: Metric = {
  ...tokens,
  name: 'cached_share',
  kind: 'share',
  columns: ['input_cached_tokens'],
  over: 'input_tokens',
};

const project: Dimension = {name: 'project', label: 'project', column: 'project_id'};
const model: Dimension = {name: 'model', label: 'model', column: 'model'};

const spent = (amount: number, more: Cells = {}): Cells => ({amount, currency: 'usd', ...more});
const search = {project_id: 'proj_s', project_name: 'Search'};
const voice = {project_id: 'proj_v', project_name: 'Voice'};

const summaryOf = ({dataset, rows}: Side, dimension: Dimension, metric: Metric): SummaryTable =>
  summaryDataset(dimension, metric, groupRows(dataset, rows, {dimension: dimension.name, metric}));
const pivotOf = ({dataset, rows}: Side, dimension: Dimension, across: string, metric: Metric): SummaryTable =>
  pivotDataset(dimension, metric, pivotRows(dataset, rows, {dimension: dimension.name, across, metric}));
const columnsOf = ({columns}: SummaryTable) => columns.map(({name}) => name).join(' ');

/** The figures of a column, the same in every table that has it. */
function figures(table: Pick<SummaryTable, 'columns' | 'rowCount'>, name: string): unknown[] {
  const column = table.columns.find(each => each.name === name);
  return column ? Array.from({length: table.rowCount}, (_, row) => valueAt(column, row)) : [];
}

describe('a summary', () => {
  test('has a line a group, and the total apart from them', () => {
    const table = summaryOf(sideOf([spent(6, search), spent(1.5, search), spent(2.5, voice)]), project, cost);
    expect(columnsOf(table)).toBe('project project_id rows cost currency share');
    expect(rowsOf(table)).toEqual([
      {project: 'Search', project_id: 'proj_s', rows: 2, cost: 7.5, currency: 'usd', share: 0.75},
      {project: 'Voice', project_id: 'proj_v', rows: 1, cost: 2.5, currency: 'usd', share: 0.25},
    ]);
    expect(rowsOf(table.totals)).toEqual([{project: 'total', rows: 3, cost: 10, currency: 'usd', share: 1}]);
    expect(table.totals.columns.map(({name}) => name)).toEqual(table.columns.map(({name}) => name));
  });

  test('repeats no id that is the name, and gives none to rows without a group', () => {
    const side = sideOf([{model: 'gpt-5.4', input_tokens: 5}, {input_tokens: 1}]);
    expect(rowsOf(summaryOf(side, model, tokens))).toEqual([
      {model: 'gpt-5.4', rows: 1, input_tokens: 5, share: 5 / 6},
      {model: '(none)', rows: 1, input_tokens: 1, share: 1 / 6},
    ]);
    const named = summaryOf(sideOf([spent(2, search), spent(1)]), project, cost);
    expect(rowsOf(named)[1]).toEqual({project: '(none)', rows: 1, cost: 1, currency: 'usd', share: 1 / 3});
  });

  test('of shares has no share of the total', () => {
    const side = sideOf([{model: 'a', input_tokens: 10, input_cached_tokens: 4}]);
    expect(columnsOf(summaryOf(side, model, cached))).toBe('model rows cached_share');
  });

  test('has no shares of a total of zero, and more than the whole where credits were given', () => {
    const balanced = summaryOf(sideOf([spent(3, search), spent(-3, voice)]), project, cost);
    expect(figures(balanced, 'share')).toEqual([undefined, undefined]);
    const credited = summaryOf(sideOf([spent(3, search), spent(-1, voice)]), project, cost);
    expect(figures(credited, 'share')).toEqual([1.5, -0.5]);
  });

  test('of nothing has its columns and no line', () => {
    const table = summaryOf(sideOf([]), project, cost);
    expect(table.rowCount).toBe(0);
    expect(columnsOf(table)).toBe('project rows cost currency share');
    expect(table.totals.rowCount).toBe(1);
  });

  test('names every column once, whatever the API calls its dimensions', () => {
    const rows: Dimension = {name: 'rows', label: 'rows', column: 'rows'};
    const table = summaryOf(sideOf([{rows: 'odd', input_tokens: 1}]), rows, tokens);
    expect(columnsOf(table)).toBe('rows rows (2) input_tokens share');
  });
});

describe('a pivot', () => {
  const side = sideOf([
    spent(5, {...search, line_item: 'gpt-5.4, input'}),
    spent(3, {...search, line_item: 'gpt-5.4-mini, input'}),
    spent(2, {...voice, line_item: 'gpt-5.4, output'}),
  ]);

  test('has a column for each group across, and both margins', () => {
    const table = pivotOf(side, project, 'model', cost);
    expect(columnsOf(table)).toBe('project project_id gpt-5.4 gpt-5.4-mini total currency');
    expect(rowsOf(table)).toEqual([
      {project: 'Search', project_id: 'proj_s', 'gpt-5.4': 5, 'gpt-5.4-mini': 3, total: 8, currency: 'usd'},
      {project: 'Voice', project_id: 'proj_v', 'gpt-5.4': 2, total: 2, currency: 'usd'},
    ]);
    expect(rowsOf(table.totals)).toEqual([
      {project: 'total', 'gpt-5.4': 7, 'gpt-5.4-mini': 3, total: 10, currency: 'usd'},
    ]);
  });

  test('tells its own columns from groups of the same name', () => {
    const odd = sideOf(['total', 'project', 'currency'].map((name, at) => spent(9 - at, {...search, line_item: name})));
    expect(columnsOf(pivotOf(odd, project, 'line_item', cost))).toBe(
      'project project_id total (2) project (2) currency (2) total currency',
    );
  });
});

describe('changes', () => {
  test('have a line a group with both values, the change and the state', () => {
    const now = sideOf([spent(6, search)]);
    const before = sideOf([spent(4, search), spent(1, voice)]);
    const table = changesDataset(project, cost, changesBy(now, before, 'project', cost));
    const line = {currency: 'usd'};
    expect(columnsOf(table)).toBe('project project_id cost currency before change change_ratio state');
    expect(rowsOf(table)).toEqual([
      {
        ...line,
        project: 'Search',
        project_id: 'proj_s',
        cost: 6,
        before: 4,
        change: 2,
        change_ratio: 0.5,
        state: 'both',
      },
      {
        ...line,
        project: 'Voice',
        project_id: 'proj_v',
        cost: 0,
        before: 1,
        change: -1,
        change_ratio: -1,
        state: 'gone',
      },
    ]);
    expect(rowsOf(table.totals)).toEqual([
      {...line, project: 'total', cost: 6, before: 5, change: 1, change_ratio: 0.2, state: 'both'},
    ]);
  });

  test('have no ratio to nothing', () => {
    const table = changesDataset(project, cost, changesBy(sideOf([spent(6, search)]), sideOf([]), 'project', cost));
    expect(figures(table, 'change_ratio')).toEqual([undefined]);
    expect(figures(table, 'state')).toEqual(['new']);
  });
});

test('the figures of a group and of the total are the same in every table', () => {
  const rows = fc.array(
    fc.record({
      project: fc.constantFrom(search, voice, {}),
      model: fc.constantFrom('a', 'b', 'c'),
      tokens: fc.nat(999),
    }),
    {maxLength: 10},
  );
  fc.assert(
    fc.property(rows, list => {
      const side = sideOf(list.map(each => ({...each.project, model: each.model, input_tokens: each.tokens})));
      const summary = summaryOf(side, project, tokens);
      const pivot = pivotOf(side, project, 'model', tokens);
      const changes = changesDataset(project, tokens, changesBy(side, sideOf([]), 'project', tokens));
      expect(figures(pivot, 'project')).toEqual(figures(summary, 'project'));
      expect(figures(pivot, 'total')).toEqual(figures(summary, 'input_tokens'));
      expect(figures(pivot.totals, 'total')).toEqual(figures(summary.totals, 'input_tokens'));
      const byName = (table: SummaryTable) =>
        figures(table, 'project')
          .map((name, at) => `${name} ${figures(table, 'input_tokens')[at]}`)
          .sort();
      expect(byName(changes)).toEqual(byName(summary));
    }),
  );
});
