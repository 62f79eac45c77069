import {type Dataset, findColumn} from '../usage/dataset.ts';
import {groupingCodes} from './dimensions.ts';
import {keepingBeyond, keepingWhole} from './filter-column.ts';
import {keepingText} from './filter-text.ts';
import {formatFigure} from './format.ts';
import {NONE} from './group-codes.ts';
import {printableName} from './printable.ts';
import {keepingCodes, type RowNumbers} from './rows.ts';
import {finish, stage, type Work} from './work.ts';

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
  return finish(filteringRows(dataset, rows, filters));
}

/** The same, part by part. */
export function* filteringRows(dataset: Dataset, rows: RowNumbers, filters: readonly Filter[]): Work<RowNumbers> {
  let kept = rows;
  for (const [index, filter] of filters.entries()) {
    kept = yield* stage(keepingFiltered(dataset, kept, filter), index, filters.length);
  }
  return kept;
}

/** The filter as the screen tells it: `model = gpt-5.4`, `"search"`, `input_tokens > 1,000`. Harmless for a terminal. */
export function filterLabel(filter: Filter): string {
  return printableName(labelOf(filter));
}

function keepingFiltered(dataset: Dataset, rows: RowNumbers, filter: Filter): Work<RowNumbers> {
  switch (filter.kind) {
    case 'text':
      return keepingText(dataset, rows, filter.text);
    case 'is':
    case 'not':
      return keepingWhole(findColumn(dataset, filter.column), rows, filter);
    case 'below':
    case 'above':
      return keepingBeyond(findColumn(dataset, filter.column), rows, filter);
    case 'group':
      return keepingGroup(dataset, rows, filter.dimension, filter.id);
    case 'keys':
      return keepingKeys(dataset, rows, filter.ids);
  }
}

function* keepingGroup(
  dataset: Dataset,
  rows: RowNumbers,
  dimension: string,
  id: string | undefined,
): Work<RowNumbers> {
  const {codes, ids} = yield* stage(groupingCodes(dataset, dimension), 0, 2);
  const code = id === undefined ? 0 : ids.indexOf(id, 1);
  return yield* stage(
    keepingCodes(
      rows,
      codes,
      Uint8Array.from(ids, (_, each) => (each === code ? 1 : 0)),
    ),
    1,
    2,
  );
}

function* keepingKeys(dataset: Dataset, rows: RowNumbers, ids: readonly string[]): Work<RowNumbers> {
  const column = findColumn(dataset, 'api_key_id');
  if (column === undefined || column.kind === 'number') return new Uint32Array(0);
  const {codes, dictionary} = column;
  const sought = new Set(ids);
  const mask = Uint8Array.from(dictionary, (id, code) => (code > 0 && sought.has(id) ? 1 : 0));
  return yield* keepingCodes(rows, codes, mask);
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
