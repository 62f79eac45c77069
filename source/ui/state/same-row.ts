import type {Column} from '../../usage/block.ts';
import {type Dataset, findColumn, valueAt} from '../../usage/dataset.ts';
import {allRows, keepRows, type RowNumbers} from '../../view/rows.ts';
import {nameColumnOf} from './name-columns.ts';

/**
 * The row of a newer dataset that is that row of an older one: of the same time and with the same texts, whatever its
 * numbers are now. Among several it is the one as far down as before; undefined where there is none.
 */
export function sameRow(older: Dataset, row: number, newer: Dataset): number | undefined {
  const rows = rowsLike(older, row, newer);
  if (rows.length < 2) return rows[0];
  return rows[Math.min(rowsLike(older, row, older).indexOf(row), rows.length - 1)];
}

function rowsLike(older: Dataset, row: number, newer: Dataset): RowNumbers {
  // By the time first: few rows are left for the other columns.
  return tellingNames(older, newer).reduce<RowNumbers>((rows, name) => {
    const column = findColumn(older, name);
    const wanted = column && valueAt(column, row);
    return keepLike(findColumn(newer, name), rows, wanted);
  }, allRows(newer.rowCount));
}

/** The columns by which rows are told apart. A name tells nothing that its id does not: it may come later, or change. */
function tellingNames(older: Dataset, newer: Dataset): readonly string[] {
  const isNumber = (name: string) => [older, newer].some(dataset => findColumn(dataset, name)?.kind === 'number');
  const ids = older.columns.filter(({name}) => findColumn(newer, name) !== undefined);
  const named = new Set(ids.map(({name}) => nameColumnOf(name)));
  const names = new Set([...older.columns, ...newer.columns].map(({name}) => name));
  const texts = [...names].filter(name => !isNumber(name) && !named.has(name));
  return ['start_time', ...texts];
}

function keepLike(column: Column | undefined, rows: RowNumbers, wanted: ReturnType<typeof valueAt>): RowNumbers {
  if (column === undefined) return wanted === undefined ? rows : new Uint32Array(0);
  if (column.kind === 'number') {
    const {values} = column;
    const number = wanted ?? Number.NaN;
    return keepRows(rows, row => Object.is(values[row], number));
  }
  const {codes, dictionary} = column;
  const text = wanted === undefined ? undefined : String(wanted);
  const mask = Uint8Array.from(dictionary, (entry, code) => Number(code === 0 ? text === undefined : entry === text));
  return keepRows(rows, row => mask[codes[row] ?? 0] === 1);
}
