import {describe, expect, test} from 'vitest';
import {ENDPOINTS} from '../../source/api/endpoints.ts';
import {canFilter, filterParameters, NO_FILTERS} from '../../source/usage/query.ts';
import {endpoint} from '../helpers/chains.ts';

describe('filters as parameters', () => {
  test('have one order and no doubles, so that the cache knows them again', () => {
    const filters = {projects: ['b', 'a', 'b'], apiKeys: ['k'], users: ['u'], models: ['m', 'l']};
    expect(filterParameters(filters)).toEqual([
      ['project_ids', 'a'],
      ['project_ids', 'b'],
      ['api_key_ids', 'k'],
      ['user_ids', 'u'],
      ['models', 'l'],
      ['models', 'm'],
    ]);
    expect(filters.projects).toEqual(['b', 'a', 'b']);
  });

  test('are none where nothing is filtered', () => {
    expect(filterParameters(NO_FILTERS)).toEqual([]);
  });
});

describe('an endpoint', () => {
  test('can answer without filters, whichever it is', () => {
    expect(ENDPOINTS.filter(each => !canFilter(each, NO_FILTERS))).toEqual([]);
  });

  test('has to know every filter that is set', () => {
    const filters = {...NO_FILTERS, projects: ['a'], users: ['u']};
    expect(canFilter(endpoint('completions'), filters)).toBe(true);
    expect(canFilter(endpoint('vector_stores'), filters)).toBe(false);
    expect(canFilter(endpoint('vector_stores'), {...NO_FILTERS, projects: ['a']})).toBe(true);
  });

  // The filters of the API's document (2026-08).
  test.each([
    ['users', 'vector_stores code_interpreter_sessions costs'],
    ['models', 'vector_stores code_interpreter_sessions file_search_calls costs'],
    ['apiKeys', 'vector_stores code_interpreter_sessions'],
    ['projects', ''],
  ])('that does not know %s is one of: %s', (filter, names) => {
    const unknowing = ENDPOINTS.filter(each => !canFilter(each, {...NO_FILTERS, [filter]: ['x']}));
    expect(unknowing.map(({name}) => name).join(' ')).toBe(names);
  });
});
