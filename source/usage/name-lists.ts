import {brief} from '../api/brief.ts';
import type {ApiError} from '../api/errors.ts';
import type {Directory} from './directory.ts';
import type {DirectoryList, DirectoryProgress} from './progress.ts';

/** How far a list is; `project_api_keys` stands for the lists of all projects. `failed` is by the single list's id. */
export type Standing = {
  readonly asked: Set<string>;
  readonly answered: Set<string>;
  requests: number;
  items: number;
  readonly failed: Map<string, ApiError>;
};

/** Why names are missing; of several lists the first one's error, and which lists failed. */
export function failureOfLists({failed, asked}: Standing): ApiError | undefined {
  const [first] = failed.values();
  if (first === undefined || asked.size === 1) return first;
  const projects = projectsOf(failed.keys());
  const shown = [...projects.slice(0, 3).map(id => brief(id)), ...(projects.length > 3 ? ['…'] : [])];
  const all = projectsOf(asked).length;
  return first.with({what: `${first.what} (for ${projects.length} of ${all} projects: ${shown.join(', ')})`});
}

/** A project has two lists, of keys and of service accounts. */
function projectsOf(lists: Iterable<string>): string[] {
  return [...new Set([...lists].map(id => id.slice(id.indexOf(':') + 1)))];
}

export function reportOfLists(list: DirectoryList, standing: Standing, known: Directory): DirectoryProgress {
  const {asked, answered, requests, items} = standing;
  const error = failureOfLists(standing);
  const isOver = asked.size === answered.size;
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
