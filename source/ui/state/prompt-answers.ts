import {counted, sizeLabel} from '../../view/counted.ts';
import {formatNumber} from '../../view/format.ts';
import {printable} from '../../view/printable.ts';
import {heldLabel} from '../sentences.ts';
import {type ClearPrompt, type ExportPrompt, isTyped, type Prompt} from './prompt.ts';
import type {Message} from './results.ts';
import type {Event, State} from './shape.ts';

type PromptEvent = Extract<Event, {kind: 'path-typed' | 'saving' | 'saved' | 'not-saved' | 'measured' | 'cleared'}>;

type Answered = {readonly prompt: Prompt | undefined; readonly message?: Message};

/** The state after what was typed for a question, or what came of its work; late answers are dropped. */
export function promptAnswered(state: State, event: PromptEvent): State {
  const {results} = state;
  const asked = results?.prompt;
  if (!results || !asked || isTyped(asked)) return state;
  if (event.kind !== 'path-typed' && asked.job?.id !== event.id) return state;
  const answered = asked.kind === 'export' ? exportAnswered(asked, event) : clearAnswered(asked, event);
  if (!answered) return state;
  const {prompt, message} = answered;
  return {...state, results: {...results, prompt}, ...(message && {message})};
}

function exportAnswered(prompt: ExportPrompt, event: PromptEvent): Answered | undefined {
  switch (event.kind) {
    case 'path-typed':
      return {prompt: {...prompt, path: event.path, isProposed: false, problem: undefined}};
    case 'saving':
      return {prompt: {...prompt, rowsDone: event.rowsDone}};
    case 'saved': {
      const {path, rows, bytes} = event.result;
      const text = `Wrote ${counted(rows, 'row')} (${sizeLabel(bytes)}) to ${printable(path)}`;
      return {prompt: undefined, message: {text, tone: 'good'}};
    }
    case 'not-saved':
      if (event.exists) return {prompt: {...prompt, step: 'overwrite', job: undefined}};
      return {prompt: {...prompt, step: 'editing', job: undefined, problem: event.sentence}};
    default:
      return undefined;
  }
}

function clearAnswered(prompt: ClearPrompt, event: PromptEvent): Answered | undefined {
  switch (event.kind) {
    case 'measured':
      if (event.holdings.days > 0) return {prompt: {...prompt, step: 'asking', holdings: event.holdings}};
      return {prompt: undefined, message: {text: 'The cache holds no days of this account.', tone: 'plain'}};
    case 'cleared': {
      const {days, bytes} = event.holdings;
      const text = `Cleared ${formatNumber(days)} cached endpoint days (${heldLabel(bytes)}); the rows stay until you leave them.`;
      return {prompt: undefined, message: {text, tone: 'good'}};
    }
    default:
      return undefined;
  }
}
