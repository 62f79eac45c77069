import type {Holdings} from '../../usage/connection.ts';
import type {ExportKind} from '../contract.ts';
import type {Action} from '../keymap.ts';
import type {TypedPrompt} from './typed-prompt.ts';

/** Work that a question started; late answers of an earlier one are dropped by `id`. */
type PromptJob = {readonly id: number; readonly isStopping: boolean};

export type ExportPrompt = {
  readonly kind: 'export';
  readonly step: 'editing' | 'overwrite' | 'writing';
  /** Which rows: all, those the filters left, or the summary. */
  readonly what: ExportKind;
  readonly path: string;
  /** The paths proposed for all rows and for those shown, where these are not all. */
  readonly proposals: {readonly rows: string; readonly filtered: string} | undefined;
  /** The path is the proposal, and nothing has been typed. */
  readonly isProposed: boolean;
  readonly force: boolean;
  readonly job: PromptJob | undefined;
  readonly rowsDone: number;
  readonly problem: string | undefined;
};

export type ClearPrompt = {
  readonly kind: 'clear';
  readonly step: 'measuring' | 'asking' | 'clearing';
  readonly job: PromptJob;
  readonly holdings: Holdings | undefined;
};

/** What the Results screen asks. */
export type Prompt = ExportPrompt | ClearPrompt | TypedPrompt;

/** Whether the prompt is one of `/` and `f`, which say at once what they do. */
export function isTyped(prompt: Prompt | undefined): prompt is TypedPrompt {
  return prompt?.kind === 'search' || prompt?.kind === 'filter';
}

/** The question for a path. With `proposals`, Tab chooses between all rows and those shown. */
export function startExport(
  what: ExportKind,
  path: string,
  proposals?: {readonly rows: string; readonly filtered: string},
): ExportPrompt {
  return {
    kind: 'export',
    step: 'editing',
    what,
    path,
    proposals,
    isProposed: true,
    force: false,
    job: undefined,
    rowsDone: 0,
    problem: undefined,
  };
}

export function startClear(id: number): ClearPrompt {
  return {kind: 'clear', step: 'measuring', job: {id, isStopping: false}, holdings: undefined};
}

/** The prompt after an action; undefined when it closes. `nextId` names the work that begins. */
export function actOnPrompt(
  prompt: ExportPrompt | ClearPrompt,
  action: Action,
  nextId: number,
): ExportPrompt | ClearPrompt | undefined {
  return prompt.kind === 'export' ? actOnExport(prompt, action, nextId) : actOnClear(prompt, action, nextId);
}

function actOnExport(prompt: ExportPrompt, action: Action, nextId: number): ExportPrompt | undefined {
  const write = (force: boolean): ExportPrompt => ({
    ...prompt,
    step: 'writing',
    isProposed: false,
    force,
    job: {id: nextId, isStopping: false},
    rowsDone: 0,
    problem: undefined,
  });
  switch (prompt.step) {
    case 'editing':
      if (action === 'leave') return undefined;
      if (action === 'toggle') return otherRows(prompt);
      if (action !== 'accept') return prompt;
      return prompt.path.trim() === '' ? {...prompt, problem: 'Type the path of a file.'} : write(false);
    case 'overwrite':
      if (action === 'confirm') return write(true);
      return action === 'decline' ? {...prompt, step: 'editing'} : prompt;
    case 'writing':
      return action === 'leave' && prompt.job ? {...prompt, job: {...prompt.job, isStopping: true}} : prompt;
  }
}

/** All rows instead of those shown, or the other way round; a path that was typed stays. */
function otherRows(prompt: ExportPrompt): ExportPrompt {
  const {proposals, what, isProposed, path} = prompt;
  if (!proposals) return prompt;
  const other = what === 'rows' ? 'filtered' : 'rows';
  return {...prompt, what: other, path: isProposed ? proposals[other] : path};
}

function actOnClear(prompt: ClearPrompt, action: Action, nextId: number): ClearPrompt | undefined {
  switch (prompt.step) {
    case 'measuring':
      return action === 'leave' ? undefined : prompt;
    case 'asking':
      if (action === 'decline') return undefined;
      return action === 'confirm' ? {...prompt, step: 'clearing', job: {id: nextId, isStopping: false}} : prompt;
    case 'clearing':
      // What is being cleared is cleared: there is no way back, and it takes a moment only.
      return prompt;
  }
}
