import type {ApiKey} from '../../api/directory.ts';
import type {Action} from '../keymap.ts';
import type {Glyphs} from '../theme.ts';
import type {ResultsState} from './results.ts';
import type {Step, Surroundings} from './step.ts';

/** What is searched for: a text, or the keys whose redacted value a pasted secret fits. */
export type Search =
  | {readonly kind: 'text'; readonly text: string}
  | {readonly kind: 'keys'; readonly ids: readonly string[]; readonly label: string};

/** The prompt of `/` or `f`. */
export type TypedPrompt = {
  readonly kind: 'search' | 'filter';
  /** Empty while a secret is typed: that stays in the field alone. */
  readonly text: string;
  /** The keys that a typed secret fits; undefined where what is typed is none. */
  readonly secretOf: readonly ApiKey[] | undefined;
  readonly problem: string | undefined;
};

export function openSearch(results: ResultsState, _around: Surroundings): Step {
  return {results};
}

export function openFilter(results: ResultsState, _around: Surroundings): Step {
  return {results};
}

/** What an action does in the prompt. */
export function actOnTyped(results: ResultsState, _prompt: TypedPrompt, _action: Action, _around: Surroundings): Step {
  return {results};
}

/** The results while something is typed into the prompt: filtered, or at the first match. */
export function typeInto(
  results: ResultsState,
  _prompt: TypedPrompt,
  _typed: {readonly text: string; readonly secretOf: readonly ApiKey[] | undefined},
  _around: Surroundings,
): Step {
  return {results};
}

/** `n` and `N`. */
export function searchOn(results: ResultsState, _direction: 1 | -1, _around: Surroundings): Step {
  return {results};
}

/** The filters and the search undone, as Esc does it before it goes back; undefined where there is nothing to undo. */
export function undoAll(_results: ResultsState): ResultsState | undefined {
  return undefined;
}

/** The active filters in one line above the table; undefined where there are none. */
export function filtersLine(_results: ResultsState, _width: number, _glyphs: Glyphs): string | undefined {
  return undefined;
}
