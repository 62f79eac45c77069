import {plainDecimal} from '../view/decimal.ts';
import {FORMULA} from '../view/formula.ts';

/** What xterm and those who follow it take of one sequence, in characters of Base64; from more they take nothing. */
const MOST_ENCODED = 74_994;

/** C0, DEL and C1, where escape sequences begin, and whatever ends a line. */
const CONTROLS = /[\p{Cc}\u2028\u2029]/gu;

/** Marks that reorder or hide what stands beside them: no one who pastes could see them. */
const UNSEEN = /[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** The text on one line and without control characters: pasted into a shell, it does nothing until Enter is pressed. */
export function oneLine(text: string): string {
  return text.replace(CONTROLS, ' ').replace(UNSEEN, '');
}

/** Cells as a line that pastes into a spreadsheet: parted by tabs, absent (NaN) is empty, no text runs as a formula. */
export function lineOfCells(cells: readonly (string | number)[]): string {
  const written = (cell: string | number) => {
    if (typeof cell === 'number') return Number.isNaN(cell) ? '' : plainDecimal(cell);
    // What is taken out may stand before a formula.
    const line = oneLine(cell);
    return FORMULA.test(line) ? `'${line}` : line;
  };
  return cells.map(written).join('\t');
}

/** Whether terminals take a text of that length; what is longer they drop without a word. */
export function fitsClipboard(text: string): boolean {
  return 4 * Math.ceil(Buffer.byteLength(text) / 3) <= MOST_ENCODED;
}

/**
 * What makes a terminal put a text on the clipboard of the machine it runs on (OSC 52), also at the other end of an SSH
 * connection. Of control characters only the tabs between cells are kept.
 */
export function clipboardSequence(text: string): string {
  const safe = text.replace(CONTROLS, control => (control === '\t' ? control : ' '));
  return `\x1b]52;c;${Buffer.from(safe).toString('base64')}\x07`;
}
