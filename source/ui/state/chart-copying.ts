import {sizeLabel} from '../../view/counted.ts';
import {plainDecimal} from '../../view/decimal.ts';
import {stepLabel} from '../../view/steps.ts';
import {fitsClipboard, oneLine} from '../clipboard.ts';
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

/** `Y`: the figures behind the chart by tabs: a line a step, a column a series, and a line of names above them. */
export function copySeries(results: ResultsState): Step {
  const {charted} = results.chart;
  if (!charted?.rowCount) return nothing(results);
  const {steps, series, metric, dimension} = charted;
  const isOne = dimension === undefined || metric.kind === 'share';
  const names = isOne ? [metric.label] : series.map(({label}) => label);
  const lines = [['date', ...names.map(oneLine)].join('\t')];
  for (let step = 0; step < steps.count; step++) {
    const figures = series.map(({steps: own}) => figure(own[step] ?? Number.NaN));
    lines.push([stepLabel(steps, step), ...figures].join('\t'));
  }
  const text = `${lines.join('\n')}\n`;
  if (fitsClipboard(text)) return {results, copy: {text, what: `the figures of the chart, a line per ${steps.unit}`}};
  const size = sizeLabel(Buffer.byteLength(text));
  const said = `Not copied: ${size} is more than terminals take. e writes the rows to a file.`;
  return {results, message: {text: said, tone: 'warning'}};
}

/** What is left of a total after the biggest groups has digits that were never there. */
function figure(value: number): string {
  if (Number.isNaN(value)) return '';
  return plainDecimal(Number.isInteger(value) ? value : Number(value.toPrecision(12)));
}

function nothing(results: ResultsState): Step {
  return {results, message: {text: 'There is no figure to copy.', tone: 'plain'}};
}
