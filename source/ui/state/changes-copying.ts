import {lineOfCells} from '../clipboard.ts';
import type {ChangesLine} from './changes-table.ts';
import type {ResultsState} from './results.ts';
import type {Step} from './step.ts';

/** `y`: what is asked here: how much a group changed, and what was used on a day or in an hour. */
export function copyChange(results: ResultsState, line: ChangesLine | undefined): Step {
  const isChange = results.changes.group === undefined;
  const figure = isChange ? line?.figures.change : line?.figures.value;
  const text = lineOfCells([figure ?? Number.NaN]);
  if (!line || text === '') return {results, message: {text: 'There is no figure to copy.', tone: 'plain'}};
  return {results, copy: {text, what: `${text}, the ${isChange ? 'change' : 'figure'} of ${line.name}`}};
}

/** `Y`: the line by tabs: name, value, value before, change. */
export function copyChangeLine(results: ResultsState, line: ChangesLine | undefined): Step {
  if (!line) return {results, message: {text: 'There is no line to copy.', tone: 'plain'}};
  const {value, before, change} = line.figures;
  const isHour = results.changes.group?.day !== undefined;
  const text = lineOfCells([line.name, ...(isHour ? [value] : [value, before, change])]);
  return {results, copy: {text, what: `the line of ${line.name}`}};
}
