import {pivotDataset, summaryDataset} from '../../view/summary-table.ts';
import type {ExportKind, SavedTable} from '../contract.ts';
import type {ResultsState} from './results.ts';

/** What is written: what is seen, sorted as it is, be it rows or the summary; or all rows in the dataset's order. */
export function tableOf({outcome, rows, filters, sort, summary}: ResultsState, what: ExportKind): SavedTable {
  const {dataset} = outcome;
  const {figures} = summary;
  if (what === 'filtered' || (what === 'rows' && filters.length === 0 && sort.length > 0)) return {dataset, rows};
  if (what === 'rows' || !figures) return {dataset};
  const {dimension, metric, pivot} = figures;
  return {dataset: pivot ? pivotDataset(dimension, metric, pivot) : summaryDataset(dimension, metric, figures)};
}
