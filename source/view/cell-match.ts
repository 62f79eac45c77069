import type {Column, TextColumn} from '../usage/block.ts';
import {formatCell} from './format.ts';
import {type NumberMatch, numberMatch} from './number-match.ts';
import type {Pattern} from './pattern.ts';
import {LONGEST_SHOWN, printable} from './printable.ts';

/** Which cells of a column match a pattern: of texts by their codes (1 in the mask), of numbers one by one. */
export type CellMatch = TextMatch | NumbersMatch;
export type TextMatch = {readonly kind: 'text'; readonly codes: Uint32Array; readonly mask: Uint8Array};
export type NumbersMatch = NumberMatch & {readonly kind: 'number'; readonly values: Float64Array};

type Known = {readonly text: string; readonly mask: Uint8Array; readonly isAny: boolean};

/** Of each dictionary what was asked last: a search goes on and on with one pattern. */
const knownMasks = new WeakMap<readonly string[], Known>();

/**
 * The one rule by which search, the free-text filter and the marks of the grid find a pattern: in what a cell shows, and
 * in the plain decimal of a number (`1204511` as well as `1,204,511`). Numbers are looked into only where the pattern
 * could be part of one. Undefined where no cell of the column can match.
 */
export function matchCells(column: Column, pattern: Pattern): CellMatch | undefined {
  if (column.kind === 'number') {
    const match = numberMatch(column.name, pattern);
    return match && {kind: 'number', values: column.values, ...match};
  }
  const {mask, isAny} = maskOf(column.dictionary, pattern);
  return isAny ? {kind: 'text', codes: column.codes, mask} : undefined;
}

/** Where in the text that the cell shows (`formatCell`) the pattern is: UTF-16 offsets, to be marked. */
export function cellSpans(
  column: Column,
  row: number,
  pattern: Pattern,
): readonly (readonly [from: number, to: number])[] {
  const shown = formatCell(column, row);
  const spans = pattern.spans(shown);
  if (spans.length > 0) return spans;
  if (column.kind !== 'number') return isMatchBeyond(column, row, pattern) ? [[shown.length - 1, shown.length]] : [];
  if (!numberMatch(column.name, pattern)?.isMatch(column.values, row)) return [];
  // Only the separators stand between what was typed and what is shown, or digits that are not shown at all.
  const at = Array.from(shown.matchAll(/[^,]/g), ({index}) => index);
  const bare = pattern.spans(shown.replaceAll(',', ''));
  if (bare.length === 0) return [[0, shown.length]];
  return bare.map(([from, to]) => [at[from] ?? 0, (at[to - 1] ?? 0) + 1]);
}

/** Whether a text has the pattern where no cell shows it: there its ellipsis stands for it. */
function isMatchBeyond({dictionary, codes}: TextColumn, row: number, pattern: Pattern): boolean {
  const code = codes[row] ?? 0;
  return (dictionary[code] ?? '').length > LONGEST_SHOWN && maskOf(dictionary, pattern).mask[code] === 1;
}

function maskOf(dictionary: readonly string[], pattern: Pattern): Known {
  const last = knownMasks.get(dictionary);
  if (last?.text === pattern.text) return last;
  const mask = new Uint8Array(dictionary.length);
  let isAny = false;
  for (let code = 1; code < dictionary.length; code++) {
    if (!pattern.isMatch(printable(dictionary[code] ?? ''))) continue;
    mask[code] = 1;
    isAny = true;
  }
  const known = {text: pattern.text, mask, isAny};
  knownMasks.set(dictionary, known);
  return known;
}
