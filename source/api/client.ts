import ky, {isNetworkError, isTimeoutError} from 'ky';
import {LARGEST_ANSWER, LARGEST_REFUSAL, readBody} from './body.ts';
import {connectionFailure} from './connection-failures.ts';
import {ApiError, type Asked, stopped, unreadable} from './errors.ts';
import {failureOf} from './refusals.ts';
import {cleanerOf} from './without-key.ts';

export type ApiRequest = {
  /** The endpoint or list, for messages. */
  readonly subject: string;
  /** Below the base URL, without a leading slash. */
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
};

/** One attempt: the parsed JSON of a 2xx answer, or an ApiError. Retries and waiting are the pace's business. */
export type Client = {
  get(request: ApiRequest, signal: AbortSignal): Promise<unknown>;
  /**
   * Milliseconds by which our clock is ahead of the server's (negative: behind), by the `Date` of its latest answer,
   * which is cut to the second; undefined before there was one.
   */
  clockAhead(): number | undefined;
};

export type ClientOptions = {
  readonly baseUrl: string;
  readonly key: string;
  readonly organization: string | undefined;
  /** Milliseconds for the headers, and the same again for the body. */
  readonly timeout: number;
  readonly fetch: typeof fetch;
  /** Host and port of the proxy that `fetch` goes through, for messages. */
  readonly proxy?: string | undefined;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly userAgent: string;
};

type Call = {readonly subject: string; readonly asked: Asked; readonly signal: AbortSignal};

/**
 * The Admin API over HTTP. ky makes one attempt and follows no redirect, so that the key goes to no other origin;
 * `prefix` and not `baseUrl`, which would drop the `/v1`. Throws a TypeError for a key that no header can carry: what
 * fetch says of one holds the key.
 */
export function createClient(options: ClientOptions): Client {
  if (!/^[\x20-\x7e]*$/.test(options.key))
    throw new TypeError('The admin key holds a character that no header carries');
  let ahead: number | undefined;
  const api = ky.create({
    prefix: options.baseUrl,
    // Headers are read as they come: a body that drips for half a minute would make our clock that much faster.
    fetch: async (input, init) => {
      const response = await options.fetch(input, init);
      const served = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(served)) ahead = options.now() - served;
      return response;
    },
    retry: 0,
    redirect: 'manual',
    throwHttpErrors: false,
    timeout: options.timeout,
    headers: {
      authorization: `Bearer ${options.key}`,
      accept: 'application/json',
      'user-agent': options.userAgent,
      ...(options.organization && {'openai-organization': options.organization}),
    },
  });
  const withoutKey = cleanerOf(options.key);
  const through = options.proxy === undefined ? '' : ` through the proxy ${options.proxy}`;
  // Some put a key into an address, where it has no business.
  const origin = withoutKey.text(new URL(options.baseUrl).origin + through);
  const {timeout} = options;

  /** What comes over the connection; what keeps it from coming is the failure that says so. */
  const received = async <Got>(work: Promise<Got>, hasBegun: boolean, {subject, asked, signal}: Call): Promise<Got> => {
    try {
      return await work;
    } catch (error) {
      if (signal.aborted) throw stopped(subject);
      if (isTimeoutError(error)) throw tooLate(subject, `${origin} did not answer`, timeout, asked);
      if (!hasBegun && !isNetworkError(error) && !(error instanceof TypeError)) throw error;
      throw connectionFailure({subject, asked, error, origin, hasBegun, withoutKey: withoutKey.text});
    }
  };

  const answerOf = async (response: Response, call: Call) => {
    const {subject, asked, signal} = call;
    if (!response.ok) {
      // The status says enough: a refusal whose words are cut off or never end is that refusal all the same.
      const body = await readBody(response, {most: LARGEST_REFUSAL, timeout, signal}).catch(() => undefined);
      if (signal.aborted) throw stopped(subject);
      const text = body?.state === 'whole' ? body.text : '';
      throw failureOf({subject, asked, response, text, withoutKey: withoutKey.text});
    }
    const body = await received(readBody(response, {most: LARGEST_ANSWER, timeout, signal}), true, call);
    if (body.state === 'late') throw tooLate(subject, `the answer of ${origin} was not at its end`, timeout, asked);
    if (body.state === 'large') throw tooLarge(subject, `the answer of ${origin}`, asked);
    try {
      return withoutKey.parse(body.text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw unreadable(subject, `the server's answer (status ${response.status}) ${oddityOf(body.text)}`, asked);
    }
  };

  return {
    clockAhead: () => ahead,
    async get({subject, path, query}, signal) {
      const search = new URLSearchParams(query.map(([name, value]) => [name, value]));
      const call: Call = {subject, signal, asked: {method: 'GET', path: `/${path}`, query: search.toString()}};
      try {
        return await answerOf(await received(api.get(path, {searchParams: search, signal}), false, call), call);
      } catch (error) {
        throw error instanceof ApiError ? error : withoutKey.bug(error);
      }
    },
  };
}

function tooLate(subject: string, what: string, timeout: number, asked: Asked): ApiError {
  return new ApiError({
    reason: 'timeout',
    subject,
    what: `${what} within ${timeout / 1000} s`,
    next: 'Try again, or allow more time with --timeout.',
    asked,
  });
}

function tooLarge(subject: string, answer: string, asked: Asked): ApiError {
  return new ApiError({
    reason: 'too-large',
    subject,
    what: `${answer} is larger than ${LARGEST_ANSWER / 2 ** 20} MiB`,
    next: 'Check the base URL; if it is right, ask for fewer days or projects at a time.',
    asked,
  });
}

/** What an answer is that is no JSON: the page of a proxy or of a network that wants a sign-in is a cause of its own. */
function oddityOf(text: string): string {
  if (text.trim() === '') return 'is empty';
  return /^\s*<(!doctype|html|\?xml)/i.test(text) ? 'is a web page (HTML), not JSON' : 'is not JSON, or was cut off';
}
