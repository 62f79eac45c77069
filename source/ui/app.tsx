import {useApp} from 'ink';
import {useEffect, useLayoutEffect, useReducer, useRef, useState} from 'react';
import {secretIn} from '../view/secret.ts';
import {clipboardSequence} from './clipboard.ts';
import type {Fields} from './components/fields.ts';
import {Scroll} from './components/scroll.tsx';
import {TooSmall} from './components/too-small.tsx';
import type {SessionOptions} from './contract.ts';
import {useDiscardKeys, useHeldKeys, useKeys} from './hooks/use-keys.tsx';
import {OfflineContext} from './hooks/use-offline.ts';
import {SizeContext} from './hooks/use-size.ts';
import {useTasks} from './hooks/use-tasks.ts';
import {useWork, type WorkOptions} from './hooks/use-work.ts';
import {actionFor} from './keymap.ts';
import {isTooSmall, type Size} from './layout.ts';
import {DatesScreen} from './screens/dates.tsx';
import {EndpointsScreen} from './screens/endpoints.tsx';
import {KeyScreen} from './screens/key.tsx';
import type {Key} from './sequences.ts';
import {askedNames} from './state/endpoints.ts';
import {isTyped} from './state/prompt.ts';
import {type Account, type Config, type Event, keysOf, type State, startState} from './state/shape.ts';
import {readTyped} from './state/typed-prompt.ts';
import {reducer} from './state.ts';

type LaterScreens = typeof import('./screens/later.ts');

export type AppProps = WorkOptions &
  Pick<SessionOptions, 'notices' | 'prepare' | 'stdout'> & {
    readonly config: Config;
    readonly account: Account | undefined;
    readonly onQuit: (exitCode: number) => void;
    /** Is handed what leaves the screen to somebody else for a while. */
    readonly onScreen: (leave: ReturnType<typeof useApp>['suspendTerminal']) => void;
    readonly onSuspend: () => void;
    /** Draws the screen once more, whatever is on the terminal. */
    readonly onRedraw: () => void;
  };

/** The session's one component with a state: keys become actions, actions a state, the state a screen. */
export function App(props: AppProps) {
  const {config, account, notices, prepare, stdout, onQuit, onScreen, onSuspend, onRedraw, ...work} = props;
  const {suspendTerminal} = useApp();
  useLayoutEffect(() => onScreen(suspendTerminal), [onScreen, suspendTerminal]);
  const [reduce] = useState(() => reducer(config));
  const [state, dispatch] = useReducer(reduce, undefined, () =>
    startState(config, account, sizeOf(stdout), work.now()),
  );
  const typedKey = useRef('');
  const secret = useRef('');
  useWork(state, dispatch, typedKey, work);
  useTasks(state, dispatch, work);

  const {track} = work;
  const [later, setLater] = useState<LaterScreens>();
  useEffect(() => {
    const load = async () => {
      setLater(await import('./screens/later.ts'));
      await prepare();
    };
    // A bug ends the session; what is still being loaded keeps nobody who leaves.
    load().catch(error => track(Promise.reject(error)));
  }, [prepare, track]);

  const {copied} = state;
  useLayoutEffect(() => {
    if (copied) stdout.write(clipboardSequence(copied.text));
  }, [copied, stdout]);

  const isTyping = isTyped(state.results?.prompt);
  useLayoutEffect(() => {
    if (!isTyping) secret.current = '';
  }, [isTyping]);

  // The last screen that is there from the start is left when the others are there; what is typed ahead waits as well.
  const [isAccepted, setIsAccepted] = useState(false);
  const {now} = work;
  useLayoutEffect(() => {
    if (!isAccepted || !later) return;
    setIsAccepted(false);
    dispatch({kind: 'act', action: 'accept', now: now()});
  }, [isAccepted, later, now]);

  const isHeld = isAccepted || state.results?.waiting !== undefined;
  useHeldKeys(isHeld, isUrgent);
  const discardKeys = useDiscardKeys();
  const onKey = (key: Key) => {
    // What was typed after the key that is given up was meant for what would have come of it.
    if (isHeld && key.name === 'escape') discardKeys();
    const action = actionFor(keysOf(state), key);
    if (action === 'quit') return onQuit(key.name === 'ctrl-c' ? 130 : 0);
    if (action === 'suspend') return onSuspend();
    if (action === 'redraw') return onRedraw();
    if (isAccepted && key.name === 'escape') return setIsAccepted(false);
    if (!later && action === 'accept' && keysOf(state) === 'endpoints') return setIsAccepted(true);
    dispatch({kind: 'act', action, now: work.now()});
  };
  useKeys(onKey);

  useLayoutEffect(() => {
    const onResize = () => dispatch({kind: 'resized', size: sizeOf(stdout)});
    // Before Ink's own listener, which would draw the old screen once more at the new size.
    stdout.prependListener('resize', onResize);
    return () => void stdout.off('resize', onResize);
  }, [stdout]);

  useLayoutEffect(() => notices.subscribe(sentence => dispatch({kind: 'noticed', sentence})), [notices]);

  useLayoutEffect(() => {
    if (state.isOver) onQuit(0);
  }, [state.isOver, onQuit]);

  return (
    <SizeContext value={state.size}>
      <OfflineContext value={config.preset.refresh === 'nothing'}>
        <CurrentScreen
          state={state}
          dispatch={dispatch}
          config={config}
          now={work.now}
          typedKey={typedKey}
          secret={secret}
          later={later}
        />
      </OfflineContext>
    </SizeContext>
  );
}

type CurrentScreenProps = {
  readonly state: State;
  readonly dispatch: (event: Event) => void;
  readonly config: Config;
  readonly now: () => number;
  readonly typedKey: {current: string};
  readonly secret: {current: string};
  readonly later: LaterScreens | undefined;
};

function CurrentScreen({state, dispatch, config, now, typedKey, secret, later}: CurrentScreenProps) {
  const {size, message, screen, overlay, fetching, results} = state;
  const isDemo = state.account?.isDemo ?? false;
  if (isTooSmall(size)) return <TooSmall size={size} isDemo={isDemo} />;
  if (overlay) return <Scroll overlay={overlay} isDemo={isDemo} />;
  if (screen === 'fetch' && fetching && later) {
    return <later.FetchScreen state={fetching} isDemo={isDemo} message={message} now={now} />;
  }
  if (screen === 'results' && results && later) {
    const fields: Fields = {
      secret,
      // Whoever pastes a key into the wrong field must not make a file of its name.
      onPath: path => dispatch({kind: 'path-typed', path: secretIn(path) === undefined ? path : ''}),
      // No column is called like a secret, and no state holds one.
      onNarrow: text => dispatch({kind: 'narrowed', text: secretIn(text) === undefined ? text : ''}),
      onTyped(text) {
        const typed = readTyped(text, results.outcome.directory);
        secret.current = typed.text === '' ? text : '';
        dispatch({kind: 'prompt-typed', ...typed, now: now()});
      },
    };
    const props = {state: results, isDemo, keys: keysOf(state), message, now, fields};
    if (results.chooser) return <later.ChooserScreen {...props} chooser={results.chooser} />;
    const PlaceScreen = later.placeScreens[results.place];
    return <PlaceScreen {...props} />;
  }
  if (screen === 'key') {
    return (
      <KeyScreen
        state={state.key}
        keys={keysOf(state)}
        message={message}
        typed={typedKey.current}
        onType={key => {
          typedKey.current = key;
        }}
        onPaste={() => dispatch({kind: 'key-pasted'})}
        onKey={key => {
          typedKey.current = key;
          dispatch({kind: 'key-entered', isEmpty: key === ''});
        }}
      />
    );
  }
  if (screen === 'endpoints') {
    const {endpoints, range, dates} = state;
    const {filters} = config.preset;
    return (
      <EndpointsScreen
        state={endpoints}
        range={range}
        width={dates.width}
        filters={filters}
        isDemo={isDemo}
        message={message}
      />
    );
  }
  return (
    <DatesScreen
      state={state.dates}
      endpoints={askedNames(state.endpoints, config.preset.filters)}
      isDemo={isDemo}
      label={state.account?.label}
      message={message}
      onType={(field, text) => dispatch({kind: 'date-typed', field, text: secretIn(text) === undefined ? text : ''})}
    />
  );
}

/** Keys that somebody presses who does not want to wait any longer. */
function isUrgent({name}: Key): boolean {
  return URGENT.has(name);
}

const URGENT: ReadonlySet<Key['name']> = new Set(['escape', 'ctrl-c', 'ctrl-z', 'ctrl-l']);

/** A terminal that does not know its size (0x0 in some containers) is taken for an ordinary one. */
function sizeOf({columns, rows}: {readonly columns?: number; readonly rows?: number}): Size {
  return {columns: columns || 80, rows: rows || 24};
}
