import {brief} from '../api/brief.ts';
import {knownDimensions, knownMetric} from '../options/known-names.ts';
import {quoted, UsageMistake} from '../options/mistake.ts';
import type {Dataset} from '../usage/dataset.ts';
import {type Range, rangeLabel} from '../usage/days.ts';
import {dimensionsOf, findDimension} from '../view/dimensions.ts';
import {findMetric, type Metric, metricsOf} from '../view/metrics.ts';
import {printable} from '../view/printable.ts';

/**
 * The metric of that name as the first dataset that has it knows it, else as it is everywhere; without a name the first
 * one there is. `notice` says that there are other currencies, which are never added to this one. Throws a UsageMistake
 * for a name that neither the documentation nor the data knows.
 */
export function chooseMetric(
  datasets: readonly Dataset[],
  name: string | undefined,
): {readonly metric: Metric; readonly notice: string | undefined} {
  const found = datasets.flatMap(
    dataset => (name === undefined ? metricsOf(dataset)[0] : metricNamed(dataset, name)) ?? [],
  );
  const metric = found[0] ?? (name === undefined ? anyCost : knownMetric(name));
  if (metric === undefined) throw inNoData('metric', name ?? '', datasets.flatMap(metricsOf));
  const others = datasets
    .flatMap(metricsOf)
    .filter(({kind, currency}) => kind === 'money' && metric.kind === 'money' && currency !== metric.currency);
  const names = [...new Set(others.map(other => other.name))];
  const isChosen = name?.startsWith('cost_') === true;
  const notice =
    names.length === 0 || isChosen
      ? undefined
      : `This is the ${metric.label} alone; currencies are not added up: ${names.map(other => `--metric ${shellWord(printable(brief(other)))}`).join(', ')}.`;
  return {metric, notice};
}

/** Where there is one currency alone, its cost is called just that; a name may be typed as it was printed. */
function metricNamed(dataset: Dataset, name: string): Metric | undefined {
  const isCost = ({kind, currency = 'other'}: Metric) =>
    kind === 'money' && [`cost_${currency}`, printable(`cost_${currency}`).toLowerCase()].includes(name);
  return findMetric(dataset, name) ?? metricsOf(dataset).find(isCost);
}

/** Throws a UsageMistake for a dimension that neither the documentation nor the data knows. */
export function refuseUnknown(datasets: readonly Dataset[], by: readonly string[]): void {
  const {nameOf} = knownDimensions();
  const isIn = (name: string) => datasets.some(dataset => findDimension(dataset, name) !== undefined);
  const unknown = by.find(name => nameOf(name) === undefined && !isIn(name));
  if (unknown !== undefined) throw inNoData('by', unknown, datasets.flatMap(dimensionsOf));
}

function inNoData(flag: 'by' | 'metric', word: string, there: readonly {readonly name: string}[]): UsageMistake {
  const names = [...new Set(there.map(({name}) => printable(brief(name))))];
  const rest = names.length === 0 ? 'there are no rows' : `this data has ${names.join(', ')}`;
  return new UsageMistake(`--${flag} ${quoted(word)} is unknown: ${rest}.`);
}

/** Names come from outside, and the sentence is there to be pasted. */
function shellWord(word: string): string {
  return /^[\w.-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

const anyCost: Metric = {name: 'cost', label: 'cost', kind: 'money', columns: ['amount']};

/** Why a summary has no lines, if that can be told from what the datasets lack; `isWhole` if no day of them is missing. */
export function emptyBecause(
  datasets: readonly Dataset[],
  {
    by,
    metric,
    range,
    isWhole,
  }: {readonly by: readonly string[]; readonly metric: Metric; readonly range: Range; readonly isWhole: boolean},
): string | undefined {
  if (datasets.every(({rowCount}) => rowCount === 0)) {
    return isWhole
      ? `There are no rows: nothing was used in ${rangeLabel(range)}.`
      : 'There are no rows in what is here, and days are missing: what was used is not known.';
  }
  if (!datasets.some(dataset => metricsOf(dataset).some(({name}) => name === metric.name))) {
    return `No row holds ${metric.label}, so that the summary is empty.`;
  }
  const lacking = by.find(name => !datasets.some(dataset => findDimension(dataset, name) !== undefined));
  if (lacking === undefined) return undefined;
  const hint = lacking === 'hour' ? ' Hours come with --bucket-width 1h.' : '';
  return `No row has a value for ${lacking}, so that the summary is empty.${hint}`;
}
