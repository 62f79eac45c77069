import type {Outcome} from '../usage/outcome.ts';
import type {Store} from '../usage/store.ts';

/** What `--debug` tells of the cache, for stderr. */
export function debugLines(store: Store, outcome: Outcome): string[] {
  const figures = Object.entries(store.statistics).map(([name, value]) => `${name} ${value}`);
  return [
    `debug: ${outcome.dataset.rowCount} rows, ${outcome.dataset.columns.length} columns`,
    `debug: cache: ${figures.join(', ')}`,
  ];
}
