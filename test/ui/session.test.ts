import {afterEach, describe, expect, test, vi} from 'vitest';
import {anOutcome, deferred, fakeConnection} from '../helpers/fake-connection.ts';
import {showRows, startSession} from '../helpers/session.ts';
import {occurrences} from '../helpers/terminal.ts';

const enterAlternate = '\x1b[?1049h';
const leaveAlternate = '\x1b[?1049l';
const question = '\x1b[5n';
const answer = '\x1b[0n';

type Session = ReturnType<typeof startSession>;

/** What was written since the keyboard stopped last, modes left out. */
function drawnUnheard(output: string): string {
  const off = '\x1b[?2004l';
  return output.slice(output.lastIndexOf(off) + off.length).replaceAll(/\x1b\[\?\d+[hl]/g, '');
}

/** What a shell needs to find when the program has gone. */
function expectRestored({terminal, stdin}: Session): void {
  expect(occurrences(terminal.output, enterAlternate)).toBe(1);
  expect(occurrences(terminal.output, leaveAlternate)).toBe(1);
  expect(stdin.isRaw).toBe(false);
  expect(terminal.output.lastIndexOf('\x1b[?25h')).toBeGreaterThan(terminal.output.lastIndexOf('\x1b[?25l'));
  expect(terminal.output.lastIndexOf('\x1b[?2004l')).toBeGreaterThan(terminal.output.lastIndexOf('\x1b[?2004h'));
}

/** On a slow line these keys were heard: an answer is still to come, and a frame waits for it. */
async function startBehind(keys: string): Promise<Session> {
  const saving = deferred<void>();
  const save = async (path: string) => {
    saving.resolve();
    return {path, rows: 0, bytes: 0};
  };
  const session = await showRows({columns: 160, rows: 48, save});
  const {terminal, type} = session;
  type(answer, '\x0c');
  await terminal.until(() => occurrences(terminal.output, question) === 2);
  // The file is written when the keys before it have been heard.
  type(`\t${keys}e\r`);
  await saving.promise;
  return session;
}

/** Lets all happen that waits for no time. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
}

describe('every way out gives the terminal back', () => {
  test.each<[string, number, (session: Session) => unknown]>([
    ['q', 0, ({type}) => type('q')],
    ['Ctrl+C', 130, ({type}) => type('\x03')],
    ['SIGINT', 130, ({signals}) => signals.emit('SIGINT')],
    ['SIGTERM', 143, ({signals}) => signals.emit('SIGTERM')],
    ['SIGHUP', 129, ({signals}) => signals.emit('SIGHUP')],
    ['the end of the input', 129, ({stdin}) => stdin.end()],
    ['an input that fails', 129, ({stdin}) => stdin.destroy(new Error('EIO'))],
    ['an output that fails', 129, ({terminal}) => terminal.emit('error', new Error('EPIPE'))],
    ['several at once', 143, ({signals, type}) => [signals.emit('SIGTERM'), signals.emit('SIGHUP'), type('q\x03')]],
  ])('%s', async (_name, exitCode, leave) => {
    const session = startSession();
    await session.terminal.shows('Dates');
    leave(session);
    expect(await session.ended).toEqual({exitCode, exported: []});
    expectRestored(session);
  });

  test('before the first frame', async () => {
    const session = startSession();
    session.signals.emit('SIGTERM');
    expect((await session.ended).exitCode).toBe(143);
    expectRestored(session);
  });

  test('in the middle of a fetch, whose rows are kept first', async () => {
    const steps: string[] = [];
    const outcome = deferred<ReturnType<typeof anOutcome>>();
    const connection = fakeConnection(async (query, {signal}) => {
      signal.addEventListener('abort', () => {
        steps.push('aborted');
        setImmediate(() => {
          steps.push('kept');
          outcome.resolve(anOutcome({query, isStopped: true}));
        });
      });
      return outcome.promise;
    });
    const session = startSession({connection});
    session.type('\r\r');
    await session.terminal.shows('fetching');
    session.type('\x03');
    await session.ended;
    expect(steps).toEqual(['aborted', 'kept']);
    expectRestored(session);
  });
});

test('nothing is drawn when the keyboard no longer hears what the terminal answers', async () => {
  const {terminal, type, ended} = startSession();
  await terminal.shows('Dates');
  type('jq');
  await ended;
  expect(drawnUnheard(terminal.output)).toBe('');
});

test('nor as the process ends all of a sudden, with a frame still to come', async () => {
  const {terminal, type, signals} = startSession();
  await terminal.shows(/❯ Last 7 days/);
  // Time stands still: a frame that comes too soon after another has to wait for its moment.
  vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
  for (const key of 'jkjj') {
    type(key);
    await turns();
  }
  signals.emit('exit');
  vi.useRealTimers();
  expect(drawnUnheard(terminal.output)).toBe('');
});

test('nothing more is asked at the end on a slow line: the shell would get the answer', async () => {
  const {terminal, signals, type, ended} = await startBehind('');
  signals.emit('SIGTERM');
  type(answer);
  await ended;
  expect(occurrences(terminal.output, question)).toBe(2);
});

describe('a key that leaves on a slow line', () => {
  afterEach(() => void vi.useRealTimers());

  test('waits longer than a signal for the answer that a shell would take for typing', async () => {
    const session = await startBehind('');
    vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
    session.type('\x03');
    await turns();
    vi.advanceTimersByTime(4000);
    await turns();
    expect(session.stdin.isRaw).toBe(true);
    session.type(answer);
    await turns();
    expect(session.stdin.isRaw).toBe(false);
    vi.useRealTimers();
    expect((await session.ended).exitCode).toBe(130);
  });

  test('waits no more on a second Ctrl+C', async () => {
    const session = await startBehind('');
    vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
    session.type('\x03');
    await turns();
    session.type('\x03');
    await turns();
    expect(session.stdin.isRaw).toBe(false);
    vi.useRealTimers();
    expect((await session.ended).exitCode).toBe(130);
  });
});

test('SIGCONT while the session ends does not take the keyboard once more', async () => {
  const connection = fakeConnection(
    (query, {signal}) =>
      new Promise(resolve => {
        signal.addEventListener('abort', () => {
          session.signals.emit('SIGCONT');
          resolve(anOutcome({query, isStopped: true}));
        });
      }),
  );
  const session: Session = startSession({connection});
  session.type('\r\r');
  await session.terminal.shows('fetching');
  session.type('\x03');
  await session.ended;
  expectRestored(session);
});

describe('a crash gives the terminal back, and its error to the caller', () => {
  test.each<
    [string, (error: Error) => Parameters<typeof startSession>[0], (session: Session, error: Error) => unknown]
  >([
    [
      'while a frame is made',
      error => ({
        defaultPath: () => {
          throw error;
        },
      }),
      ({type}) => type('e'),
    ],
    ['in the work behind a screen', () => ({}), ({signals}, error) => signals.emit('unhandledRejection', error)],
    ['anywhere else', () => ({}), ({signals}, error) => signals.emit('uncaughtException', error)],
  ])('%s', async (_name, options, crash) => {
    const error = new Error('a bug');
    const session = startSession(options(error));
    session.type('\r\r');
    await session.terminal.shows('row 1 of 70');
    crash(session, error);
    expect(await session.ended).toEqual({exitCode: 1, exported: [], error});
    expectRestored(session);
  });

  test('a fetch that throws what nobody expects', async () => {
    const error = new TypeError('a bug');
    const session = startSession({connection: fakeConnection(() => Promise.reject(error))});
    session.type('\r\r');
    expect(await session.ended).toEqual({exitCode: 1, exported: [], error});
    expectRestored(session);
  });

  test('nothing of it is written to the terminal: the caller prints it on the normal screen', async () => {
    const session = startSession();
    await session.terminal.shows('Dates');
    session.signals.emit('uncaughtException', new Error('secret words'));
    await session.ended;
    await session.terminal.until(screen => !session.terminal.isAlternate && screen.trim() === '');
  });
});

test('no listener is left behind but the one that keeps the file size limit from ending the process', async () => {
  const session = startSession();
  await session.terminal.shows('Dates');
  session.type('q');
  await session.ended;
  expect(session.signals.eventNames()).toEqual(['SIGXFSZ']);
  expect(session.terminal.listenerCount('resize')).toBe(0);
});

test('SIGHUP may come after the end of the input has ended the session', async () => {
  const session = startSession();
  await session.terminal.shows('Dates');
  session.stdin.end();
  await session.ended;
  expect(session.signals.emit('SIGHUP')).toBe(true);
});

describe('Ctrl+Z', () => {
  test('gives the shell its screen and its keyboard, and takes both back on SIGCONT', async () => {
    const session = startSession();
    const {terminal, stdin, signals, type} = session;
    await terminal.shows('Last 7 days');
    const seen = deferred<unknown>();
    signals.onSuspend = () => {
      const left = occurrences(terminal.output, leaveAlternate) === 1;
      seen.resolve({isRaw: stdin.isRaw, left, isCursorShown: terminal.output.includes('\x1b[?25h')});
    };
    type('\x1a');
    expect(await seen.promise).toEqual({isRaw: false, left: true, isCursorShown: true});
    signals.emit('SIGCONT');
    await terminal.until(screen => terminal.isAlternate && screen.includes('Last 7 days'));
    expect(stdin.isRaw).toBe(true);
    type('j\r');
    await terminal.shows('2026-10-24 → 2026-11-22 · Endpoints');
    type('q');
    await session.ended;
    expect(occurrences(terminal.output, leaveAlternate)).toBe(occurrences(terminal.output, enterAlternate));
    expect(stdin.isRaw).toBe(false);
  });

  test('sent from outside as SIGTSTP does the same, as often as it comes', async () => {
    const {terminal, stdin, signals} = startSession();
    await terminal.shows('Last 7 days');
    for (const time of [1, 2]) {
      const seen = deferred<unknown>();
      // The signal that stops the group must not be heard here as one more: it would stop nothing.
      signals.onSuspend = () => seen.resolve([stdin.isRaw, signals.listenerCount('SIGTSTP')]);
      signals.emit('SIGTSTP');
      signals.emit('SIGTSTP');
      expect(await seen.promise).toEqual([false, 0]);
      await terminal.until(() => !terminal.isAlternate);
      signals.emit('SIGCONT');
      await terminal.until(screen => terminal.isAlternate && screen.includes('Last 7 days'));
      expect(stdin.isRaw).toBe(true);
      expect(signals.suspended).toBe(time);
    }
  });

  test('asks nothing more on a slow line', async () => {
    const {terminal, signals, type} = await startBehind('\x1a');
    const asked = deferred<number>();
    signals.onSuspend = () => asked.resolve(occurrences(terminal.output, question));
    type(answer);
    expect(await asked.promise).toBe(2);
  });

  test('does not stop a session that ends while an answer is waited for', async () => {
    const session = await startBehind('\x1a');
    session.signals.emit('SIGTERM');
    session.type(answer);
    expect((await session.ended).exitCode).toBe(143);
    expect(session.signals.suspended).toBe(0);
  });

  test('a size that changed meanwhile is seen', async () => {
    const {terminal, signals, type} = startSession();
    await terminal.shows('Last 7 days');
    signals.onSuspend = () => {
      setImmediate(() => signals.emit('SIGCONT'));
    };
    Object.assign(terminal, {_refreshSize: () => terminal.resize(39, 9)});
    type('\x1a');
    await terminal.shows('needs 40x10');
  });

  test('SIGTERM that comes as it goes on ends the session with the terminal restored', async () => {
    const session = startSession();
    const {terminal, signals, type} = session;
    await terminal.shows('Dates');
    signals.onSuspend = () => {
      setImmediate(() => signals.emit('SIGTERM'));
    };
    type('\x1a');
    expect((await session.ended).exitCode).toBe(143);
    await terminal.until(() => !terminal.isAlternate);
    expect(session.stdin.isRaw).toBe(false);
    expect(occurrences(terminal.output, leaveAlternate)).toBe(occurrences(terminal.output, enterAlternate));
  });
});

test('after it was stopped from outside, the keyboard is made raw again and the screen drawn whole', async () => {
  const {terminal, stdin, signals} = startSession();
  await terminal.shows('Last 7 days');
  stdin.isRaw = false;
  terminal.write('\x1b[H\x1b[Jthe shell was here');
  signals.emit('SIGCONT');
  await terminal.until(screen => screen.includes('Last 7 days') && !screen.includes('shell'));
  expect(stdin.isRaw).toBe(true);
});

test('Ctrl+L draws everything again over whatever is on the screen', async () => {
  const {terminal, type} = startSession();
  await terminal.shows('Last 7 days');
  const before = terminal.screen;
  terminal.write('\x1b[5;10Ha broadcast message\x1b[9;1Hfrom root\r\n\n');
  await terminal.shows('broadcast');
  type('\x0c');
  await terminal.until(screen => screen === before);
});

describe('continuous integration in the environment', () => {
  afterEach(() => void vi.unstubAllEnvs());

  test('does not keep the session from the screen', async () => {
    vi.stubEnv('CI', 'true');
    const {terminal} = startSession();
    await terminal.shows('Dates');
    expect(terminal.isAlternate).toBe(true);
  });
});
