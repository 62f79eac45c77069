import {pivotDataset, summaryDataset} from '../../view/summary-table.ts';
import type {ExportKind, SavedTable} from '../contract.ts';
import type {ResultsState} from './results.ts';

/** What is written: all rows in the dataset's order, or what is seen: the rows shown, or the summary as it stands. */
export function tableOf({outcome, rows, summary}: ResultsState, what: ExportKind): SavedTable {
  const {dataset} = outcome;
  const {figures} = summary;
  if (what === 'filtered') return {dataset, rows};
  if (what === 'rows' || !figures) return {dataset};
  const {dimension, metric, pivot} = figures;
  return {dataset: pivot ? pivotDataset(dimension, metric, pivot) : summaryDataset(dimension, metric, figures)};
}
