import {describe, expect, test} from 'vitest';
import {parseOptions, readAdminKey, UsageMistake} from '../../source/options.ts';
import {dayOf} from '../../source/usage/days.ts';
import {NOON} from '../helpers/manual-clock.ts';

const openAi = 'https://api.openai.com/v1';
const gateway = 'https://gateway.example/v1';
const key = `sk-admin-${'aB3_-x9Z'.repeat(8)}`;

function mistakeOf(argv: readonly string[], environment: Record<string, string>): UsageMistake {
  try {
    parseOptions(argv, environment, dayOf(NOON / 1000));
  } catch (error) {
    if (error instanceof UsageMistake) return error;
    throw error;
  }
  throw new Error('No mistake was found');
}

describe('a pasted key', () => {
  test.each([
    ['spaces around it', ` ${key}\t`],
    ['a line break behind it', `${key}\r\n`],
    ['a wrapped line', `${key.slice(0, 30)}\n${key.slice(30)}`],
    ['a wrapped and indented line', `${key.slice(0, 30)}  \r\n    ${key.slice(30)}`],
    ['quotes', `"${key}"`],
    ['one quote that was left over', `'${key}`],
    ['typographic quotes', `“${key}”`],
    ['German quotes', `„${key}“`],
    ['French quotes with their spaces', `«\u00a0${key}\u00a0»`],
    ['backticks', `\`${key}\``],
    ['a no-break space', `\u00a0${key}\u202f`],
    ['a byte-order mark', `\ufeff${key}`],
    ['zero-width characters within', `${key.slice(0, 20)}\u200b${key.slice(20, 40)}\u2060\u200d${key.slice(40)}`],
    ['a soft hyphen', `${key.slice(0, 20)}\u00ad${key.slice(20)}`],
    ['the line that sets it', `export OPENAI_ADMIN_KEY=${key}`],
    ['that line with its prompt and quotes', `$ export OPENAI_ADMIN_KEY="${key}";`],
    ['a line of a file', `OPENAI_ADMIN_KEY = '${key}'`],
    ['cmd’s line', `> setx OPENAI_ADMIN_KEY "${key}"`],
    ['PowerShell’s line', `$env:OPENAI_ADMIN_KEY = "${key}"`],
    ['a header', `Authorization: Bearer ${key}`],
    ['a part of a header', `bearer ${key}`],
    ['the marks of a paste', `\u001b[200~${key}\u001b[201~`],
    ['a comma behind it', `"${key}",`],
  ])('loses %s', (_, text) => {
    expect(readAdminKey(text, openAi)).toBe(key);
  });

  test('with a million spaces within is read once, not from each of them', () => {
    expect(() => readAdminKey(`a${' '.repeat(1_000_000)}b`, gateway)).toThrow('OPENAI_ADMIN_KEY holds a space');
  });

  test('is kept as it is where nothing is around it, whoever made it', () => {
    expect(readAdminKey(key, openAi)).toBe(key);
    for (const token of ['a-token-of-a-gateway', 'sk-1234567890abcdefghijAB', 'eyJhbGciOi.J9.x==', 'x']) {
      expect(readAdminKey(token, gateway)).toBe(token);
    }
  });
});

describe('what is plainly no admin key', () => {
  const looks: readonly [string, string][] = [
    ['a project’s key (sk-proj-…)', `sk-proj-${'a1B2'.repeat(20)}`],
    ['a service account’s key (sk-svcacct-…)', `sk-svcacct-${'a1B2'.repeat(20)}`],
    ['a key of the kind that programs use (sk-…)', `sk-${'a1B2'.repeat(12)}`],
    ['a key of Anthropic (sk-ant-…)', 'sk-ant-api03-abcdefghijk'],
    ['a token of GitHub', 'ghp_abcdefghijklmnopqrstuvwxyz0123456789'],
    ['an access key of AWS', 'AKIAABCDEFGHIJKLMNOP'],
    ['the id of a key (key_…)', 'key_abcdefghijkl'],
    ['the id of an organization (org-…)', 'org-abcdefghijkl'],
    ['the id of a project (proj_…)', 'proj_abcdefghijkl'],
    ['the id of a user (user-…)', 'user-abcdefghijkl'],
    ['an e-mail address', 'somebody.else@example.com'],
    ['a web address', 'https://somewhere.example/settings'],
    ['a redacted key, of which only the ends are told', 'sk-admin-abcd****************wxyz'],
    ['a redacted key, of which only the ends are told', 'sk-admin-abcd...wxyz'],
    ['the beginning of a key', 'sk-admin-'],
  ];

  test.each(looks)('is called %s, and never repeated', (name, text) => {
    for (const baseUrl of [openAi, gateway]) {
      const {message} = mistakeOf(['--base-url', baseUrl], {OPENAI_ADMIN_KEY: ` ${text} `});
      expect(message).toBe(
        `OPENAI_ADMIN_KEY holds ${name}, not an admin key (sk-admin-…), and nothing was sent; an organization owner creates one at https://platform.openai.com/settings/organization/admin-keys.`,
      );
      if (text.length > 12) expect(message).not.toContain(text.slice(0, 12));
    }
  });

  test('is more at OpenAI itself, where no gateway has keys of its own', () => {
    expect(mistakeOf([], {OPENAI_ADMIN_KEY: 'sk-1234567890abcdefghijAB'}).message).toContain('that programs use');
    expect(mistakeOf([], {OPENAI_ADMIN_KEY: 'secret'}).message).toContain('too short for a key');
    for (const text of ['MyP@ssw0rd!2026xyz', 'eyJhbGciOi.J9.x==', 'SK-ADMIN-ABCDEFGHIJKL', 'sess-abcdefghijkl']) {
      const {message} = mistakeOf([], {OPENAI_ADMIN_KEY: text});
      expect(message).toContain(
        'holds something that begins otherwise, perhaps a password, not an admin key (sk-admin-…)',
      );
      expect(message).not.toContain(text.slice(0, 5));
      expect(readAdminKey(text, gateway)).toBe(text);
    }
    expect(mistakeOf(['--base-url', 'https://eu.api.openai.com/v1'], {OPENAI_ADMIN_KEY: 'secret'})).toBeDefined();
    expect(readAdminKey('sk-1234567890abcdefghijAB', 'https://openai.com.gateway.example')).toBeDefined();
  });

  test('does not matter to the demo organization', () => {
    expect(parseOptions(['--demo'], {OPENAI_ADMIN_KEY: 'sk-proj-abcdefghijkl'}, 0)).toMatchObject({command: 'session'});
  });
});

describe('a key in a wrong place', () => {
  test.each([
    ['--output', ['export', '--output', `${key}.csv`]],
    ['--cache-dir', ['cache', '--cache-dir', `/tmp/${key}`]],
    ['--base-url', ['--base-url', `https://gateway.example/${key}`]],
    ['--base-url', ['--base-url', `https://${key.toLowerCase()}.example/v1`]],
    ['--project', ['--project', `proj_abc,${key}`]],
    ['--api-key', ['--api-key', `key_abc,${key}`]],
    ['--start', ['--start', key]],
    ['Unknown command', [key]],
    ['Unknown option', [`--${key}`]],
  ])('%s is refused, and no part of it repeated', (name, argv) => {
    const {message} = mistakeOf(argv, {});
    expect(message).toContain(name);
    expect(message.toLowerCase()).not.toContain(key.slice(9, 21).toLowerCase());
  });

  test('OPENAI_ORG_ID and OPENAI_BASE_URL are refused as well', () => {
    for (const environment of [{OPENAI_ORG_ID: key}, {OPENAI_BASE_URL: `https://x.example/${key}`}]) {
      const {message} = mistakeOf([], environment);
      expect(message).toMatch(/^OPENAI_(ORG_ID|BASE_URL) holds a key/);
      expect(message).not.toContain(key.slice(9, 21));
    }
  });

  test('is not seen where a path only looks a little like one', () => {
    for (const path of ['/tmp/sk-summary-of-october.csv', 'task-admin-2026-10-01.csv', 'sk-admin-2026.csv']) {
      expect(parseOptions(['export', '--demo', '--output', path], {}, 0)).toMatchObject({output: path});
    }
  });
});

test('certificates are always checked', () => {
  const unchecked = {OPENAI_ADMIN_KEY: key, NODE_TLS_REJECT_UNAUTHORIZED: '0'};
  const {message, exitCode} = mistakeOf([], unchecked);
  expect(message).toContain('NODE_TLS_REJECT_UNAUTHORIZED=0 would send the admin key to whoever answers');
  expect(exitCode).toBe(2);
  expect(parseOptions(['--demo'], unchecked, 0)).toBeDefined();
  expect(parseOptions(['--base-url', 'http://127.0.0.1:9/v1'], unchecked, 0)).toBeDefined();
  expect(parseOptions([], {...unchecked, NODE_TLS_REJECT_UNAUTHORIZED: '1'}, 0)).toBeDefined();
  // Nothing is sent.
  expect(parseOptions(['--offline'], {...unchecked, ALL_PROXY: 'socks5://x'}, 0)).toBeDefined();
});
