import type {ApiError} from '../api/errors.ts';
import type {Directory} from './directory.ts';
import type {DirectoryList, DirectoryProgress} from './progress.ts';

/** How far a list is; `project_api_keys` stands for the lists of all projects. `failed` is by the single list's id. */
export type Standing = {
  asked: number;
  readonly answered: Set<string>;
  requests: number;
  items: number;
  readonly failed: Map<string, ApiError>;
};

/** Why names are missing; of several lists the first one's error, and which lists failed. */
export function failureOfLists({failed, asked}: Standing): ApiError | undefined {
  const [first] = failed.values();
  if (first === undefined || asked === 1) return first;
  const projects = [...failed.keys()].map(id => id.slice(id.indexOf(':') + 1));
  const shown = projects.length > 3 ? [...projects.slice(0, 3), '…'] : projects;
  return first.with({what: `${first.what} (for ${projects.length} of ${asked} projects: ${shown.join(', ')})`});
}

export function reportOfLists(list: DirectoryList, standing: Standing, known: Directory): DirectoryProgress {
  const {asked, answered, requests, items} = standing;
  const error = failureOfLists(standing);
  const isOver = asked === answered.size;
  return {
    kind: 'directory',
    list,
    state: !isOver ? 'fetching' : error ? (error.reason === 'stopped' ? 'stopped' : 'failed') : 'finished',
    items: items || remembered(list, known),
    requests,
    isCached: isOver && requests === 0,
    ...(error && {error}),
  };
}

function remembered(list: DirectoryList, known: Directory): number {
  if (list === 'users') return known.users.size;
  if (list === 'projects') return known.projects.size;
  return list === 'project_api_keys' ? known.keys.size : 0;
}
