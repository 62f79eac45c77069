import type {Action} from '../keymap.ts';

export const KEY_CHOICES = ['enter', 'demo', 'quit'] as const;

export type KeyChoice = (typeof KEY_CHOICES)[number];

/** An attempt to connect. The key itself is no part of it, nor of any state: only the field and the attempt hold it. */
type Connecting = {readonly id: number; readonly kind: 'key' | 'demo'; readonly isStopping: boolean};

export type KeyState = {
  readonly cursor: number;
  readonly step: 'list' | 'typing';
  readonly connecting: Connecting | undefined;
  readonly problem: string | undefined;
};

export const startKey: KeyState = {cursor: 0, step: 'list', connecting: undefined, problem: undefined};

type KeyStep = {readonly key: KeyState; readonly go?: 'connect-demo' | 'quit'};

export function actOnKey(key: KeyState, action: Action): KeyStep {
  if (key.connecting) return {key: action === 'leave' ? {...key, connecting: undefined} : key};
  if (key.step === 'typing') return {key: action === 'leave' ? {...key, step: 'list', problem: undefined} : key};
  switch (action) {
    case 'up':
      return {key: {...key, cursor: Math.max(0, key.cursor - 1)}};
    case 'down':
      return {key: {...key, cursor: Math.min(KEY_CHOICES.length - 1, key.cursor + 1)}};
    case 'accept':
      return choose(key);
    default:
      return {key};
  }
}

function choose(key: KeyState): KeyStep {
  switch (KEY_CHOICES[key.cursor]) {
    case 'enter':
      return {key: {...key, step: 'typing', problem: undefined}};
    case 'demo':
      return {key: {...key, problem: undefined}, go: 'connect-demo'};
    default:
      return {key, go: 'quit'};
  }
}
