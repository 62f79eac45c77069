import {type Dataset, findColumn} from '../usage/dataset.ts';
import {type Range, startOf} from '../usage/days.ts';
import {finish, inParts, type Work} from './work.ts';

/** A view: rows of a dataset by number, in the order in which they are shown. Never a copy of the rows. */
export type RowNumbers = Uint32Array;

/** Every row, in the order of the dataset. */
export function allRows(rowCount: number): RowNumbers {
  const rows = new Uint32Array(rowCount);
  for (let row = 0; row < rowCount; row++) rows[row] = row;
  return rows;
}

/** The rows among `rows` whose start_time lies on a day of the range. */
export function rowsWithin(dataset: Dataset, rows: RowNumbers, range: Range): RowNumbers {
  const column = findColumn(dataset, 'start_time');
  if (column?.kind !== 'number') return new Uint32Array(0);
  const {values} = column;
  const from = startOf(range.first);
  const to = startOf(range.last + 1);
  return keepRows(rows, row => {
    const start = values[row] ?? Number.NaN;
    return start >= from && start < to;
  });
}

/** The rows that pass, in the order of `rows`. */
export function keepRows(rows: RowNumbers, isKept: (row: number) => boolean): RowNumbers {
  return finish(keepingRows(rows, isKept));
}

/** The same, part by part. */
export function* keepingRows(rows: RowNumbers, isKept: (row: number) => boolean): Work<RowNumbers> {
  const kept = new Uint32Array(rows.length);
  let count = 0;
  yield* inParts(rows.length, (from, to) => {
    let end = count;
    for (let at = from; at < to; at++) {
      const row = rows[at] ?? 0;
      if (isKept(row)) kept[end++] = row;
    }
    count = end;
  });
  return kept.slice(0, count);
}
