/**
 * A process: `node chain.js BASE_URL FIRST_DAY LAST_DAY OUTPUT`. What the program is compared with: the page it replaces.
 * Each endpoint is one chain of pages of the usual limit (7 days), all chains at the same time; then users, projects
 * and each project's keys, one request after another; then all rows as objects, named, through papaparse into a file.
 * Nothing is kept on disk, nothing is retried or checked: whatever the program does beyond that counts against it.
 */
import {writeFileSync} from 'node:fs';
import process from 'node:process';
import Papa from 'papaparse';
import {endpoints, pathOf} from '../../source/demo/catalogue.ts';
import {startOf} from '../../source/usage/days.ts';

type Fields = Record<string, unknown>;
type Result = Fields & {amount?: {value: unknown; currency: unknown}};
type Page = {data: {start_time: number; results: Result[]}[]; next_page: string | null};
type Person = {id: string; name: string | null; email: string | null};
type Owner = {user?: Person; service_account?: Person};
type List = {
  data: {id: string; name: string | null; email?: string | null; owner?: Owner}[];
  has_more: boolean;
  last_id: string;
};

const [baseUrl = '', first = '', last = '', output = ''] = process.argv.slice(2);
const span: [string, string][] = [
  ['start_time', String(startOf(Number(first)))],
  ['end_time', String(startOf(Number(last) + 1))],
];

async function get<Answer>(path: string, query: readonly (readonly [string, string])[]): Promise<Answer> {
  const search = new URLSearchParams(query.map(([name, value]) => [name, value]));
  const response = await fetch(`${baseUrl}${path}?${search}`, {headers: {authorization: 'Bearer sk-admin-benchmark'}});
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  const answer: Answer = JSON.parse(await response.text());
  return answer;
}

async function chainOf(endpoint: (typeof endpoints)[number]): Promise<Fields[]> {
  const grouping = endpoint.dimensions.map(dimension => ['group_by', dimension] as const);
  const rows: Fields[] = [];
  let cursor: string | null = null;
  do {
    const query = [...span, ['bucket_width', '1d'] as const, ...grouping];
    const page: Page = await get(pathOf(endpoint), cursor === null ? query : [...query, ['page', cursor] as const]);
    for (const {start_time, results} of page.data) {
      const date = new Date(start_time * 1000).toISOString().slice(0, 10);
      for (const {object: _, amount, ...fields} of results) {
        const row: Fields = {date, endpoint_type: endpoint.name, start_time, ...fields};
        rows.push(amount === undefined ? row : {...row, amount: amount.value, currency: amount.currency});
      }
    }
    cursor = page.next_page;
  } while (cursor !== null);
  return rows;
}

async function listOf(path: string, query: readonly (readonly [string, string])[]): Promise<List['data']> {
  const items: List['data'] = [];
  let after: [string, string][] = [];
  for (;;) {
    const list: List = await get(path, [...query, ['limit', '100'], ...after]);
    items.push(...list.data);
    if (!list.has_more) return items;
    after = [['after', list.last_id]];
  }
}

const rows = (await Promise.all(endpoints.map(chainOf))).flat();
const users = await listOf('/organization/users', []);
const projects = await listOf('/organization/projects', [['include_archived', 'true']]);
const keys: List['data'] = [];
for (const {id} of projects)
  keys.push(...(await listOf(`/organization/projects/${id}/api_keys`, [['owner_project_access', 'any']])));

const projectNames = new Map(projects.map(({id, name}) => [id, name]));
const keyNames = new Map(keys.map(({id, name}) => [id, name]));
const emails = new Map(users.map(({id, name, email}) => [id, email ?? name]));
// Who left and who is a service account is in no list of users, but owns keys.
for (const {owner} of keys) {
  const holder = owner?.service_account ?? owner?.user;
  if (holder !== undefined && !emails.has(holder.id)) emails.set(holder.id, holder.email || holder.name);
}
const columns = new Set<string>();
for (const row of rows) {
  row['project_name'] = projectNames.get(String(row['project_id'])) ?? row['project_id'];
  row['api_key_name'] = keyNames.get(String(row['api_key_id'])) ?? row['api_key_id'];
  row['user_email'] = emails.get(String(row['user_id'])) ?? row['user_id'];
  for (const name of Object.keys(row)) columns.add(name);
}
writeFileSync(output, Papa.unparse(rows, {columns: [...columns], newline: '\n'}));
