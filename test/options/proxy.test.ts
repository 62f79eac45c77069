import {describe, expect, test} from 'vitest';
import {isExempt} from '../../source/options/no-proxy.ts';
import {readProxy} from '../../source/options/proxy.ts';
import {parseOptions, UsageMistake} from '../../source/options.ts';

const api = 'https://api.openai.com/v1';

describe('the proxy', () => {
  test.each([
    [{HTTPS_PROXY: 'http://a:1'}, 'a:1'],
    [{https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:2'}, 'a:1'],
    [{https_proxy: '', HTTPS_PROXY: 'http://b:2'}, 'b:2'],
    [{https_proxy: ' ', ALL_PROXY: 'http://c:3'}, 'c:3'],
    [{HTTPS_PROXY: 'http://b:2', all_proxy: 'http://c:3'}, 'b:2'],
    [{HTTPS_PROXY: 'proxy.example.com:8080'}, 'proxy.example.com:8080'],
    [{HTTPS_PROXY: ' http://a/ '}, 'a:80'],
    [{HTTPS_PROXY: 'HTTPS://a'}, 'a:443'],
    [{HTTPS_PROXY: 'http://[::1]:3128'}, '[::1]:3128'],
    [{HTTPS_PROXY: ''}, undefined],
    [{}, undefined],
    [{HTTP_PROXY: 'http://a:1', http_proxy: 'http://a:1'}, undefined],
  ])('of %j for https:// is %s', (environment, name) => {
    expect(readProxy(api, environment)?.name).toBe(name);
  });

  test('is none for plain http://, which is for loopback alone', () => {
    const everything = {
      http_proxy: 'http://a:1',
      HTTP_PROXY: 'http://a:1',
      HTTPS_PROXY: 'http://a:1',
      ALL_PROXY: 'a:1',
    };
    expect(readProxy('http://127.0.0.1:8080/v1', everything)).toBeUndefined();
    expect(readProxy('http://localhost:8080/v1', everything)).toBeUndefined();
  });

  test.each([
    ['http://ann:secret@a:1', 'ann:secret'],
    ['ann:secret@a:1', 'ann:secret'],
    ['http://ann:s%23%40%2F%C3%BC@a:1', 'ann:s#@/ü'],
    ['http://ann:50%@a:1', 'ann:50%'],
    ['http://ann:p@ss@a:1', 'ann:p@ss'],
    ['http://ann@a:1', 'ann:'],
    ['http://a:1', undefined],
  ])('%s is opened by %s, and is known by its host and port', (value, user) => {
    const authorization = user && `Basic ${Buffer.from(user).toString('base64')}`;
    expect(readProxy(api, {HTTPS_PROXY: value})).toEqual({
      url: 'http://a:1',
      name: 'a:1',
      variable: 'HTTPS_PROXY',
      authorization,
    });
  });
});

describe('a proxy that cannot be', () => {
  test.each([
    'http://ann:hunter#2@proxy:3128',
    'http://ann:hunter/2@proxy:3128',
    'http://ann:hunter2',
    'http://ann:hunter2@',
    'http://ann:hunter2@proxy:99999',
    'http://ann:hunter2@proxy:3128/path',
    'socks5://ann:hunter2@proxy:1080',
    'socks5h://ann:hunter2@proxy',
    'ftp://ann:hunter2@proxy',
    'hunter2 hunter2',
    ':',
  ])('%s is wrong usage, in one sentence that shows nothing of it', value => {
    const read = () => parseOptions(['export'], {OPENAI_ADMIN_KEY: 'sk-admin-abc123', HTTPS_PROXY: value}, 20_000);
    expect(read).toThrow(UsageMistake);
    expect(read).toThrow(
      /^HTTPS_PROXY .* HTTPS_PROXY=http:\/\/proxy\.example\.com:3128.* NO_PROXY=api\.openai\.com\.$/,
    );
    expect(read).not.toThrow(/hunter|ann/);
  });

  test('matters only where it would be used', () => {
    const environment = {OPENAI_ADMIN_KEY: 'sk-admin-abc123', HTTPS_PROXY: 'socks5://x'};
    const read = (argv: string[], more = {}) => parseOptions(argv, {...environment, ...more}, 20_000);
    expect(read(['export', '--demo'])).toMatchObject({command: 'export'});
    expect(read(['cache'])).toMatchObject({command: 'cache'});
    expect(read(['export'], {NO_PROXY: 'openai.com'})).toMatchObject({account: {proxy: undefined}});
    expect(read(['export', '--base-url', 'http://127.0.0.1:1/v1'])).toMatchObject({account: {proxy: undefined}});
  });
});

describe('NO_PROXY', () => {
  test.each([
    ['api.openai.com', 'api.openai.com', true],
    ['API.OpenAI.com', 'api.openai.com', true],
    ['openai.com', 'api.openai.com', true],
    ['.openai.com', 'api.openai.com', true],
    ['*.openai.com', 'api.openai.com', true],
    ['openai.com.', 'api.openai.com', true],
    ['ai.com', 'api.openai.com', false],
    ['openai', 'api.openai.com', false],
    ['openai.com', 'api.openai.com.example.org', false],
    ['api.openai.com:443', 'api.openai.com', true],
    ['api.openai.com:8443', 'api.openai.com', false],
    ['*', 'api.openai.com', true],
    ['localhost, *', 'api.openai.com', true],
    ['localhost 127.0.0.1\topenai.com', 'api.openai.com', true],
    [',,', 'api.openai.com', false],
    ['.', 'api.openai.com', false],
    ['', 'api.openai.com', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['2.3', '10.1.2.3', false],
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.0/8', '11.1.2.3', false],
    ['10.0.0.0/33', '10.1.2.3', false],
    ['10.0.0.0/8', 'api.openai.com', false],
    ['10.1.2.3:443', '10.1.2.3', true],
    ['fd00::1', '[fd00::1]', true],
    ['fd00:0::1', '[fd00::1]', true],
    ['[fd00::1]', '[fd00::1]', true],
    ['[fd00::1]:443', '[fd00::1]', true],
    ['[fd00::1]:8443', '[fd00::1]', false],
    ['fd00::/8', '[fd00::1]', true],
    ['fd00::/8', '10.1.2.3', false],
  ])('%j and the host %s at port 443: %s', (list, host, expected) => {
    expect(isExempt(list, host, 443)).toBe(expected);
  });

  test('in lower case goes before the other, unless it is empty', () => {
    const proxied = (environment: Record<string, string>) =>
      readProxy(api, {HTTPS_PROXY: 'http://a:1', ...environment}) !== undefined;
    expect(proxied({no_proxy: 'example.com', NO_PROXY: '*'})).toBe(true);
    expect(proxied({no_proxy: '', NO_PROXY: '*'})).toBe(false);
  });

  test('goes by the port of the base URL', () => {
    const environment = {HTTPS_PROXY: 'http://a:1', NO_PROXY: 'api.example.com:8443'};
    expect(readProxy('https://api.example.com:8443/v1', environment)).toBeUndefined();
    expect(readProxy('https://api.example.com/v1', environment)?.name).toBe('a:1');
  });
});
