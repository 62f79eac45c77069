import {describe, expect, test} from 'vitest';
import type {ApiKey} from '../../source/api/directory.ts';
import {dayOf} from '../../source/usage/days.ts';
import {
  addList,
  type Directory,
  EMPTY_DIRECTORY,
  type Listed,
  mergeDirectories,
  nameLookup,
  newDirectory,
  readDirectory,
  saveDirectory,
} from '../../source/usage/directory.ts';
import {pack} from '../../source/usage/pack.ts';
import {RowReader} from '../../source/usage/rows.ts';
import {assemble} from '../helpers/assemble.ts';
import {rowsOf} from '../helpers/cells.ts';
import {endpoint} from '../helpers/chains.ts';

const start = Date.UTC(2026, 9, 1) / 1000;

function directory(listed: Listed): Directory {
  const grown = newDirectory();
  addList(grown, 'a list', listed, 1);
  return grown;
}

const keyOf = (id: string, name: string | null, owner: ApiKey['owner'] = null): ApiKey => ({
  id,
  name,
  redactedValue: null,
  createdAt: null,
  lastUsedAt: null,
  owner,
});

/** What one column says, row by row, with these names known. */
function column(name: string, results: unknown[], known: Directory): unknown[] {
  const reader = new RowReader(endpoint('completions'));
  reader.add([{start_time: start, end_time: start + 86_400, results}]);
  const block = pack(reader.finish(dayOf(start)).block);
  const pieces = [{endpoint: 'completions', width: '1d', block}] as const;
  return rowsOf(assemble(pieces, nameLookup(known), {allColumns: false})).map(row => row[name]);
}

const search = {id: 'proj_a', name: 'Search', isArchived: false};

describe('a name column', () => {
  test('holds names, the id where nobody knows it, and nothing where there is no id', () => {
    const results = [{project_id: 'proj_a'}, {project_id: 'proj_x'}, {project_id: null}, {}, {project_id: 'proj_a'}];
    expect(column('project_name', results, directory({projects: [search]}))).toEqual([
      'Search',
      'proj_x',
      undefined,
      undefined,
      'Search',
    ]);
  });

  test('keeps two projects of one name apart by their ids', () => {
    const known = directory({projects: [search, {id: 'proj_b', name: 'Search', isArchived: true}]});
    const results = [{project_id: 'proj_a'}, {project_id: 'proj_b'}];
    expect(column('project_name', results, known)).toEqual(['Search', 'Search']);
    expect(column('project_id', results, known)).toEqual(['proj_a', 'proj_b']);
  });

  test('repeats the id of what has no name or an empty one', () => {
    const known = directory({keys: [keyOf('key_a', null), keyOf('key_b', '')]});
    expect(column('api_key_name', [{api_key_id: 'key_a'}, {api_key_id: 'key_b'}], known)).toEqual(['key_a', 'key_b']);
  });

  test('uses what the API itself says before the bare id, and the directory before that', () => {
    const results = [
      {project_id: 'proj_a', project_name: 'Old name'},
      {project_id: 'proj_x', project_name: 'Only here'},
      {project_id: 'proj_x'},
    ];
    expect(column('project_name', results, directory({projects: [search]}))).toEqual([
      'Search',
      'Only here',
      'Only here',
    ]);
  });

  test('is there where the API gives names without ids', () => {
    const mixed = [{user_email: 'ada@lumen.example'}, {user_id: 'user-b'}, {}];
    expect(column('user_email', mixed, EMPTY_DIRECTORY)).toEqual(['ada@lumen.example', 'user-b', undefined]);
    expect(column('user_email', [{user_email: 'ada@lumen.example'}], EMPTY_DIRECTORY)).toEqual(['ada@lumen.example']);
  });

  test('takes more names without ids than the stack has room for', () => {
    const names = Array.from({length: 200_000}, (_, number) => ({project_name: `name ${number}`}));
    const cells = column('project_name', [...names, {project_id: 'proj_a'}], EMPTY_DIRECTORY);
    expect([cells.length, cells[0], ...cells.slice(-2)]).toEqual([200_001, 'name 0', 'name 199999', 'proj_a']);
  });
});

describe('a user', () => {
  const ada = {id: 'user-a', name: 'Ada', email: 'ada@lumen.example'};
  const emailOf = (known: Directory) => column('user_email', [{user_id: 'user-a'}], known);

  test.each([
    ['the address', ada, 'ada@lumen.example'],
    ['the name where there is no address', {...ada, email: null}, 'Ada'],
    ['the name where the address is empty', {...ada, email: ''}, 'Ada'],
    ['the id where there is neither', {...ada, name: null, email: null}, 'user-a'],
  ])('is named by %s', (_, user, name) => {
    expect(emailOf(directory({users: [user]}))).toEqual([name]);
  });

  test('who is in no list is named by the keys they own', () => {
    const service = {kind: 'service_account', id: 'user-a', name: 'search-service', email: null};
    expect(emailOf(directory({keys: [keyOf('key_a', 'prod', service)]}))).toEqual(['search-service']);
    const former = {kind: 'user', id: 'user-a', name: 'Ada', email: 'ada@lumen.example'};
    expect(emailOf(directory({keys: [keyOf('key_a', 'prod', former)]}))).toEqual(['ada@lumen.example']);
  });

  test('is named by whichever key knows them better', () => {
    const owner = (name: string | null, email: string | null) => ({kind: 'user', id: 'user-a', name, email});
    const keys = [
      keyOf('key_a', 'prod', owner('Ada', 'ada@lumen.example')),
      // An admin key's owner has no address, a key may say nothing but the id.
      keyOf('key_b', 'admin', owner('Ada', null)),
      keyOf('key_c', 'old', owner(null, null)),
    ];
    for (const order of [keys, keys.toReversed()])
      expect(emailOf(directory({keys: order}))).toEqual(['ada@lumen.example']);
  });
});

describe('the directory', () => {
  const old = directory({projects: [search, {id: 'proj_b', name: 'Gone', isArchived: false}]});
  const fresh = directory({projects: [{...search, name: 'Search 2'}]});

  test('takes the newer name, and forgets nobody who is no longer listed', () => {
    const {projects} = mergeDirectories(old, fresh);
    expect([...projects.values()].map(({name}) => name)).toEqual(['Search 2', 'Gone']);
  });

  test('comes back from disk as it was', () => {
    const keys = [keyOf('key_a', null, {kind: 'user', id: 'user-a', name: null, email: null})];
    const known = mergeDirectories(fresh, directory({keys, users: [{id: 'user-a', name: 'Ada', email: null}]}));
    expect(readDirectory(JSON.parse(JSON.stringify(saveDirectory(known))))).toEqual(known);
  });

  test.each([
    undefined,
    null,
    7,
    'text',
    [],
    {},
    {version: 2},
    {...saveDirectory(old), users: {}},
    {...saveDirectory(old), keys: [{id: 1}]},
  ])('is empty where the disk holds something else: %j', json => {
    expect(readDirectory(json)).toEqual(EMPTY_DIRECTORY);
  });
});
