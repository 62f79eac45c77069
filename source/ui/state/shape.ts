import type {ApiKey} from '../../api/directory.ts';
import type {Holdings} from '../../usage/connection.ts';
import type {Day, Range} from '../../usage/days.ts';
import {dayOf} from '../../usage/days.ts';
import type {Outcome} from '../../usage/outcome.ts';
import type {Progress} from '../../usage/progress.ts';
import {DEFAULT_COLUMNS, type SavedColumns} from '../../view/column-choice.ts';
import type {ExportKind, SaveResult, SessionPreset} from '../contract.ts';
import type {Action, Screen} from '../keymap.ts';
import {isTooSmall, type Size} from '../layout.ts';
import type {Glyphs} from '../theme.ts';
import {type DatesState, startDates} from './dates.ts';
import {type EndpointsState, startEndpoints} from './endpoints.ts';
import type {Fetching} from './fetching.ts';
import {type KeyState, startKey} from './key.ts';
import type {Overlay} from './overlay.ts';
import type {Prompt} from './prompt.ts';
import type {Message, ResultsState} from './results.ts';
import type {History} from './step.ts';
import type {Apply, Task} from './tasks.ts';

type ScreenName = 'key' | 'dates' | 'endpoints' | 'fetch' | 'results';

/** Whose figures are shown. */
export type Account = {readonly isDemo: boolean; readonly label: string};

/** What stays the same throughout a session. */
export type Config = {
  readonly preset: SessionPreset;
  readonly glyphs: Glyphs;
  readonly hasKeyScreen: boolean;
  readonly defaultPath: (outcome: Outcome, isDemo: boolean, what: ExportKind) => string;
  /** So many rows a key may go through at once; more are gone through beside. As many as are quick, if not given. */
  readonly mostRows?: number | undefined;
};

export type State = {
  readonly screen: ScreenName;
  readonly size: Size;
  readonly account: Account | undefined;
  /** The highest number given to a piece of work. */
  readonly lastId: number;
  readonly key: KeyState;
  readonly dates: DatesState;
  readonly endpoints: EndpointsState;
  /** What the Dates screen came to. */
  readonly range: Range;
  readonly fetching: Fetching | undefined;
  readonly hasFetched: boolean;
  readonly results: ResultsState | undefined;
  /** The choice of columns that was remembered, or made in this session. */
  readonly choice: SavedColumns;
  readonly history: History;
  /** What is on its way to the clipboard. */
  readonly copied: {readonly id: number; readonly text: string} | undefined;
  /** Where `d` was pressed, and Esc on the Dates screen leads back to. */
  readonly cameFrom: 'fetch' | 'results' | undefined;
  readonly overlay: Overlay | undefined;
  /** When work ended that the screen said Esc would stop, in Unix milliseconds; undefined once a key was pressed since. */
  readonly workEndedAt: number | undefined;
  /** Said until the next key. */
  readonly message: Message | undefined;
  readonly isOver: boolean;
};

/** Everything that can happen. What carries an `id` or the `work` itself is the answer to it, and dropped when late. */
export type Event =
  | {readonly kind: 'act'; readonly action: Action | undefined; readonly now: number}
  | {readonly kind: 'resized'; readonly size: Size}
  | {readonly kind: 'noticed'; readonly sentence: string}
  | {readonly kind: 'key-pasted'}
  | {readonly kind: 'key-entered'; readonly isEmpty: boolean}
  | {readonly kind: 'connected'; readonly id: number; readonly account: Account}
  | {readonly kind: 'not-connected'; readonly id: number; readonly sentence: string}
  | {readonly kind: 'date-typed'; readonly field: 'start' | 'end'; readonly text: string}
  | {readonly kind: 'progressed'; readonly id: number; readonly events: readonly Progress[]}
  | {readonly kind: 'fetched'; readonly id: number; readonly outcome: Outcome; readonly now: number}
  | {readonly kind: 'working'; readonly work: Task['work']; readonly done: number}
  | {readonly kind: 'worked'; readonly work: Task['work']; readonly apply: Apply; readonly now: number}
  | {readonly kind: 'path-typed'; readonly path: string}
  | {readonly kind: 'narrowed'; readonly text: string}
  | {
      readonly kind: 'prompt-typed';
      /** Empty where a secret is typed: no state ever holds that. */
      readonly text: string;
      readonly secretOf: readonly ApiKey[] | undefined;
      readonly now: number;
    }
  | {readonly kind: 'columns-loaded'; readonly choice: SavedColumns}
  | {readonly kind: 'saving'; readonly id: number; readonly rowsDone: number}
  | {readonly kind: 'saved'; readonly id: number; readonly result: SaveResult}
  | {readonly kind: 'not-saved'; readonly id: number; readonly sentence: string; readonly exists: boolean}
  | {readonly kind: 'measured'; readonly id: number; readonly holdings: Holdings}
  | {readonly kind: 'cleared'; readonly id: number; readonly holdings: Holdings};

/** The session before the first key. `now` is Unix milliseconds. */
export function startState(
  {preset, hasKeyScreen}: Config,
  account: Account | undefined,
  size: Size,
  now: number,
): State {
  const today: Day = dayOf(now / 1000);
  return {
    screen: hasKeyScreen ? 'key' : 'dates',
    size,
    account,
    lastId: 0,
    key: startKey,
    dates: startDates(today, preset.range, preset.width),
    endpoints: startEndpoints(preset.endpoints),
    range: preset.range ?? {first: today, last: today},
    fetching: undefined,
    hasFetched: false,
    results: undefined,
    choice: DEFAULT_COLUMNS,
    history: {search: [], filter: []},
    copied: undefined,
    cameFrom: undefined,
    overlay: undefined,
    message: undefined,
    workEndedAt: undefined,
    isOver: false,
  };
}

/** Which part of the key map holds now. */
export function keysOf({size, overlay, screen, key, dates, fetching, results}: State): Screen {
  // Nothing but leaving makes sense on a screen that cannot be seen, and q has to, even over a field.
  if (isTooSmall(size)) return 'key';
  if (overlay) return 'help';
  switch (screen) {
    case 'key':
      if (key.connecting) return 'working';
      return key.step === 'typing' ? 'field' : 'key';
    case 'dates':
      return dates.focus === 'start' || dates.focus === 'end' ? 'dateField' : 'dates';
    case 'fetch':
      return fetching?.outcome ? 'fetched' : 'fetch';
    case 'results':
      return results ? keysOfResults(results) : 'results';
    default:
      return screen;
  }
}

function keysOfResults({prompt, chooser, place, changes: {group}}: ResultsState): Screen {
  if (prompt) return keysOfPrompt(prompt);
  if (chooser) return chooser.isNarrowing ? 'field' : chooser.kind;
  if (place === 'changes' && group) return group.day ? 'hours' : 'days';
  return place === 'table' ? 'results' : place;
}

function keysOfPrompt(prompt: Prompt): Screen {
  switch (prompt.kind) {
    case 'search':
    case 'filter':
      return 'searchField';
    case 'export':
      if (prompt.step === 'overwrite') return 'confirm';
      if (prompt.step === 'writing') return prompt.job?.isStopping ? 'ending' : 'working';
      return prompt.proposals ? 'exportField' : 'field';
    case 'clear':
      if (prompt.step === 'asking') return 'confirm';
      return prompt.step === 'measuring' ? 'working' : 'ending';
  }
}
