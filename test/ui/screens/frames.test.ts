import {describe, expect, test} from 'vitest';
import {ApiError} from '../../../source/api/errors.ts';
import type {RunOptions} from '../../../source/usage/connection.ts';
import type {Outcome} from '../../../source/usage/outcome.ts';
import {ALL, aGap, anOutcome, deferred, fakeConnection, NOON} from '../../helpers/fake-connection.ts';
import {startSession} from '../../helpers/session.ts';

const failure = new ApiError({
  reason: 'server',
  subject: 'images',
  what: 'the server answered 502 Bad Gateway',
  next: 'Try again in a few minutes.',
  asked: {method: 'GET', path: 'organization/usage/images', query: 'start_time=1794787200&bucket_width=1d&limit=31'},
  status: 502,
});

/** One endpoint done, one from the cache, one failed, one that waits, the others not begun. */
function halfway({onProgress}: RunOptions): void {
  const of = {kind: 'endpoint', daysTotal: 7, daysCached: 0, requests: 1} as const;
  for (const endpoint of ALL) onProgress({...of, endpoint, state: 'queued', daysDone: 0, rows: 0, requests: 0});
  onProgress({...of, endpoint: 'completions', state: 'finished', daysDone: 7, rows: 1204});
  onProgress({...of, endpoint: 'embeddings', state: 'finished', daysDone: 7, daysCached: 7, rows: 88, requests: 0});
  onProgress({...of, endpoint: 'images', state: 'failed', daysDone: 3, rows: 12, requests: 6, error: failure});
  onProgress({
    ...of,
    endpoint: 'costs',
    state: 'fetching',
    daysDone: 4,
    rows: 40,
    waitingUntil: NOON + 12_000,
    waitingFor: 'the server answered 429 Too Many Requests',
  });
  const list = {kind: 'directory', requests: 1, isCached: false} as const;
  onProgress({...list, list: 'users', state: 'finished', items: 40});
  onProgress({...list, list: 'projects', state: 'finished', items: 12});
}

/** A fetch that stops halfway, until the test says what it comes to. */
function slowConnection(isDemo = false) {
  const end = deferred<Outcome>();
  const run = async (_query: unknown, options: RunOptions) => {
    halfway(options);
    options.signal.addEventListener('abort', () => end.resolve(anOutcome({isStopped: true})));
    return end.promise;
  };
  return {connection: fakeConnection(run, {isDemo}), end: end.resolve};
}

/** The screen, its spinner standing still. */
const still = (screen: string) => `\n${screen.replaceAll(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/g, '⠋')}\n`;

describe('80x24', () => {
  test('Key', async () => {
    const {terminal} = startSession({connection: undefined});
    await terminal.shows('Quit');
    expect(still(terminal.screen)).toMatchInlineSnapshot(`
      "
       openai-usage · Key

       No admin key is set. Organization owners can create one:
       platform.openai.com → Settings → Organization → Admin keys
       It is kept for this session only.

       ❯ Enter an admin key
         Try the demo organization (no key, no network)
         Quit














       Enter next  ? help  q quit
      "
    `);
  });

  test('Dates', async () => {
    const {terminal} = startSession();
    await terminal.shows('One row');
    expect(still(terminal.screen)).toMatchInlineSnapshot(`
      "
       openai-usage · Dates (UTC) · https://api.openai.com/v1

         Today           2026-11-22
         Yesterday       2026-11-21
       ❯ Last 7 days     2026-11-16 → 2026-11-22
         Last 30 days    2026-10-24 → 2026-11-22
         Last 90 days    2026-08-25 → 2026-11-22
         This month      2026-11-01 → 2026-11-22
         Last month      2026-10-01 → 2026-10-31
         This year       2026-01-01 → 2026-11-22
         Last 12 months  2025-11-23 → 2026-11-22
         Custom

         Start 2026-11-16 End 2026-11-22
         Custom: a day (2026-10-01) or month (2026-10)

         One row a [day] hour  minute






       Enter next  Space choose  Tab field  Esc back  ? help  q quit
      "
    `);
  });

  test('Endpoints', async () => {
    const {terminal, type} = startSession();
    type('\r');
    await terminal.shows('costs');
    expect(still(terminal.screen)).toMatchInlineSnapshot(`
      "
       2026-11-16 → 2026-11-22 · Endpoints

       ❯ [✓] completions
         [✓] embeddings
         [✓] moderations
         [✓] images
         [✓] audio_speeches
         [✓] audio_transcriptions
         [✓] vector_stores
         [✓] code_interpreter_sessions
         [✓] file_search_calls
         [✓] web_search_calls
         [✓] costs

       11 of 11 endpoints checked








       Enter fetch  Space check  a all or none  Esc back  ? help  q quit
      "
    `);
  });

  test('Fetch, halfway', async () => {
    const {terminal, type} = startSession({connection: slowConnection().connection});
    type('\r\r');
    await terminal.shows('429');
    expect(still(terminal.screen)).toMatchInlineSnapshot(`
      "
       2026-11-16 → 2026-11-22 · 11 endpoints · fetching 7 days

       ✓ completions                ████████ 7/7 days    1,204 rows
       ✓ embeddings                 ████████ 7/7 days       88 rows  from cache
       · moderations                ░░░░░░░░ 0/7 days        0 rows
       ✗ images                     ███░░░░░ 3/7 days       12 rows  502 Bad Gateway
       · audio_speeches             ░░░░░░░░ 0/7 days        0 rows
       · audio_transcriptions       ░░░░░░░░ 0/7 days        0 rows
       · vector_stores              ░░░░░░░░ 0/7 days        0 rows
       · code_interpreter_sessions  ░░░░░░░░ 0/7 days        0 rows
       · file_search_calls          ░░░░░░░░ 0/7 days        0 rows
       · web_search_calls           ░░░░░░░░ 0/7 days        0 rows
       ⠋ costs                      ████░░░░ 4/7 days       40 rows  429, 12 s

       ✓ 40 users   ✓ 12 projects   · admin keys   · project keys
       0.0 s · 10 requests · 1,344 rows







       Esc stop  t errors  ? help  q quit
      "
    `);
  });

  test('Fetch, ended with a failure', async () => {
    const {connection, end} = slowConnection();
    const {terminal, type} = startSession({connection});
    type('\r\r');
    await terminal.shows('429');
    end(anOutcome({gaps: [aGap('images', failure)]}));
    await terminal.shows('Enter shows');
    expect(still(terminal.screen)).toMatchInlineSnapshot(`
      "
       2026-11-16 → 2026-11-22 · 11 endpoints · incomplete
       ✓ completions                ████████ 7/7 days    1,204 rows
       ✓ embeddings                 ████████ 7/7 days       88 rows  from cache
       · moderations                ░░░░░░░░ 0/7 days        0 rows
       ✗ images                     ███░░░░░ 3/7 days       12 rows  502 Bad Gateway
       · audio_speeches             ░░░░░░░░ 0/7 days        0 rows
       · audio_transcriptions       ░░░░░░░░ 0/7 days        0 rows
       · vector_stores              ░░░░░░░░ 0/7 days        0 rows
       · code_interpreter_sessions  ░░░░░░░░ 0/7 days        0 rows
       · file_search_calls          ░░░░░░░░ 0/7 days        0 rows
       · web_search_calls           ░░░░░░░░ 0/7 days        0 rows
       ⠋ costs                      ████░░░░ 4/7 days       40 rows  429, 12 s
       ✓ 40 users   ✓ 12 projects   · admin keys   · project keys
       ┌──────────────┬──────────┬────────────┬───────┬──────────┐
       │ endpoints    │ days     │ from cache │ rows  │ requests │
       ├──────────────┼──────────┼────────────┼───────┼──────────┤
       │ 10 complete  │ 18 of 70 │ 7          │ 1,332 │ 2        │
       ├──────────────┼──────────┼────────────┼───────┼──────────┤
       │ 1 incomplete │ 3 of 7   │ 0          │ 12    │ 6        │
       └──────────────┴──────────┴────────────┴───────┴──────────┘
       0.0 s · 10 requests · 1,344 rows
       images: the server answered 502 Bad Gateway. Try again in a few minutes.
       Enter shows what arrived: 10 of 11 endpoints complete.
       Enter show rows  r retry  d dates  t errors  Esc back  ? help  q quit
      "
    `);
  });

  test('Results of the demo organization', async () => {
    const {terminal, type} = startSession({connection: fakeConnection(undefined, {isDemo: true})});
    type('\r\r');
    await terminal.shows('row 1 of');
    type('lljj');
    await terminal.shows('row 3 of');
    expect(still(terminal.screen)).toMatchInlineSnapshot(`
      "
       DEMO · 2026-11-16 → 2026-11-22 · 11 endpoints · 70 rows · as of 12:03 UTC
       date        endpoint_type  input_tokens  output_tokens  api_key_name  project…
       2026-11-16  completions               0              7
       2026-11-16  completions               1              7
       2026-11-16  completions   [           2]             7
       2026-11-16  completions               3              7
       2026-11-16  completions               4              7
       2026-11-16  completions               5              7
       2026-11-16  completions               6              7
       2026-11-16  completions               7              7
       2026-11-16  completions               8              7
       2026-11-16  completions               9              7
       2026-11-17  completions           1,000              7
       2026-11-17  completions           1,001              7
       2026-11-17  completions           1,002              7
       2026-11-17  completions           1,003              7
       2026-11-17  completions           1,004              7
       2026-11-17  completions           1,005              7
       2026-11-17  completions           1,006              7
       2026-11-17  completions           1,007              7
       2026-11-17  completions           1,008              7
       2026-11-17  completions           1,009              7
       row 3 of 70 · sum 210,315 · mean 3,004.5 · min 0 · max 6,009 · distinct 70
       / search  f filter  s sort  Tab summary  e export  x changes  ? help  q quit
      "
    `);
  });

  test('Results with something missing, and where to save them', async () => {
    const gaps = [aGap('images', failure), aGap('costs', failure)];
    const connection = fakeConnection(async query => anOutcome({query, gaps, asOf: undefined, rowsPerDay: 1}));
    const {terminal, type} = startSession({connection});
    type('\r\r');
    await terminal.shows('Enter shows');
    type('\re');
    await terminal.shows('Export to');
    expect(still(terminal.screen)).toMatchInlineSnapshot(`
      "
       2026-11-16 → 2026-11-22 · 9 of 11 endpoints · 7 rows
       date        endpoint_type  input_tokens  output_tokens  api_key_name  project…
      [2026-11-16] completions               0              7
       2026-11-17  completions           1,000              7
       2026-11-18  completions           2,000              7
       2026-11-19  completions           3,000              7
       2026-11-20  completions           4,000              7
       2026-11-21  completions           5,000              7
       2026-11-22  completions           6,000              7











       2 endpoints incomplete: images, costs · t errors · r refetch
       Export to: openai_usage_2026-11-16_2026-11-22.csv▏
       row 1 of 7 · column 1 of 8 · distinct 7
       Enter accept  Esc leave
      "
    `);
  });

  test('the question before the cache is cleared', async () => {
    const {terminal, type} = startSession({
      connection: fakeConnection(async query => anOutcome({query, rowsPerDay: 1})),
    });
    type('\r\r');
    await terminal.shows('row 1 of');
    type('c');
    await terminal.shows('Clear');
    expect(still(terminal.screen)).toMatchInlineSnapshot(`
      "
       2026-11-16 → 2026-11-22 · 11 endpoints · 7 rows · as of 12:03 UTC
       date        endpoint_type  input_tokens  output_tokens  api_key_name  project…
      [2026-11-16] completions               0              7
       2026-11-17  completions           1,000              7
       2026-11-18  completions           2,000              7
       2026-11-19  completions           3,000              7
       2026-11-20  completions           4,000              7
       2026-11-21  completions           5,000              7
       2026-11-22  completions           6,000              7







       ┌─────────────────┬───────────────┬────────┐
       │ cache           │ endpoint days │ size   │
       ├─────────────────┼───────────────┼────────┤
       │ of this account │ 312           │ 4.1 MB │
       └─────────────────┴───────────────┴────────┘
       Clear 312 cached endpoint days (4.1 MB)? The rows on the screen stay. y or n
       row 1 of 7 · column 1 of 8 · distinct 7
       y yes  n no
      "
    `);
  });

  test('Results without a row', async () => {
    const connection = fakeConnection(async query => anOutcome({query, rowsPerDay: 0, asOf: undefined}));
    const {terminal, type} = startSession({connection});
    type('\r\r');
    await terminal.shows('row 0 of 0');
    expect(still(terminal.screen)).toMatchInlineSnapshot(`
      "
       2026-11-16 → 2026-11-22 · 11 endpoints · 0 rows

       No usage from 2026-11-16 → 2026-11-22 (UTC).

       Asked: completions, embeddings, moderations, images, audio_speeches,
       audio_transcriptions, vector_stores, code_interpreter_sessions,
       file_search_calls, web_search_calls, costs.

       d chooses other dates.













       row 0 of 0 · column 1 of 6
       / search  f filter  s sort  Tab summary  e export  x changes  ? help  q quit
      "
    `);
  });

  test('errors in full', async () => {
    const connection = fakeConnection(async query => anOutcome({query, gaps: [aGap('images', failure)]}));
    const {terminal, type} = startSession({connection});
    type('\r\r');
    await terminal.shows('Enter shows');
    type('t');
    await terminal.shows('Errors');
    expect(terminal.lines.slice(0, 4)).toEqual([
      ' Errors',
      ' images: the server answered 502 Bad Gateway. Try again in a few minutes.',
      '   GET organization/usage/images?start_time=1794787200&bucket_width=1d&limit=31',
      '   status 502, 1 attempt',
    ]);
    expect(terminal.lines[23]).toBe(' PgDn page  Esc back');
  });

  test('in ASCII', async () => {
    const {connection, end} = slowConnection(true);
    const {terminal, type} = startSession({connection, ascii: true});
    type('\r\r');
    await terminal.shows('429');
    end(anOutcome({gaps: [aGap('images', failure)]}));
    await terminal.shows('Enter shows');
    expect(terminal.screen).toMatch(/^[\x20-\x7e\n]*$/);
    expect(terminal.lines[0]).toBe(' DEMO - 2026-11-16 -> 2026-11-22 - 11 endpoints - incomplete');
  });
});

describe('40x10', () => {
  const small = {columns: 40, rows: 10};

  test('Key', async () => {
    const {terminal} = startSession({...small, connection: undefined});
    await terminal.shows('Quit');
    expect(still(terminal.screen)).toMatchInlineSnapshot(`
      "
       openai-usage · Key
       No admin key is set. Organization
       owners can create one:
       platform.openai.com → Settings →
       Organization → Admin keys
       It is kept for this session only.
       ❯ Enter an admin key
         Try the demo organization (no key, …
         Quit
       Enter next  ? help  q quit
      "
    `);
  });

  test('Dates', async () => {
    const {terminal} = startSession(small);
    await terminal.shows('One row');
    expect(still(terminal.screen)).toMatchInlineSnapshot(`
      "
       openai-usage · Dates (UTC) · https://…
         Today          2026-11-22
         Yesterday      2026-11-21
       ❯ Last 7 days    2026-11-16→2026-11-22
         Last 30 days   2026-10-24→2026-11-22
         Last 90 days   2026-08-25→2026-11-22
         Start 2026-11-16 End 2026-11-22
         Custom: a day (2026-10-01) or month…
         One row a [day] hour  minute
       Enter next  ? help  q quit
      "
    `);
  });

  test('Fetch', async () => {
    const {terminal, type} = startSession({...small, connection: slowConnection(true).connection});
    type('\r\r');
    await terminal.shows('429');
    expect(still(terminal.screen)).toMatchInlineSnapshot(`
      "
       DEMO · 2026-11-16 → 2026-11-22 · 11 e…
       ✗ images                     failed
       ⠋ costs                      429, 12 s
       · moderations                0/7
       · audio_speeches             0/7
         and 7 more
       ✓ 40 users   ✓ 12 projects
       · admin keys   · project keys
       0.0 s · 10 requests · 1,344 rows
       Esc stop  t errors  ? help  q quit
      "
    `);
  });

  test('Results, scrolled to the right: the first column stays', async () => {
    const {terminal, type} = startSession(small);
    type('\r\r');
    await terminal.shows('row 1 of');
    type('lll');
    await terminal.shows('column 4');
    expect(still(terminal.screen)).toMatchInlineSnapshot(`
      "
       11-16 → 11-22 · 70 rows · as of 12:03…
       date        output_tokens  api_key_na…
       2026-11-16 [            7]
       2026-11-16              7
       2026-11-16              7
       2026-11-16              7
       2026-11-16              7
       2026-11-16              7
       row 1 of 70 · column 4 of 8 · sum 490
       / search  f filter  ? help  q quit
      "
    `);
  });
});

describe('200x50', () => {
  const large = {columns: 200, rows: 50};

  test('Results show every column and 46 rows', async () => {
    const {terminal, type} = startSession(large);
    type('\r\r');
    await terminal.shows('row 1 of 70');
    expect(terminal.lines[1]).toMatch(/^ date .* model .* start_time/);
    expect(terminal.lines.filter(line => line.includes('completions'))).toHaveLength(46);
    expect(terminal.lines[48]).toBe(' row 1 of 70 · column 1 of 8 · distinct 7');
  });

  test('Fetch says why it waits in full', async () => {
    const {terminal, type} = startSession({...large, connection: slowConnection().connection});
    type('\r\r');
    await terminal.shows('429 Too Many Requests, 12 s');
    await terminal.shows('502 Bad Gateway');
  });
});

describe('too small', () => {
  test.each([
    [39, 10],
    [40, 9],
    [39, 9],
  ])('%ix%i says what it needs', async (columns, rows) => {
    const {terminal} = startSession({columns, rows});
    await terminal.shows('openai-usage needs 40x10');
  });

  test.each([
    [1, 1],
    [2, 1],
    [1, 30],
    [200, 1],
  ])('%ix%i is no reason to crash', async (columns, rows) => {
    const {terminal, type, ended} = startSession({columns, rows});
    await terminal.shows('o');
    terminal.resize(80, 24);
    await terminal.shows('Last 7 days');
    type('q');
    expect((await ended).exitCode).toBe(0);
  });
});

describe('a resize', () => {
  test('draws the screen as if it had always been that large, and nothing scrolls off', async () => {
    const sizes = [
      [120, 40],
      [40, 10],
      [39, 9],
      [200, 50],
      [41, 30],
      [150, 11],
    ] as const;
    const {terminal, type} = startSession();
    type('\r\r');
    await terminal.shows('row 1 of');
    for (const [columns, rows] of sizes) {
      terminal.resize(columns, rows);
      const other = startSession({columns, rows});
      other.type('\r\r');
      await other.terminal.shows(columns < 40 ? 'needs' : 'row 1 of');
      await terminal.until(screen => screen === other.terminal.screen, `the screen at ${columns}x${rows}`);
      expect(terminal.scrolledOff).toBe(0);
    }
  });

  test('keeps the cursor in sight', async () => {
    const {terminal, type} = startSession();
    type('\r\r');
    await terminal.shows('row 1 of');
    type('G');
    await terminal.shows('row 70 of 70');
    terminal.resize(80, 12);
    await terminal.until(screen => /\[2026-11-22\] completions +6,009/.test(screen));
  });

  test('in the middle of typing a key keeps what was typed', async () => {
    const connection = fakeConnection();
    const keys: unknown[] = [];
    const {terminal, type} = startSession({
      connection: undefined,
      connect: async how => {
        keys.push(how);
        return connection;
      },
    });
    type('\rsk-admin');
    await terminal.shows('••••••••');
    terminal.resize(30, 5);
    await terminal.shows('needs');
    terminal.resize(80, 24);
    await terminal.shows('••••••••');
    type('-1\r');
    await terminal.shows('Dates');
    expect(keys).toEqual([{kind: 'key', key: 'sk-admin-1'}]);
  });
});
