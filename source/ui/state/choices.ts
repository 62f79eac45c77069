import {metricsOf} from '../../view/metrics.ts';
import type {Chooser, Item} from './chooser.ts';
import {metricOf} from './lens.ts';
import type {ResultsState} from './results.ts';
import type {Step} from './step.ts';

/** What is chosen among, and the name of the item that the list opens on (the first, where none has it). */
type Choice = Pick<Extract<Chooser, {kind: 'choice'}>, 'of' | 'title'> & {
  readonly items: readonly Item[];
  readonly current: string | undefined;
};

/** The results with a list over them, of which one item is to be taken. */
export function openChoice(results: ResultsState, {of, title, items, current}: Choice): ResultsState {
  const at = items.findIndex(({name}) => name === current);
  const chooser = {
    kind: 'choice',
    of,
    title,
    items,
    cursor: Math.max(0, at),
    narrowing: '',
    isNarrowing: false,
  } as const;
  return {...results, chooser};
}

/** `m`: the metrics that the rows have, the cursor on the one in sight. */
export function openMetric(results: ResultsState): Step {
  const items = metricsOf(results.outcome.dataset).map(({name, label}) => ({name, label}));
  if (items.length === 0) return {results, message: {text: 'The rows have no figures.', tone: 'plain'}};
  return {results: openChoice(results, {of: 'metric', title: 'Metric', items, current: metricOf(results)?.name})};
}
