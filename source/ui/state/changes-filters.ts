import {type Dataset, findColumn} from '../../usage/dataset.ts';
import type {Filter} from '../../view/filter.ts';

/** Filters that hold somewhere else too, and those that would only empty it. */
export type SplitFilters = {readonly kept: readonly Filter[]; readonly left: readonly Filter[]};

const moments: ReadonlySet<string> = new Set(['date', 'start_time', 'day', 'hour']);

const ofCosts: ReadonlySet<string> = new Set(['line_item', 'currency', 'quantity_unit']);

/** For both periods: a filter on the date leaves nothing of one of them, and everything would look new or gone. */
export function filtersForPeriods(filters: readonly Filter[]): SplitFilters {
  return split(filters, filter => !isOneOf(filter, moments));
}

/** For hours: beside dates, what only costs have, and figures, which are those of a whole day. */
export function filtersForHours(filters: readonly Filter[], dataset: Dataset): SplitFilters {
  return split(filters, filter => {
    if (filter.kind === 'below' || filter.kind === 'above') return false;
    if (isOneOf(filter, moments) || isOneOf(filter, ofCosts)) return false;
    return !('column' in filter) || findColumn(dataset, filter.column)?.kind !== 'number';
  });
}

function isOneOf(filter: Filter, names: ReadonlySet<string>): boolean {
  if (filter.kind === 'group') return names.has(filter.dimension);
  return 'column' in filter && names.has(filter.column);
}

function split(filters: readonly Filter[], isKept: (filter: Filter) => boolean): SplitFilters {
  return {kept: filters.filter(isKept), left: filters.filter(filter => !isKept(filter))};
}
