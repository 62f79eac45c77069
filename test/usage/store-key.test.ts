import {describe, expect, test} from 'vitest';
import {ENDPOINTS} from '../../source/api/endpoints.ts';
import {accountOf, cacheIdOf, checkAccount, isAccount, kindOf} from '../../source/usage/store-key.ts';
import {SERIES} from './sample-days.ts';

const whose = {baseUrl: 'https://api.openai.com/v1', organization: 'org-1', key: 'sk-admin-secret'};

describe('an account', () => {
  test('is another one for another key, organization or base URL', () => {
    const accounts = [
      whose,
      {...whose, key: 'sk-admin-other'},
      {...whose, organization: 'org-2'},
      {baseUrl: whose.baseUrl, key: whose.key},
      {...whose, baseUrl: 'http://127.0.0.1:8080/v1'},
    ].map(accountOf);
    expect(new Set(accounts).size).toBe(accounts.length);
  });

  test('is the same with and without a slash at the end of the base URL', () => {
    expect(accountOf({...whose, baseUrl: `${whose.baseUrl}/`})).toBe(accountOf(whose));
  });

  test('shows nothing of the key, and is a plain folder name', () => {
    expect(accountOf(whose)).toMatch(/^[0-9a-f]{32}$/);
    expect(isAccount(accountOf(whose))).toBe(true);
    expect(isAccount('demo')).toBe(true);
  });

  test.each(['', '.', '..', '../demo', 'demo/x', 'demo\n', '/etc', 'DEMO', 'a'.repeat(31)])('is never %j', name => {
    expect(isAccount(name)).toBe(false);
    expect(() => checkAccount(name)).toThrow(RangeError);
  });
});

describe("a file's name", () => {
  test('says endpoint, width and month', () => {
    expect(cacheIdOf(SERIES, '2026-10')).toMatch(/^[0-9a-f]{24}-completions-1d-2026-10$/);
  });

  test('differs in everything that shapes the rows', () => {
    const names = [
      cacheIdOf(SERIES, '2026-10'),
      cacheIdOf(SERIES, '2026-11'),
      cacheIdOf({...SERIES, width: '1h'}, '2026-10'),
      cacheIdOf({...SERIES, endpoint: 'costs'}, '2026-10'),
      cacheIdOf({...SERIES, grouping: ['model']}, '2026-10'),
      cacheIdOf({...SERIES, filters: [['models', 'gpt-5']]}, '2026-10'),
      cacheIdOf(
        {
          ...SERIES,
          filters: [
            ['models', 'gpt-5'],
            ['models', ''],
          ],
        },
        '2026-10',
      ),
      cacheIdOf({...SERIES, filters: [['project_ids', 'gpt-5']]}, '2026-10'),
    ];
    expect(new Set(names).size).toBe(names.length);
  });

  test('is recognised for every endpoint and width', () => {
    for (const {name} of ENDPOINTS) {
      for (const width of ['1d', '1h', '1m'] as const) {
        expect(kindOf(cacheIdOf({...SERIES, endpoint: name, width}, '2026-10'))).toBe('usage');
      }
    }
  });

  test.each(['../../x', '2026-10/../../x', '', '2026-1', '2026-10\n'])('is never made for the month %j', month => {
    expect(() => cacheIdOf(SERIES, month)).toThrow(RangeError);
  });

  test.each(['notes.txt', 'names.bak', '.DS_Store', 'names.1.tmp', ''])('is not %j: that file is left alone', name => {
    expect(kindOf(name)).toBeUndefined();
  });
});
