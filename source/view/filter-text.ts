import type {Column} from '../usage/block.ts';
import type {Dataset} from '../usage/dataset.ts';
import {type CellMatch, matchCells, type NumbersMatch, type TextMatch} from './cell-match.ts';
import {patternOf} from './pattern.ts';
import {keepingRows, type RowNumbers} from './rows.ts';
import {inParts, stage, type Work} from './work.ts';

/**
 * The rows with the text in any of their cells. Column by column, the cheap ones first, each asked only of the rows that
 * none before it has found. Part by part.
 */
export function* keepingText(dataset: Dataset, rows: RowNumbers, text: string): Work<RowNumbers> {
  if (text === '') return rows;
  const pattern = patternOf(text);
  const isFound = new Uint8Array(dataset.rowCount);
  const left = rows.slice();
  let count = left.length;
  const columns = dataset.columns.toSorted((a, b) => costOf(a) - costOf(b));
  for (const [index, column] of columns.entries()) {
    const match = matchCells(column, pattern);
    if (match === undefined) continue;
    const rest = left.subarray(0, count);
    count = yield* stage(markingFound(match, rest, isFound), index, columns.length);
    if (count === 0) return rows;
  }
  return yield* keepingRows(rows, row => isFound[row] === 1);
}

/** Texts are looked up by their codes, whole numbers compared as numbers; of most amounts a text is made. */
function costOf({kind, name}: Column): number {
  return kind === 'number' ? (name === 'amount' ? 2 : 1) : 0;
}

/** Marks the rows that match; the others, to be asked next, come to stand at the beginning. Returns how many. */
function* markingFound(match: CellMatch, rows: Uint32Array, isFound: Uint8Array): Work<number> {
  const mark = match.kind === 'text' ? textMarker(match, rows, isFound) : numberMarker(match, rows, isFound);
  let count = 0;
  yield* inParts(rows.length, (from, to) => {
    count = mark(from, to, count);
  });
  return count;
}

/** Goes on from so many rows left over, and returns how many are. */
type Marker = (from: number, to: number, left: number) => number;

function textMarker({codes, mask}: TextMatch, rows: Uint32Array, isFound: Uint8Array): Marker {
  return (from, to, left) => {
    let count = left;
    for (let at = from; at < to; at++) {
      const row = rows[at] ?? 0;
      if (mask[codes[row] ?? 0] === 1) isFound[row] = 1;
      else rows[count++] = row;
    }
    return count;
  };
}

function numberMarker(
  {values, isMatch, wholes: tableOf}: NumbersMatch,
  rows: Uint32Array,
  isFound: Uint8Array,
): Marker {
  const wholes = tableOf();
  return (from, to, left) => {
    let count = left;
    for (let at = from; at < to; at++) {
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
  };
}
