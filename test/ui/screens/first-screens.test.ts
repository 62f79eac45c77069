import {describe, expect, test} from 'vitest';
import {ApiError} from '../../../source/api/errors.ts';
import type {ConnectRequest} from '../../../source/ui/contract.ts';
import {parseDay} from '../../../source/usage/days.ts';
import {NO_FILTERS} from '../../../source/usage/query.ts';
import {ALL, deferred, fakeConnection, TODAY} from '../../helpers/fake-connection.ts';
import {startSession} from '../../helpers/session.ts';

const preset = {range: undefined, endpoints: [], width: '1d', filters: NO_FILTERS, refresh: 'reuse'} as const;
const october = {first: parseDay('2026-10-01') ?? 0, last: parseDay('2026-10-31') ?? 0};

describe('the default job', () => {
  test('is Enter, Enter: the last seven days of all endpoints', async () => {
    const connection = fakeConnection();
    const {terminal, type} = startSession({connection});
    type('\r');
    await terminal.shows('Endpoints');
    type('\r');
    await terminal.shows('row 1 of 70');
    const {query, options} = connection.runs[0] ?? {};
    expect(query).toEqual({endpoints: ALL, range: {first: TODAY - 6, last: TODAY}, width: '1d', filters: NO_FILTERS});
    expect(options?.refresh).toBe('reuse');
  });

  test('may be typed ahead, both Enters in one packet', async () => {
    const {terminal, type} = startSession();
    type('\r\r');
    await terminal.shows('row 1 of 70');
  });

  test('begins with what the command line chose', async () => {
    const connection = fakeConnection();
    const filters = {...NO_FILTERS, users: ['user-1']};
    const {terminal, type} = startSession({
      connection,
      preset: {
        range: october,
        endpoints: ['costs', 'images'],
        width: '1h',
        filters,
        refresh: 'everything',
        isComparing: false,
      },
    });
    await terminal.shows(/❯ From the command line {2}2026-10-01 → 2026-10-31/);
    type('\r');
    await terminal.shows('2 of 11 endpoints checked');
    await terminal.shows('costs (knows no such filter: not asked)');
    type('\r');
    await terminal.shows('row 1 of');
    expect(connection.runs[0]?.query).toEqual({endpoints: ['images', 'costs'], range: october, width: '1h', filters});
    expect(connection.runs[0]?.options.refresh).toBe('everything');
  });

  test('asks for everything again only once: a second fetch uses the cache', async () => {
    const connection = fakeConnection();
    const {terminal, type} = startSession({connection, preset: {...preset, refresh: 'everything', isComparing: false}});
    type('\r\r');
    await terminal.shows('row 1 of 70');
    type('d');
    await terminal.shows('Dates');
    type('\r\r');
    await terminal.shows('row 1 of 70');
    expect(connection.runs.map(({options}) => options.refresh)).toEqual(['everything', 'reuse']);
  });
});

describe('Dates', () => {
  test('takes a month for a start, and its end for the end', async () => {
    const connection = fakeConnection();
    const {terminal, type} = startSession({connection});
    type('\t2026-10\r\r');
    await terminal.shows('2026-10-01 → 2026-10-31 · Endpoints');
    type('\r');
    await terminal.shows('row 1 of');
    expect(connection.runs[0]?.query.range).toEqual(october);
  });

  test('says nothing of a date that is being typed, and what is wrong with one that is none', async () => {
    const {terminal, type} = startSession();
    type('\t2026-1');
    await terminal.shows('2026-1▏');
    expect(terminal.screen).not.toContain('no 2026');
    type('3-0');
    await terminal.shows('2026-13-0▏');
    type('1');
    await terminal.shows('There is no 2026-13-01');
  });

  test('asks for the rest of a half-typed date on Enter only', async () => {
    const {terminal, type} = startSession();
    type('\t2026-1');
    await terminal.shows('2026-1▏');
    type('\r');
    await terminal.shows('Finish the start date: 2026-11-22, or 2026-11 for a month.');
  });

  test('j in a field is typed, in the list it moves', async () => {
    const {terminal, type} = startSession();
    type('jj');
    await terminal.shows(/❯ Last 90 days/);
    type('\tj');
    await terminal.shows('Start j▏');
  });

  test('an arrow cut in two by the network is one arrow', async () => {
    const {terminal, type} = startSession({escapeDelay: 500});
    await terminal.shows(/❯ Last 7 days/);
    type('\x1b');
    await new Promise(setImmediate);
    type('[');
    await new Promise(setImmediate);
    type('B');
    await terminal.shows(/❯ Last 30 days/);
  });
});

describe('Endpoints', () => {
  test('asks for those that are checked, in catalogue order', async () => {
    const connection = fakeConnection();
    const {terminal, type} = startSession({connection});
    type('\ra');
    await terminal.shows('0 of 11');
    type('G \x1b[H ');
    await terminal.shows('2 of 11');
    type('\r');
    await terminal.shows('row 1 of');
    expect(connection.runs[0]?.query.endpoints).toEqual(['completions', 'costs']);
  });

  test('does not go on without any, and says so', async () => {
    const connection = fakeConnection();
    const {terminal, type} = startSession({connection});
    type('\ra\r');
    await terminal.shows('Nothing is checked');
    expect(connection.runs).toEqual([]);
  });

  test('Esc goes back to Dates', async () => {
    const {terminal, type} = startSession();
    type('\r');
    await terminal.shows('Endpoints');
    type('\x1b');
    await terminal.shows('Dates');
  });
});

describe('Key', () => {
  const refused = new ApiError({
    reason: 'unauthorized',
    subject: 'users',
    what: 'the server answered 401 Unauthorized',
    next: 'Check the key.',
  });

  test('says who can create a key and where, and that it is kept for this session only', async () => {
    const {terminal} = startSession({connection: undefined});
    await terminal.shows('Organization owners can create one');
    await terminal.shows('platform.openai.com → Settings → Organization → Admin keys');
    await terminal.shows('kept for this session only');
  });

  test('a pasted key loses its quotes, spaces and newline, and is checked', async () => {
    const asked: ConnectRequest[] = [];
    const connection = fakeConnection();
    const {terminal, type} = startSession({
      connection: undefined,
      async connect(how) {
        asked.push(how);
        return connection;
      },
    });
    type('\r');
    await terminal.shows('Key:');
    type('\x1b[200~ "sk-admin-abc"\n\x1b[201~');
    await terminal.shows('••••');
    type('\r');
    await terminal.shows('Dates');
    expect(asked).toEqual([{kind: 'key', key: 'sk-admin-abc'}]);
    expect(connection.log).toEqual(['check']);
  });

  test('one that is pasted onto the list is in the field, whatever the cursor is on', async () => {
    const asked: ConnectRequest[] = [];
    const {terminal, type} = startSession({
      connection: undefined,
      async connect(how) {
        asked.push(how);
        return fakeConnection();
      },
    });
    await terminal.shows('Enter an admin key');
    type('jj', '\x1b[200~sk-admin-abc\n\x1b[201~');
    await terminal.shows('Key: ••••••••••••');
    expect(asked).toEqual([]);
    type('\r');
    await terminal.shows('Dates');
    expect(asked).toEqual([{kind: 'key', key: 'sk-admin-abc'}]);
  });

  test('what is wrong with one stands whole on the smallest screen', async () => {
    const refusal =
      'The field holds a project’s key (sk-proj-…), not an admin key (sk-admin-…), and nothing was sent; an organization owner creates one at https://platform.openai.com/settings/organization/admin-keys.';
    const {terminal, type} = startSession({
      connection: undefined,
      connect: () => Promise.reject(new Error(refusal)),
    });
    terminal.resize(40, 10);
    type('\rsk-proj-abc\r');
    await terminal.until(screen => screen.includes('Key:') && /admin-keys\.\s/.test(screen), 'the whole sentence');
  });

  test('a key never reaches the terminal', async () => {
    const {terminal, type} = startSession({connection: undefined, connect: () => Promise.reject(refused)});
    type('\r');
    await terminal.shows('Key:');
    type('sk-admin-secret\r');
    await terminal.shows('401');
    expect(terminal.output).not.toMatch(/sk-admin-s|secret/);
  });

  test('a refused key is said in the error’s words, stays for correction, and its connection is closed', async () => {
    const asked: ConnectRequest[] = [];
    const bad = fakeConnection(undefined, {check: () => Promise.reject(refused)});
    const {terminal, type} = startSession({
      connection: undefined,
      async connect(how) {
        asked.push(how);
        return asked.length === 1 ? bad : fakeConnection();
      },
    });
    type('\rsk-wrong\r');
    await terminal.shows('users: the server answered 401 Unauthorized. Check the key.');
    expect(bad.log).toEqual(['close']);
    type('\x7f\x7f\x7f\x7f\x7fright\r');
    await terminal.shows('Dates');
    expect(asked.map(how => how.kind === 'key' && how.key)).toEqual(['sk-wrong', 'sk-right']);
  });

  test('Esc gives up a check that takes too long', async () => {
    const aborted = deferred<boolean>();
    const connection = fakeConnection(undefined, {
      check: signal =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            aborted.resolve(true);
            reject(signal.reason);
          });
        }),
    });
    const {terminal, type} = startSession({connection: undefined, connect: async () => connection});
    type('\rsk-slow\r');
    await terminal.shows('Checking the key');
    type('\x1b');
    expect(await aborted.promise).toBe(true);
    await terminal.until(screen => !screen.includes('Checking') && screen.includes('•••'));
  });

  test('an empty field is not sent', async () => {
    const {terminal, type} = startSession({connection: undefined});
    type('\r');
    await terminal.shows('Key:');
    type('\r');
    await terminal.shows('Type or paste an admin key first.');
  });

  test('the demo organization is one Enter away, and DEMO stands on every screen', async () => {
    const asked: ConnectRequest[] = [];
    const {terminal, type, ended} = startSession({
      connection: undefined,
      async connect(how) {
        asked.push(how);
        return fakeConnection(undefined, {isDemo: true});
      },
    });
    type('j\r');
    await terminal.shows(/^ DEMO .* Dates/);
    expect(asked).toEqual([{kind: 'demo'}]);
    type('?');
    await terminal.shows(/^ DEMO .* Help/);
    type('q\r');
    await terminal.shows(/^ DEMO .* Endpoints/);
    type('\r');
    await terminal.shows(/^ DEMO .* rows/);
    terminal.resize(30, 5);
    await terminal.shows('DEMO: openai-usage needs');
    type('q');
    expect((await ended).exitCode).toBe(0);
  });

  test('its last line quits', async () => {
    const {terminal, type, ended} = startSession({connection: undefined});
    await terminal.shows('Quit');
    type('jj\r');
    expect(await ended).toEqual({exitCode: 0, exported: []});
  });
});

describe('a year of minutes', () => {
  test('says how many requests it takes where the width is chosen, and once more before they are sent', async () => {
    const connection = fakeConnection();
    const range = {first: TODAY - 364, last: TODAY};
    const {terminal, type} = startSession({connection, preset: {...preset, range, isComparing: false}});
    type('\t\t\t', ' ', ' ');
    await terminal.shows('[minute] (3,653 requests; hours take 533)');
    type('\r');
    await terminal.shows('11 of 11 endpoints · 3,653 requests; hours take 533');
    type('a', ' ');
    await terminal.shows('1 of 11 endpoints checked');
    expect(connection.runs).toEqual([]);
  });

  test('counts only the endpoints that will be asked, on both screens', async () => {
    const range = {first: TODAY - 364, last: TODAY};
    const some = {...preset, range, width: '1m', isComparing: false} as const;
    const given = startSession({preset: {...some, endpoints: ['completions', 'embeddings', 'images', 'costs']}});
    await given.terminal.shows('[minute] (1,098 requests; hours take 162)');
    given.type('\r');
    await given.terminal.shows('4 of 11 endpoints · 1,098 requests; hours take 162');
    given.type(' ');
    await given.terminal.shows('3 of 11 endpoints checked');
    given.type('\x1b');
    await given.terminal.shows('[minute] (costs stay daily)');
    // Seven endpoints know models.
    const filtered = startSession({preset: {...some, endpoints: [], filters: {...NO_FILTERS, models: ['gpt-5.4']}}});
    await filtered.terminal.shows('[minute] (2,555 requests; hours take 371)');
    filtered.type('\r');
    await filtered.terminal.shows('11 of 11 endpoints · 2,555 requests; hours take 371');
  });

  test('says nothing of costs where they are not asked', async () => {
    const {terminal} = startSession({preset: {...preset, width: '1h', endpoints: ['images'], isComparing: false}});
    await terminal.shows('[hour]');
    expect(terminal.screen).not.toContain('costs stay daily');
  });

  test('and less says no such thing', async () => {
    const {terminal, type} = startSession({preset: {...preset, isComparing: false}});
    type('\t\t\t', ' ', ' ');
    await terminal.shows('[minute] (costs stay daily)');
    type('\r');
    await terminal.shows('11 of 11 endpoints checked');
  });
});
