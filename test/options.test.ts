import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {ENDPOINTS} from '../source/api/endpoints.ts';
import {
  asExport,
  type ExportOptions,
  type Options,
  parseOptions,
  type SessionOptions,
  type SummaryOptions,
} from '../source/options.ts';
import {daysIn, parseDay, rangeLabel} from '../source/usage/days.ts';

const today = parseDay('2026-11-22') ?? Number.NaN;
const key = {OPENAI_ADMIN_KEY: 'sk-admin-secret'};

const parse = (line: string, environment: Record<string, string> = key): Options =>
  parseOptions(line.split(' ').filter(Boolean), environment, today);

const session = (line: string, environment: Record<string, string> = key): SessionOptions => {
  const options = parse(line, environment);
  if (options.command !== 'session') throw new Error(`${line} is ${options.command}`);
  return options;
};

const exported = (line: string, environment: Record<string, string> = key): ExportOptions => {
  const options = parse(`export ${line}`, environment);
  if (options.command !== 'export') throw new Error(`${line} is ${options.command}`);
  return options;
};

describe('commands', () => {
  test('without arguments it is the session, with everything at its default', () => {
    expect(parse('', {})).toEqual({
      command: 'session',
      isComparing: true,
      range: {first: today - 6, last: today},
      isRangeGiven: false,
      notices: [],
      endpoints: ENDPOINTS.map(({name}) => name),
      filters: {projects: [], apiKeys: [], users: [], models: []},
      width: '1d',
      refresh: false,
      offline: false,
      concurrency: 64,
      timeout: 30,
      account: {
        kind: 'organization',
        baseUrl: 'https://api.openai.com/v1',
        adminKey: undefined,
        organizationId: undefined,
      },
      cacheDir: undefined,
      color: true,
      ascii: false,
      debug: false,
    });
  });

  test('export adds what to write', () => {
    const {isComparing: _, ...fetching} = session('');
    expect(parse('export')).toEqual({
      ...fetching,
      command: 'export',
      output: undefined,
      format: 'csv',
      force: false,
      excel: false,
      allColumns: false,
      formulaGuard: true,
    });
  });

  test('summary adds what to sum up and how to show it', () => {
    const {isComparing: _, ...fetching} = session('');
    expect(parse('summary')).toEqual({
      ...fetching,
      command: 'summary',
      by: ['project'],
      metric: undefined,
      isComparing: false,
      output: '-',
      format: undefined,
      force: false,
      excel: false,
      allColumns: false,
      formulaGuard: true,
    });
  });

  test('cache, cache clear and demo-api have their own few options', () => {
    const display = {color: true, ascii: false, debug: false};
    expect(parse('cache --cache-dir /tmp/c')).toEqual({command: 'cache', cacheDir: '/tmp/c', ...display});
    expect(parse('cache clear --names')).toEqual({
      command: 'cache clear',
      cacheDir: undefined,
      names: true,
      ...display,
    });
    expect(parse('demo-api --port 8080 --scale 3 --fault 429@all')).toEqual({
      command: 'demo-api',
      port: 8080,
      scale: 3,
      fault: '429@all',
      ...display,
    });
    expect(parse('demo-api', {})).toMatchObject({port: 0, scale: 1, fault: undefined});
  });

  test('may stand behind their options', () => {
    expect(parse('--last 3 export')).toEqual(parse('export --last 3'));
  });

  test('answer for help and version whatever else is on the line', () => {
    expect(parse('--help')).toEqual({command: 'help', topic: 'session'});
    expect(parse('export -h --port --last')).toEqual({
      command: 'help',
      topic: 'export',
    });
    expect(parse('cache clear --help')).toEqual({command: 'help', topic: 'cache clear'});
    expect(parse('nonsense --bogus --help --names --version')).toEqual({command: 'help', topic: 'session'});
    expect(parse('demo-api --version')).toEqual({command: 'version'});
  });
});

describe('the range', () => {
  const range = (line: string) => rangeLabel(session(line).range);

  test.each([
    ['', '2026-11-16 → 2026-11-22'],
    ['--last 1', '2026-11-22 → 2026-11-22'],
    ['--last 30', '2026-10-24 → 2026-11-22'],
    ['--range last-month', '2026-10-01 → 2026-10-31'],
    ['--range last-7-days', '2026-11-16 → 2026-11-22'],
    ['--range last-12-months', '2025-11-23 → 2026-11-22'],
    ['--start 2026-10-05 --end 2026-10-06', '2026-10-05 → 2026-10-06'],
    ['--start 2026-10 --end 2026-10', '2026-10-01 → 2026-10-31'],
    ['--start 2026-09 --end 2026-10-03', '2026-09-01 → 2026-10-03'],
    ['--start 2026-10', '2026-10-01 → 2026-11-22'],
    ['--start 2026-11-22', '2026-11-22 → 2026-11-22'],
    ['--start=2026-11-01 --end=2026-11-22', '2026-11-01 → 2026-11-22'],
    ['--start 2026-11 --end 2026-12', '2026-11-01 → 2026-11-22'],
  ])('%j is %s', (line, expected) => {
    expect(range(line)).toBe(expected);
  });

  test('says when it was cut at today, and only then', () => {
    expect(session('--start 2026-11 --end 2026-12-24').notices).toEqual([
      '--end 2026-12-24 is after today; the range ends today, 2026-11-22 UTC.',
    ]);
    expect(session('--start 2026-11 --end 2026-11-22').notices).toEqual([]);
  });

  test('is known to be given or not', () => {
    const given = ['', '--last 7', '--range today', '--start 2026-11-22', '--demo'];
    expect(given.map(line => session(line).isRangeGiven)).toEqual([false, true, true, true, false]);
  });

  test('of --last N has N days, for every N that is allowed', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 3660}), count => {
        expect(daysIn(session(`--last ${count}`).range)).toBe(count);
      }),
    );
  });
});

describe('what to fetch', () => {
  test('endpoints come in the order of the catalogue, each once', () => {
    expect(session('--endpoints costs,completions,costs').endpoints).toEqual(['completions', 'costs']);
  });

  test('lists may be repeated and spaced', () => {
    const argv = ['--project', 'proj_b, proj_a', '--project', 'proj_a,proj_c', '--model=gpt-5.4', '--user', 'user-1'];
    expect(parseOptions([...argv, '--api-key', 'key_1'], key, today)).toMatchObject({
      filters: {projects: ['proj_b', 'proj_a', 'proj_c'], models: ['gpt-5.4'], users: ['user-1'], apiKeys: ['key_1']},
    });
  });

  test('of a value given twice the last counts, so that an alias can be overridden', () => {
    expect(session('--last 7 --last 30 --bucket-width 1d --bucket-width 1h')).toMatchObject({
      range: {first: today - 29},
      width: '1h',
    });
  });

  test('numbers reach from the least to the most that is allowed', () => {
    expect(session('--concurrency 1 --timeout 1')).toMatchObject({concurrency: 1, timeout: 1});
    expect(session('--concurrency 256 --timeout 600')).toMatchObject({concurrency: 256, timeout: 600});
  });

  test('switches switch', () => {
    expect(session('--refresh')).toMatchObject({refresh: true, offline: false});
    expect(session('--offline --cache-dir cache')).toMatchObject({offline: true, cacheDir: 'cache'});
    expect(exported('--force --excel --all-columns --no-formula-guard')).toMatchObject({
      force: true,
      excel: true,
      allColumns: true,
      formulaGuard: false,
    });
  });
});

describe('what to write', () => {
  test.each([
    ['', 'csv'],
    ['--output -', 'csv'],
    ['--output year.json', 'json'],
    ['--output year.NDJSON', 'ndjson'],
    ['--output year.jsonl', 'ndjson'],
    ['--output year.txt', 'csv'],
    ['--output folder.json/year', 'csv'],
    ['--output year.csv --format json', 'json'],
    ['--output - --format ndjson', 'ndjson'],
    ['--output year.json --format csv --excel', 'csv'],
  ])('export %s is %s', (line, format) => {
    expect(exported(line).format).toBe(format);
  });

  test('a dash is stdout, a file may begin with a dash when it is meant', () => {
    expect(exported('--output -').output).toBe('-');
    expect(exported('--output=-x.csv').output).toBe('-x.csv');
  });

  test('a session where stdout is no terminal is an export to stdout', () => {
    const options = session('--last 3 --endpoints costs --no-color');
    expect(asExport(options, {})).toEqual(exported('--last 3 --endpoints costs --no-color --output -'));
  });
});

describe('what to sum up', () => {
  const summary = (line: string): SummaryOptions => {
    const options = parse(`summary ${line}`);
    if (options.command !== 'summary') throw new Error(`${line} is ${options.command}`);
    return options;
  };

  test('is one dimension or two, a metric, and whether to compare', () => {
    expect(summary('--by model,project --metric cost --compare')).toMatchObject({
      by: ['model', 'project'],
      metric: 'cost',
      isComparing: true,
    });
  });

  test('may be named as the columns are', () => {
    expect(summary('--by api_key_id,project_name --metric num_model_requests')).toMatchObject({
      by: ['key', 'project'],
      metric: 'requests',
    });
    expect(summary('--metric cost_eur').metric).toBe('cost_eur');
  });

  test('may be a field of which the rows alone can tell, if it comes near no known name', () => {
    expect(summary('--by region,model --metric novel-score.v2')).toMatchObject({
      by: ['region', 'model'],
      metric: 'novel-score.v2',
    });
    expect(summary('--metric cost_other').metric).toBe('cost_other');
  });

  test.each([
    ['', undefined],
    ['--output -', undefined],
    ['--excel', 'csv'],
    ['--output x', 'csv'],
    ['--output x.json', 'json'],
    ['--output x.TXT', 'text'],
    ['--output x.txt --format ndjson', 'ndjson'],
    ['--format text', 'text'],
  ])('with %j comes as %s', (line, format) => {
    expect(summary(line).format).toBe(format);
  });

  test('the session compares unless it is told not to', () => {
    expect(session('--no-compare').isComparing).toBe(false);
  });
});

describe('the account', () => {
  const account = (line: string, environment: Record<string, string>) => session(line, environment).account;

  test('the demo organization needs nothing from the environment, not even that it is right', () => {
    const environment = {OPENAI_ADMIN_KEY: 'ключ', OPENAI_BASE_URL: 'ftp://x', OPENAI_ORG_ID: 'a b'};
    expect(account('--demo', environment)).toEqual({kind: 'demo', scale: 1, fault: undefined});
    expect(account('--demo --scale 1000 --fault 429@all', {})).toEqual({kind: 'demo', scale: 1000, fault: '429@all'});
    expect(exported('--demo', {}).account.kind).toBe('demo');
  });

  test('faults given one by one are a list, and a scale may make the demo organization smaller', () => {
    expect(account('--demo --scale 0.1 --fault 429@all#1 --fault cut@costs,html@users', {})).toEqual({
      kind: 'demo',
      scale: 0.1,
      fault: '429@all#1,cut@costs,html@users',
    });
  });

  test.each(['sk-admin-x', '  sk-admin-x\r\n', '"sk-admin-x"', "'sk-admin-x'\n", ' " sk-admin-x " '])(
    'the key %j loses what copying left around it',
    text => {
      expect(account('', {OPENAI_ADMIN_KEY: text})).toMatchObject({adminKey: 'sk-admin-x'});
    },
  );

  test.each(['', ' ', '\n', '""', "' '"])('the key %j is none', text => {
    expect(account('', {OPENAI_ADMIN_KEY: text})).toMatchObject({adminKey: undefined});
  });

  test('the organization comes from OPENAI_ORG_ID', () => {
    expect(account('', {OPENAI_ORG_ID: ' org-1 '})).toMatchObject({organizationId: 'org-1'});
    expect(account('', {OPENAI_ORG_ID: ''})).toMatchObject({organizationId: undefined});
  });

  test('--base-url wins over OPENAI_BASE_URL', () => {
    const environment = {OPENAI_BASE_URL: 'https://one.example/v1'};
    expect(account('', environment)).toMatchObject({baseUrl: 'https://one.example/v1'});
    expect(account('--base-url https://two.example/v1', environment)).toMatchObject({
      baseUrl: 'https://two.example/v1',
    });
    expect(account('', {OPENAI_BASE_URL: ' '})).toMatchObject({baseUrl: 'https://api.openai.com/v1'});
  });

  test.each([
    ['https://eu.api.openai.com/v1/', 'https://eu.api.openai.com/v1'],
    ['https://proxy.example:8443//', 'https://proxy.example:8443'],
    ['http://localhost:3000/v1', 'http://localhost:3000/v1'],
    ['http://127.0.0.1:3000/v1', 'http://127.0.0.1:3000/v1'],
    ['http://127.8.9.10/v1', 'http://127.8.9.10/v1'],
    ['http://[::1]:3000/v1', 'http://[::1]:3000/v1'],
    ['HTTP://LOCALHOST/v1', 'http://localhost/v1'],
  ])('the base URL %s is %s', (text, expected) => {
    expect(account(`--base-url ${text}`, {})).toMatchObject({baseUrl: expected});
  });
});

test.each([
  [
    '--last 365 --bucket-width 1m',
    ['This may take 3,653 requests and millions of rows; --bucket-width 1h takes 533, fewer days or --endpoints less.'],
  ],
  ['--last 365 --bucket-width 1h', []],
  ['--last 365 --bucket-width 1m --endpoints completions', []],
])('%s announces how many requests it takes where these are many', (text, notices) => {
  expect(parseOptions(['--demo', ...text.split(' ')], {}, 20_000)).toMatchObject({notices});
});
