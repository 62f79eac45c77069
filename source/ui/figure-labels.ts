import type {Column} from '../usage/block.ts';
import {type Dataset, findColumn} from '../usage/dataset.ts';
import {MOST_DISTINCT} from '../view/distinct.ts';
import {addingUp, type Figures} from '../view/figures.ts';
import {formatFigure, formatNumber} from '../view/format.ts';
import {currencyOf, formatAxis, type Metric} from '../view/metrics.ts';
import {formatMoney} from '../view/money.ts';
import type {RowNumbers} from '../view/rows.ts';
import type {Work} from '../view/work.ts';

/** All digits, and all but the sum so short that they fit beside one another: `mean 74.1k`. */
export type FigureLabels = {readonly exact: readonly string[]; readonly short: readonly string[]};

/**
 * What the cells of a column in view come to, the most telling first: `sum 210,315`, `mean 3,004.5`, `min 0`,
 * `max 6,009`, `distinct 70`. Of names, ids and points in time only how many different ones there are. Part by part.
 */
export function* labelling(dataset: Dataset, column: Column, rows: RowNumbers): Work<FigureLabels> {
  return labelsOf(dataset, column, rows, yield* addingUp(dataset, column, rows));
}

function labelsOf(dataset: Dataset, column: Column, rows: RowNumbers, figures: Figures): FigureLabels {
  const {count, distinct, sum, mean, least, most} = figures;
  if (count === 0) return {exact: [], short: []};
  const counted = `distinct ${distinct === undefined ? 'over ' : ''}${formatNumber(distinct ?? MOST_DISTINCT)}`;
  if (column.kind !== 'number' || column.name === 'start_time') return {exact: [counted], short: [counted]};
  const isMoney = column.name === 'amount';
  const currency = isMoney && sum !== undefined ? currencyIn(dataset, column.values, rows) : undefined;
  const exactly = (value: number) =>
    isMoney ? formatMoney(currency, value, 'exact') : formatFigure(column.name, value);
  const shortly = (value: number) =>
    isMoney ? formatMoney(currency, value, 'short') : formatAxis(FIGURE, Number(value.toPrecision(3)));
  const labels = (format: (value: number) => string, formatsMean: (value: number) => string) => [
    ...(sum === undefined ? [] : [`sum ${exactly(sum)}`]),
    ...(mean === undefined ? [] : [`mean ${isMoney ? format(mean) : formatsMean(mean)}`]),
    ...(least === undefined ? [] : [`min ${format(least)}`]),
    ...(most === undefined ? [] : [`max ${format(most)}`]),
    counted,
  ];
  return {exact: labels(exactly, formatMean), short: labels(shortly, shortly)};
}

/** What has no unit but what its column's name says. */
const FIGURE: Metric = {name: 'figure', label: 'figure', kind: 'count', columns: []};

/** One decimal says enough of a mean; of one below 1, two digits. */
function formatMean(mean: number): string {
  if (Math.abs(mean) < 1) return formatNumber(Number(mean.toPrecision(2)));
  const [whole = '', decimals = ''] = mean.toFixed(1).split('.');
  return `${formatNumber(Number(whole))}.${decimals}`;
}

/** The currency of the first amount in view: where a sum makes sense, it is that of all. */
function currencyIn(dataset: Dataset, amounts: Float64Array, rows: RowNumbers): string | undefined {
  const column = findColumn(dataset, 'currency');
  if (!column || column.kind === 'number') return undefined;
  const row = rows.find(each => !Number.isNaN(amounts[each] ?? Number.NaN));
  return row === undefined ? undefined : currencyOf(column, column.codes[row] ?? 0);
}
