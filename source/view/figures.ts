import type {Column, NumberColumn, TextColumn} from '../usage/block.ts';
import {type Dataset, findColumn} from '../usage/dataset.ts';
import {countingDistinct} from './distinct.ts';
import type {RowNumbers} from './rows.ts';
import {Sums} from './sum.ts';
import {inParts, stage, type Work} from './work.ts';

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

/** The figures of a column over these rows, part by part. Points in time and amounts of several currencies are never added up. */
export function* addingUp(dataset: Dataset, column: Column, rows: RowNumbers): Work<Figures> {
  if (column.kind !== 'number') return yield* textFigures(column, rows);
  const {sum, ...figures} = yield* stage(numberFigures(column, rows), 0, 2);
  if (column.name === 'start_time' || figures.count === 0) return figures;
  if (column.name === 'amount' && (yield* stage(lookingForMix(dataset, column, rows), 1, 2))) return figures;
  return {...figures, sum, mean: sum / figures.count};
}

function* numberFigures({values}: NumberColumn, rows: RowNumbers): Work<Figures & {readonly sum: number}> {
  const sums = new Sums(1);
  let count = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  const adding = inParts(rows.length, (from, to) => {
    // What a loop changes is its own: a fraction in a variable of the function around it is put on the heap each time.
    let [held, low, high] = [count, least, most];
    for (let at = from; at < to; at++) {
      const value = values[rows[at] ?? 0] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      sums.add(0, value);
      held++;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    [count, least, most] = [held, low, high];
  });
  yield* stage(adding, 0, 2);
  const distinct = yield* stage(countingDistinct(values, rows), 1, 2);
  const figures = {count, distinct, sum: sums.at(0)};
  return count === 0 ? figures : {...figures, least, most};
}

function* textFigures({codes, dictionary}: TextColumn, rows: RowNumbers): Work<Figures> {
  const uses = new Uint32Array(dictionary.length);
  yield* inParts(rows.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const code = codes[rows[at] ?? 0] ?? 0;
      uses[code] = (uses[code] ?? 0) + 1;
    }
  });
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

/** Whether amounts of several currencies are among the rows. */
function* lookingForMix(dataset: Dataset, {values}: NumberColumn, rows: RowNumbers): Work<boolean> {
  const currencies = findColumn(dataset, 'currency');
  if (currencies === undefined || currencies.kind === 'number') return false;
  const {codes, dictionary} = currencies;
  let known = 0;
  let isMixed = false;
  yield* inParts(rows.length, (from, to) => {
    for (let at = from; at < to; at++) {
      const row = rows[at] ?? 0;
      const code = codes[row] ?? 0;
      if (code === known || dictionary[code] === '' || Number.isNaN(values[row])) continue;
      // A dictionary may have the same text twice.
      if (known !== 0 && dictionary[code] !== dictionary[known]) isMixed = true;
      known = code;
    }
  });
  return isMixed;
}
