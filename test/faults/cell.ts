import papaparse from 'papaparse';
import {ENDPOINTS, type EndpointName} from '../../source/api/endpoints.ts';
import {isoOf} from '../../source/usage/days.ts';
import {InstantClock} from '../helpers/manual-clock.ts';
import {type Result, runHere} from '../helpers/program.ts';
import type {Fault} from './catalogue.ts';
import {
  DAYS,
  figureOf,
  LISTS,
  type ListName,
  nameOf,
  type Organization,
  type Question,
  questionOf,
  RANGE,
  rowsOf,
  type Target,
} from './organization.ts';

export type Place = 'first request' | 'later page';

export type Cell = {
  readonly fault: Fault;
  readonly target: Target;
  readonly place: Place;
  /** Once, or whenever it is asked. */
  readonly often: 'once' | 'always';
};

export const isList = (target: Target): target is ListName => LISTS.some(name => name === target);

/** Whom a fault of the target must not touch, asked at the same time. */
export function endpointsOf({target}: Pick<Cell, 'target'>): readonly EndpointName[] {
  if (isList(target)) return ['completions', 'costs'];
  return target === 'completions' ? [target, 'costs'] : ['completions', target];
}

/** Runs a cell through the whole product, with a clock on which waiting takes no time. */
export async function runCell(
  organization: Organization,
  cell: Cell,
  folder: string,
  onHit = () => {},
): Promise<Result> {
  const {fault, target, place, often} = cell;
  let left = often === 'once' ? 1 : Number.POSITIVE_INFINITY;
  const isHit = (question: Question) => {
    if (question.target !== target || question.page < (place === 'later page' ? 2 : 1) || left-- <= 0) return false;
    onHit();
    return true;
  };
  const {does} = fault;
  const baseUrl = organization.open(question => (typeof does === 'function' && isHit(question) ? does : undefined));
  const clock = new InstantClock();
  const fetchHere: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const question = questionOf(url);
    if (typeof does === 'function' || question === undefined || !isHit(question)) return fetch(input, init);
    if ('throws' in does) throw does.throws();
    const {origin, through = fetch} = does;
    return through(new Request(origin + url.pathname + url.search, request));
  };
  const argv = ['export', ...RANGE, '--output', '-', '--all-columns', '--timeout', '1'];
  const environment = {OPENAI_ADMIN_KEY: 'sk-admin-0123456789abcdef'};
  return runHere(
    [...argv, '--base-url', baseUrl, '--endpoints', endpointsOf(cell).join(',')],
    {folder, environment},
    {now: clock.now, sleep: clock.sleep, random: () => 0.5, fetch: fetchHere},
  );
}

type Row = {readonly date: string; readonly endpoint: string; readonly figure: string; readonly names: string};

/** The rows of an export, as far as they matter: the figure is the value of whichever metric has one. */
export function rowsIn(csv: string): Row[] {
  const [header = [], ...lines] = papaparse.parse<string[]>(csv, {skipEmptyLines: true}).data;
  return lines.map(line => {
    const cell = (name: string) => line[header.indexOf(name)] ?? '';
    const endpoint = cell('endpoint_type');
    const metric = endpoint === 'costs' ? 'amount' : (ENDPOINTS.find(({name}) => name === endpoint)?.metrics[0] ?? '');
    const names = [cell('project_name'), cell('user_email'), cell('api_key_name')].join(' ').trim();
    return {date: cell('date'), endpoint, figure: cell(metric), names};
  });
}

/** What the rows must be where these endpoints came, and that list of names did not. */
export function rightRows(endpoints: readonly EndpointName[], missing?: Target): Row[] {
  const known: Record<string, ListName> = {project_id: 'projects', user_id: 'users', api_key_id: 'project_api_keys'};
  return DAYS.flatMap((day, at) =>
    ENDPOINTS.filter(({name}) => endpoints.includes(name)).flatMap(endpoint =>
      rowsOf(endpoint, at + 1).map((row, index) => {
        const names = ['project_id', 'user_id', 'api_key_id'].map(field => {
          const id = row[field];
          if (typeof id !== 'string') return '';
          return (id.startsWith('s') ? 'service_accounts' : known[field]) === missing ? id : nameOf(id);
        });
        const figure = String(figureOf(endpoint, at + 1, index));
        return {date: isoOf(day), endpoint: endpoint.name, figure, names: names.join(' ').trim()};
      }),
    ),
  );
}
