import {type Dataset, findColumn} from '../../usage/dataset.ts';
import {type Filter, filteringRows} from '../../view/filter.ts';
import {wholeCell} from '../../view/format.ts';
import {wholeOf} from '../../view/pattern.ts';
import {readFilter} from '../../view/read-filter.ts';
import type {Work} from '../../view/work.ts';
import {keyLabel, keysSentence, noKeySentence} from '../key-sentence.ts';
import {dimensionOf} from './lens.ts';
import {nameColumnOf} from './name-columns.ts';
import {isTyped} from './prompt.ts';
import {type ResultsState, withRows, withView} from './results.ts';
import type {Step} from './step.ts';
import {type Apply, asked, withoutTask} from './tasks.ts';
import {type FilterTarget, openTyped, putBack, type TypedPrompt} from './typed-prompt.ts';

/** `f`. */
export function openFilter(results: ResultsState): Step {
  if (results.outcome.dataset.rowCount === 0) {
    return {results, message: {text: 'There are no rows to filter.', tone: 'plain'}};
  }
  const target = results.place === 'summary' ? groupTarget(results) : cellTarget(results);
  return {results: openTyped(results, 'filter', target)};
}

/** The rows that what is typed leaves of those the filters leave: never filtered anew from all of them. */
export function typeFilter(results: ResultsState, prompt: TypedPrompt): Step {
  const base = putBack(results, prompt);
  const read = filterTyped(base, prompt);
  if (!read || 'problem' in read) {
    return {results: {...withoutTask(base, 'view'), prompt: {...prompt, problem: read?.problem}}};
  }
  const {filter} = read;
  const {dataset} = base.outcome;
  const work = function* (): Work<Apply> {
    const rows = yield* filteringRows(dataset, base.rows, [filter]);
    return current => {
      const {prompt: open} = current;
      return {results: isTyped(open) ? {...withRows(putBack(current, open), rows), prompt: open} : current};
    };
  };
  const typing = {...results, prompt: {...prompt, problem: undefined}};
  return asked(typing, {of: 'view', label: 'Filtering', wish: [base.rows, JSON.stringify(filter)], work});
}

/** Enter: what is typed, and has left these rows, is a filter from now on. */
export function acceptFilter(results: ResultsState, prompt: TypedPrompt): Step {
  const base = putBack(results, prompt);
  const read = filterTyped(base, prompt);
  const {text, secretOf} = prompt;
  if (!read && text.trim() === '') return {results: base};
  if (!read) return {results: {...results, prompt: {...prompt, problem: 'Type a value after it, like < 1,000.'}}};
  if ('problem' in read) return {results: {...results, prompt: {...prompt, problem: read.problem}}};
  const filtered = {...results, prompt: undefined, filters: [...base.filters, read.filter]};
  if (!secretOf) return {results: filtered, remember: {kind: 'filter', text}};
  return {
    results: filtered,
    message: {text: keysSentence(secretOf, base.outcome, base.rows), tone: 'plain'},
  };
}

/** The filters and the search undone, as Esc does it before it goes back; undefined where there is nothing to undo. */
export function undoAll(results: ResultsState): ResultsState | undefined {
  const {place, filters} = results;
  if (place !== 'table' && place !== 'summary') return undefined;
  const kept = arrivedWith(results);
  const search = results.search?.place === place ? undefined : results.search;
  if (filters.length <= kept && search === results.search) return undefined;
  const next = {...results, search};
  return filters.length <= kept
    ? next
    : withView(results, {filters: filters.slice(0, kept)}, last => ({...last, search}));
}

/** How many of the first filters were there on arrival: those of the place one came from, and the group one opened. */
function arrivedWith({filters, trail}: ResultsState): number {
  const last = trail.at(-1);
  if (!last) return 0;
  let count = 0;
  while (count < filters.length && filters[count] === last.filters[count]) count++;
  // Nobody can type a filter by group on the table, and no other place opens groups.
  if (last.place !== 'table') while (filters[count]?.kind === 'group') count++;
  return count;
}

function filterTyped(base: ResultsState, {text, secretOf, target}: TypedPrompt): ReturnType<typeof readFilter> {
  if (secretOf) {
    if (secretOf.length === 0) return {problem: noKeySentence(base.outcome)};
    return {filter: {kind: 'keys', ids: secretOf.map(({id}) => id), label: keyLabel(secretOf)}};
  }
  if (!target) return text.trim() === '' ? undefined : {filter: {kind: 'text', text: text.trim()}};
  const {column, cell, own} = target;
  const read = readFilter(text, column, cell);
  if (!read || !('filter' in read) || read.filter.kind !== 'is' || !own) return read;
  return {filter: groupNamed(base, text) ?? (/^=+$/.test(text.trim()) ? own : read.filter)};
}

/** What an operator of an open prompt applies to among newer rows: the cell as it is now, or the same group. */
export function targetAgain(results: ResultsState, target: FilterTarget): FilterTarget {
  const {name} = target.column;
  const cell = results.place === 'summary' ? undefined : cellTarget(results);
  if (cell?.column.name === name) return cell;
  return {...target, column: findColumn(results.outcome.dataset, name) ?? target.column};
}

function cellTarget({shown, table, rows}: ResultsState): FilterTarget | undefined {
  const column = shown.columns[table.column];
  const row = rows[table.row];
  return column && {column, cell: row === undefined ? '' : wholeCell(column, row), own: undefined};
}

/** On the summary `=` means the group under the cursor: its id, where groups have one, and not just their name. */
function groupTarget(results: ResultsState): FilterTarget | undefined {
  const {dataset} = results.outcome;
  const {figures, cursor} = results.summary;
  const dimension = dimensionOf(results);
  const group = figures?.groups[cursor];
  const ids = dimension && findColumn(dataset, dimension.column);
  if (!dimension || !ids) return undefined;
  const column = namesOf(dataset, dimension.column) ?? ids;
  if (!group) return {column, cell: '', own: undefined};
  const {id, label} = group;
  const cell = id === undefined ? '' : label;
  return {column, cell, own: {kind: 'group', dimension: dimension.name, id, label}};
}

/** The group that `= x` names on the summary. */
function groupNamed({summary}: ResultsState, text: string): Filter | undefined {
  const named = /^=+\s*(\S.*)$/s.exec(text.trim())?.[1];
  if (named === undefined || !summary.figures) return undefined;
  const isNamed = wholeOf(named);
  const {groups, dimension} = summary.figures;
  const group = groups.find(({label}) => isNamed(label));
  return group && {kind: 'group', dimension: dimension.name, id: group.id, label: group.label};
}

function namesOf(dataset: Dataset, ids: string) {
  const name = nameColumnOf(ids);
  return name === undefined ? undefined : findColumn(dataset, name);
}
