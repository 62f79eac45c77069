import {printable} from './printable.ts';

/** Collating 20,000 strings takes 50 ms and 100,000 take 420 (comparing by code unit 100): more than a key press may. */
const MOST_COLLATED = 20_000;

const known = new WeakMap<readonly string[], Uint32Array>();

/**
 * By code, where a dictionary's string stands among the others as they are shown: equal ranks for what looks the same;
 * for nothing the dictionary's length, which is more than any rank. Small letters beside capitals and `key-9` before
 * `key-10`; in very large dictionaries by code unit. Remembered: a dataset's dictionaries never change.
 */
export function ranksOf(dictionary: readonly string[]): Uint32Array {
  let ranks = known.get(dictionary);
  if (ranks === undefined) {
    ranks = rank(dictionary);
    known.set(dictionary, ranks);
  }
  return ranks;
}

function rank(dictionary: readonly string[]): Uint32Array {
  const shown = dictionary.map(printable);
  const texts = [...new Set(shown)];
  texts.sort(texts.length > MOST_COLLATED ? byCodeUnit : collation());
  const rankOf = new Map<string, number>();
  for (const text of texts) rankOf.set(text, rankOf.size);
  rankOf.set('', dictionary.length);
  return Uint32Array.from(shown, text => rankOf.get(text) ?? dictionary.length);
}

function collation(): (a: string, b: string) => number {
  const {compare} = new Intl.Collator('en', {numeric: true});
  // The collator calls some texts equal that are not: their order must not depend on the dictionary's.
  return (a, b) => compare(a, b) || byCodeUnit(a, b);
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
