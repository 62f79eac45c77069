import {brief} from '../api/brief.ts';
import type {Column, TextColumn} from '../usage/block.ts';
import {type Dataset, findColumn} from '../usage/dataset.ts';
import {formatNumber} from './format.ts';
import {formatMoney, withCurrency} from './money.ts';
import {printable} from './printable.ts';

/**
 * A figure that rows are asked for. `columns` are added up; a share is their sum over the sum of `over`. Money is of one
 * `currency` (lower case, absent where the API named none): amounts of different currencies are never added.
 */
export type Metric = {
  readonly name: string;
  readonly label: string;
  readonly kind: 'money' | 'count' | 'share';
  readonly currency?: string;
  readonly columns: readonly string[];
  readonly over?: string;
};

const count = (name: string, label: string, ...columns: string[]): Metric => ({name, label, kind: 'count', columns});

const DOCUMENTED: readonly Metric[] = [
  count('tokens', 'tokens', 'input_tokens', 'output_tokens'),
  count('input_tokens', 'tokens in', 'input_tokens'),
  count('output_tokens', 'tokens out', 'output_tokens'),
  count('requests', 'requests', 'num_model_requests'),
  {
    name: 'cached_share',
    label: 'cached share',
    kind: 'share',
    columns: ['input_cached_tokens'],
    over: 'input_tokens',
  },
  count('calls', 'tool calls', 'num_requests'),
  count('images', 'images', 'images'),
  count('seconds', 'seconds', 'seconds'),
  count('characters', 'characters', 'characters'),
  // The API tells what is stored each day, so that 1 GB kept for a month sums to 30: the label says what that is.
  count('bytes', 'bytes x days', 'usage_bytes'),
  count('sessions', 'sessions', 'num_sessions'),
];

/** Numbers that make no sum: a point in time, amounts of money, and quantities, whose units differ by line item. */
const NO_COUNTS: ReadonlySet<string> = new Set(['start_time', 'amount', 'quantity']);

const TAKEN: ReadonlySet<string> = new Set(['cost', ...DOCUMENTED.map(({name}) => name)]);

const remembered = new WeakMap<Dataset, readonly Metric[]>();

/** The metrics of which the dataset has at least one value: cost by currency (the commonest first), tokens, the others. */
export function metricsOf(dataset: Dataset): readonly Metric[] {
  let metrics = remembered.get(dataset);
  if (metrics === undefined) {
    const filled = new Set(dataset.columns.filter(hasNumber).map(column => column.name));
    const documented = DOCUMENTED.filter(({columns, over}) =>
      over === undefined ? columns.some(name => filled.has(name)) : [...columns, over].every(name => filled.has(name)),
    );
    const covered = new Set(DOCUMENTED.flatMap(({kind, columns}) => (kind === 'count' ? columns : [])));
    const others = [...filled].filter(name => !covered.has(name) && !NO_COUNTS.has(name));
    metrics = [...costMetrics(dataset), ...documented, ...others.map(fieldMetric)];
    remembered.set(dataset, metrics);
  }
  return metrics;
}

/** A field that nobody has seen, told apart from the metric whose name it bears. */
function fieldMetric(name: string): Metric {
  const label = printable(brief(name.replaceAll('_', ' ')));
  return TAKEN.has(name) ? count(`${name}_field`, `${label} (field)`, name) : count(name, label, name);
}

/** The metric of that name; `cost` is the main currency's, and a column's name stands for the metric it alone makes. */
export function findMetric(dataset: Dataset, name: string): Metric | undefined {
  const metrics = metricsOf(dataset);
  return (
    metrics.find(metric => metric.name === name) ??
    (name === 'cost' ? metrics.find(metric => metric.kind === 'money') : undefined) ??
    metrics.find(({kind, columns}) => kind !== 'share' && columns.length === 1 && columns[0] === name)
  );
}

/** What the currency column says under that code, whatever its case: `usd`; undefined for nothing. */
export function currencyOf(column: TextColumn | undefined, code: number): string | undefined {
  return column?.dictionary[code]?.toLowerCase() || undefined;
}

/**
 * A value of the metric with its unit: `$1,234.50`, `4.2 %`, `1,204,511`, fractions with two decimals. `short` leaves
 * out what tells little: decimals from 1,000 up. NaN is empty.
 */
export function formatMetric(metric: Metric, value: number, style: 'exact' | 'short' = 'exact'): string {
  if (Number.isNaN(value)) return '';
  if (metric.kind === 'share') return formatShare(value);
  if (metric.kind === 'money') return formatMoney(metric.currency, value, style);
  return formatNumber(rounded(value, style));
}

/** How much it changed, with its sign: `+$4,210.00`, `-12`; of a share in points (`+0.5`). Nothing has no sign. */
export function formatChange(metric: Metric, change: number): string {
  const format = (size: number) => (metric.kind === 'share' ? (size * 100).toFixed(1) : formatMetric(metric, size));
  if (Number.isNaN(change)) return '';
  const text = format(Math.abs(change));
  return text === format(0) ? text : `${change < 0 ? '-' : '+'}${text}`;
}

/** The same for an axis, short enough to stand beside it: `$12.5k`, `1.25M`, `340k`, `25 %`. */
export function formatAxis(metric: Metric, value: number): string {
  if (Number.isNaN(value)) return '';
  if (metric.kind === 'share') return `${formatNumber(Number((value * 100).toPrecision(3)))} %`;
  const text = scaled(Math.abs(value));
  return metric.kind === 'money' ? withCurrency(metric.currency, value, text) : `${value < 0 ? '-' : ''}${text}`;
}

/** A part of a whole: `38 %`, below a tenth `4.2 %`, below a hundredth `<1 %`. NaN is empty. */
export function formatShare(share: number): string {
  if (Number.isNaN(share)) return '';
  const percent = Math.abs(share) * 100;
  if (percent > 0 && percent < 1) return share < 0 ? '>-1 %' : '<1 %';
  const text = percent === 0 || percent >= 9.95 ? formatNumber(Math.round(percent)) : percent.toFixed(1);
  return `${share < 0 ? '-' : ''}${text} %`;
}

function costMetrics(dataset: Dataset): Metric[] {
  const amounts = findColumn(dataset, 'amount');
  if (amounts?.kind !== 'number') return [];
  const currencies = findColumn(dataset, 'currency');
  const named = currencies?.kind === 'text' ? currencies : undefined;
  const rowsOfCode = new Uint32Array(named?.dictionary.length ?? 1);
  for (let row = 0; row < dataset.rowCount; row++) {
    if (Number.isNaN(amounts.values[row] ?? Number.NaN)) continue;
    const code = named?.codes[row] ?? 0;
    rowsOfCode[code] = (rowsOfCode[code] ?? 0) + 1;
  }
  const rowsOf = new Map<string | undefined, number>();
  for (const [code, rows] of rowsOfCode.entries()) {
    const currency = currencyOf(named, code);
    if (rows > 0) rowsOf.set(currency, (rowsOf.get(currency) ?? 0) + rows);
  }
  const byRows = [...rowsOf].sort(([, a], [, b]) => b - a).map(([currency]) => currency);
  return byRows.map(currency => {
    const isOnly = byRows.length === 1;
    return {
      name: isOnly ? 'cost' : `cost_${currency ?? 'other'}`,
      label: isOnly
        ? 'cost'
        : `cost (${currency === undefined ? 'no currency' : printable(brief(currency.toUpperCase()))})`,
      kind: 'money',
      columns: ['amount'],
      ...(currency === undefined ? {} : {currency}),
    };
  });
}

function hasNumber(column: Column): boolean {
  return column.kind === 'number' && column.values.some(value => !Number.isNaN(value));
}

function rounded(value: number, style: 'exact' | 'short'): number {
  if (Number.isInteger(value)) return value;
  if (style === 'short' && Math.abs(value) >= 1000) return Math.round(value);
  return Number(Math.abs(value) < 0.01 ? value.toPrecision(2) : value.toFixed(2));
}

function scaled(size: number): string {
  const units = ['', 'k', 'M', 'G', 'T'];
  let value = Number(size.toPrecision(3));
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value = Number((value / 1000).toPrecision(3));
    unit++;
  }
  return `${formatNumber(value)}${units[unit]}`;
}
