import {describe, expect, test} from 'vitest';
import {ApiError} from '../../../source/api/errors.ts';
import type {Connection} from '../../../source/usage/connection.ts';
import type {Outcome} from '../../../source/usage/outcome.ts';
import {NO_FILTERS} from '../../../source/usage/query.ts';
import {aGap, anOutcome, deferred, fakeConnection, NOON} from '../../helpers/fake-connection.ts';
import {startSession} from '../../helpers/session.ts';

const failure = new ApiError({
  reason: 'server',
  subject: 'images',
  what: 'the server answered 502 Bad Gateway',
  next: 'Try again in a few minutes.',
  asked: {method: 'GET', path: 'organization/usage/images', query: 'limit=31'},
  status: 502,
});

/** A connection whose runs answer one after the other as given; a stopped run answers with what arrived. */
function answering(...answers: readonly (Outcome | 'never')[]) {
  let count = 0;
  const run: Connection['run'] = async (query, {signal}) => {
    const answer = answers[count++] ?? 'never';
    if (answer !== 'never') return answer;
    const stopped = deferred<Outcome>();
    signal.addEventListener('abort', () => stopped.resolve(anOutcome({query, isStopped: true, rowsPerDay: 1})));
    return stopped.promise;
  };
  return fakeConnection(run);
}

describe('Fetch', () => {
  test('goes on to Results by itself, without the keys that were typed for it', async () => {
    const outcome = deferred<Outcome>();
    const {terminal, type} = startSession({connection: fakeConnection(() => outcome.promise)});
    type('\r\r');
    await terminal.shows('fetching');
    // Both in one turn: what was typed before the rows came, and the rows.
    type('jjjjeG\r');
    outcome.resolve(anOutcome());
    await terminal.shows('row 1 of 70');
    type('j');
    await terminal.shows('row 2 of 70');
    expect(terminal.screen).not.toContain('Export to');
  });

  test('says that rows are put in order, once all of them are here', async () => {
    const connection = fakeConnection(async (query, {onProgress}) => {
      for (const endpoint of query.endpoints) {
        onProgress({
          kind: 'endpoint',
          endpoint,
          state: 'finished',
          daysDone: 7,
          daysTotal: 7,
          daysCached: 7,
          rows: 9,
          requests: 0,
        });
      }
      return deferred<Outcome>().promise;
    });
    const {terminal, type} = startSession({connection});
    type('\r\r');
    await terminal.shows('11 endpoints · putting rows in order');
  });

  test('stays when something failed, says what, and Enter shows what arrived', async () => {
    const {terminal, type} = startSession({connection: answering(anOutcome({gaps: [aGap('images', failure)]}))});
    type('\r\r');
    await terminal.shows('images: the server answered 502 Bad Gateway. Try again in a few minutes.');
    type('\r');
    await terminal.shows('row 1 of 70');
    await terminal.shows('1 endpoint incomplete: images · t errors · r');
  });

  test('stays when names are missing', async () => {
    const connection = answering(anOutcome({directoryFailures: new Map([['users', failure]])}));
    const {terminal, type} = startSession({connection});
    type('\r\r');
    await terminal.shows('names missing: users');
  });

  test('r asks again for the same, from the cache where that has it', async () => {
    const connection = answering(anOutcome({gaps: [aGap('images', failure)]}), anOutcome());
    const {terminal, type} = startSession({connection});
    type('\r\r');
    await terminal.shows('Enter shows');
    type('r');
    await terminal.shows('row 1 of 70');
    expect(connection.runs[1]?.query).toEqual(connection.runs[0]?.query);
    expect(connection.runs.map(({options}) => options.refresh)).toEqual(['reuse', 'reuse']);
  });

  test('offline stays offline', async () => {
    const connection = answering(anOutcome({gaps: [aGap('images')]}), anOutcome(), anOutcome());
    const preset = {
      range: undefined,
      endpoints: [],
      width: '1d',
      filters: NO_FILTERS,
      refresh: 'nothing',
      isComparing: false,
    } as const;
    const {terminal, type} = startSession({connection, preset});
    await terminal.shows(/^ OFFLINE · .*Dates/);
    type('\r\r');
    await terminal.shows('Enter shows');
    type('r');
    await terminal.shows('row 1 of 70');
    expect(terminal.lines[0]).toMatch(/^ OFFLINE · /);
    type('r');
    await terminal.shows('Offline: nothing is asked. These rows are what the cache holds.');
    expect(connection.runs.map(({options}) => options.refresh)).toEqual(['nothing', 'nothing']);
  });

  test('t shows what was asked, the answer, the attempts and the stack', async () => {
    const {terminal, type} = startSession({connection: answering(anOutcome({gaps: [aGap('images', failure)]}))});
    type('\r\r');
    await terminal.shows('Enter shows');
    type('t');
    await terminal.shows('GET organization/usage/images?limit=31');
    await terminal.shows('status 502, 1 attempt');
    await terminal.shows(/ at .*fetching\.test\.ts/);
    type('\x1b');
    await terminal.shows('Enter shows');
  });

  test('t says why an endpoint waits while it is tried again', async () => {
    const connection = fakeConnection(async (_query, {onProgress}) => {
      onProgress({
        kind: 'endpoint',
        endpoint: 'images',
        state: 'fetching',
        daysDone: 0,
        daysTotal: 7,
        daysCached: 0,
        rows: 0,
        requests: 2,
        waitingUntil: NOON + 4000,
        waitingFor: 'the server answered 500',
      });
      return new Promise(() => {});
    });
    const {terminal, type} = startSession({connection});
    type('\r\r');
    await terminal.shows('500');
    type('t');
    await terminal.shows('images: the server answered 500. It is tried again.');
  });

  test('t says what the cache lacks where nothing is asked', async () => {
    const {terminal, type} = startSession({connection: answering(anOutcome({gaps: [aGap('images')]}))});
    type('\r\r');
    await terminal.shows('Enter shows');
    type('t');
    await terminal.shows('images: nothing was asked, and the cache does not hold 2026-11-22.');
  });

  test('Esc stops, Enter shows what arrived', async () => {
    const connection = answering('never');
    const {terminal, type} = startSession({connection});
    type('\r\r');
    await terminal.shows('fetching');
    type('\x1b');
    await terminal.shows('Stopped. Enter shows what arrived');
    expect(connection.runs[0]?.options.signal.aborted).toBe(true);
    type('\r');
    await terminal.shows('row 1 of 7 ');
  });

  test('Esc again goes back to Endpoints', async () => {
    const {terminal, type} = startSession({connection: answering('never')});
    type('\r\r');
    await terminal.shows('fetching');
    type('\x1b');
    await terminal.shows('Stopped');
    type('\x1b');
    await terminal.shows('11 of 11 endpoints checked');
  });

  test('Esc and Esc again gives the fetch up, and its late answer shows nothing', async () => {
    const late = deferred<Outcome>();
    const answers = [late.promise, Promise.resolve(anOutcome({rowsPerDay: 3}))];
    const connection = fakeConnection(() => answers.shift() ?? late.promise);
    const {terminal, type} = startSession({connection});
    type('\r\r');
    await terminal.shows('fetching');
    type('\x1b');
    await terminal.shows('stopping');
    type('\x1b');
    await terminal.shows('Endpoints');
    expect(connection.runs[0]?.options.signal.aborted).toBe(true);
    type('\r');
    await terminal.shows('row 1 of 21');
    late.resolve(anOutcome({rowsPerDay: 1}));
    type('j');
    await terminal.shows('row 2 of 21');
  });

  test('a key too many does not stop it', async () => {
    const connection = answering('never');
    const {terminal, type} = startSession({connection});
    type('\r\r\r');
    await terminal.shows('Esc stop');
    expect(connection.runs[0]?.options.signal.aborted).toBe(false);
  });
});

describe('r on Results', () => {
  const shown = anOutcome();

  test('asks for the unsettled days, and keeps the cursor where it is', async () => {
    const connection = answering(shown, anOutcome({rowsPerDay: 11}));
    const {terminal, type} = startSession({connection});
    type('\r\r');
    await terminal.shows('row 1 of 70');
    type('jjjlr');
    await terminal.shows('row 4 of 77 · column 2');
    await terminal.shows('Fetched again: 77 rows.');
    expect(connection.runs[1]?.options.refresh).toBe('unsettled');
  });

  test('says where an endpoint failed once more, instead of success', async () => {
    const gaps = [aGap('images', failure)];
    const connection = answering(anOutcome({gaps}), anOutcome({rowsPerDay: 11, gaps}));
    const {terminal, type} = startSession({connection});
    type('\r\r');
    await terminal.shows('Enter show rows');
    type('\r');
    await terminal.shows('row 1 of 70');
    type('r');
    await terminal.shows('Fetched again, but 1 endpoint failed: 77 rows. t says why.');
  });

  test('leaves the table usable, and Esc stops it with the rows as they were', async () => {
    const connection = answering(shown, 'never');
    const {terminal, type} = startSession({connection});
    type('\r\r');
    await terminal.shows('row 1 of 70');
    type('r');
    await terminal.shows('Fetching again: 0 of 11 endpoints');
    type('jj');
    await terminal.shows('row 3 of 70');
    type('\x1b');
    await terminal.shows('Stopped; the rows are as they were.');
    await terminal.shows('row 3 of 70');
  });

  test('that takes its time to stop does not say once more how to stop it', async () => {
    const slow = deferred<Outcome>();
    const connection = fakeConnection(query =>
      connection.runs.length > 1 ? slow.promise : Promise.resolve(anOutcome({query})),
    );
    const {terminal, type} = startSession({connection});
    type('\r\r');
    await terminal.shows('row 1 of 70');
    type('r');
    await terminal.shows('Fetching again: 0 of 11 endpoints; Esc stops');
    type('\x1b');
    await terminal.shows(/Stopping: 0 of 11 endpoints$/m);
    slow.resolve(anOutcome({isStopped: true}));
    await terminal.shows('Stopped; the rows are as they were.');
  });

  test('that fails keeps the rows, says why, and t shows the error', async () => {
    const connection = answering(shown, anOutcome({rowsPerDay: 0, gaps: [aGap('images', failure)]}));
    const {terminal, type} = startSession({connection});
    type('\r\r');
    await terminal.shows('row 1 of 70');
    type('r');
    await terminal.shows('Not fetched again: images: the server answered 502');
    await terminal.shows('row 1 of 70');
    type('t');
    await terminal.shows('Errors');
  });

  test('pressed twice asks once', async () => {
    const connection = answering(shown, 'never');
    const {terminal, type} = startSession({connection});
    type('\r\r');
    await terminal.shows('row 1 of 70');
    type('rr');
    await terminal.shows('Fetching again');
    type('j');
    await terminal.shows('row 2 of 70');
    expect(connection.runs).toHaveLength(2);
  });
});
