import type {Outcome} from '../../usage/outcome.ts';
import {counted} from '../../view/counted.ts';
import type {Work} from '../../view/work.ts';
import {keysSentence, noKeySentence} from '../key-sentence.ts';
import type {Action} from '../keymap.ts';
import {acceptFilter, targetAgain, typeFilter} from './filtering.ts';
import {replacing} from './newer-rows.ts';
import {isTyped} from './prompt.ts';
import type {Message, ResultsState} from './results.ts';
import {nothingFound, saying, searchOn, seeking} from './seek.ts';
import {type Search, searchPattern, soughtBy} from './sought.ts';
import type {Step, Surroundings} from './step.ts';
import {type Apply, asked, withoutTask} from './tasks.ts';
import {goTo} from './trail.ts';
import {openTyped, putBack, recall, reopened, type Typed, type TypedPrompt} from './typed-prompt.ts';

/** `/` */
export function openSearch(results: ResultsState): Step {
  return {results: openTyped(results, 'search')};
}

/** What an action does in the prompt of `/` or `f`. */
export function actOnTyped(results: ResultsState, prompt: TypedPrompt, action: Action, around: Surroundings): Step {
  switch (action) {
    case 'leave':
      return {results: {...withoutTask(putBack(results, prompt), 'view'), waiting: undefined}};
    case 'accept':
      return prompt.kind === 'filter' ? acceptFilter(results, prompt) : acceptSearch(results, prompt, around);
    case 'older':
    case 'newer': {
      const recalled = recall(prompt, action === 'older' ? 1 : -1, around.history);
      return recalled ? show(results, recalled, around) : {results};
    }
    default:
      return {results};
  }
}

/** The results while something is typed into the prompt: filtered, or at the first match. */
export function typeInto(results: ResultsState, prompt: TypedPrompt, typed: Typed, around: Surroundings): Step {
  const {text, secretOf} = typed;
  return show(results, {...prompt, text, secretOf, recalled: undefined}, around);
}

/** Newer rows in place of older ones; what is being typed holds for them too. */
export function withOutcome(results: ResultsState, outcome: Outcome, around: Surroundings): Step {
  const {dataset, gaps} = outcome;
  const rows = counted(dataset.rowCount, 'row');
  const message: Message =
    gaps.length === 0
      ? {text: `Fetched again: ${rows}.`, tone: 'good'}
      : {text: `Fetched again, but ${counted(gaps.length, 'endpoint')} failed: ${rows}. t says why.`, tone: 'warning'};
  return replacing(results, outcome, (fresh, prompt) => {
    const target = prompt?.target && targetAgain(fresh, prompt.target);
    const next = prompt ? show(fresh, reopened(prompt, fresh, target), around).results : fresh;
    return {results: next, message};
  });
}

function show(results: ResultsState, prompt: TypedPrompt, around: Surroundings): Step {
  return prompt.kind === 'filter' ? typeFilter(results, prompt) : typeSearch(results, prompt, around);
}

function typeSearch(results: ResultsState, prompt: TypedPrompt, around: Surroundings): Step {
  const start = putBack(results, prompt);
  const search = soughtBy(prompt, results.place);
  const typed = {...prompt, problem: undefined, sought: undefined};
  if (!search) return {results: {...withoutTask(start, 'view'), prompt: typed}};
  const work = function* (): Work<Apply> {
    const found = yield* seeking(fromTop(start, search), search, {direction: 1, isFirst: true}, around);
    return current => {
      const {prompt: open} = current;
      if (!isTyped(open)) return {results: current};
      const sought = {...open, sought: {found}};
      const before = putBack(current, open);
      if (!found) return {results: {...before, prompt: {...sought, problem: whyNot(search, before, around)}}};
      // What is typed is searched for only when it is accepted: until then `n` means the search that was there.
      return {results: {...before, ...found.there, search: current.search, prompt: sought}, message: saying(found)};
    };
  };
  return asked(
    {...results, prompt: typed},
    {of: 'view', label: 'Searching', wish: [start.rows, searchPattern(search).text], work},
  );
}

function acceptSearch(results: ResultsState, prompt: TypedPrompt, around: Surroundings): Step {
  const {text, secretOf} = prompt;
  const start = putBack(results, prompt);
  const search = soughtBy(prompt, results.place);
  if (!search) return repeat(start, around);
  const found = prompt.sought?.found;
  if (secretOf && secretOf.length > 0) {
    const {outcome, rows} = start;
    const message = {text: keysSentence(secretOf, outcome, rows), tone: 'plain'} as const;
    if (found || start.place !== 'summary') return {results: {...start, ...found?.there}, message};
    // The summary has no such group: its rows say more.
    const table = goTo(start, 'table');
    const way = {direction: 1, isFirst: true} as const;
    const work = function* (): Work<Apply> {
      const inRows = yield* seeking(fromTop(table, search), {...search, place: 'table'}, way, around);
      return current => ({results: inRows ? {...goTo(current, 'table'), ...inRows.there} : current, message});
    };
    return asked(start, {of: 'view', label: 'Searching', wish: [start.rows, searchPattern(search).text], work});
  }
  if (!found) {
    return {results: {...start, prompt: {...prompt, problem: whyNot(search, start, around)}}};
  }
  return {results: {...start, ...found.there}, message: saying(found), remember: {kind: 'search', text}};
}

/** Enter without a text: the last search once more. */
function repeat(start: ResultsState, around: Surroundings): Step {
  const last = around.history.search.at(-1);
  const search = start.search ?? (last === undefined ? undefined : ({kind: 'text', text: last} as const));
  return search ? searchOn({...start, search: {...search, place: start.place}}, 1, around) : {results: start};
}

/** A key's rows are looked at from the first one on, wherever the cursor is. */
function fromTop(results: ResultsState, {kind}: Search): ResultsState {
  if (kind === 'text') return results;
  return {...results, table: {...results.table, row: 0}, summary: {...results.summary, cursor: 0}};
}

function whyNot(search: Search, {outcome}: ResultsState, {glyphs}: Surroundings): string | undefined {
  if (search.kind === 'text') return nothingFound(search, glyphs);
  return search.ids.length === 0 ? noKeySentence(outcome) : undefined;
}
