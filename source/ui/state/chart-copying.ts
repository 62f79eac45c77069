import {plainDecimal} from '../../view/decimal.ts';
import type {ResultsState} from './results.ts';
import type {Step} from './step.ts';

/** `y`: the total, without separators or unit. */
export function copyTotal(results: ResultsState): Step {
  const {charted} = results.chart;
  if (!charted?.rowCount || Number.isNaN(charted.total)) return nothing(results);
  const {metric, total} = charted;
  const text = plainDecimal(total);
  return {results, copy: {text, what: `${text}, the ${metric.kind === 'share' ? 'overall' : 'total'} ${metric.label}`}};
}

/** `Y`: the totals of the days or hours by tabs, in one line: what ends a line would be run by a shell it is pasted into. */
export function copySeries(results: ResultsState): Step {
  const {charted} = results.chart;
  if (!charted?.rowCount) return nothing(results);
  const {steps} = charted;
  const totals = Array.from(charted.totals, total => (Number.isNaN(total) ? '' : plainDecimal(total)));
  return {results, copy: {text: totals.join('\t'), what: `the total of each ${steps.unit}`}};
}

function nothing(results: ResultsState): Step {
  return {results, message: {text: 'There is no figure to copy.', tone: 'plain'}};
}
