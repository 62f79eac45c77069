import type {Size} from '../layout.ts';
import type {Glyphs} from '../theme.ts';
import type {Message, ResultsState} from './results.ts';

/** What an action on the results depends on beside them. */
export type Surroundings = {
  readonly size: Size;
  readonly glyphs: Glyphs;
  readonly message: Message | undefined;
  /** Unix milliseconds. */
  readonly now: number;
  /** The number of the work that begins with this action, if one does. */
  readonly nextId: number;
  /** Nothing may be asked of the API. */
  readonly isOffline: boolean;
  readonly history: History;
};

/** The screen, as far as the room on it depends on it. */
export type Sight = Pick<Surroundings, 'size' | 'glyphs' | 'message'>;

/** What was typed into the prompts before, the newest last; never a secret. */
export type History = {readonly search: readonly string[]; readonly filter: readonly string[]};

/** What an action on the results came to. */
export type Step = {
  readonly results: ResultsState;
  readonly message?: Message | undefined;
  /** Text for the clipboard, and how it is called in the message. */
  readonly copy?: {readonly text: string; readonly what: string};
  readonly remember?: {readonly kind: keyof History; readonly text: string};
};
