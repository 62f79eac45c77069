import {plainDecimal} from '../../view/decimal.ts';
import type {ResultsState} from './results.ts';
import type {Step} from './step.ts';

/** `y`: the figure of the group under the cursor, without separators or unit. */
export function copyFigure(results: ResultsState): Step {
  const {figures, cursor} = results.summary;
  const value = figures?.groups[cursor]?.value ?? Number.NaN;
  if (!figures || Number.isNaN(value)) return nothing(results);
  const text = plainDecimal(value);
  return {results, copy: {text, what: `${text}, the ${figures.metric.label} of ${figures.labels[cursor] ?? ''}`}};
}

/** `Y`: the group's line, by tabs: its name, figure, share and number of rows, or its cells and their total. */
export function copyGroup(results: ResultsState): Step {
  const {figures, cursor} = results.summary;
  const group = figures?.groups[cursor];
  if (!figures || !group) return nothing(results);
  const {metric, pivot, total, labels} = figures;
  const share = metric.kind === 'share' || total.value === 0 ? [] : [group.value / total.value];
  const numbers = pivot
    ? [...pivot.across.map((_, across) => pivot.cell(cursor, across)), group.value]
    : [group.value, ...share, group.rows];
  const label = labels[cursor] ?? '';
  const text = [label, ...numbers.map(number => (Number.isNaN(number) ? '' : plainDecimal(number)))].join('\t');
  return {results, copy: {text, what: `the line of ${label}`}};
}

function nothing(results: ResultsState): Step {
  return {results, message: {text: 'There is no figure to copy.', tone: 'plain'}};
}
