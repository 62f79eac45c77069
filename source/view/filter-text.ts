import type {Column} from '../usage/block.ts';
import type {Dataset} from '../usage/dataset.ts';
import {type CellMatch, matchCells, type NumbersMatch, type TextMatch} from './cell-match.ts';
import {patternOf} from './pattern.ts';
import {keepRows, type RowNumbers} from './rows.ts';

/**
 * The rows with the text in any of their cells. Column by column, the cheap ones first, each asked only of the rows that
 * none before it has found.
 */
export function keepText(dataset: Dataset, rows: RowNumbers, text: string): RowNumbers {
  if (text === '') return rows;
  const pattern = patternOf(text);
  const isFound = new Uint8Array(dataset.rowCount);
  const left = rows.slice();
  let count = left.length;
  for (const column of dataset.columns.toSorted((a, b) => costOf(a) - costOf(b))) {
    const match = matchCells(column, pattern);
    if (match !== undefined) count = markFound(match, left.subarray(0, count), isFound);
    if (count === 0) return rows;
  }
  return keepRows(rows, row => isFound[row] === 1);
}

/** Texts are looked up by their codes, whole numbers compared as numbers; of most amounts a text is made. */
function costOf({kind, name}: Column): number {
  return kind === 'number' ? (name === 'amount' ? 2 : 1) : 0;
}

/** Marks the rows that match; the others, to be asked next, come to stand at the beginning. Returns how many. */
function markFound(match: CellMatch, rows: Uint32Array, isFound: Uint8Array): number {
  return match.kind === 'text' ? markTexts(match, rows, isFound) : markNumbers(match, rows, isFound);
}

function markTexts({codes, mask}: TextMatch, rows: Uint32Array, isFound: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    if (mask[codes[row] ?? 0] === 1) isFound[row] = 1;
    else rows[count++] = row;
  }
  return count;
}

function markNumbers({values, isMatch, wholes: tableOf}: NumbersMatch, rows: Uint32Array, isFound: Uint8Array): number {
  const wholes = tableOf();
  let count = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    const value = values[row] ?? Number.NaN;
    let isIn = false;
    if (!Number.isNaN(value)) {
      const whole = value | 0;
      isIn = whole === value && whole >= 0 && whole < wholes.length ? wholes[whole] === 1 : isMatch(values, row);
    }
    if (isIn) isFound[row] = 1;
    else rows[count++] = row;
  }
  return count;
}
