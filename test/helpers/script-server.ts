import {createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse} from 'node:http';
import {listening} from './listening.ts';

export type Heard = {readonly path: string; readonly query: URLSearchParams; readonly headers: IncomingHttpHeaders};

export type ScriptServer = {
  /** A base URL, http://127.0.0.1:PORT/v1. */
  readonly url: string;
  readonly port: number;
  /** Every request, in the order they came. */
  readonly heard: readonly Heard[];
};

/** Answers a request; a value that is returned goes out as JSON with status 200, undefined says it has answered. */
export type Script = (request: Heard, response: ServerResponse, raw: IncomingMessage) => unknown;

/** A server on an ephemeral port that does what the script says, and goes with the test. */
export async function serveScript(script: Script): Promise<ScriptServer> {
  const heard: Heard[] = [];
  const server = createServer((raw, response) => {
    const {pathname: path, searchParams: query} = new URL(raw.url ?? '/', 'http://127.0.0.1');
    // The machine's clock is no part of a test; a script that wants one sends its own.
    response.sendDate = false;
    const request = {path, query, headers: raw.headers};
    heard.push(request);
    const answer = script(request, response, raw);
    if (answer !== undefined) sendJson(response, answer);
  });
  const port = await listening(server);
  return {url: `http://127.0.0.1:${port}/v1`, port, heard};
}

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(body));
}
