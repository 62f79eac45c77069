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
  const origin =
    new URL(options.baseUrl).origin + (options.proxy === undefined ? '' : ` through the proxy ${options.proxy}`);
  const {timeout} = options;

  const answerOf = async (response: Response, subject: string, asked: Asked, signal: AbortSignal) => {
    if (!response.ok) {
      // The status says enough: a refusal whose words are cut off or never end is that refusal all the same.
      const body = await readBody(response, {most: LARGEST_REFUSAL, timeout, signal}).catch(() => undefined);
      const text = body?.state === 'whole' ? body.text : '';
      throw failureOf({subject, asked, response, text, withoutKey: withoutKey.text});
    }
    const body = await readBody(response, {most: LARGEST_ANSWER, timeout, signal});
    if (body.state === 'late') throw tooLate(subject, `the answer of ${origin} was not at its end`, timeout, asked);
    if (body.state === 'large') throw tooLarge(subject, `the answer of ${origin}`, asked);
    try {
      return withoutKey.parse(body.text);
    } catch {
      throw unreadable(subject, `the server's answer (status ${response.status}) ${oddityOf(body.text)}`, asked);
    }
  };

  return {
    clockAhead: () => ahead,
    async get({subject, path, query}, signal) {
      const search = new URLSearchParams(query.map(([name, value]) => [name, value]));
      const asked: Asked = {method: 'GET', path: `/${path}`, query: search.toString()};
      let hasBegun = false;
      try {
        const response = await api.get(path, {searchParams: search, signal});
        hasBegun = true;
        return await answerOf(response, subject, asked, signal);
      } catch (error) {
        if (signal.aborted) throw stopped(subject);
        if (error instanceof ApiError) throw error;
        if (isTimeoutError(error)) throw tooLate(subject, `${origin} did not answer`, timeout, asked);
        if (!hasBegun && !isNetworkError(error) && !(error instanceof TypeError)) throw withoutKey.bug(error);
        throw connectionFailure({subject, asked, error, origin, hasBegun, withoutKey: withoutKey.text});
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
