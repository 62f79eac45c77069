import type {BucketWidth, Endpoint, EndpointName, FilterName} from '../api/endpoints.ts';
import type {Range} from './days.ts';

/** What the user narrows the figures to, asked of the server; an empty list asks for everything. */
export type Filters = {
  readonly projects: readonly string[];
  readonly apiKeys: readonly string[];
  readonly users: readonly string[];
  readonly models: readonly string[];
};

export const NO_FILTERS: Filters = {projects: [], apiKeys: [], users: [], models: []};

/** One question: these endpoints, these days, this width, these filters. */
export type Query = {
  readonly endpoints: readonly EndpointName[];
  readonly range: Range;
  readonly width: BucketWidth;
  readonly filters: Filters;
};

const parameters: readonly (readonly [keyof Filters, FilterName])[] = [
  ['projects', 'project_ids'],
  ['apiKeys', 'api_key_ids'],
  ['users', 'user_ids'],
  ['models', 'models'],
];

/** The filters as query parameters, in a fixed order and sorted, so that they can be part of a cache key. */
export function filterParameters(filters: Filters): readonly (readonly [FilterName, string])[] {
  return parameters.flatMap(([name, parameter]) =>
    [...new Set(filters[name])].sort().map(value => [parameter, value] as const),
  );
}

/**
 * Whether the endpoint knows every filter that is set. One that doesn't has no rows that match: its rows carry no such
 * column (vector stores know no users, costs no models), so asking without the filter would add somebody else's figures.
 */
export function canFilter(endpoint: Endpoint, filters: Filters): boolean {
  return parameters.every(([name, parameter]) => filters[name].length === 0 || endpoint.filters.includes(parameter));
}
