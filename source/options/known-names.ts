import {brief} from '../api/brief.ts';
import {BOOLEAN_FIELDS, KNOWN_METRICS} from '../api/endpoints.ts';
import type {Column} from '../usage/block.ts';
import {chooseColumns} from '../usage/columns.ts';
import type {Dataset} from '../usage/dataset.ts';
import {dimensionsOf, findDimension} from '../view/dimensions.ts';
import {findMetric, type Metric, metricsOf} from '../view/metrics.ts';
import {printable} from '../view/printable.ts';

/** Names that can be asked for before anything was fetched, and the one that a word stands for. */
export type KnownNames = {readonly names: readonly string[]; readonly nameOf: (word: string) => string | undefined};

/** Where it matters what stands there: a date with its hour, and a currency. */
const samples: ReadonlyMap<string, string> = new Map([
  ['date', '2026-10-01T13:00Z'],
  ['currency', 'usd'],
]);

/** What rows can be grouped by; a column's name stands for the dimension that it belongs to. */
export function knownDimensions(): KnownNames {
  const dataset = everything();
  return {
    names: dimensionsOf(dataset).map(({name}) => name),
    nameOf: word => findDimension(dataset, word)?.name,
  };
}

/** What can be summed up: metrics by name, columns of numbers, and the cost in each currency where there are several. */
export function knownMetrics(): KnownNames {
  const dataset = everything();
  return {
    names: metricsOf(dataset).map(({name}) => name),
    nameOf: word => knownMetric(word)?.name,
  };
}

/** The metric as it is where there is nothing that could tell more of it. */
export function knownMetric(word: string): Metric | undefined {
  // Whatever the API names as a currency, and `other` where it names none.
  const currency = /^cost_(.+)$/is.exec(word)?.[1]?.toLowerCase();
  if (currency === undefined) return findMetric(everything(), word);
  const cost = {name: `cost_${currency}`, kind: 'money', columns: ['amount']} as const;
  if (currency === 'other') return {...cost, label: 'cost (no currency)'};
  return {...cost, label: `cost (${printable(brief(currency.toUpperCase()))})`, currency};
}

/** A dataset of one row that has every documented column: what can be asked of it can be asked of some dataset. */
function everything(): Dataset {
  const numbers = new Set([...KNOWN_METRICS, 'start_time']);
  const columns = chooseColumns(new Set(), true).map((name): Column => {
    if (numbers.has(name)) return {kind: 'number', name, values: Float64Array.of(1)};
    const kind = BOOLEAN_FIELDS.has(name) ? 'boolean' : 'text';
    return {kind, name, codes: Uint32Array.of(1), dictionary: ['', samples.get(name) ?? 'true']};
  });
  return {rowCount: 1, columns};
}
