import ky, {isNetworkError, isTimeoutError} from 'ky';
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

  return {
    clockAhead: () => ahead,
    async get({subject, path, query}, signal) {
      const search = new URLSearchParams(query.map(([name, value]) => [name, value]));
      const asked: Asked = {method: 'GET', path: `/${path}`, query: search.toString()};
      const pending = api.get(path, {searchParams: search, signal});
      let status: number | undefined;
      try {
        const text = await pending.text();
        const response = await pending;
        status = response.status;
        if (!response.ok) throw failureOf({subject, asked, response, text, withoutKey: withoutKey.text});
        return withoutKey.parse(text);
      } catch (error) {
        if (error instanceof ApiError) throw error;
        if (signal.aborted) throw stopped(subject);
        if (error instanceof SyntaxError) {
          throw unreadable(subject, `the server's answer (status ${status}) is not JSON, or was cut off`, asked);
        }
        throw connectionFailure({
          subject,
          asked,
          error,
          timeout: options.timeout,
          origin: new URL(options.baseUrl).origin,
        });
      }
    },
  };
}

type Broken = {subject: string; asked: Asked; error: unknown; timeout: number; origin: string};

function connectionFailure({subject, asked, error, timeout, origin}: Broken): ApiError {
  if (isTimeoutError(error)) {
    return new ApiError({
      reason: 'timeout',
      subject,
      what: `${origin} did not answer within ${timeout / 1000} s`,
      next: 'Try again, or allow more time with --timeout.',
      asked,
    });
  }
  const cause = deepestCause(error);
  if (!isNetworkError(error) && !(error instanceof TypeError)) throw error;
  return new ApiError({
    reason: 'network',
    subject,
    what: `no complete answer from ${origin} (${cause})`,
    next: 'Check the network and the base URL, then try again.',
    asked,
  });
}

/** `fetch failed` says nothing: what the system reported stands a few causes down. */
function deepestCause(error: unknown): string {
  let deepest = error;
  for (let depth = 0; depth < 8; depth++) {
    if (!(deepest instanceof Error) || !(deepest.cause instanceof Error)) break;
    deepest = deepest.cause;
  }
  if (!(deepest instanceof Error)) return 'unknown cause';
  const code = 'code' in deepest && typeof deepest.code === 'string' ? deepest.code : undefined;
  return deepest.message || code || deepest.name;
}
