import {knownMetric} from '../options/known-names.ts';
import type {Dataset} from '../usage/dataset.ts';
import {type Range, rangeLabel} from '../usage/days.ts';
import {findDimension} from '../view/dimensions.ts';
import {findMetric, type Metric, metricsOf} from '../view/metrics.ts';
import {printable} from '../view/printable.ts';

/**
 * The metric of that name as the first dataset that has it knows it, else as it is everywhere; without a name the first
 * one there is. `notice` says that there are other currencies, which are never added to this one.
 */
export function chooseMetric(
  datasets: readonly Dataset[],
  name: string | undefined,
): {readonly metric: Metric; readonly notice: string | undefined} {
  const found = datasets.flatMap(
    dataset => (name === undefined ? metricsOf(dataset)[0] : metricNamed(dataset, name)) ?? [],
  );
  const metric = found[0] ?? knownMetric(name ?? 'cost') ?? anyCost;
  const others = datasets
    .flatMap(metricsOf)
    .filter(({kind, currency}) => kind === 'money' && metric.kind === 'money' && currency !== metric.currency);
  const names = [...new Set(others.map(other => other.name))];
  const isChosen = name?.startsWith('cost_') === true;
  const notice =
    names.length === 0 || isChosen
      ? undefined
      : `This is the ${metric.label} alone; currencies are not added up: ${names.map(other => `--metric ${printable(other)}`).join(', ')}.`;
  return {metric, notice};
}

/** Where there is one currency alone, its cost is called just that. */
function metricNamed(dataset: Dataset, name: string): Metric | undefined {
  return findMetric(dataset, name) ?? metricsOf(dataset).find(({currency}) => `cost_${currency}` === name);
}

const anyCost: Metric = {name: 'cost', label: 'cost', kind: 'money', columns: ['amount']};

/** Why a summary has no lines, if that can be told from what the datasets lack. */
export function emptyBecause(
  datasets: readonly Dataset[],
  {by, metric, range}: {readonly by: readonly string[]; readonly metric: Metric; readonly range: Range},
): string | undefined {
  if (datasets.every(({rowCount}) => rowCount === 0))
    return `There are no rows: nothing was used in ${rangeLabel(range)}.`;
  if (!datasets.some(dataset => metricsOf(dataset).some(({name}) => name === metric.name))) {
    return `No row holds ${metric.label}, so that the summary is empty.`;
  }
  const lacking = by.find(name => !datasets.some(dataset => findDimension(dataset, name) !== undefined));
  if (lacking === undefined) return undefined;
  const hint = lacking === 'hour' ? ' Hours come with --bucket-width 1h.' : '';
  return `No row has a value for ${lacking}, so that the summary is empty.${hint}`;
}
