import {allRows} from '../../view/rows.ts';
import {sortRows} from '../../view/sort.ts';
import {pivotDataset, summaryDataset} from '../../view/summary-table.ts';
import type {ExportKind, SavedTable} from '../contract.ts';
import type {ResultsState} from './results.ts';

/** What is written, be it rows or the summary, sorted as it is on the screen. */
export function tableOf(results: ResultsState, what: ExportKind): SavedTable {
  const {dataset} = results.outcome;
  if (what === 'filtered') return {dataset, rows: results.rows};
  if (what === 'rows') return allSorted(results);
  const {figures} = results.summary;
  if (!figures) return {dataset};
  const {dimension, metric, pivot, unaccounted} = figures;
  return {
    dataset: pivot
      ? pivotDataset(dimension, metric, pivot, unaccounted)
      : summaryDataset(dimension, metric, figures, unaccounted),
  };
}

function allSorted({outcome, rows, sort}: ResultsState): SavedTable {
  const {dataset} = outcome;
  if (sort.length === 0) return {dataset};
  const isAll = rows.length === dataset.rowCount;
  return {dataset, rows: isAll ? rows : sortRows(dataset, allRows(dataset.rowCount), sort)};
}
