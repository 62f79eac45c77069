import {type Script, type ScriptServer, sendJson, serveScript} from './script-server.ts';

export type Organization = {
  /** Admin keys that are good. */
  readonly keys: string[];
  /** Ids; the first one's name and rows tell whose they are. */
  readonly projects: string[];
  readonly name: string;
};

export type Organizations = ScriptServer & {
  /** The paths that a key has asked for, below /v1/organization/. */
  askedBy(key: string): string[];
  /** What is answered instead, by path below /v1/organization/. */
  readonly instead: Map<string, Script>;
};

/** One server for several organizations, which knows them by their keys: a row of completions a day and project. */
export async function serveOrganizations(organizations: readonly Organization[]): Promise<Organizations> {
  const instead = new Map<string, Script>();
  const server = await serveScript((request, response, raw) => {
    const key = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const organization = organizations.find(({keys}) => keys.includes(key));
    if (organization === undefined) {
      return sendJson(response, {error: {message: `Incorrect API key provided: ${key}`}}, 401);
    }
    const path = belowOrganization(request.path);
    const other = instead.get(path);
    if (other !== undefined) return other(request, response, raw);
    if (path === 'projects') return listOf(organization.projects.map(id => ({id, name: `${organization.name} ${id}`})));
    if (path === 'usage/completions') return usageOf(organization, request.query);
    if (path.startsWith('usage/') || path === 'costs') return {data: [], has_more: false, next_page: null};
    return listOf([]);
  });
  return {
    ...server,
    instead,
    askedBy: key =>
      server.heard
        .filter(({headers}) => headers.authorization === `Bearer ${key}`)
        .map(({path}) => belowOrganization(path)),
  };
}

function belowOrganization(path: string): string {
  return path.replace('/v1/organization/', '');
}

function listOf(data: readonly object[]) {
  return {object: 'list', data, has_more: false, last_id: null};
}

function usageOf({projects, name}: Organization, query: URLSearchParams) {
  const data = [];
  for (let start = Number(query.get('start_time')); start < Number(query.get('end_time')); start += 86_400) {
    const results = projects.map(project_id => ({project_id, model: `model-of-${name}`, input_tokens: 7}));
    data.push({start_time: start, end_time: start + 86_400, results});
  }
  return {data, has_more: false, next_page: null};
}
