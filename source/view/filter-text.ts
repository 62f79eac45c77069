import type {Column} from '../usage/block.ts';
import type {Dataset} from '../usage/dataset.ts';
import {type CellMatch, matchCells, type NumbersMatch, type TextMatch} from './cell-match.ts';
import {patternOf} from './pattern.ts';
import {keepingRows, type RowNumbers} from './rows.ts';
import {inParts, stage, type Work} from './work.ts';

/** The rows with the text in any of their cells. Column by column, the cheap ones first. Part by part. */
export function* keepingText(dataset: Dataset, rows: RowNumbers, text: string): Work<RowNumbers> {
  if (text === '') return rows;
  const pattern = patternOf(text);
  const isFound = new Uint8Array(dataset.rowCount);
  const columns = dataset.columns.toSorted((a, b) => costOf(a) - costOf(b));
  for (const [index, column] of columns.entries()) {
    const match = matchCells(column, pattern);
    if (match !== undefined) yield* stage(markingFound(match, rows, isFound), index, columns.length + 1);
  }
  const keeping = keepingRows(rows, row => isFound[row] === 1);
  return yield* stage(keeping, columns.length, columns.length + 1);
}

/** Texts are looked up by their codes, whole numbers compared as numbers; of most amounts a text is made. */
function costOf({kind, name}: Column): number {
  return kind === 'number' ? (name === 'amount' ? 2 : 1) : 0;
}

/** Marks the rows that match: of most columns few have any value, and to pass by a million takes a millisecond. */
function markingFound(match: CellMatch, rows: Uint32Array, isFound: Uint8Array): Work<void> {
  return inParts(
    rows.length,
    match.kind === 'text' ? textMarker(match, rows, isFound) : numberMarker(match, rows, isFound),
  );
}

type Marker = (from: number, to: number) => void;

function textMarker({codes, mask}: TextMatch, rows: Uint32Array, isFound: Uint8Array): Marker {
  return (from, to) => {
    for (let at = from; at < to; at++) {
      const row = rows[at] ?? 0;
      if (mask[codes[row] ?? 0] === 1) isFound[row] = 1;
    }
  };
}

function numberMarker(
  {values, isMatch, wholes: tableOf}: NumbersMatch,
  rows: Uint32Array,
  isFound: Uint8Array,
): Marker {
  const wholes = tableOf();
  return (from, to) => {
    // Points in time come a thousand in a row: what did not match just before does not match again.
    let unlike = Number.NaN;
    for (let at = from; at < to; at++) {
      const row = rows[at] ?? 0;
      const value = values[row] ?? Number.NaN;
      if (Number.isNaN(value) || value === unlike || isFound[row] === 1) continue;
      const whole = value | 0;
      const isLookedUp = whole === value && whole >= 0 && whole < wholes.length;
      if (isLookedUp ? wholes[whole] === 1 : isMatch(values, row)) isFound[row] = 1;
      else unlike = value;
    }
  };
}
