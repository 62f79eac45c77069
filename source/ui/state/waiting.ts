import type {Action} from '../keymap.ts';
import {isTyped} from './prompt.ts';
import type {ResultsState} from './results.ts';
import {taskOf} from './tasks.ts';

/** A key that goes on from what is on its way, and when it was pressed: Unix milliseconds. */
export type Waiting = {readonly action: Action; readonly now: number};

/** What means what is in sight, or does something beside it, and is answered at once whatever is on its way. */
const AT_ONCE: ReadonlySet<Action> = new Set([
  ...(['up', 'down', 'left', 'right', 'pageUp', 'pageDown', 'first', 'last', 'previousDay', 'nextDay'] as const),
  ...(['back', 'leave', 'older', 'newer', 'help', 'errors', 'refetch', 'dates', 'copy', 'copyRow'] as const),
]);

/**
 * Whether a key goes on from what is on its way, and has to wait for it: after a search or a way to another screen all
 * do that are more than a movement, after another order or other filters only those that look into the rows.
 */
export function mustWait(results: ResultsState, action: Action): boolean {
  const {prompt, chooser} = results;
  if (chooser || (prompt && !isTyped(prompt)) || AT_ONCE.has(action)) return false;
  const view = taskOf(results, 'view');
  if (view && (!view.aim || view.isArriving)) return true;
  switch (action) {
    case 'accept':
      return view !== undefined;
    case 'search':
    case 'filter':
    case 'searchNext':
    case 'searchPrevious':
    case 'export':
      return view !== undefined || (results.place === 'summary' && isPlaceDue(results));
    case 'undoFilter':
      // Another order begins at its first row: which one that is, is known only then.
      return view?.aim !== undefined && view.aim.sort !== results.sort;
    case 'open':
    case 'sort':
      if (results.place === 'table')
        return action === 'sort' && view?.aim !== undefined && view.aim.filters !== results.filters;
      // On the summary they mean a group, and its order: they cannot mean what is not there yet.
      return results.place === 'summary' && isPlaceDue(results);
    default:
      return false;
  }
}

function isPlaceDue(results: ResultsState): boolean {
  // What stands there is worked out of the rows, and asked for as soon as these have come.
  if (taskOf(results, 'view')?.aim) return true;
  return taskOf(results, 'place')?.isStopped === false;
}
