import {setMaxListeners} from 'node:events';
import {isIP} from 'node:net';
import {Agent, type Dispatcher, Pool, ProxyAgent, fetch as undiciFetch} from 'undici';
import {noTunnel, refusedTunnel} from '../api/proxy-error.ts';
import type {ProxyAddress} from '../options/proxy.ts';

/**
 * What `fetch` does through the proxy, by CONNECT: TLS reaches from us to the API, and the proxy reads nothing of it, the
 * key least of all. Without a proxy, the same going straight. For requests without a body.
 */
export function fetchThrough(proxy: ProxyAddress | undefined): (request: Request) => Promise<Response> {
  const waiting = new Waiting();
  const dispatcher = proxy === undefined ? new Agent() : agentFor(proxy, waiting);
  return async request => {
    const {url, method, headers, redirect, signal} = request;
    waiting.add(request);
    try {
      const answer = await undiciFetch(url, {method, headers: [...headers], redirect, signal, dispatcher});
      // Of Node's own kind, which is what `fetch` promises. A constructed one has no URL, and refuses a status beyond
      // 599 and a reason in other letters, which servers do send.
      const {ok, status, statusText} = answer;
      const response = new Response(answer.body, {headers: [...answer.headers]});
      return Object.defineProperties(response, {
        url: {value: answer.url},
        ok: {value: ok},
        status: {value: status},
        statusText: {value: statusText},
      });
    } finally {
      waiting.delete(request);
    }
  };
}

function agentFor(proxy: ProxyAddress, waiting: Waiting): Dispatcher {
  const {url, authorization} = proxy;
  const names = {...proxy, hasUser: authorization !== undefined};
  // An address is no name that a server could be asked for by (RFC 6066): Node warns of it on stderr.
  const isAddress = isIP(new URL(url).hostname.replace(/^\[|\]$/g, '')) !== 0;
  return new ProxyAgent({
    uri: url,
    ...(authorization !== undefined && {token: authorization}),
    clientFactory(origin, options) {
      const pool = new Pool(origin, options);
      const ask: (options: Dispatcher.ConnectOptions) => Promise<Dispatcher.ConnectData> = pool.connect.bind(pool);
      const connect = async (question: Dispatcher.ConnectOptions) => {
        let answer: Dispatcher.ConnectData;
        try {
          answer = await ask({...question, ...(isAddress && {servername: ''}), signal: waiting.signal});
        } catch (error) {
          throw noTunnel(names, error);
        }
        if (answer.statusCode === 200) return answer;
        answer.socket.on('error', () => {}).destroy();
        throw refusedTunnel(names, answer.statusCode, question.path);
      };
      return Object.assign(pool, {connect});
    },
  });
}

/**
 * The requests that wait for an answer. When none is left, the tunnels that are still being asked for are given up: a
 * proxy that hangs kept the program for five minutes. Being here also keeps a request from being collected, with which
 * its signal would go deaf.
 */
class Waiting {
  readonly #requests = new Set<Request>();
  #controller = new AbortController();

  constructor() {
    setMaxListeners(0, this.#controller.signal);
  }

  /** Aborted when nobody waits any more. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  add(request: Request): void {
    this.#requests.add(request);
  }

  delete(request: Request): void {
    this.#requests.delete(request);
    if (this.#requests.size > 0) return;
    this.#controller.abort();
    this.#controller = new AbortController();
    setMaxListeners(0, this.#controller.signal);
  }
}
