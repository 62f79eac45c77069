import {type Dimension, dimensionsOf} from '../../view/dimensions.ts';
import {type Metric, metricsOf} from '../../view/metrics.ts';
import type {ResultsState} from './results.ts';

type Looked = Pick<ResultsState, 'outcome' | 'lens'>;

/** What groups are made by: what was chosen last, at first the project; undefined where the rows have no dimension. */
export function dimensionOf({outcome, lens}: Looked): Dimension | undefined {
  const dimensions = dimensionsOf(outcome.dataset);
  const named = (name: string | undefined) => dimensions.find(dimension => dimension.name === name);
  return named(lens.dimension) ?? named('project') ?? dimensions[0];
}

/** What is added up: what was chosen last, at first the cost; undefined where the rows have no metric. */
export function metricOf({outcome, lens}: Looked): Metric | undefined {
  const metrics = metricsOf(outcome.dataset);
  return metrics.find(({name}) => name === lens.metric) ?? metrics[0];
}

/** With the next dimension or the one before; after the last comes the first. */
export function turn(results: ResultsState, by: 1 | -1): ResultsState {
  const dimensions = dimensionsOf(results.outcome.dataset);
  const current = dimensions.findIndex(({name}) => name === dimensionOf(results)?.name);
  const next = dimensions.at((current + by) % dimensions.length);
  return next ? {...results, lens: {...results.lens, dimension: next.name}} : results;
}
