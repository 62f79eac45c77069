import {type Instance, render, type useApp} from 'ink';
import {App} from './app.tsx';
import {createConnections} from './connections.ts';
import type {SaveResult, SessionEnd, SessionOptions, TerminalOutput} from './contract.ts';
import {KeysProvider} from './hooks/use-keys.tsx';
import {createKeyboard, quietInput} from './keyboard.ts';
import {makeTheme, ThemeContext} from './theme.ts';
import {type Ending, watchWaysOut} from './ways-out.ts';
import {abilitiesOf} from './wire/abilities.ts';
import {Wire} from './wire/wire.ts';

export type {ConnectRequest, SaveOptions, SaveResult, SessionEnd, SessionOptions, SessionSignals} from './contract.ts';

/** How long work that was told to stop may take to keep what arrived, in milliseconds. */
const longestFarewell = 3000;

/** A process without job control (the only one of its terminal) is not stopped by Ctrl+Z: then it goes on after this. */
const longestSuspend = 500;

/**
 * How long a key that leaves waits for what the terminal has yet to answer, in milliseconds: 8 kB are 3.3 s at 20 kbit/s,
 * which the shell's prompt would have to wait for as well.
 */
const longestAnswer = 5000;

/** How long a terminal that stands still may keep a session from ending, in milliseconds. */
const longestDrain = 1000;

/**
 * The full-screen session, from the first frame until the terminal is as it was before. Never rejects: a crash is the
 * end's `error`, for the caller to print on the normal screen. Closes the connections it opened, not the given one.
 */
export async function runSession(options: SessionOptions): Promise<SessionEnd> {
  const {stdin, stdout, stderr, signals, connection, escapeDelay} = options;
  const theme = makeTheme(options);
  const exported: SaveResult[] = [];
  const underWay = new Set<Promise<unknown>>();
  const connections = createConnections(options);
  const wire = new Wire(stdout, abilitiesOf(options.term));
  let ink: Instance | undefined;
  let leaveScreen: ReturnType<typeof useApp>['suspendTerminal'] | undefined;
  let suspension: Promise<void> | undefined;
  let isEnding = false;
  let end: (ending: Ending & {readonly isByKey?: boolean}) => void = () => {};
  let hurry = () => {};
  const hurried = new Promise<void>(resolve => {
    hurry = resolve;
  });
  const ended = new Promise<Ending & {readonly isByKey?: boolean}>(resolve => {
    end = ending => {
      // Who presses Ctrl+C once more, or sends a signal, has waited long enough.
      if (isEnding && ending.exitCode !== 0) hurry();
      isEnding = true;
      wire.hold();
      resolve(ending);
    };
  });
  const keyboard = createKeyboard({
    stdin,
    stdout,
    escapeDelay,
    onAnswer: () => wire.answered(),
    onGone: () => end({exitCode: 129}),
  });
  const putBack = () => {
    // Unmounting draws a frame that was still to come; nobody would hear the answer to a question behind it.
    wire.hold();
    attempt(() => keyboard.stop());
    attempt(() => ink?.unmount());
  };
  const stopWatching = watchWaysOut({
    signals,
    stdout,
    onEnd: end,
    onExit: putBack,
    onContinue() {
      if (suspension || isEnding) return;
      // Stopped from outside: the shell has had the terminal, and node believes it still to be raw.
      keyboard.renew();
      measureAgain(stdout);
      wire.redraw();
    },
  });

  let hasStopped = false;
  let isStoppedAgain = false;
  const suspend = () => {
    const leave = leaveScreen;
    // One that comes while the screen is only on its way back stops it once it is there.
    if (suspension && hasStopped) isStoppedAgain = true;
    if (suspension || isEnding || !leave) return;
    hasStopped = false;
    isStoppedAgain = false;
    suspension = (async () => {
      wire.hold();
      await within(longestAnswer, Promise.race([wire.settled(), ended]));
      if (isEnding) return;
      keyboard.stop();
      await leave(async () => {
        const continued = firstOf(signals, ended);
        // Not heard, the signal that stops the whole group stops us as well.
        signals.off('SIGTSTP', suspend);
        signals.suspend();
        signals.on('SIGTSTP', suspend);
        hasStopped = true;
        await continued;
        measureAgain(stdout);
        if (isEnding) return;
        // Raw again before the screen is: what is typed from now on is meant for it.
        keyboard.start();
        wire.release();
      });
      suspension = undefined;
      if (isStoppedAgain) suspend();
    })();
    suspension.catch(error => end({exitCode: 1, error}));
  };
  // From outside (kill -TSTP), where Ctrl+Z is a key: the shell is to have its terminal all the same.
  signals.on('SIGTSTP', suspend);
  const track = (work: Promise<void>) => {
    const watched = work.catch(error => end({exitCode: 1, error})).finally(() => underWay.delete(watched));
    underWay.add(watched);
  };

  try {
    keyboard.start();
    ink = render(
      <ThemeContext value={theme}>
        <KeysProvider keyboard={keyboard}>
          <App
            config={{
              preset: options.preset,
              glyphs: theme.glyphs,
              hasKeyScreen: connection === undefined,
              defaultPath: options.defaultPath,
              mostRows: options.mostRows,
            }}
            account={connection && {isDemo: connection.isDemo, label: connection.label}}
            now={options.now}
            stdout={stdout}
            notices={options.notices}
            connection={connections.current}
            connect={connections.open}
            save={options.save}
            columnChoice={options.columnChoice}
            prepare={options.prepare}
            onSaved={result => exported.push(result)}
            track={track}
            onQuit={exitCode => end({exitCode, isByKey: true})}
            onScreen={leave => {
              leaveScreen = leave;
            }}
            onSuspend={suspend}
            onRedraw={() => wire.redraw()}
          />
        </KeysProvider>
      </ThemeContext>,
      {
        stdin: quietInput(),
        stdout: wire,
        stderr,
        alternateScreen: true,
        interactive: true,
        exitOnCtrlC: false,
        // Nothing writes to the console; what a bug writes belongs in a test's output, not into the frame.
        patchConsole: false,
        maxFps: 60,
      },
    );
    ink.waitUntilExit().then(
      () => end({exitCode: 0}),
      error => end({exitCode: 1, error}),
    );
  } catch (error) {
    end({exitCode: 1, error});
  }

  const {isByKey = false, ...ending} = await ended;
  // A suspended screen comes back before it is left for good, so that it is left as often as it was entered.
  await suspension?.catch(() => {});
  await within(isByKey ? longestAnswer : longestDrain, Promise.race([wire.settled(), hurried]));
  putBack();
  if (ink) await within(longestDrain, ink.waitUntilExit());
  wire.close();
  await within(longestFarewell, Promise.all([...underWay]));
  await within(longestFarewell, connections.close());
  stopWatching(ending);
  signals.off('SIGTSTP', suspend);
  return {...ending, exported};
}

/** The terminal may be gone in the middle of putting it back: then there is nothing left to put back. */
function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // See above.
  }
}

/** Node asks for the size only on SIGWINCH, and a stopped process gets none. */
function measureAgain(stdout: TerminalOutput): void {
  if ('_refreshSize' in stdout && typeof stdout._refreshSize === 'function') stdout._refreshSize();
}

function firstOf(signals: SessionOptions['signals'], ended: Promise<unknown>): Promise<void> {
  return new Promise(resolve => {
    const goOn = () => {
      signals.off('SIGCONT', goOn);
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(goOn, longestSuspend);
    signals.on('SIGCONT', goOn);
    ended.then(goOn);
  });
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise(resolve => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, timeout]).catch(() => {});
  clearTimeout(timer);
}
