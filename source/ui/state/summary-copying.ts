import {fitText, widthOf} from '../../view/width.ts';
import {lineOfCells} from '../clipboard.ts';
import type {Glyphs} from '../theme.ts';
import type {ResultsState} from './results.ts';
import type {Step} from './step.ts';

/** So much of a name that the message has room for what tmux needs. */
const MOST_OF_NAME = 30;

/** `y`: the figure of the group under the cursor, without separators or unit. */
export function copyFigure(results: ResultsState, glyphs: Glyphs): Step {
  const {figures, cursor} = results.summary;
  const text = lineOfCells([figures?.groups[cursor]?.value ?? Number.NaN]);
  if (!figures || text === '') return {results, message: {text: 'There is no figure to copy.', tone: 'plain'}};
  return {results, copy: {text, what: `${text}, the ${figures.metric.label} of ${nameOf(results, glyphs)}`}};
}

/** `Y`: the group's line, by tabs: its name, figure, share and number of rows, or its cells and their total. */
export function copyGroup(results: ResultsState, glyphs: Glyphs): Step {
  const {figures, cursor} = results.summary;
  const group = figures?.groups[cursor];
  if (!figures || !group) return {results, message: {text: 'There is no line to copy.', tone: 'plain'}};
  const {metric, pivot, total} = figures;
  const share = metric.kind === 'share' || total.value === 0 ? [] : [group.value / total.value];
  const numbers = pivot
    ? [...pivot.across.map((_, across) => pivot.cell(cursor, across)), group.value]
    : [group.value, ...share, group.rows];
  const text = lineOfCells([group.label, ...numbers]);
  return {results, copy: {text, what: `the line of ${nameOf(results, glyphs)}`}};
}

function nameOf({summary}: ResultsState, {ellipsis}: Glyphs): string {
  const label = summary.figures?.labels[summary.cursor] ?? '';
  return fitText(label, Math.min(widthOf(label), MOST_OF_NAME), 'left', ellipsis);
}
