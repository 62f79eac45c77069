import {styledCharsFromTokens as charactersOf, tokenize as tokensOf} from '@alcalzone/ansi-tokenize';

export {styledCharsToString} from '@alcalzone/ansi-tokenize';

/** Lines of about four frames of 50 rows. A line of 200 columns takes some 10 kB. */
const MOST = 200;

/** @typedef {ReturnType<typeof charactersOf>} Characters */

/** @type {Map<string, Characters>} */
let newer = new Map();
/** @type {Map<string, Characters>} */
let older = new Map();

/**
 * The text itself: `styledCharsFromTokens` takes it apart, if that has to be done at all.
 *
 * @param {string} text
 */
export function tokenize(text) {
  return text;
}

/**
 * The characters of a text, with their styles. Ink takes every line of a frame apart anew, for half of the time that a
 * frame takes, and most lines were in the frame before. Whoever gets the characters must not change them; Ink's Output
 * copies those that it changes.
 *
 * @param {string} text
 * @returns {Characters}
 */
export function styledCharsFromTokens(text) {
  let characters = newer.get(text) ?? older.get(text);
  if (characters === undefined) {
    characters = charactersOf(tokensOf(text));
    if (newer.size >= MOST) {
      older = newer;
      newer = new Map();
    }
  }
  newer.set(text, characters);
  return characters;
}
