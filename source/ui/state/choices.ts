import {metricsOf} from '../../view/metrics.ts';
import {metricOf} from './lens.ts';
import type {ResultsState} from './results.ts';
import type {Step} from './step.ts';

/** `m`: the metrics that the rows have, the cursor on the one in sight. */
export function openMetric(results: ResultsState): Step {
  const metrics = metricsOf(results.outcome.dataset);
  if (metrics.length === 0) return {results, message: {text: 'The rows have no figures.', tone: 'plain'}};
  const current = metricOf(results)?.name;
  return {
    results: {
      ...results,
      chooser: {
        kind: 'choice',
        of: 'metric',
        title: 'Metric',
        items: metrics.map(({name, label}) => ({name, label})),
        cursor: Math.max(
          0,
          metrics.findIndex(({name}) => name === current),
        ),
        narrowing: '',
        isNarrowing: false,
      },
    },
  };
}
