import {describe, expect, test} from 'vitest';
import type {ApiKey} from '../../../source/api/directory.ts';
import {ApiError} from '../../../source/api/errors.ts';
import {newDirectory} from '../../../source/usage/directory.ts';
import {anOutcome, fakeConnection} from '../../helpers/fake-connection.ts';
import {showRows} from '../../helpers/session.ts';
import {datasetOf} from '../../view/datasets.ts';
import {cursorOf, play, resultsOf, showing, typing} from '../state/playing.ts';

const secret = 'sk-proj-Zq7vN2kXw4TbR9mYc1LhD8sPf3GjU6eAabcd';
const twin = 'sk-proj-000000000000000000000000twin';

const key = (id: string, name: string, redactedValue: string, owner: ApiKey['owner']): ApiKey => ({
  id,
  name,
  redactedValue,
  createdAt: 1,
  lastUsedAt: null,
  owner,
});

const maya = {kind: 'user', id: 'user_1', name: 'Maya Lindqvist', email: 'maya@acme.example'};
const robot = {kind: 'service_account', id: 'svc_1', name: 'deployer', email: null};

const directory = newDirectory();
for (const each of [
  key('key_1', 'prod-gateway', 'sk-proj-...abcd', maya),
  key('key_2', 'idle', 'sk-proj-...idle', robot),
  key('key_3', 'twin one', 'sk-proj-...twin', maya),
  key('key_4', 'twin two', 'sk-proj-...twin', robot),
]) {
  directory.keys.set(each.id, each);
}

const outcome = anOutcome({
  directory,
  dataset: datasetOf([
    {date: '2026-11-16', api_key_id: 'key_9', api_key_name: 'other', project_name: 'Voice', input_tokens: 1},
    {date: '2026-11-17', api_key_id: 'key_1', api_key_name: 'prod-gateway', project_name: 'Search', input_tokens: 2},
    {date: '2026-11-18', api_key_id: 'key_3', api_key_name: 'twin one', project_name: 'Voice', input_tokens: 3},
    {date: '2026-11-19', api_key_id: 'key_1', api_key_name: 'prod-gateway', project_name: 'Search', input_tokens: 4},
    {date: '2026-11-20', api_key_id: 'key_4', api_key_name: 'twin two', project_name: 'Voice', input_tokens: 5},
  ]),
});

const table = showing(outcome);

const searched = (typed: string, at = table) => play(typing(play(at, 'search'), typed), 'accept');
const filtered = (typed: string) => play(typing(play(table, 'filter'), typed), 'accept');

const partsOf = (text: string) => Array.from({length: text.length - 11}, (_, index) => text.slice(index, index + 12));

describe('a key’s value in other fields', () => {
  const evidence = async (keys: string, shown: string) => {
    const session = await showRows({connection: fakeConnection(async () => outcome), columns: 100});
    session.type(keys);
    await session.terminal.shows(shown);
    session.type(secret);
    session.type('j');
    await session.terminal.shows(/[:/] *j/);
    for (const part of partsOf(secret)) expect(session.terminal.output).not.toContain(part);
  };

  test('is not taken for a path', () => evidence('e', 'Export to'));

  test('is not taken for a column', () => evidence('o/', 'Columns'));
});

test('a redacted value, copied from elsewhere, finds its key too', () => {
  expect(searched('sk-proj-...abcd').message?.text).toContain('That is key prod-gateway');
});

describe('a secret in the search', () => {
  test('lands on the first row of its key, and says whose it is', () => {
    const found = searched(secret, play(table, 'last'));
    expect(cursorOf(found)).toEqual([1, 'api_key_name']);
    expect(found.message?.text).toBe(
      'That is key prod-gateway (sk-proj-...abcd) of Maya Lindqvist <maya@acme.example>, project Search: 2 rows.',
    );
  });

  test('is gone on with by n, through the rows of that key alone', () => {
    const next = play(searched(secret), 'searchNext');
    expect(cursorOf(next)).toEqual([3, 'api_key_name']);
    expect(play(next, 'searchNext').message?.text).toBe('Search went on from the top.');
  });

  test('is told of without a row, too', () => {
    const found = searched('sk-proj-111111111111111111111111idle');
    expect(found.message?.text).toBe(
      'That is key idle (sk-proj-...idle) of service account deployer: no rows in this range.',
    );
    expect(resultsOf(found).prompt).toBeUndefined();
  });

  test('may fit several keys: n goes through the rows of all', () => {
    const found = searched(twin);
    expect(found.message?.text).toMatch(
      /^2 keys fit, n goes on through all their rows \(2 rows\): key twin one .* key twin two/,
    );
    expect([cursorOf(found)[0], cursorOf(play(found, 'searchNext'))[0]]).toEqual([2, 4]);
  });

  test('may fit none', () => {
    const problem = 'No key that the lists know fits it: it may be deleted, or of another organization.';
    const unknown = secret.replace('abcd', 'wxyz');
    expect(resultsOf(searched(unknown)).prompt).toMatchObject({problem});
    const failure = new ApiError({reason: 'server', subject: 'users', what: 'it broke', next: 'Try again.'});
    const partial = showing({...outcome, directoryFailures: new Map([['users', failure]])});
    expect(resultsOf(searched(unknown, partial)).prompt).toMatchObject({
      problem: `${problem} Names are missing (t says why).`,
    });
  });

  test('is found from the summary, whatever that groups by', () => {
    const found = searched(secret, play(table, 'summary'));
    expect([resultsOf(found).place, cursorOf(found)]).toEqual(['table', [1, 'api_key_name']]);
    expect(resultsOf(play(found, 'back', 'back')).place).toBe('summary');
  });
});

test('a secret in the filter leaves the rows of its key', () => {
  const found = filtered(secret);
  expect([...resultsOf(found).rows]).toEqual([1, 3]);
  expect(resultsOf(found).filters).toEqual([{kind: 'keys', ids: ['key_1'], label: 'key prod-gateway'}]);
  expect(found.message?.text).toContain('Maya Lindqvist');
});

describe('nothing of a secret', () => {
  test('is in the state, at any time', () => {
    const typed = typing(play(table, 'search'), secret);
    const states = [typed, play(typed, 'older', 'newer'), play(searched(secret), 'searchNext'), filtered(secret)];
    for (const state of states) {
      const text = JSON.stringify(state);
      for (const part of partsOf(secret)) expect(text).not.toContain(part);
    }
    expect(play(searched(secret), 'search', 'older').history).toEqual({search: [], filter: []});
  });

  test.each(['/', 'f'])('is on the screen or was ever written, pasted after %s', async prompt => {
    const {terminal, type} = await showRows({connection: fakeConnection(async () => outcome)});
    type(prompt);
    await terminal.shows(prompt === '/' ? 'Search:' : 'Filter');
    type(`\x1b[200~${secret}\n\x1b[201~`);
    await terminal.shows('••••••••••••');
    // Without its beginning it is no key any more, and must not come out as a text.
    type('\x1b[H\x1b[3~');
    await terminal.until(screen => !screen.includes('••'));
    type(`\x1b[200~${secret}\x1b[201~\r`);
    await terminal.shows('That is key prod-gateway');
    type(`${prompt}\x1b[Ax`);
    await terminal.shows(': x▏');
    for (const part of partsOf(secret)) expect(terminal.output).not.toContain(part);
  });
});
