import type {ExportKind, SavedTable} from '../contract.ts';
import type {ResultsState} from './results.ts';

/** What is written: all rows in the dataset's order, or what is seen. */
export function tableOf({outcome, rows}: ResultsState, what: ExportKind): SavedTable {
  return what === 'filtered' ? {dataset: outcome.dataset, rows} : {dataset: outcome.dataset};
}
