import * as fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {nearest, quoted} from '../../source/options/mistake.ts';
import {asExport, parseOptions, UsageMistake} from '../../source/options.ts';
import {parseDay} from '../../source/usage/days.ts';

const today = parseDay('2026-11-22') ?? Number.NaN;
const keyPage = 'https://platform.openai.com/settings/organization/admin-keys';
const secret = 'sk-admin-secret';

const mistake = (argv: readonly string[], environment: Record<string, string> = {}): UsageMistake => {
  try {
    parseOptions(argv, {OPENAI_ADMIN_KEY: secret, ...environment}, today);
  } catch (error) {
    if (error instanceof UsageMistake) return error;
    throw error;
  }
  throw new Error(`no mistake in ${argv.join(' ')}`);
};

describe('a mistake says what is wrong and shows a right one:', () => {
  test.each([
    // words
    ['exprot', 'Unknown command "exprot": did you mean openai-usage export?'],
    ['cache claer', 'Unknown command "cache claer": did you mean openai-usage cache clear?'],
    ['sumary', 'Unknown command "sumary": did you mean openai-usage summary?'],
    ['demoapi', 'Unknown command "demoapi": did you mean openai-usage demo-api?'],
    ['Export', 'Unknown command "Export": did you mean openai-usage export?'],
    ['compltion', 'Unknown command "compltion": did you mean openai-usage completion?'],
    ['demo', 'Unknown command "demo": did you mean openai-usage --demo?'],
    ['version', 'Unknown command "version": did you mean openai-usage --version?'],
    ['last 30', 'Unknown command "last": did you mean openai-usage --last 30?'],
    ['last-month', 'Unknown command "last-month": did you mean openai-usage --range last-month?'],
    ['2026-10', 'Unknown command "2026-10": did you mean openai-usage --start 2026-10 --end 2026-10?'],
    ['30', 'Unknown command "30": did you mean openai-usage --last 30?'],
    ['usage.csv', 'Unknown command "usage.csv": did you mean openai-usage export --output usage.csv?'],
    ['costs', 'Unknown command "costs": did you mean openai-usage --endpoints costs?'],
    ['--range last month', 'Unknown command "month": did you mean openai-usage --range last-month?'],
    [
      '--endpoints completions costs',
      'Unknown command "costs": did you mean openai-usage --endpoints completions,costs?',
    ],
    ['--project proj_a proj_b', 'Unknown command "proj_b": did you mean openai-usage --project proj_a,proj_b?'],
    [
      '--start 2026-10-01 2026-10-05',
      'Unknown command "2026-10-05": did you mean openai-usage --start 2026-10-01 --end 2026-10-05?',
    ],
    ['help exprot', 'Unknown command "exprot": did you mean openai-usage help export?'],
    ['help cache claer', 'Unknown command "cache claer": did you mean openai-usage help cache clear?'],
    [
      'help me',
      'Unknown command "me": there are export, summary, cache, cache clear, doctor, demo-api, completion, for example openai-usage help export.',
    ],
    [
      'frobnicate',
      'Unknown command "frobnicate": there are export, summary, cache, cache clear, doctor, demo-api, completion, for example openai-usage export --last 30.',
    ],
    ['export usage.csv', 'export takes no argument "usage.csv"; did you mean --output usage.csv?'],
    ['export my/usage.json', 'export takes no argument "my/usage.json"; did you mean --output my/usage.json?'],
    ['export 2026-10-01', 'export takes no argument "2026-10-01"; did you mean --start 2026-10-01 --end 2026-10-01?'],
    ['export last-month', 'export takes no argument "last-month"; did you mean --range last-month?'],
    ['export json', 'export takes no argument "json"; did you mean --format json?'],
    ['export frobnicate', 'export takes no argument "frobnicate"; name the file with --output usage.csv.'],
    ['export sk-admin-0123.csv', 'export takes no argument "sk-….csv"; did you mean --output usage.csv?'],
    [
      'cache 2026-10',
      'Unknown command "cache 2026-10": there are export, summary, cache, cache clear, doctor, demo-api, completion, for example openai-usage export --last 30.',
    ],
    ['doctor now', 'doctor takes no argument "now"; write openai-usage doctor.'],
    [
      'completion',
      'completion needs the shell it is for: bash, zsh or fish, for example openai-usage completion bash.',
    ],
    ['completion bsh', 'completion is for bash, zsh or fish, for example openai-usage completion bash, not for "bsh".'],
    [
      'completion fihs',
      'completion is for bash, zsh or fish, for example openai-usage completion fish, not for "fihs".',
    ],
    ['completion bash zsh', 'completion takes no argument "zsh"; write openai-usage completion.'],
    ['cache clear all', 'cache clear takes no argument "all"; write openai-usage cache clear.'],
    ['demo-api 8080', 'demo-api takes no argument "8080"; write openai-usage demo-api.'],
    [
      'session',
      'Unknown command "session": there are export, summary, cache, cache clear, doctor, demo-api, completion, for example openai-usage export --last 30.',
    ],
    // flags
    ['--strat 2026-10-01', 'Unknown option "--strat": did you mean --start 2026-10-01?'],
    ['--no-colour', 'Unknown option "--no-colour": did you mean --no-color?'],
    ['--conc=8', 'Unknown option "--conc": did you mean --concurrency 32?'],
    ['-last 30', 'Unknown option "-last": did you mean --last 30?'],
    ['-output usage.csv', 'Unknown option "-output": did you mean openai-usage export --output usage.csv?'],
    ['export -output usage.csv', 'Unknown option "-output": did you mean --output usage.csv?'],
    ['export --out usage.csv', 'Unknown option "--out": did you mean --output usage.csv?'],
    ['export --formt json', 'Unknown option "--formt": did you mean --format json?'],
    ['--projects proj_a', 'Unknown option "--projects": did you mean --project proj_abc,proj_def?'],
    ['--verson', 'Unknown option "--verson": did you mean --version?'],
    ['-v', 'Unknown option "-v": did you mean --version?'],
    ['--LAST 3', 'Unknown option "--LAST": did you mean --last 30?'],
    ['--last30', 'Unknown option "--last30": did you mean --last 30?'],
    ['—last 30', 'Unknown option "—last": did you mean --last 30?'],
    ['--bucket_width 1h', 'Unknown option "--bucket_width": did you mean --bucket-width 1h?'],
    ['--width 1h', 'Unknown option "--width": did you mean --bucket-width 1h?'],
    ['--from 2026-10', 'Unknown option "--from": did you mean --start 2026-10-01?'],
    ['--yesterday', 'Unknown option "--yesterday": did you mean --range yesterday?'],
    ['summary --csv', 'Unknown option "--csv": did you mean --format csv?'],
    ['cache --name', 'Unknown option "--name": did you mean openai-usage cache clear --names?'],
    [
      '--key sk-admin-0123',
      'Unknown option "--key": the admin key is read from OPENAI_ADMIN_KEY alone; --api-key takes ids of keys.',
    ],
    ['--test', 'Unknown option "--test": openai-usage --help lists them all.'],
    ['--quiet', 'Unknown option "--quiet": openai-usage --help lists them all.'],
    ['--frobnicate', 'Unknown option "--frobnicate": openai-usage --help lists them all.'],
    ['--__proto__', 'Unknown option "--__proto__": openai-usage --help lists them all.'],
    [
      '--format json',
      '--format is no option of the session; write openai-usage export --format json or openai-usage summary --format json.',
    ],
    [
      '--excel',
      '--excel is no option of the session; write openai-usage export --excel or openai-usage summary --excel.',
    ],
    ['cache --names', '--names is no option of cache; write openai-usage cache clear --names.'],
    [
      'cache --last 3',
      '--last is no option of cache; write openai-usage --last 30 or openai-usage export --last 30 or openai-usage summary --last 30.',
    ],
    ['export --compare', '--compare is no option of export; write openai-usage summary --compare.'],
    ['summary --no-compare', '--no-compare is no option of summary; write openai-usage --no-compare.'],
    ['summary --all-columns', '--all-columns is no option of summary; write openai-usage export --all-columns.'],
    ['summary model', 'summary takes no argument "model"; did you mean --by model?'],
    ['summary --by model project', 'summary takes no argument "project"; did you mean --by model,project?'],
    ['summary --by model, project', 'summary takes no argument "project"; did you mean --by model,project?'],
    // summary
    [
      'summary --by modle',
      '--by "modle" is unknown: did you mean --by model? There are key, project, model, user, endpoint, line_item, day, hour, service_tier, batch, size, source, context_level, vector_store_id, quantity_unit, currency.',
    ],
    ['summary --by model,', '--by has an empty item in "model,"; write it like --by model,project.'],
    [
      'summary --by model,project,key',
      '--by takes one dimension or two different ones, for example --by model,project, not "model,project,key".',
    ],
    [
      'summary --by key,api_key_id',
      '--by takes one dimension or two different ones, for example --by model,project, not "key,api_key_id".',
    ],
    [
      'summary --by project,project',
      '--by takes one dimension or two different ones, for example --by model,project, not "project,project".',
    ],
    [
      'summary --by sk-admin-0123',
      '--by "sk-…" is unknown: There are key, project, model, user, endpoint, line_item, day, hour, service_tier, batch, size, source, context_level, vector_store_id, quantity_unit, currency.',
    ],
    [
      'summary --by project,day --compare',
      '--compare and --by day exclude each other, since no day is in both periods; write --by project --compare.',
    ],
    ['summary --format xml', '--format must be text, csv, json or ndjson, for example --format json, not "xml".'],
    ['export --format cvs', '--format must be csv, json or ndjson, for example --format csv, not "cvs".'],
    ['export --format ndjosn', '--format must be csv, json or ndjson, for example --format ndjson, not "ndjosn".'],
    ['export --format .csv', '--format must be csv, json or ndjson, for example --format csv, not ".csv".'],
    ['summary --format txt', '--format must be text, csv, json or ndjson, for example --format text, not "txt".'],
    ['summary --format text --excel', '--excel is for CSV, and this would be text; write --excel --format csv.'],
    ['export --port 1', '--port is no option of export; write openai-usage demo-api --port 8080.'],
    ['export --force=yes', '--force takes no value; write --force alone.'],
    ['export --output', '--output needs a value, for example --output usage.csv.'],
    ['export --output=', '--output needs a value, for example --output usage.csv.'],
    ['export --output --force', '--output needs a value, for example --output usage.csv.'],
    ['export --output --format=csv', '--output needs a value, for example --output usage.csv.'],
    [
      'export --output -x.csv',
      '--output is followed by "-x.csv", which begins like an option; if that is its value, join them with =, like --output=-x.',
    ],
    ['--last', '--last needs a value, for example --last 30.'],
    // range
    ['--last abc', '--last must be a whole number from 1 to 3660, for example --last 30, not "abc".'],
    ['--last 0', '--last must be a whole number from 1 to 3660, for example --last 30, not "0".'],
    ['--last -5', '--last must be a whole number from 1 to 3660, for example --last 30, not "-5".'],
    ['--last 3661', '--last must be a whole number from 1 to 3660, for example --last 30, not "3661".'],
    ['--last 1.5', '--last must be a whole number from 1 to 3660, for example --last 30, not "1.5".'],
    ['--last 1e2', '--last must be a whole number from 1 to 3660, for example --last 30, not "1e2".'],
    [
      '--start yesterday',
      '--start must be a date like --start 2026-10-01 or a month like --start 2026-10, not "yesterday".',
    ],
    [
      '--start 2026-10-01 --end 31.10.2026',
      '--end must be a date like --end 2026-10-01 or a month like --end 2026-10, not "31.10.2026".',
    ],
    [
      '--start 2026-02-30',
      '--start 2026-02-30 is no day to ask for, since February 2026 has 28 days; write a date like --start 2026-10-01.',
    ],
    [
      '--start 2026-13',
      '--start 2026-13 is no day to ask for, since there is no month 13; write a date like --start 2026-10-01.',
    ],
    [
      '--start 0000-01-01',
      '--start 0000-01-01 is no day to ask for, since it lies before 1970; write a date like --start 2026-10-01.',
    ],
    ['--end 2026-10-31', '--end needs --start as well, for example --start 2026-10-01 --end 2026-10-31.'],
    [
      '--start 2026-11-23',
      '--start 2026-11-23 is in the future; today is 2026-11-22 UTC, for example --start 2026-11-22.',
    ],
    [
      '--start 2026-10-09 --end 2026-10-08',
      '--end 2026-10-08 is before --start 2026-10-09; write --start 2026-10-08 --end 2026-10-09.',
    ],
    [
      '--start 2016-11-01',
      '--start 2016-11-01 makes a range of 3674 days, more than ten years; start later, for example --start 2025-11-23.',
    ],
    [
      '--last 7 --start 2026-10-01 --end 2026-10-02',
      '--start and --last exclude each other; give only --start and --end, or --last 30, or --range last-month.',
    ],
    [
      '--end 2026-10-02 --last 7',
      '--end and --last exclude each other; give only --start and --end, or --last 30, or --range last-month.',
    ],
    [
      '--range today --last 7',
      '--last and --range exclude each other; give only --start and --end, or --last 30, or --range last-month.',
    ],
    ['--range lastmonth', '--range "lastmonth" is unknown: did you mean --range last-month?'],
    ['--range Last_Month', '--range "Last_Month" is unknown: did you mean --range last-month?'],
    ['--range last-mouth', '--range "last-mouth" is unknown: did you mean --range last-month?'],
    [
      '--range fortnight',
      '--range "fortnight" is unknown: there are today, yesterday, last-7-days, last-30-days, last-90-days, ' +
        'this-month, last-month, this-year, last-12-months, for example --range last-month.',
    ],
    // what
    ['--endpoints completion', '--endpoints "completion" is unknown: did you mean --endpoints completions?'],
    ['--endpoints web-search', '--endpoints "web-search" is unknown: did you mean --endpoints web_search_calls?'],
    ['--endpoints speeches', '--endpoints "speeches" is unknown: did you mean --endpoints audio_speeches?'],
    ['--endpoints costs,embed', '--endpoints "embed" is unknown: did you mean --endpoints embeddings?'],
    [
      '--endpoints xyzzy',
      '--endpoints "xyzzy" is unknown: there are completions, embeddings, moderations, images, audio_speeches, ' +
        'audio_transcriptions, vector_stores, code_interpreter_sessions, file_search_calls, web_search_calls, costs.',
    ],
    ['--endpoints ,', '--endpoints has an empty item in ","; write it like --endpoints completions,costs.'],
    ['--project a,,b', '--project has an empty item in "a,,b"; write it like --project proj_abc,proj_def.'],
    [
      `--api-key ${secret}`,
      '--api-key takes ids of keys, for example --api-key key_abc,key_def; a key itself is read from OPENAI_ADMIN_KEY alone.',
    ],
    ['--bucket-width 1day', '--bucket-width must be 1d, 1h or 1m, for example --bucket-width 1d, not "1day".'],
    ['--bucket-width minute', '--bucket-width must be 1d, 1h or 1m, for example --bucket-width 1m, not "minute".'],
    ['--bucket-width month', '--bucket-width must be 1d, 1h or 1m, for example --bucket-width 1h, not "month".'],
    ['--bucket-width 1w', '--bucket-width must be 1d, 1h or 1m, for example --bucket-width 1h, not "1w".'],
    // how
    [
      '--refresh --offline',
      '--refresh and --offline exclude each other; write --offline alone to use what the cache holds.',
    ],
    [
      '--concurrency 257',
      '--concurrency must be a whole number from 1 to 256, for example --concurrency 32, not "257".',
    ],
    ['--concurrency 0', '--concurrency must be a whole number from 1 to 256, for example --concurrency 32, not "0".'],
    ['--timeout 601', '--timeout must be a whole number from 1 to 600, for example --timeout 60, not "601".'],
    // output
    ['export --format xlsx', '--format must be csv, json or ndjson, for example --format json, not "xlsx".'],
    ['export --excel --format json', '--excel is for CSV, and this would be json; write --excel --format csv.'],
    ['export --excel --output x.ndjson', '--excel is for CSV, and this would be ndjson; write --excel --format csv.'],
    // demo
    [
      '--demo --base-url https://x.example/v1',
      '--demo and --base-url exclude each other; write --demo alone for the demo organization.',
    ],
    ['--scale 10', '--scale is for the demo organization; write --demo --scale 10.'],
    [
      'export --fault 429@all',
      '--fault is for the demo organization; write --demo --fault 429:1@completions#3,cut@costs/2.',
    ],
    ['--demo --scale 0', '--scale must be a number from 0.1 to 1000, for example --scale 10, not "0".'],
    ['demo-api --port 65536', '--port must be a whole number from 0 to 65535, for example --port 8080, not "65536".'],
    // base URL
    [
      '--base-url api.openai.com',
      '--base-url must be a whole http(s) URL, for example --base-url https://api.openai.com/v1, not "api.openai.com".',
    ],
    [
      '--base-url ftp://x.example',
      '--base-url must be a whole http(s) URL, for example --base-url https://api.openai.com/v1, not "ftp://x.example".',
    ],
    [
      '--base-url me:pass@x.example',
      '--base-url must be a whole http(s) URL, for example --base-url https://api.openai.com/v1.',
    ],
    [
      '--base-url https://me:pass@x.example/v1',
      '--base-url must not hold a user name or password; write it like --base-url https://api.openai.com/v1.',
    ],
    [
      '--base-url https://x.example/v1?key=1',
      '--base-url must end with its path, without ? or #; write it like --base-url https://api.openai.com/v1.',
    ],
    [
      '--base-url https://x.example/v1#a',
      '--base-url must end with its path, without ? or #; write it like --base-url https://api.openai.com/v1.',
    ],
    [
      '--base-url http://x.example:80/v1',
      '--base-url would send the admin key unencrypted to x.example; write --base-url https://x.example/v1.',
    ],
    [
      '--base-url http://127.0.0.1.x.example/v1',
      '--base-url would send the admin key unencrypted to 127.0.0.1.x.example; write --base-url https://127.0.0.1.x.example/v1.',
    ],
  ])('%s', (line, message) => {
    const error = mistake(line.split(' '));
    expect(error.message).toBe(message);
    expect(error.exitCode).toBe(2);
  });

  test.each([
    [
      {OPENAI_BASE_URL: 'http://10.0.0.1/v1'},
      'OPENAI_BASE_URL would send the admin key unencrypted to 10.0.0.1; write OPENAI_BASE_URL=https://10.0.0.1/v1.',
    ],
    [
      {OPENAI_BASE_URL: 'nonsense'},
      'OPENAI_BASE_URL must be a whole http(s) URL, for example OPENAI_BASE_URL=https://api.openai.com/v1, not "nonsense".',
    ],
    [
      {OPENAI_ADMIN_KEY: 'sk-admin-sec ret'},
      `OPENAI_ADMIN_KEY holds a space, a line break or another character that cannot be in it; copy the key again from ${keyPage}, it looks like sk-admin-abc123.`,
    ],
    [
      {OPENAI_ADMIN_KEY: 'sk-admin-…secret'},
      `OPENAI_ADMIN_KEY holds a space, a line break or another character that cannot be in it; copy the key again from ${keyPage}, it looks like sk-admin-abc123.`,
    ],
    [
      {OPENAI_ORG_ID: 'org-1\norg-2'},
      'OPENAI_ORG_ID holds a space, a line break or another character that cannot be in it; it looks like org-abc123.',
    ],
  ])('%j', (environment, message) => {
    expect(mistake([], environment).message).toBe(message);
  });

  test('a missing key, where there is no screen to ask for it', () => {
    const message =
      `OPENAI_ADMIN_KEY is not set; an organization owner creates an admin key at ${keyPage}, ` +
      'then: export OPENAI_ADMIN_KEY=sk-admin-abc123 (or try --demo, which needs none).';
    expect(mistake(['export'], {OPENAI_ADMIN_KEY: ' '}).message).toBe(message);
    const session = parseOptions([], {}, today);
    if (session.command !== 'session') throw new Error('not a session');
    expect(() => asExport(session, {})).toThrow(message);
    expect(mistake(['export'], {OPENAI_ADMIN_KEY: '', OPENAI_API_KEY: 'sk-admin-abc123'}).message).toBe(
      'OPENAI_ADMIN_KEY is not set, but OPENAI_API_KEY holds an admin key; write: export OPENAI_ADMIN_KEY="$OPENAI_API_KEY".',
    );
  });

  test('a mistake on the line is told before a missing key', () => {
    expect(mistake(['export', '--format', 'xlsx'], {OPENAI_ADMIN_KEY: ''}).message).toContain('--format');
  });
});

describe('a mistake', () => {
  test('never repeats a key, wherever it was put', () => {
    const places = [[secret], ['export', secret], [`--${secret}`], [`--key=${secret}`], ['--api-key', secret]];
    const more = ['--range', '--start', '--last', '--endpoints', '--base-url', '--bucket-width'].map(flag => [
      flag,
      secret,
    ]);
    for (const argv of [...places, ...more, ['--base-url', `https://${secret}@x.example/v1`]]) {
      expect(mistake(argv).message).not.toContain('secret');
    }
  });

  test('is one line without control characters, whatever was typed', () => {
    const noise = fc.string({
      unit: fc.oneof(fc.string({unit: 'binary', maxLength: 1}), fc.constantFrom('\u009b', '\n', ',')),
    });
    const begun = fc.constantFrom(
      '--',
      '-',
      '--last=',
      '--start=',
      '--range=',
      '--base-url=',
      '--project=',
      '--force=',
    );
    const word = fc.oneof(
      noise,
      fc.tuple(begun, noise).map(parts => parts.join('')),
      fc.constantFrom('export', '--last'),
    );
    fc.assert(
      fc.property(fc.array(word, {maxLength: 4}), argv => {
        try {
          parseOptions(argv, {OPENAI_ADMIN_KEY: secret}, today);
        } catch (error) {
          if (!(error instanceof UsageMistake)) throw error;
          expect(error.message).toMatch(/^[^\p{Cc}]+[.?]$/u);
          expect(error.message.length).toBeLessThan(400);
        }
      }),
      {numRuns: 500},
    );
  });
});

describe('the nearest name', () => {
  const names = ['completions', 'costs', 'cost_centers', 'images'] as const;

  test('is one with a letter more, less, other or swapped', () => {
    expect(['completion', 'ocsts', 'imagess', 'imoges', 'Images'].map(word => nearest(word, names))).toEqual([
      'completions',
      'costs',
      'images',
      'images',
      'images',
    ]);
  });

  test('is one that was begun, if it is the only one', () => {
    expect([nearest('comp', names), nearest('im', names), nearest('', names)]).toEqual([
      'completions',
      undefined,
      undefined,
    ]);
  });

  test('is every name for itself, and none for something quite different', () => {
    for (const name of names) expect(nearest(name, names)).toBe(name);
    expect(nearest('spaceship', names)).toBeUndefined();
  });
});

test('long and hostile words are quoted short and harmless', () => {
  expect(quoted('a'.repeat(100))).toBe(`"${'a'.repeat(59)}…"`);
  expect(quoted('\u001b[31m"x"\n')).toBe('"\\u001b[31m\\"x\\"\\n"');
  expect(quoted('a\u009b\u007f\u202eb')).toBe('"a\\u009b\\u007f\\u202eb"');
});
