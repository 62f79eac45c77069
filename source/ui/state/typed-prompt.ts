import type {ApiKey} from '../../api/directory.ts';
import type {Column} from '../../usage/block.ts';
import type {Directory} from '../../usage/directory.ts';
import type {Filter} from '../../view/filter.ts';
import type {RowNumbers} from '../../view/rows.ts';
import {keysOfRedacted, keysOfSecret, secretIn} from '../../view/secret.ts';
import type {TableState} from '../../view/viewport.ts';
import type {ResultsState} from './results.ts';
import type {Found} from './seek.ts';
import {type GroupSpot, groupSpotOf} from './spot.ts';
import type {History} from './step.ts';

/** What was typed, as far as the state may know it. */
export type Typed = {
  /** Empty while a secret is typed: that stays in the field alone. */
  readonly text: string;
  /** The keys that a secret or a redacted value fits; undefined where what is typed is neither. */
  readonly secretOf: readonly ApiKey[] | undefined;
};

/**
 * What somebody typed, as far as the state may know it. A redacted value is no secret, but whose it is can be told as
 * well.
 */
export function readTyped(text: string, directory: Directory): Typed {
  const secret = secretIn(text);
  if (secret !== undefined) return {text: '', secretOf: keysOfSecret(secret, directory)};
  const keys = keysOfRedacted(text.trim(), directory);
  return {text, secretOf: keys.length > 0 ? keys : undefined};
}

/** The prompt of `/` or `f`. */
export type TypedPrompt = Typed & {
  readonly kind: keyof History;
  readonly problem: string | undefined;
  /** How the rows were looked at when it opened: every key starts from there, and Esc puts it back. */
  readonly before: Before;
  /** What an operator of the filter prompt applies to. */
  readonly target: FilterTarget | undefined;
  /** How far back in the history, 0 being the newest, and what was being typed before that. */
  readonly recalled: {readonly age: number; readonly typed: string} | undefined;
  /** What the search for it came to; undefined until then. */
  readonly sought: {readonly found: Found | undefined} | undefined;
};

/** The column that `=`, `!`, `<`, `>` look at, what its cell under the cursor shows, and the filter of `=` alone. */
export type FilterTarget = {readonly column: Column; readonly cell: string; readonly own: Filter | undefined};

type Before = {
  readonly rows: RowNumbers;
  readonly table: TableState;
  /** Of the summary. */
  readonly cursor: number;
  readonly group: GroupSpot | undefined;
};

/** The results with a prompt open in which nothing is typed yet. */
export function openTyped(
  results: ResultsState,
  kind: TypedPrompt['kind'],
  target?: FilterTarget | undefined,
): ResultsState {
  const prompt: TypedPrompt = {
    kind,
    text: '',
    secretOf: undefined,
    problem: undefined,
    before: beforeOf(results),
    target,
    recalled: undefined,
    sought: undefined,
  };
  return {...results, prompt};
}

/** The results as they were when the prompt opened, without it. */
export function putBack(results: ResultsState, {before}: TypedPrompt): ResultsState {
  const {rows, table, cursor, group} = before;
  return {...results, prompt: undefined, rows, table, summary: {...results.summary, cursor, goal: group}};
}

/** The prompt with what is typed in it, as if it had been opened on these results. */
export function reopened(prompt: TypedPrompt, results: ResultsState, target: FilterTarget | undefined): TypedPrompt {
  return {...prompt, before: beforeOf(results), target};
}

/** What ↑ (`by` 1) and ↓ (-1) bring back of what was typed before; undefined where there is nothing further. */
export function recall(prompt: TypedPrompt, by: 1 | -1, history: History): TypedPrompt | undefined {
  const entries = history[prompt.kind];
  const {age, typed} = prompt.recalled ?? {age: -1, typed: prompt.text};
  const next = age + by;
  if (next < -1 || next >= entries.length) return undefined;
  const text = next === -1 ? typed : (entries.at(-1 - next) ?? '');
  return {...prompt, text, secretOf: undefined, recalled: next === -1 ? undefined : {age: next, typed}};
}

function beforeOf({rows, table, summary}: ResultsState): Before {
  return {rows, table, cursor: summary.cursor, group: groupSpotOf(summary)};
}
