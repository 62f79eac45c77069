import {type Dataset, findColumn} from '../usage/dataset.ts';
import {groupCodes} from './dimensions.ts';
import {keepBeyond, keepWhole} from './filter-column.ts';
import {keepText} from './filter-text.ts';
import {formatFigure} from './format.ts';
import {NONE} from './group-codes.ts';
import {printable} from './printable.ts';
import {keepRows, type RowNumbers} from './rows.ts';

/** What rows must be like to be shown. */
export type Filter =
  | {readonly kind: 'text'; readonly text: string}
  /** `value` as the cell shows it; undefined: the cell shows nothing. */
  | {readonly kind: 'is' | 'not'; readonly column: string; readonly value: string | undefined}
  | {
      readonly kind: 'below' | 'above';
      readonly column: string;
      readonly than: number | string;
      readonly isOrEqual: boolean;
    }
  | {readonly kind: 'group'; readonly dimension: string; readonly id: string | undefined; readonly label: string}
  | {readonly kind: 'keys'; readonly ids: readonly string[]; readonly label: string};

/**
 * The rows that pass all of the filters, in the order of `rows`. Texts are compared with smart case; a cell without a
 * value is neither below nor above anything. A column that the dataset lacks has no value in any row.
 */
export function filterRows(dataset: Dataset, rows: RowNumbers, filters: readonly Filter[]): RowNumbers {
  return filters.reduce((kept, filter) => keepFiltered(dataset, kept, filter), rows);
}

/** The filter as the screen tells it: `model = gpt-5.4`, `"search"`, `input_tokens > 1,000`. Harmless for a terminal. */
export function filterLabel(filter: Filter): string {
  return printable(labelOf(filter));
}

function keepFiltered(dataset: Dataset, rows: RowNumbers, filter: Filter): RowNumbers {
  switch (filter.kind) {
    case 'text':
      return keepText(dataset, rows, filter.text);
    case 'is':
    case 'not':
      return keepWhole(findColumn(dataset, filter.column), rows, filter);
    case 'below':
    case 'above':
      return keepBeyond(findColumn(dataset, filter.column), rows, filter);
    case 'group':
      return keepGroup(dataset, rows, filter.dimension, filter.id);
    case 'keys':
      return keepKeys(dataset, rows, filter.ids);
  }
}

function keepGroup(dataset: Dataset, rows: RowNumbers, dimension: string, id: string | undefined): RowNumbers {
  const {codes, ids} = groupCodes(dataset, dimension);
  const code = id === undefined ? 0 : ids.indexOf(id, 1);
  return keepRows(rows, row => codes[row] === code);
}

function keepKeys(dataset: Dataset, rows: RowNumbers, ids: readonly string[]): RowNumbers {
  const column = findColumn(dataset, 'api_key_id');
  if (column === undefined || column.kind === 'number') return new Uint32Array(0);
  const {codes, dictionary} = column;
  const sought = new Set(ids);
  const mask = Uint8Array.from(dictionary, (id, code) => (code > 0 && sought.has(id) ? 1 : 0));
  return keepRows(rows, row => mask[codes[row] ?? 0] === 1);
}

function labelOf(filter: Filter): string {
  switch (filter.kind) {
    case 'text':
      return `"${filter.text}"`;
    case 'is':
      return `${filter.column} = ${filter.value ?? NONE}`;
    case 'not':
      return `${filter.column} != ${filter.value ?? NONE}`;
    case 'below':
    case 'above': {
      const {kind, column, than, isOrEqual} = filter;
      const bound = typeof than === 'number' ? formatFigure(column, than) : than;
      return `${column} ${kind === 'below' ? '<' : '>'}${isOrEqual ? '=' : ''} ${bound}`;
    }
    case 'group':
      return `${filter.dimension} = ${filter.id === undefined ? NONE : filter.label}`;
    case 'keys':
      return filter.label;
  }
}
