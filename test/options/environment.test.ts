import {describe, expect, test} from 'vitest';
import {cacheFolder, parseOptions} from '../../source/options.ts';

const display = (line: string, environment: Record<string, string>) => {
  const options = parseOptions(['cache', ...line.split(' ').filter(Boolean)], environment, 20_000);
  if (options.command !== 'cache') throw new Error('not the cache');
  return options;
};

describe('colour', () => {
  test.each([
    ['', {}, true],
    ['', {NO_COLOR: ''}, true],
    ['', {NO_COLOR: '0'}, false],
    ['', {TERM: 'dumb'}, false],
    ['', {TERM: 'xterm-256color'}, true],
    ['--no-color', {}, false],
  ])('with %j and %j: %s', (line, environment, expected) => {
    expect(display(line, environment).color).toBe(expected);
  });
});

describe('plain ASCII', () => {
  test.each([
    ['', {}, false],
    ['', {LANG: 'en_US.UTF-8'}, false],
    ['', {LANG: 'C.utf8'}, false],
    ['', {LANG: 'de_DE'}, false],
    ['', {LANG: 'C'}, true],
    ['', {LANG: 'POSIX'}, true],
    ['', {LANG: 'de_DE.ISO-8859-1@euro'}, true],
    ['', {LC_ALL: 'C', LANG: 'en_US.UTF-8'}, true],
    ['', {LC_ALL: '', LC_CTYPE: 'en_US.UTF-8', LANG: 'C'}, false],
    ['', {LC_ALL: 'en_US.UTF-8', LC_CTYPE: 'C'}, false],
    ['--ascii', {LANG: 'en_US.UTF-8'}, true],
  ])('with %j and %j: %s', (line, environment, expected) => {
    expect(display(line, environment).ascii).toBe(expected);
  });
});

test('debug is a flag or a log level', () => {
  expect(display('--debug', {}).debug).toBe(true);
  expect(display('', {LOG_LEVEL: 'DEBUG'}).debug).toBe(true);
  expect(display('', {LOG_LEVEL: 'info'}).debug).toBe(false);
});

describe('the folder of the cache', () => {
  const all = {OPENAI_USAGE_CACHE_DIR: '/own', XDG_CACHE_HOME: '/xdg'};

  test('is the flag’s, else the variable’s, else in XDG_CACHE_HOME, else at home', () => {
    expect(cacheFolder(all, '/home/a', 'linux', '/flag')).toBe('/flag');
    expect(cacheFolder(all, '/home/a', 'linux')).toBe('/own');
    expect(cacheFolder({XDG_CACHE_HOME: '/xdg'}, '/home/a', 'linux')).toBe('/xdg/openai-usage');
    expect(cacheFolder({}, '/home/a', 'linux')).toBe('/home/a/.cache/openai-usage');
  });

  test('is where the platform keeps caches', () => {
    expect(cacheFolder({}, '/Users/a', 'darwin')).toBe('/Users/a/Library/Caches/openai-usage');
    expect(cacheFolder({LOCALAPPDATA: 'D:\\Local'}, 'C:\\Users\\a', 'win32')).toBe('D:\\Local\\openai-usage\\Cache');
    expect(cacheFolder({}, 'C:\\Users\\a', 'win32')).toBe('C:\\Users\\a\\AppData\\Local\\openai-usage\\Cache');
  });

  test('is not in a relative XDG_CACHE_HOME, nor in an empty variable', () => {
    expect(cacheFolder({XDG_CACHE_HOME: 'xdg'}, '/home/a', 'linux')).toBe('/home/a/.cache/openai-usage');
    expect(cacheFolder({OPENAI_USAGE_CACHE_DIR: '', XDG_CACHE_HOME: ''}, '/home/a', 'freebsd')).toBe(
      '/home/a/.cache/openai-usage',
    );
  });

  test('knows the tilde that a shell left standing', () => {
    expect(cacheFolder({}, '/home/a', 'linux', '~/cache')).toBe('/home/a/cache');
    expect(cacheFolder({OPENAI_USAGE_CACHE_DIR: '~/cache'}, '/home/a', 'linux')).toBe('/home/a/cache');
    expect(cacheFolder({}, '/home/a', 'linux', '~b/cache')).toBe('~b/cache');
  });

  test('is nowhere without a home', () => {
    expect(cacheFolder({}, undefined, 'linux')).toBeUndefined();
    expect(cacheFolder({}, '', 'darwin')).toBeUndefined();
    expect(cacheFolder({}, undefined, 'win32')).toBeUndefined();
    expect(cacheFolder({XDG_CACHE_HOME: '/xdg'}, undefined, 'linux')).toBe('/xdg/openai-usage');
  });
});
