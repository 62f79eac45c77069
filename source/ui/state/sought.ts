import type {Column} from '../../usage/block.ts';
import {type Dataset, findColumn} from '../../usage/dataset.ts';
import {cellSpans} from '../../view/cell-match.ts';
import {formatCell} from '../../view/format.ts';
import {type Pattern, patternOf} from '../../view/pattern.ts';
import {printable} from '../../view/printable.ts';
import {keyLabel} from '../key-sentence.ts';
import type {Place, ResultsState} from './results.ts';
import type {TypedPrompt} from './typed-prompt.ts';

/** What is searched for: a text, or the keys whose redacted value a pasted secret fits. */
export type Search = (
  | {readonly kind: 'text'; readonly text: string}
  | {readonly kind: 'keys'; readonly ids: readonly string[]; readonly label: string}
) & {
  /** Where it was made, and is undone. */
  readonly place: Place;
  /** The last match, where its column is hidden: of the dataset its row and column, and the cursor's column then. */
  readonly hidden?: {readonly row: number; readonly cursor: number; readonly column: number} | undefined;
};

/** What a prompt searches for, or undefined while nothing is typed. A secret stands in it by the ids of its keys. */
export function soughtBy({text, secretOf}: TypedPrompt, place: Place): Search | undefined {
  if (secretOf) return {kind: 'keys', ids: secretOf.map(({id}) => id), label: keyLabel(secretOf), place};
  return text === '' ? undefined : {kind: 'text', text, place};
}

/** The search whose matches are marked: the one being typed, else the one that holds. */
export function markedSearch({prompt, search, place}: ResultsState): Search | undefined {
  return (prompt?.kind === 'search' ? soughtBy(prompt, place) : undefined) ?? search;
}

/** The pattern that finds the search's cells; of keys, in the column of their ids. */
export function searchPattern(search: Search): Pattern {
  if (search.kind === 'text') return patternOf(search.text);
  const ids = new Set(search.ids.map(printable));
  return {
    // Patterns are remembered by their text: with NUL in it, which nobody can type, it is like no other.
    text: `\0${search.ids.join('\0')}`,
    isMatch: cell => ids.has(cell),
    spans: cell => (ids.has(cell) ? [[0, cell.length]] : []),
  };
}

/** Which parts of a cell's text match: UTF-16 offsets into what `formatCell` gives. */
export type Marks = (column: Column, row: number) => readonly (readonly [from: number, to: number])[];

export function marksOf(search: Search, dataset: Dataset): Marks {
  const pattern = searchPattern(search);
  if (search.kind === 'text') return (column, row) => cellSpans(column, row, pattern);
  const ids = findColumn(dataset, 'api_key_id');
  return (column, row) => {
    const isOfKey = column.name === 'api_key_id' || column.name === 'api_key_name';
    if (!ids || !isOfKey || cellSpans(ids, row, pattern).length === 0) return [];
    return [[0, formatCell(column, row).length]];
  };
}
