/**
 * A process: `node server.js NOW` (Unix seconds). The demo organization's pages as the demo server makes them, but each
 * made once and kept: from the second time on a page costs a look-up and the delay, so that only the client is measured.
 * Prints its base URL; ends with its standard input, and so with whoever started it. `GET /benchmark?delay=200&gap=0`
 * sets the delay of an answer and the gap from one answer to the next (milliseconds), and answers with the requests
 * counted since it was last asked: `{"usage": 583, "lists": 14}`.
 */
import {createServer, type ServerResponse} from 'node:http';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {endpoints, pathOf} from '../../source/demo/catalogue.ts';
import {listOf} from '../../source/demo/lists.ts';
import {createOrganization} from '../../source/demo/organization.ts';
import {pageOf} from '../../source/demo/pages.ts';
import {Refusal} from '../../source/demo/parameters.ts';
import {booksOf} from '../../source/demo/usage.ts';

const now = Number(process.argv[2]);
const books = booksOf(createOrganization(1, 1));
const kept = new Map<string, Buffer>();
let delay = 0;
let gap = 0;
let nextTurn = 0;
let counted = {usage: 0, lists: 0};

const server = createServer((request, response) => {
  answer(request.url ?? '/', response).catch(error => {
    const [status, body] = error instanceof Refusal ? [error.status, error.body] : [500, String(error)];
    if (!response.headersSent) send(response, status, Buffer.from(body));
  });
});

async function answer(url: string, response: ServerResponse): Promise<void> {
  const {pathname, searchParams: query} = new URL(url, 'http://127.0.0.1');
  if (pathname === '/benchmark') {
    send(response, 200, Buffer.from(JSON.stringify(counted)));
    counted = {usage: 0, lists: 0};
    delay = Number(query.get('delay'));
    gap = Number(query.get('gap'));
    return;
  }
  const path = pathname.replace(/^\/v1/, '');
  counted[endpoints.some(each => pathOf(each) === path) ? 'usage' : 'lists']++;
  const asked = performance.now();
  const turn = Math.max(asked + delay, nextTurn);
  if (gap > 0) nextTurn = turn + gap;
  if (turn > asked) await sleep(turn - asked);
  let body = kept.get(url);
  if (body === undefined) {
    body = Buffer.from([...pageAt(path, query)].join(''));
    kept.set(url, body);
  }
  send(response, 200, body);
}

function pageAt(path: string, query: URLSearchParams): Iterable<string> {
  const endpoint = endpoints.find(each => pathOf(each) === path);
  if (endpoint !== undefined) return pageOf(books, endpoint, query, now).text;
  const {organization} = books;
  if (path === '/organization/users') return listOf(organization, 'users', undefined, query, now).text;
  if (path === '/organization/projects') return listOf(organization, 'projects', undefined, query, now).text;
  if (path === '/organization/admin_api_keys')
    return listOf(organization, 'admin_api_keys', undefined, query, now).text;
  const project = /^\/organization\/projects\/([^/]+)\/api_keys$/.exec(path)?.[1];
  if (project === undefined) throw new Refusal(404, `Invalid URL (GET ${path})`, null, 'unknown_url');
  return listOf(organization, 'project_api_keys', project, query, now).text;
}

function send(response: ServerResponse, status: number, body: Buffer): void {
  response.writeHead(status, {'content-type': 'application/json', 'content-length': body.length});
  response.end(body);
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.stdout.write(`http://127.0.0.1:${address?.port}/v1\n`);
});
process.stdin.resume().once('end', () => process.exit());
