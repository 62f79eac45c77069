import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {BlockBuilder, Interners} from '../../source/usage/block.ts';
import {findColumn, valueAt} from '../../source/usage/dataset.ts';
import {addList, nameLookup, newDirectory} from '../../source/usage/directory.ts';
import {pack} from '../../source/usage/pack.ts';
import {groupRows} from '../../source/view/group.ts';
import {groupLabel} from '../../source/view/group-label.ts';
import type {Metric} from '../../source/view/metrics.ts';
import {pivotRows} from '../../source/view/pivot.ts';
import {pivotDataset, type SummaryTable, summaryDataset} from '../../source/view/summary-table.ts';
import {unaccountedIn} from '../../source/view/unaccounted.ts';
import {assemble} from '../helpers/assemble.ts';
import {type Cells, datasetOf, everyRow} from './datasets.ts';

const tokens: Metric = {name: 'tokens', label: 'tokens', kind: 'count', columns: ['input_tokens', 'output_tokens']};
const cost: Metric = {name: 'cost', label: 'cost', kind: 'money', currency: 'usd', columns: ['amount']};

const key = (id: string | undefined, name: string | undefined = id): Cells => ({api_key_id: id, api_key_name: name});
const project = (id: string | undefined, name: string | undefined = id): Cells => ({
  project_id: id,
  project_name: name,
});
const user = (id: string | undefined, name: string | undefined = id): Cells => ({user_id: id, user_email: name});
const used = (input_tokens: number, ...who: readonly Cells[]): Cells =>
  Object.assign({endpoint_type: 'completions', input_tokens, model: 'gpt-5.4'}, ...who);
const paid = (amount: number, ...who: readonly Cells[]): Cells =>
  Object.assign({endpoint_type: 'costs', amount, currency: 'usd', line_item: 'gpt-5.4, input'}, ...who);

function unaccounted(rows: readonly Cells[], dimension: string, metric = tokens) {
  const dataset = datasetOf(rows);
  const found = unaccountedIn(dataset, everyRow(dataset), {dimension, metric});
  return (
    found && {
      rows: found.total.rows,
      value: found.total.value,
      lacks: found.lacks.filter(({withoutId, withoutName}) => withoutId + withoutName > 0),
    }
  );
}

const rows = [
  used(1, key('key_a', 'gateway'), project('proj_a', 'Search'), user('user-a', 'a@b.example')),
  used(10, key('key_x'), project('proj_a', 'Search'), user('user-a', 'a@b.example')),
  used(100, key(undefined), project('proj_a', 'Search'), user('user-x')),
  used(1000, key('key_a', 'gateway'), project('proj_x'), user(undefined)),
  paid(5, key('key_a', 'gateway'), project('proj_a', 'Search')),
  paid(7, key(undefined), project('proj_a', 'Search')),
];

describe('what nobody can be named for', () => {
  test('by key, project or user is what lacks that one name, apart by whether there is an id', () => {
    expect(unaccounted(rows, 'key')).toEqual({
      rows: 2,
      value: 110,
      lacks: [{dimension: 'key', withoutId: 1, withoutName: 1}],
    });
    expect(unaccounted(rows, 'project')).toMatchObject({rows: 1, value: 1000});
    expect(unaccounted(rows, 'user')).toMatchObject({rows: 2, value: 1100});
    expect(unaccounted(rows, 'key', cost)).toMatchObject({rows: 1, value: 7});
  });

  test('by anything else is what lacks any of them, each row once', () => {
    expect(unaccounted(rows, 'model')).toEqual({
      rows: 3,
      value: 1110,
      lacks: [
        {dimension: 'key', withoutId: 1, withoutName: 1},
        {dimension: 'project', withoutId: 0, withoutName: 1},
        {dimension: 'user', withoutId: 1, withoutName: 1},
      ],
    });
  });

  test('by user holds all costs, which know none; by line item that is no fault of theirs', () => {
    expect(unaccounted(rows, 'user', cost)).toMatchObject({rows: 2, value: 12});
    expect(unaccounted(rows, 'line_item', cost)).toMatchObject({rows: 1, value: 7});
  });

  test('is 0 where everybody has a name, and nothing where there are no names to be had', () => {
    expect(unaccounted(rows.slice(0, 1), 'key')).toEqual({rows: 0, value: 0, lacks: []});
    expect(unaccounted([used(1)], 'model')).toBeUndefined();
  });

  test('is not what is called like its id: a gateway names projects as it numbers them', () => {
    const builder = new BlockBuilder(new Interners());
    for (const id of ['search', 'chat', 'unheard']) {
      builder.startRow();
      builder.number('start_time', 1_794_787_200);
      builder.number('input_tokens', 1);
      builder.text('project_id', id);
      // As a cost says it of its project.
      if (id === 'chat') builder.text('project_name', id);
    }
    const directory = newDirectory();
    addList(directory, 'projects', {projects: [{id: 'search', name: 'search', isArchived: false}]}, 1);
    const piece = {endpoint: 'completions', width: '1d', block: pack(builder.finish())} as const;
    const dataset = assemble([piece], nameLookup(directory), {allColumns: false});
    const {groups} = groupRows(dataset, everyRow(dataset), {dimension: 'project', metric: tokens});
    expect(groups.map(groupLabel).sort()).toEqual(['(no name) unheard', 'chat', 'search']);
    expect(unaccountedIn(dataset, everyRow(dataset), {dimension: 'project', metric: tokens})?.total.rows).toBe(1);
  });

  test('has a group that says so, while one that bears a name without an id has a name', () => {
    const dataset = datasetOf([...rows, used(5, key(undefined, 'my key'))]);
    const {groups} = groupRows(dataset, everyRow(dataset), {dimension: 'key', metric: tokens});
    expect(groups.map(groupLabel)).toEqual(['gateway', '(none)', '(no name) key_x', 'my key']);
  });
});

const maybe = (...texts: readonly string[]) => fc.constantFrom(undefined, ...texts);
const someRow = fc.record({
  amount: fc.constantFrom(undefined, 0.1, -0.3, 1e-9, 250),
  currency: fc.constant('usd'),
  endpoint_type: fc.constantFrom('costs', 'completions', 'vector_stores'),
  project: maybe('Search', 'proj_2', 'Chat'),
  key: maybe('gateway', 'key_2'),
  user: maybe('a@b.example', 'user-2'),
});
const someRows = fc.array(
  someRow.map(
    ({project: its, key: mine, user: who, ...row}): Cells => ({
      ...row,
      ...project(its && `${its.replace('proj_', '')}`.replace(/^/, 'proj_'), its),
      ...key(mine && `key_${mine.replace('key_', '')}`, mine),
      ...user(who && `user-${who.replace('user-', '')}`, who),
    }),
  ),
  {minLength: 1, maxLength: 30},
);

const dimensions = ['key', 'project', 'user', 'endpoint'] as const;

function sumIn({columns, rowCount}: Pick<SummaryTable, 'columns' | 'rowCount'>, name: string): number {
  const column = columns.find(each => each.name === name);
  const cells = column ? Array.from({length: rowCount}, (_, row) => Number(valueAt(column, row) ?? 0)) : [];
  return cells.reduce((sum, value) => sum + value, 0);
}

test('in a file is a column, so that the lines still add up to the total, and it to its own', () => {
  fc.assert(
    fc.property(someRows, fc.constantFrom(...dimensions), (cells, name) => {
      const dataset = datasetOf(cells);
      const all = everyRow(dataset);
      const question = {dimension: name, metric: cost};
      const dimension = {name, label: name, column: name};
      const part = unaccountedIn(dataset, all, question);
      const tables = [
        summaryDataset(dimension, cost, groupRows(dataset, all, question), part),
        pivotDataset(dimension, cost, pivotRows(dataset, all, {...question, across: 'currency'}), part),
      ];
      for (const table of tables) {
        const figure = findColumn(table, 'cost') ? 'cost' : 'total';
        expect(sumIn(table, figure)).toBeCloseTo(sumIn(table.totals, figure), 9);
        expect(sumIn(table, 'unaccounted')).toBeCloseTo(sumIn(table.totals, 'unaccounted'), 9);
        expect(sumIn(table, 'unaccounted_rows')).toBe(sumIn(table.totals, 'unaccounted_rows'));
      }
    }),
    {seed: 5, numRuns: 200},
  );
});

test('counts every row that a look at its cells finds wanting', () => {
  const wanted = {
    key: ['api_key_id', 'api_key_name'],
    project: ['project_id', 'project_name'],
    user: ['user_id', 'user_email'],
  } as const;
  fc.assert(
    fc.property(someRows, fc.constantFrom('key', 'project', 'user'), (cells, dimension) => {
      const [id, name] = wanted[dimension];
      // A dataset without a single id of that kind has no such dimension.
      fc.pre(cells.some(row => row[id] !== undefined));
      const lacking = cells.filter(
        row => row['amount'] !== undefined && (row[id] === undefined || row[id] === row[name]),
      );
      expect(unaccounted(cells, dimension, cost)?.rows).toBe(lacking.length);
    }),
    {seed: 5, numRuns: 200},
  );
});
