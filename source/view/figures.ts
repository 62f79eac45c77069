import type {Column, NumberColumn, TextColumn} from '../usage/block.ts';
import {type Dataset, findColumn} from '../usage/dataset.ts';
import {countDistinct} from './distinct.ts';
import type {RowNumbers} from './rows.ts';
import {Sums} from './sum.ts';

/**
 * What the cells of a column come to: how many have a value, how many different ones; of numbers also the sum and mean,
 * the least and the most. What makes no sense is absent.
 */
export type Figures = {
  readonly count: number;
  /** Undefined: of numbers, more than `MOST_DISTINCT`. */
  readonly distinct: number | undefined;
  readonly sum?: number;
  readonly mean?: number;
  readonly least?: number;
  readonly most?: number;
};

/** The figures of a column over these rows. Points in time and amounts of several currencies are never added up. */
export function figuresOf(dataset: Dataset, column: Column, rows: RowNumbers): Figures {
  if (column.kind !== 'number') return textFigures(column, rows);
  const {sum, ...figures} = numberFigures(column, rows);
  const isAddable = column.name !== 'start_time' && (column.name !== 'amount' || !isMixed(dataset, column, rows));
  return isAddable && figures.count > 0 ? {...figures, sum, mean: sum / figures.count} : figures;
}

function numberFigures({values}: NumberColumn, rows: RowNumbers): Figures & {readonly sum: number} {
  const sums = new Sums(1);
  let count = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < rows.length; at++) {
    const value = values[rows[at] ?? 0] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    sums.add(0, value);
    count++;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const figures = {count, distinct: countDistinct(values, rows), sum: sums.at(0)};
  return count === 0 ? figures : {...figures, least, most};
}

function textFigures(column: TextColumn, rows: RowNumbers): Figures {
  const {codes, dictionary} = column;
  const uses = new Uint32Array(dictionary.length);
  for (let at = 0; at < rows.length; at++) {
    const code = codes[rows[at] ?? 0] ?? 0;
    uses[code] = (uses[code] ?? 0) + 1;
  }
  const texts = new Set<string>();
  let count = 0;
  for (const [code, text] of dictionary.entries()) {
    const times = uses[code] ?? 0;
    if (text === '' || times === 0) continue;
    count += times;
    texts.add(text);
  }
  return {count, distinct: texts.size};
}

function isMixed(dataset: Dataset, {values}: NumberColumn, rows: RowNumbers): boolean {
  const currencies = findColumn(dataset, 'currency');
  if (currencies === undefined || currencies.kind === 'number') return false;
  const {codes, dictionary} = currencies;
  let known = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    const code = codes[row] ?? 0;
    if (code === known || dictionary[code] === '' || Number.isNaN(values[row])) continue;
    // A dictionary may have the same text twice.
    if (known !== 0 && dictionary[code] !== dictionary[known]) return true;
    known = code;
  }
  return false;
}
