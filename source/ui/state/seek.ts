import {patternOf} from '../../view/pattern.ts';
import {printableName} from '../../view/printable.ts';
import {findingPlace} from '../../view/search.ts';
import {move} from '../../view/viewport.ts';
import type {Work} from '../../view/work.ts';
import {asciiGlyphs, type Glyphs} from '../theme.ts';
import {factsOf, type ResultsState} from './results.ts';
import {tableRoom} from './room.ts';
import {type Search, searchPattern} from './sought.ts';
import type {Step, Surroundings} from './step.ts';
import {labelsOf, withCursor} from './summary.ts';
import {type Apply, asked} from './tasks.ts';

/** Which way to go from the cursor; `isFirst`: from the beginning of its row, or on its group. */
type Way = {readonly direction: 1 | -1; readonly isFirst: boolean};

/** How the results are with the cursor on what was found, and what is to be said of the way there. */
export type Found = {
  readonly there: Partial<Pick<ResultsState, 'search' | 'table' | 'summary'>>;
  readonly said: readonly string[];
};

/** `n` and `N`. */
export function searchOn(results: ResultsState, direction: 1 | -1, around: Surroundings): Step {
  const {search} = results;
  if (!search) return {results, message: {text: 'Nothing is searched for yet: / searches.', tone: 'plain'}};
  const work = function* (): Work<Apply> {
    const found = yield* seeking(results, search, {direction, isFirst: false}, around);
    return current => {
      if (!found) return {results: current, message: {text: nothingFound(search, around.glyphs), tone: 'warning'}};
      return {results: {...current, ...found.there}, message: saying(found)};
    };
  };
  const {rows, table} = results;
  return asked(results, {of: 'view', label: 'Searching', wish: [rows, table, search, direction], work});
}

/** The search made on these results, part by part: its first match, or undefined where nothing matches. */
export function* seeking(
  results: ResultsState,
  search: Search,
  way: Way,
  around: Surroundings,
): Work<Found | undefined> {
  return results.place === 'summary' ? seekGroup(results, search, way) : yield* seekCell(results, search, way, around);
}

/** What was said on the way to a match, in one message. */
export function saying({said}: Found): Step['message'] {
  return said.length === 0 ? undefined : {text: said.join(' '), tone: 'plain'};
}

export function nothingFound(search: Search, glyphs: Glyphs): string {
  const text = printableName(search.kind === 'text' ? search.text : search.label);
  return glyphs === asciiGlyphs ? `Nothing found for "${text}".` : `Nothing found for “${text}”.`;
}

/** The nearest label that matches, by its index, going on at the other end; undefined where none does. */
export function findLabel(
  labels: readonly string[],
  search: Search,
  from: number,
  direction: 1 | -1,
  isFromIncluded: boolean,
): number | undefined {
  if (search.kind === 'keys') return undefined;
  const {isMatch} = patternOf(search.text);
  return nextIndex(labels.length, from, direction, isFromIncluded, index => isMatch(labels[index] ?? ''));
}

function seekGroup(results: ResultsState, search: Search, {direction, isFirst}: Way): Found | undefined {
  const {figures, cursor} = results.summary;
  const isKeys = search.kind === 'keys' && figures?.dimension.name === 'key';
  const index = isKeys
    ? nextIndex(figures.groups.length, cursor, direction, isFirst, at =>
        search.ids.includes(figures.groups[at]?.id ?? ''),
      )
    : findLabel(labelsOf(results.summary), search, cursor, direction, isFirst);
  if (index === undefined) return undefined;
  const isWrapped = (index - cursor) * direction < 0;
  const {summary} = withCursor(results, index);
  return {there: {summary, search}, said: isWrapped ? [wrappedTo(direction)] : []};
}

function* seekCell(
  results: ResultsState,
  search: Search,
  {direction, isFirst}: Way,
  around: Surroundings,
): Work<Found | undefined> {
  const {rows, table, shown, outcome} = results;
  const {dataset} = outcome;
  if (rows.length === 0) return undefined;
  const {columns, firstShown} = soughtColumns(results, search);
  const column = isFirst ? -1 : search.kind === 'keys' ? (columns[0] ?? -1) : cursorColumn(results, search);
  const found = yield* findingPlace(dataset, rows, {
    pattern: searchPattern(search),
    columns,
    from: {at: table.row, column},
    direction,
    isFromIncluded: isFirst,
  });
  if (!found) return undefined;
  const {name = ''} = dataset.columns[found.column] ?? {};
  const index = shown.columns.findIndex(each => each.name === name);
  const isHidden = index === -1 && search.kind === 'text';
  const cell = {...table, column: index === -1 ? firstShown : index};
  const hidden = isHidden ? {row: rows[found.at] ?? 0, cursor: cell.column, column: found.column} : undefined;
  const facts = factsOf(results, tableRoom(results, around));
  return {
    there: {search: {...search, hidden}, table: move(cell, {goTo: found.at}, facts)},
    said: [
      ...(found.isWrapped ? [wrappedTo(direction)] : []),
      ...(isHidden ? [`Found in ${printableName(name)}, which is hidden (o shows it).`] : []),
    ],
  };
}

/**
 * The columns to look into, by their index in the dataset: the shown ones as they stand, then the hidden ones; for keys
 * their ids. `firstShown` is where the cursor goes when the column of a match is not shown.
 */
function soughtColumns({outcome, shown, table}: ResultsState, search: Search) {
  const {columns} = outcome.dataset;
  if (search.kind === 'keys') {
    const names = shown.columns.findIndex(({name}) => name === 'api_key_name');
    const ids = columns.findIndex(({name}) => name === 'api_key_id');
    return {columns: ids === -1 ? [] : [ids], firstShown: names === -1 ? table.column : names};
  }
  const inSight = shown.columns.map(({name}) => columns.findIndex(column => column.name === name));
  const isShown = new Set(inSight);
  const hidden = Array.from(columns, (_, index) => index).filter(index => !isShown.has(index));
  return {columns: [...inSight, ...hidden], firstShown: table.column};
}

/** Where the cursor stands for a search that goes on: in the hidden column, if that is where it found something last. */
function cursorColumn({rows, table, shown, outcome}: ResultsState, {hidden}: Search): number {
  if (hidden && hidden.row === rows[table.row] && hidden.cursor === table.column) return hidden.column;
  const name = shown.columns[table.column]?.name;
  return outcome.dataset.columns.findIndex(column => column.name === name);
}

function wrappedTo(direction: 1 | -1): string {
  return `Search went on from the ${direction === 1 ? 'top' : 'bottom'}.`;
}

function nextIndex(
  count: number,
  from: number,
  direction: 1 | -1,
  isFromIncluded: boolean,
  isMatch: (index: number) => boolean,
): number | undefined {
  const first = isFromIncluded ? 0 : 1;
  for (let step = first; step < count + first; step++) {
    const index = (((from + step * direction) % count) + count) % count;
    if (isMatch(index)) return index;
  }
  return undefined;
}
