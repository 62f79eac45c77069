import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {afterAll} from 'vitest';
import {ENDPOINTS, type Endpoint, type EndpointName} from '../../source/api/endpoints.ts';
import {startOf} from '../../source/usage/days.ts';
import {listening} from '../helpers/listening.ts';
import {sendJson} from '../helpers/script-server.ts';
import {day} from '../usage/fetching.ts';

/** What is asked for in every cell: three days, each a page of its own. */
export const DAYS = [day('2026-11-01'), day('2026-11-02'), day('2026-11-03')] as const;
export const RANGE = ['--start', '2026-11-01', '--end', '2026-11-03'] as const;

export const LISTS = ['users', 'projects', 'admin_api_keys', 'project_api_keys', 'service_accounts'] as const;
export type ListName = (typeof LISTS)[number];
export type Target = EndpointName | ListName;

/** A page before it is spoiled, as loose as what faults make of it. */
export type Page = {[field: string]: unknown; data: Record<string, unknown>[]};

/** A request that came, and the page that is its right answer; pages are counted from 1. */
export type Question = {readonly target: Target; readonly page: number; readonly right: Page};

/** A user whom only the list of service accounts names, and keys that stand on either page of their lists. */
const names = {
  users: ['u1', 'u2'],
  projects: ['p1', 'p2'],
  admin_api_keys: ['k8', 'k9'],
  project_api_keys: ['k1', 'k2'],
  service_accounts: ['s1', 's2'],
} as const satisfies Record<ListName, readonly string[]>;

/** The name of an id, as the export shows it. */
export const nameOf = (id: string): string => (id === 'u1' || id === 'u2' ? `${id}@example.com` : `Name ${id}`);

/** Every row of an endpoint: the figure tells endpoint, day and project, so that none can stand for another. */
export function rowsOf(endpoint: Endpoint, at: number): Record<string, unknown>[] {
  return ['p1', 'p2'].map((project_id, index) => {
    const who: Record<string, string> = {project_id, user_id: index === 0 ? 'u2' : 's2', api_key_id: `k${index + 1}`};
    const dimensions = endpoint.groupings.map(name => [name, who[name] ?? null]);
    return {object: 'result', ...Object.fromEntries(dimensions), ...figure(endpoint, figureOf(endpoint, at, index))};
  });
}

export function figureOf(endpoint: Endpoint, at: number, index: number): number {
  return 1000 * (1 + ENDPOINTS.indexOf(endpoint)) + 10 * at + index;
}

/** Whatever stands where an endpoint has its first figure. */
export function figure({name, metrics}: Endpoint, value: unknown): Record<string, unknown> {
  return name === 'costs' ? {amount: {value, currency: 'usd'}} : {[metrics[0] ?? '']: value};
}

/** Which page of what is asked for by a path and its query; undefined for any other address. */
export function questionOf({pathname, searchParams}: URL): Question | undefined {
  const [, below = ''] = /\/v1\/organization\/(.+)$/.exec(pathname) ?? [];
  const endpoint = ENDPOINTS.find(({path}) => path === `organization/${below}`);
  if (endpoint !== undefined) return pageOf(endpoint, Number(searchParams.get('page')?.slice(1) ?? 1));
  const [, project = '', list = ''] = /^projects\/(p\d)\/(\w+)$/.exec(below) ?? ['', '', below];
  const target = LISTS.find(name => name === (project && list === 'api_keys' ? 'project_api_keys' : list));
  return target && listOf(target, project, searchParams.get('after'));
}

function pageOf(endpoint: Endpoint, page: number): Question {
  const start = startOf(DAYS[page - 1] ?? 0);
  const bucket = {object: 'bucket', start_time: start, end_time: start + 86_400, results: rowsOf(endpoint, page)};
  const hasMore = page < DAYS.length;
  const right = {object: 'page', data: [bucket], has_more: hasMore, next_page: hasMore ? `c${page + 1}` : null};
  return {target: endpoint.name, page, right};
}

function listOf(target: ListName, project: string, after: string | null): Question {
  // Only the second project has service accounts, and each project has keys of its own.
  const ids: readonly string[] = names[target];
  const own = target === 'service_accounts' && project === 'p1' ? [] : ids;
  const at = after === null ? 0 : own.indexOf(after) + 1;
  const id = own[at];
  const person = {email: `${id}@example.com`};
  const data = id === undefined ? [] : [{object: 'item', id, name: `Name ${id}`, ...(target === 'users' && person)}];
  const right = {object: 'list', data, has_more: at + 1 < own.length, last_id: id ?? null};
  return {target, page: at + 1, right};
}

export type Answer = (question: Question, response: ServerResponse, raw: IncomingMessage) => void;

export type Organization = {
  /** A base URL of one's own, whose answers are these; undefined answers rightly. */
  readonly open: (answer: (question: Question) => Answer | undefined) => string;
  readonly port: number;
};

/** The organization on one server for a whole file: a thousand cells need no thousand servers. */
export async function serveOrganization(): Promise<Organization> {
  const cells: ((question: Question) => Answer | undefined)[] = [];
  const server = createServer((raw, response) => {
    const url = new URL(raw.url ?? '/', 'http://127.0.0.1');
    // The machine's clock is no part of a test.
    response.sendDate = false;
    const question = questionOf(url);
    if (question === undefined) return sendJson(response, {}, 404);
    const answer = cells[Number(url.pathname.split('/')[1])]?.(question);
    if (answer === undefined) sendJson(response, question.right);
    else answer(question, response, raw);
  });
  const port = await listening(server, afterAll);
  return {port, open: answer => `http://127.0.0.1:${port}/${cells.push(answer) - 1}/v1`};
}
