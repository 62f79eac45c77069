import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {setTimeout as sleep} from 'node:timers/promises';
import {endpoints, pathOf} from './catalogue.ts';
import {type Fault, faultPicker} from './faults.ts';
import {type ListName, listOf} from './lists.ts';
import {misbehave, type Send} from './misbehave.ts';
import {createOrganization} from './organization.ts';
import {type Page, pageOf} from './pages.ts';
import {Refusal} from './parameters.ts';
import {unit} from './random.ts';
import {type Books, booksOf} from './usage.ts';

export {type Fault, parseFaults} from './faults.ts';

export type DemoOptions = {
  /** The clock, in Unix milliseconds: nothing later than it is known. */
  readonly now: () => number;
  /** Multiplies the number of rows: 0.1 to 1000, default 1. */
  readonly scale?: number;
  readonly faults?: readonly Fault[];
  /** Default 0: any free one. */
  readonly port?: number;
  /** The shortest and the longest wait before an answer, in milliseconds; default 20 and 120. */
  readonly latency?: readonly [number, number];
  readonly seed?: number;
  /** Up to so many hours after its end a day's figures still grow; default 0: as soon as a minute has passed, they stay. */
  readonly late?: number;
  readonly onRequest?: (request: {method: string; path: string; query: URLSearchParams}) => void;
};

export type DemoServer = {
  /** The base URL, http://127.0.0.1:PORT/v1. */
  readonly url: string;
  /** The last ten thousand requests as `GET /v1/…`, oldest first. */
  readonly requests: readonly string[];
  close(): Promise<void>;
};

const mostRemembered = 10_000;

type Route = {readonly target: string; readonly page: (query: URLSearchParams, now: number) => Page};

/**
 * Starts the demo organization's API on loopback. The organization and its figures follow from seed, scale and day;
 * the clock only decides how much of today has passed, and how much of the last days is known yet. Throws a RangeError for a scale out of range, and what listening
 * throws for a port in use.
 */
export async function startDemoServer(options: DemoOptions): Promise<DemoServer> {
  const {now, scale = 1, faults = [], port = 0, latency = [20, 120], seed = 1, late = 0, onRequest} = options;
  if (!(scale >= 0.1 && scale <= 1000)) throw new RangeError(`The scale must be from 0.1 to 1000, not ${scale}.`);
  const books = booksOf(createOrganization(seed, scale), late);
  const faultFor = faultPicker(faults);
  const requests: string[] = [];
  let served = 0;

  const answer = async (request: IncomingMessage, response: ServerResponse, signal: AbortSignal): Promise<void> => {
    const {method = 'GET', url = '/', headers} = request;
    const {pathname: path, searchParams: query} = new URL(url, 'http://127.0.0.1');
    requests.push(`${method} ${url}`);
    if (requests.length > mostRemembered) requests.shift();
    onRequest?.({method, path, query});
    const send: Send = (status, type, body, more = {}) => sendBody(response, status, type, body, more);
    served += 1;
    const wait = latency[0] + unit(seed, served) * (latency[1] - latency[0]);
    if (wait > 0) await sleep(wait, undefined, {signal});
    try {
      const route = routeOf(books, method, path, headers.authorization);
      const page = route.page(query, Math.floor(now() / 1000));
      const fault = faultFor(route.target, page.number);
      if (fault === undefined) return send(200, 'application/json', page.text);
      const elsewhere = `http://localhost:${request.socket.localPort}${url}`;
      await misbehave(fault, page, response, send, elsewhere, signal);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(error.status, 'application/json', [error.body]);
    }
  };

  const server = createServer((request, response) => {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    request.resume();
    // The clock of the figures: Node would send the machine's.
    response.setHeader('date', new Date(now()).toUTCString());
    answer(request, response, gone.signal).catch(error => {
      // A client that went away needs no answer; anything else is a bug of the server, told the way the API tells it.
      if (gone.signal.aborted || response.headersSent) return void response.destroy();
      sendBody(response, 500, 'application/json', [new Refusal(500, String(error)).body], {});
    });
  });
  const listening = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
  return {
    url: `http://127.0.0.1:${listening}/v1`,
    requests,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function routeOf(books: Books, method: string, path: string, authorization: string | undefined): Route {
  if (!/^Bearer +\S/.test(authorization ?? '')) {
    const message = "You didn't provide an API key: send it in the Authorization header, as 'Bearer YOUR_KEY'.";
    throw new Refusal(401, message, null, 'invalid_api_key');
  }
  if (method !== 'GET') throw new Refusal(405, `Not allowed to ${method} on ${path}.`, null, 'method_not_supported');
  const below = path.replace(/^\/v1(?=\/)/, '');
  const endpoint = endpoints.find(each => pathOf(each) === below);
  if (endpoint !== undefined && below !== path) {
    return {target: endpoint.name, page: (query, now) => pageOf(books, endpoint, query, now)};
  }
  const list = listAt(below);
  if (list === undefined || below === path) throw new Refusal(404, `Invalid URL (GET ${path})`, null, 'unknown_url');
  const [name, projectId] = list;
  return {target: name, page: (query, now) => listOf(books.organization, name, projectId, query, now)};
}

function listAt(path: string): readonly [ListName, string?] | undefined {
  const [, name, projectId, own] = /^\/organization\/(\w+)(?:\/([^/]+)\/(\w+))?$/.exec(path) ?? [];
  if (projectId === undefined) {
    return name === 'users' || name === 'projects' || name === 'admin_api_keys' ? [name] : undefined;
  }
  if (name !== 'projects') return;
  if (own === 'api_keys') return ['project_api_keys', projectId];
  return own === 'service_accounts' ? ['service_accounts', projectId] : undefined;
}

function sendBody(
  response: ServerResponse,
  status: number,
  type: string,
  body: Iterable<string>,
  headers: Record<string, string>,
): void {
  response.writeHead(status, {'content-type': type, ...headers});
  // At scale 100 a month is hundreds of megabytes: it goes out as it is made, at the pace the client reads. The headers
  // are gone by then, so a client that leaves and a bug of ours both end the connection, which no client takes for data.
  pipeline(Readable.from(inPieces(body)), response).catch(() => response.destroy());
}

const pieceLength = 65_536;

/** The same text in pieces worth a write each: a day of minutes is 1,440 buckets. */
function* inPieces(body: Iterable<string>): Iterable<string> {
  let piece = '';
  for (const text of body) {
    piece += text;
    if (piece.length < pieceLength) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
