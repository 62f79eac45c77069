import {cleanerOf} from '../api/without-key.ts';
import type {Environment} from '../options.ts';
import {printable} from '../view/printable.ts';

/** A list of names may be as long as the server likes; it stands at the end of what is said. */
const MOST = 4000;

/** What may be written to a terminal of a sentence that holds names, paths or words from outside: one line. */
export function said(sentence: string): string {
  const harmless = printable(sentence.slice(0, 2 * MOST));
  return harmless.length > MOST ? `${harmless.slice(0, MOST).toWellFormed()}…` : harmless;
}

/** The same, without the admin key: whoever put it into a wrong variable as well must be able to show what we say. */
export function sayerFor(environment: Environment): (sentence: string) => string {
  const {text: withoutKey} = cleanerOf(environment['OPENAI_ADMIN_KEY']?.trim() ?? '');
  return sentence => said(withoutKey(sentence));
}
