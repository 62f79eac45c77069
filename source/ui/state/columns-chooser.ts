import {
  DEFAULT_COLUMNS,
  freezeColumn,
  isBesideItsName,
  isShown,
  moveColumn,
  orderedNames,
  resizeColumn,
  type SavedColumns,
  toggleColumn,
} from '../../view/column-choice.ts';
import {leastWidth, NARROWEST, WIDEST} from '../../view/least-width.ts';
import type {Action} from '../keymap.ts';
import {type ResultsState, withColumns} from './results.ts';
import type {Step} from './step.ts';

/** A column as the chooser lists it. */
export type ColumnItem = {
  readonly name: string;
  readonly kind: 'number' | 'text' | 'boolean';
  readonly isShown: boolean;
  readonly isFrozen: boolean;
  /** Hidden because its name stands beside it, and not because somebody wanted it. */
  readonly isHiddenId: boolean;
  /** Undefined for what is neither: those two are never added up together. */
  readonly about: 'usage' | 'cost' | undefined;
  /** Undefined while it is hidden. */
  readonly width: number | undefined;
};

const costs: readonly string[] = ['amount', 'currency', 'line_item', 'quantity', 'quantity_unit'];

/** All columns by name, as the chooser lists them. */
export function columnNames({outcome, choice}: ResultsState): readonly string[] {
  return orderedNames(outcome.dataset, choice);
}

/** What the chooser says of a column. */
export function columnItem({outcome, choice, shown, sizes}: ResultsState, name: string): ColumnItem {
  const {dataset} = outcome;
  const kind = dataset.columns.find(column => column.name === name)?.kind ?? 'text';
  const isMetric = kind === 'number' && name !== 'start_time';
  const isInTable = isShown(name, choice, dataset);
  return {
    name,
    kind,
    isShown: isInTable,
    isFrozen: choice.frozen.includes(name),
    isHiddenId: !isInTable && !choice.hidden.includes(name) && isBesideItsName(name, dataset),
    about: costs.includes(name) ? 'cost' : isMetric ? 'usage' : undefined,
    width: sizes[shown.columns.findIndex(column => column.name === name)]?.width,
  };
}

/** What an action does with a column; the table behind the list follows at once. */
export function actOnColumn(results: ResultsState, name: string, action: Action): Step {
  const {outcome, choice} = results;
  const {dataset} = outcome;
  switch (action) {
    case 'toggle':
      return choose(results, toggleColumn(dataset, choice, name), 'The last column stays: a table needs one.');
    case 'moveUp':
      return choose(results, moveColumn(dataset, choice, name, -1), endSentence(results, name, 'first'));
    case 'moveDown':
      return choose(results, moveColumn(dataset, choice, name, 1), endSentence(results, name, 'last'));
    case 'left':
      return resize(results, name, -2);
    case 'right':
      return resize(results, name, 2);
    case 'freeze':
      return choose(results, freezeColumn(choice, name));
    case 'reset':
      return {
        ...choose(results, DEFAULT_COLUMNS),
        message: {text: 'All columns are as they were at first.', tone: 'plain'},
      };
    default:
      return {results};
  }
}

function resize(results: ResultsState, name: string, by: number): Step {
  const {shown, sizes, choice, outcome} = results;
  const index = shown.columns.findIndex(each => each.name === name);
  const column = shown.columns[index];
  const size = sizes[index];
  if (!column || !size) return say(results, 'It is hidden: Space shows it.');
  const least = leastWidth(column, outcome.dataset.rowCount);
  const width = Math.max(least, Math.min(size.width + by, WIDEST));
  const why = least > NARROWEST ? ': a cut number reads like another one' : '';
  const refusal = by > 0 ? `No wider than ${WIDEST}.` : `No narrower than ${least}${why}.`;
  return choose(results, width === size.width ? choice : resizeColumn(choice, name, width), refusal);
}

/** The same choice means that it cannot be done, which `refusal` explains. */
function choose(results: ResultsState, choice: SavedColumns, refusal?: string): Step {
  if (choice !== results.choice) return {results: withColumns(results, choice)};
  return refusal === undefined ? {results} : say(results, refusal);
}

function endSentence({choice}: ResultsState, name: string, end: 'first' | 'last'): string {
  return choice.frozen.includes(name)
    ? `It is the ${end} of the frozen ones.`
    : `It is the ${end} of those that scroll.`;
}

function say(results: ResultsState, text: string): Step {
  return {results, message: {text, tone: 'plain'}};
}
