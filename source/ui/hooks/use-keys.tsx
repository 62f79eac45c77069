import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type {Keyboard} from '../keyboard.ts';
import type {Key} from '../sequences.ts';

type Listener = (key: Key) => void;

type Keys = {
  /** Adds a listener; returns what takes it off again. */
  readonly listen: (listener: Listener) => () => void;
  /** Drops the keys already typed: for a screen that appears by itself. */
  readonly discard: () => void;
  /** From now on only some keys are handed on, and the others wait; undefined for all. */
  readonly hold: (isUrgent: IsUrgent | undefined) => void;
};

type IsUrgent = (key: Key) => boolean;

const KeysContext = createContext<Keys | undefined>(undefined);

/**
 * Hands the keyboard's keys to `useKeys`, one at a time: the next one only when React has committed what the last one
 * did. So `jjj` in one chunk moves three rows, and the second Enter reaches the screen that the first one opened.
 * The commit is noticed by a turn counted in the same batch of updates; React gives no other sign of it.
 */
export function KeysProvider({keyboard, children}: {readonly keyboard: Keyboard; readonly children: ReactNode}) {
  const listeners = useRef(new Set<Listener>());
  const handedOn = useRef(0);
  const committed = useRef(0);
  const isUrgent = useRef<IsUrgent>(undefined);
  const [turn, setTurn] = useState(0);

  const handOn = useCallback(() => {
    // With nobody listening, keys wait: typed ahead while a screen is still on its way.
    if (committed.current !== handedOn.current || listeners.current.size === 0) return;
    const key = keyboard.next(isUrgent.current);
    if (!key) return;
    handedOn.current++;
    setTurn(handedOn.current);
    // Only those who listen now and are not taken off by one before them: a key that opens a field is not typed into it.
    for (const listener of [...listeners.current]) if (listeners.current.has(listener)) listener(key);
  }, [keyboard]);

  // Not at once: a commit that begins the next one would be an endless loop in React's eyes, and input would starve.
  useLayoutEffect(() => {
    committed.current = turn;
    const next = setImmediate(handOn);
    return () => clearImmediate(next);
  }, [turn, handOn]);

  useLayoutEffect(() => keyboard.onKeys(handOn), [keyboard, handOn]);

  const keys = useMemo<Keys>(
    () => ({
      listen(listener) {
        listeners.current.add(listener);
        setImmediate(handOn);
        return () => listeners.current.delete(listener);
      },
      discard: () => keyboard.discard(),
      hold(only) {
        isUrgent.current = only;
        setImmediate(handOn);
      },
    }),
    [keyboard, handOn],
  );
  return <KeysContext value={keys}>{children}</KeysContext>;
}

/** Calls `handler` with each key while it is active (the default). Its newest version is called, as with useEffect. */
export function useKeys(handler: (key: Key) => void, {isActive = true}: {readonly isActive?: boolean} = {}): void {
  const {listen} = useKeysContext();
  const handle = useEffectEvent(handler);
  useLayoutEffect(() => (isActive ? listen(key => handle(key)) : undefined), [isActive, listen]);
}

/** Drops the keys typed ahead: a screen that appears by itself must not be worked by what was meant for the last one. */
export function useDiscardKeys(): () => void {
  return useKeysContext().discard;
}

/** While `isHeld`, keys wait for what an earlier one waits for, all but those that `isUrgent` lets through. */
export function useHeldKeys(isHeld: boolean, isUrgent: IsUrgent): void {
  const {hold} = useKeysContext();
  useLayoutEffect(() => {
    if (!isHeld) return undefined;
    hold(isUrgent);
    return () => hold(undefined);
  }, [hold, isHeld, isUrgent]);
}

function useKeysContext(): Keys {
  const keys = useContext(KeysContext);
  if (!keys) throw new Error('useKeys needs a KeysProvider above it.');
  return keys;
}
