import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Dataset} from '../../source/usage/dataset.ts';
import {dimensionsOf, findDimension, groupCodes} from '../../source/view/dimensions.ts';
import {type Cells, datasetOf, someRows} from './datasets.ts';

const names = (rows: readonly Cells[]) => dimensionsOf(datasetOf(rows)).map(({name}) => name);

/** The id and label of every row's group. */
function groupsOfRows(dataset: Dataset, dimension: string): (string | undefined)[][] {
  const {codes, ids, labels} = groupCodes(dataset, dimension);
  return [...codes].map(code => [code === 0 ? undefined : ids[code], labels[code]]);
}
const groupsOf = (rows: readonly Cells[], dimension: string) => groupsOfRows(datasetOf(rows), dimension);

describe('dimensions are', () => {
  test('listed in the order in which people ask for them, whatever the order of columns', () => {
    const row = {
      service_tier: 'flex',
      date: '2026-10-01',
      model: 'm',
      api_key_id: 'k',
      project_id: 'p',
      line_item: 'l',
    };
    expect(names([row])).toEqual(['key', 'project', 'model', 'line_item', 'day', 'service_tier']);
  });

  test('left out where no row has a value', () => {
    expect(names([{project_id: undefined, model: '', user_id: 'u'}])).toEqual(['user']);
  });

  test('every other text that the API gives, too', () => {
    expect(dimensionsOf(datasetOf([{region_name: 'eu', start_time: 1}]))).toEqual([
      {name: 'region_name', label: 'region name', column: 'region_name'},
    ]);
  });

  test('told apart from a field that bears the name of one', () => {
    const dataset = datasetOf([{api_key_id: 'key_1', key: 'spare'}]);
    expect(dimensionsOf(dataset).map(({name, column}) => [name, column])).toEqual([
      ['key', 'api_key_id'],
      ['key_field', 'key'],
    ]);
    expect(groupCodes(dataset, 'key_field').ids).toEqual(['', 'spare']);
  });

  test('hours where dates have them', () => {
    expect(names([{date: '2026-10-01'}])).toEqual(['day']);
    expect(names([{date: '2026-10-01T13:00Z'}])).toEqual(['day', 'hour']);
  });

  test('found by their name and by the name of a column', () => {
    const dataset = datasetOf([{api_key_id: 'key_1', api_key_name: 'prod'}]);
    for (const name of ['key', 'api_key_id', 'api_key_name']) {
      expect(findDimension(dataset, name)).toEqual({name: 'key', label: 'key', column: 'api_key_id'});
    }
    expect(findDimension(dataset, 'project')).toBeUndefined();
  });

  test('known by the name column where there are no ids', () => {
    expect(findDimension(datasetOf([{user_email: 'ana@acme.example'}]), 'user')?.column).toBe('user_email');
    expect(groupsOf([{user_email: 'ana@acme.example'}], 'user')).toEqual([['ana@acme.example', 'ana@acme.example']]);
  });
});

describe('groups of rows', () => {
  test('are told apart by id and labelled by name', () => {
    const rows = [
      {project_id: 'proj_1', project_name: 'Search'},
      {project_id: 'proj_2', project_name: 'Chat'},
      {project_id: 'proj_1', project_name: 'Search'},
    ];
    expect(groupsOf(rows, 'project')).toEqual([
      ['proj_1', 'Search'],
      ['proj_2', 'Chat'],
      ['proj_1', 'Search'],
    ]);
    expect(groupCodes(datasetOf(rows), 'project').ids).toHaveLength(3);
  });

  test('of two ids with one long name show the id first, where no screen cuts it', () => {
    const name = 'Customer facing production gateway';
    const rows = ['proj_1', 'proj_2'].map(id => ({project_id: id, project_name: name}));
    expect(groupsOf(rows, 'project').map(([, label]) => label)).toEqual([`(proj_1) ${name}`, `(proj_2) ${name}`]);
  });

  test('of two ids with one name show enough of the id', () => {
    const rows = [
      {api_key_id: 'key_aaaaaaa1xyz', api_key_name: 'prod'},
      {api_key_id: 'key_aaaaaaa2xyz', api_key_name: 'prod'},
      {api_key_id: 'key_bbbbbbbbbbbb', api_key_name: 'prod'},
    ];
    expect(groupsOf(rows, 'key').map(([, label]) => label)).toEqual([
      'prod (key_aaaaaaa1…)',
      'prod (key_aaaaaaa2…)',
      'prod (key_bbbbbbbb…)',
    ]);
  });

  test('without a name are labelled by their id, without an id by their name', () => {
    expect(groupsOf([{user_id: 'user_1', user_email: undefined}, {user_email: 'ana'}], 'user')).toEqual([
      ['user_1', 'user_1'],
      ['ana', 'ana'],
    ]);
  });

  test('without both are (none), as are all rows for a dimension that there is not', () => {
    expect(groupsOf([{model: undefined}], 'model')).toEqual([[undefined, '(none)']]);
    expect(groupsOf([{model: 'm'}], 'user')).toEqual([[undefined, '(none)']]);
  });

  test('by day and by hour are cut from the date', () => {
    const rows = [{date: '2026-10-01T13:05Z'}, {date: '2026-10-01'}];
    expect(groupsOf(rows, 'day').map(([id]) => id)).toEqual(['2026-10-01', '2026-10-01']);
    expect(groupsOf(rows, 'hour').map(([id]) => id)).toEqual(['2026-10-01T13:00Z', undefined]);
  });

  test.each([
    ['gpt-5.4, input', 'gpt-5.4'],
    ['gpt-image, low, 1024', 'gpt-image, low'],
    ['gpt-5.4', 'gpt-5.4'],
    ['gpt-image-1', 'gpt-image-1'],
    ['credit', undefined],
    ['gpt-5.4 , output', 'gpt-5.4'],
    ['promotional credit', undefined],
  ])('by model take costs of "%s" for %s, whatever other rows name', (item, model) => {
    expect(groupsOf([{model: 'gpt-5.4'}, {line_item: item}], 'model')[1]?.[0]).toBe(model);
    expect(groupsOf([{line_item: item}], 'model')[0]?.[0]).toBe(model);
  });

  test('by model go by the model that a row names before its line item', () => {
    expect(groupsOf([{model: 'gpt-5.4', line_item: 'other, input'}], 'model')[0]?.[0]).toBe('gpt-5.4');
  });

  test('have distinct ids and distinct labels, as many as there are groups', () => {
    fc.assert(
      fc.property(someRows, rows => {
        for (const dimension of ['project', 'model', 'line_item']) {
          const {ids, labels} = groupCodes(datasetOf(rows), dimension);
          expect(new Set(ids).size).toBe(ids.length);
          expect(new Set(labels).size).toBe(ids.length);
        }
      }),
    );
  });
});

test('groups are read once a dataset', () => {
  const dataset = datasetOf([{model: 'm'}]);
  expect(groupCodes(dataset, 'model')).toBe(groupCodes(dataset, 'model'));
});
