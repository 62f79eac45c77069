import {type Dataset, findColumn} from '../../usage/dataset.ts';
import {matchCells} from '../../view/cell-match.ts';
import type {Side} from '../../view/compare.ts';
import {type Filter, filterRows} from '../../view/filter.ts';
import {patternOf} from '../../view/pattern.ts';

/** Filters that hold somewhere else too, and those that would only empty it. */
export type SplitFilters = {readonly kept: readonly Filter[]; readonly left: readonly Filter[]};

const moments: ReadonlySet<string> = new Set(['date', 'start_time', 'day', 'hour']);

const ofCosts: ReadonlySet<string> = new Set(['line_item', 'currency', 'quantity_unit']);

/**
 * For both periods: a filter on the date leaves nothing of one of them, and everything would look new or gone. So does a
 * text by which rows of either side pass for their date alone (`11-20`).
 */
export function filtersForPeriods(filters: readonly Filter[], sides: readonly Side[]): SplitFilters {
  const isOfDates = (filter: Filter) =>
    filter.kind === 'text' ? sides.some(side => hasPassedByDate(side, filter)) : isOneOf(filter, moments);
  return split(filters, filter => !isOfDates(filter));
}

/** For hours, of those that hold for both periods: beside dates, what only costs have, and figures, which are those of a whole day. */
export function filtersForHours(filters: readonly Filter[], dataset: Dataset): SplitFilters {
  return split(filters, filter => {
    if (filter.kind === 'below' || filter.kind === 'above') return false;
    if (isOneOf(filter, moments) || isOneOf(filter, ofCosts)) return false;
    return !('column' in filter) || findColumn(dataset, filter.column)?.kind !== 'number';
  });
}

function hasPassedByDate({dataset, rows}: Side, filter: Extract<Filter, {kind: 'text'}>): boolean {
  const pattern = patternOf(filter.text);
  const isMoment = ({name}: {readonly name: string}) => moments.has(name);
  if (!dataset.columns.some(column => isMoment(column) && matchCells(column, pattern))) return false;
  const timeless = {...dataset, columns: dataset.columns.filter(column => !isMoment(column))};
  return filterRows(dataset, rows, [filter]).length > filterRows(timeless, rows, [filter]).length;
}

function isOneOf(filter: Filter, names: ReadonlySet<string>): boolean {
  if (filter.kind === 'group') return names.has(filter.dimension);
  return 'column' in filter && names.has(filter.column);
}

function split(filters: readonly Filter[], isKept: (filter: Filter) => boolean): SplitFilters {
  return {kept: filters.filter(isKept), left: filters.filter(filter => !isKept(filter))};
}
