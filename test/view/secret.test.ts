import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {ApiKey} from '../../source/api/directory.ts';
import {EMPTY_DIRECTORY} from '../../source/usage/directory.ts';
import {keysOfRedacted, keysOfSecret, secretIn} from '../../source/view/secret.ts';

describe('a secret', () => {
  test.each([
    ['sk-', 'sk-'],
    ['sk-p', 'sk-p'],
    ['sk-proj-abc_DEF-123', 'sk-proj-abc_DEF-123'],
    ['Bearer sk-proj-abc', 'sk-proj-abc'],
    ['OPENAI_API_KEY=sk-proj-abc', 'sk-proj-abc'],
    ['"sk-proj-abc",', 'sk-proj-abc'],
    ["key: 'sk-abc'.", 'sk-abc'],
    ['task-1 sk-abc', 'sk-abc'],
    ['sk-...abcd is sk-proj-abcd', 'sk-proj-abcd'],
    ['xsk-proj-abcdefghijklmnopqrstuvwxyz', 'sk-proj-abcdefghijklmnopqrstuvwxyz'],
    ['sk-proj-abcdefghijklmnopqrstuvwxyz...', 'sk-proj-abcdefghijklmnopqrstuvwxyz'],
  ])('in %s is %s', (text, secret) => {
    expect(secretIn(text)).toBe(secret);
  });

  test.each(['', 'sk', 'task-1', 'risk-x', 'désk-é', 'gpt-5.4', 'sk-proj-ab...wxyz', 'sk-…abcd', 'sk-***abcd'])(
    'is not in "%s"',
    text => {
      expect(secretIn(text)).toBeUndefined();
    },
  );

  test('is found from its third character on, whatever comes before the word', () => {
    const key = fc.stringMatching(/^sk-[A-Za-z0-9_-]{0,40}$/);
    fc.assert(
      fc.property(fc.constantFrom('', ' ', '"', '=', '(', '/', 'Bearer '), key, (before, secret) => {
        expect(secretIn(before + secret)).toBe(secret);
      }),
    );
  });
});

describe('the keys of a secret', () => {
  const directoryOf = (values: readonly (string | null)[]) => {
    const keys = values.map((redactedValue, index): [string, ApiKey] => [
      `key_${index}`,
      {id: `key_${index}`, name: null, redactedValue, createdAt: null, lastUsedAt: null, owner: null},
    ]);
    return {...EMPTY_DIRECTORY, keys: new Map(keys)};
  };
  const names = (values: readonly (string | null)[], secret: string) =>
    keysOfSecret(secret, directoryOf(values)).map(({id}) => id);

  test.each(['sk-proj-ab...wxyz', 'sk-…wxyz', 'sk-proj-************wxyz', 'sk-***...***wxyz'])(
    'are those of %s',
    redacted => {
      expect(names([null, redacted, 'sk-...abcd'], 'sk-proj-abcdefgwxyz')).toEqual(['key_1']);
    },
  );

  test('may be several', () => {
    expect(names(['sk-...wxyz', 'sk-proj-...wxyz'], 'sk-proj-1234wxyz')).toEqual(['key_0', 'key_1']);
  });

  test.each([
    ['another beginning', 'sk-proj-...wxyz'],
    ['another end', 'sk-...wxya'],
    ['an end that is too short to tell keys apart', 'sk-...yz'],
    ['no end', 'sk-...'],
    ['nothing left out', 'sk-1234wxyz'],
    ['nothing at all', ''],
  ])('are none with %s', (_, redacted) => {
    expect(names([redacted], 'sk-1234wxyz')).toEqual([]);
  });

  test('are none while the secret is no longer than what is told of it', () => {
    expect(names(['sk-proj-...wxyz'], 'sk-proj-wxyz')).toEqual([]);
  });

  test('of a redacted value are those with exactly that', () => {
    const keys = directoryOf(['sk-...wxyz', 'sk-proj-...wxyz', null]);
    expect(keysOfRedacted('sk-proj-...wxyz', keys).map(({id}) => id)).toEqual(['key_1']);
    // Ordinary words are none, whatever they end in.
    expect(keysOfRedacted('wxyz', directoryOf(['•••wxyz', 'wxyz']))).toEqual([]);
  });
});
