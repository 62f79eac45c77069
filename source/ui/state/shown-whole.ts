import {brief} from '../../api/brief.ts';
import {counted} from '../../view/counted.ts';
import {printable} from '../../view/printable.ts';

/** Nobody reads more, and a million characters are 14,000 lines, which take seconds to be broken. */
const LONGEST = 20_000;

/** A text that is shown line by line to its end, or as much of it as anybody reads; then it says how long it is. */
export function shownWhole(text: string): string {
  const isCut = text.length > LONGEST;
  return `${printable(brief(text, LONGEST))}${isCut ? ` (${counted(text.length, 'character')}: an export has all of them)` : ''}`;
}
