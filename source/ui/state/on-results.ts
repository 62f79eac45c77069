import {sizeLabel} from '../../view/counted.ts';
import {nextSort} from '../../view/sort.ts';
import {fitsClipboard} from '../clipboard.ts';
import type {ExportKind} from '../contract.ts';
import type {Action} from '../keymap.ts';
import {actOnChanges, openChanges} from './changes.ts';
import {actOnChart} from './chart.ts';
import {actOnChooser, openColumns} from './chooser.ts';
import {copyFromTable} from './copying.ts';
import {actOnDetails} from './details.ts';
import {isNothing, laterRefresh, startFetching} from './fetching.ts';
import {openFilter, undoAll} from './filtering.ts';
import {showErrors} from './overlays.ts';
import {actOnPrompt, isTyped, startClear, startExport} from './prompt.ts';
import {aimOf, moveTable, type ResultsState, withView} from './results.ts';
import {tableRoom} from './room.ts';
import {actOnTyped, openSearch} from './search.ts';
import {searchOn} from './seek.ts';
import type {Config, State} from './shape.ts';
import type {Step, Surroundings} from './step.ts';
import {actOnSummary} from './summary.ts';
import {stopped} from './tasks.ts';
import {goBack, goTo} from './trail.ts';
import {mustWait} from './waiting.ts';

/** What an action does on whichever screen of the results is in sight. */
export function onResults(state: State, action: Action, now: number, config: Config): State {
  const {results} = state;
  if (!results) return state;
  if (results.waiting && action === 'back') return givenUp(state, results);
  if (mustWait(results, action)) return {...state, results: {...results, waiting: {action, now}}};
  const stop = action === 'back' ? stopped(results) : undefined;
  if (stop) return {...state, ...stop};
  const around = surroundings(state, now, config);
  const {prompt, chooser} = results;
  if (prompt && isTyped(prompt)) return stepped(state, actOnTyped(results, prompt, action, around));
  if (prompt) {
    const id = around.nextId;
    return {...state, lastId: id, results: {...results, prompt: actOnPrompt(prompt, action, id)}};
  }
  if (chooser) return stepped(state, actOnChooser(results, action, around));
  const own = ownAction(results, action, around);
  return own ? stepped(state, own) : onAnyPlace(state, results, action, around, config);
}

/** What Esc does while a key waits: nobody waits any more, neither the key nor for what it waited for. */
function givenUp(state: State, results: ResultsState): State {
  const nobody = {...results, waiting: undefined};
  const stop = stopped(nobody);
  return stop ? {...state, ...stop} : {...state, results: nobody};
}

/** The state after a step: what is to be said, copied and remembered of it included. */
export function stepped(state: State, {results, message, copy, remember}: Step): State {
  const {history, lastId} = state;
  const id = lastId + 1;
  const next: State = {...state, results, choice: results.choice, lastId: id, ...(message && {message})};
  if (remember) {
    const {kind, text} = remember;
    const typed = [...history[kind].filter(each => each !== text), text].slice(-50);
    return {...next, history: {...history, [kind]: typed}};
  }
  if (!copy) return next;
  if (!fitsClipboard(copy.text)) {
    const size = sizeLabel(Buffer.byteLength(copy.text));
    const text = `Not copied: ${size} is more than terminals take. e writes a file.`;
    return {...next, message: {text, tone: 'warning'}};
  }
  const said = `Copied ${copy.what}. Inside tmux it needs: set -g set-clipboard on`;
  return {...next, copied: {id, text: copy.text}, message: {text: said, tone: 'good'}};
}

export function surroundings(state: State, now: number, {glyphs, preset}: Config): Surroundings {
  const {size, message, lastId, history} = state;
  return {size, glyphs, message, now, nextId: lastId + 1, isOffline: preset.refresh === 'nothing', history};
}

function ownAction(results: ResultsState, action: Action, around: Surroundings): Step | undefined {
  switch (results.place) {
    case 'table':
      return actOnTable(results, action, around);
    case 'summary':
      return actOnSummary(results, action, around);
    case 'chart':
      return actOnChart(results, action);
    case 'details':
      return actOnDetails(results, action, around);
    case 'changes':
      return actOnChanges(results, action, around);
  }
}

function actOnTable(results: ResultsState, action: Action, around: Surroundings): Step | undefined {
  switch (action) {
    case 'open':
      return results.rows.length === 0 ? {results} : {results: goTo(results, 'details')};
    case 'sort': {
      const name = results.shown.columns[results.table.column]?.name;
      return name === undefined ? {results} : {results: withView(results, {sort: nextSort(aimOf(results).sort, name)})};
    }
    case 'columns':
      return openColumns(results);
    case 'summary':
      return {results: goTo(results, 'summary')};
    case 'copy':
      return copyFromTable(results, 'cell', around);
    case 'copyRow':
      return copyFromTable(results, 'row', around);
    default:
      return undefined;
  }
}

/** What means the same on several screens of the results. */
function onAnyPlace(state: State, results: ResultsState, action: Action, around: Surroundings, config: Config): State {
  const {outcome, refetching} = results;
  const id = around.nextId;
  switch (action) {
    case 'search':
      return stepped(state, openSearch(results));
    case 'searchNext':
      return stepped(state, searchOn(results, 1, around));
    case 'searchPrevious':
      return stepped(state, searchOn(results, -1, around));
    case 'filter':
      return stepped(state, openFilter(results));
    case 'undoFilter': {
      const {filters} = aimOf(results);
      if (filters.length === 0) return {...state, message: {text: 'No filter to undo.', tone: 'plain'}};
      return {...state, results: withView(results, {filters: filters.slice(0, -1)})};
    }
    case 'chart':
      return {...state, results: goTo(results, 'chart')};
    case 'changes':
      return stepped(state, openChanges(results, around));
    case 'export':
      return startExporting(state, results, config);
    case 'clearCache':
      return {...state, lastId: id, results: {...results, prompt: startClear(id)}};
    case 'refetch': {
      if (refetching) return state;
      if (around.isOffline) {
        const text = 'Offline: nothing is asked. These rows are what the cache holds.';
        return {...state, message: {text, tone: 'plain'}};
      }
      const again = startFetching(id, outcome.query, laterRefresh(config.preset.refresh, 'unsettled'), around.now);
      return {...state, lastId: id, results: {...results, refetching: again}};
    }
    case 'dates':
      return {...state, screen: 'dates', cameFrom: 'results', results: {...results, refetching: undefined}};
    case 'errors':
      return showErrors(state, config);
    case 'back':
      return goBackFrom(state, results);
    default:
      return moved(state, results, action, around);
  }
}

function moved(state: State, results: ResultsState, action: Action, around: Surroundings): State {
  const next = moveTable(results, action, tableRoom(results, around));
  const isJump = action === 'previousDay' || action === 'nextDay';
  if (!isJump || next.table.row !== results.table.row) return {...state, results: next};
  const text = action === 'nextDay' ? 'No later day below.' : 'No earlier day above.';
  return {...state, message: {text, tone: 'plain'}};
}

function startExporting(state: State, results: ResultsState, {defaultPath}: Config): State {
  const {outcome, filters, place, rows} = results;
  if (isNothing(outcome)) return {...state, message: {text: 'Nothing arrived that could be written.', tone: 'plain'}};
  const isDemo = state.account?.isDemo ?? false;
  const pathFor = (what: ExportKind) => defaultPath(outcome, isDemo, what);
  if (place === 'summary') {
    const what = filters.length > 0 ? 'summary_filtered' : 'summary';
    return {...state, results: {...results, prompt: startExport(what, pathFor(what))}};
  }
  const isFiltered = filters.length > 0 && rows.length < outcome.dataset.rowCount;
  const proposals = {rows: pathFor('rows'), filtered: pathFor('filtered')};
  const prompt = isFiltered
    ? startExport('filtered', proposals.filtered, proposals)
    : startExport('rows', proposals.rows);
  return {...state, results: {...results, prompt}};
}

/** Esc: a refetch is stopped, filters and search are undone, then it goes back to where one came from. */
function goBackFrom(state: State, results: ResultsState): State {
  const {refetching} = results;
  if (refetching && !refetching.isStopping) {
    return {...state, results: {...results, refetching: {...refetching, isStopping: true}}};
  }
  const undone = undoAll(results);
  if (undone) return {...state, results: undone};
  const back = goBack(results);
  if (back) return {...state, results: back};
  // One screen further back each time, and never round: Enter comes back, to rows that the cache holds by then.
  return {...state, screen: 'endpoints', cameFrom: undefined, results: {...results, refetching: undefined}};
}
