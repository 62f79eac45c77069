import type {NumberColumn} from '../usage/block.ts';
import {type Dataset, findColumn} from '../usage/dataset.ts';
import {currencyOf, type Metric} from './metrics.ts';
import {inParts, stage, type Work} from './work.ts';

/** What every row of the dataset adds to a metric, NaN where it has none of it; of a share also the whole. */
export type Contributions = {readonly values: Float64Array; readonly over?: Float64Array};

const remembered = new WeakMap<Dataset, Map<string, Contributions>>();

/**
 * The contributions by row number, part by part where they have not been made yet. A metric that is one column is that
 * column itself; others are made once a dataset. Of money only rows of the metric's currency count, of a share only rows that have both figures: what no cache can
 * hold (embeddings) would make it look smaller than it is.
 */
export function* readingContributions(dataset: Dataset, metric: Metric): Work<Contributions> {
  const key = JSON.stringify([metric.kind, metric.currency, metric.columns, metric.over]);
  const known = remembered.get(dataset) ?? new Map<string, Contributions>();
  remembered.set(dataset, known);
  let contributions = known.get(key);
  if (contributions === undefined) {
    contributions = yield* reading(dataset, metric);
    known.set(key, contributions);
  }
  return contributions;
}

function* reading(dataset: Dataset, metric: Metric): Work<Contributions> {
  const columns = metric.columns.flatMap(name => numbersOf(dataset, name) ?? []);
  const [first] = columns;
  if (first === undefined) return {values: absent(dataset)};
  if (metric.kind === 'money') return {values: yield* ofCurrency(dataset, first, metric.currency)};
  const values = columns.length === 1 ? first.values : yield* added(dataset, columns);
  if (metric.over === undefined) return {values};
  const over = numbersOf(dataset, metric.over);
  if (over === undefined) return {values: absent(dataset), over: absent(dataset)};
  return yield* shared(dataset, values, over.values);
}

function numbersOf(dataset: Dataset, name: string): NumberColumn | undefined {
  const column = findColumn(dataset, name);
  return column?.kind === 'number' ? column : undefined;
}

function absent({rowCount}: Dataset): Float64Array {
  return new Float64Array(rowCount).fill(Number.NaN);
}

function* ofCurrency(dataset: Dataset, amounts: NumberColumn, currency: string | undefined): Work<Float64Array> {
  const column = findColumn(dataset, 'currency');
  const named = column?.kind === 'text' ? column : undefined;
  const isWanted = Uint8Array.from(named?.dictionary ?? [''], (_, code) =>
    currencyOf(named, code) === currency ? 1 : 0,
  );
  const values = absent(dataset);
  yield* inParts(values.length, (from, to) => {
    for (let row = from; row < to; row++) {
      if (isWanted[named?.codes[row] ?? 0] === 1) values[row] = amounts.values[row] ?? Number.NaN;
    }
  });
  return values;
}

function* added(dataset: Dataset, columns: readonly NumberColumn[]): Work<Float64Array> {
  const sums = absent(dataset);
  for (const [index, {values}] of columns.entries()) {
    const adding = inParts(sums.length, (from, to) => {
      for (let row = from; row < to; row++) {
        const value = values[row] ?? Number.NaN;
        if (Number.isNaN(value)) continue;
        const sum = sums[row] ?? Number.NaN;
        sums[row] = Number.isNaN(sum) ? value : sum + value;
      }
    });
    yield* stage(adding, index, columns.length);
  }
  return sums;
}

function* shared(dataset: Dataset, parts: Float64Array, wholes: Float64Array): Work<Contributions> {
  const values = absent(dataset);
  const over = absent(dataset);
  yield* inParts(values.length, (from, to) => {
    for (let row = from; row < to; row++) {
      const part = parts[row] ?? Number.NaN;
      const whole = wholes[row] ?? Number.NaN;
      if (Number.isNaN(part) || Number.isNaN(whole)) continue;
      values[row] = part;
      over[row] = whole;
    }
  });
  return {values, over};
}
