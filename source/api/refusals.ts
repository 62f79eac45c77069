import * as z from 'zod/mini';
import {ApiError, type Asked, type FailureReason} from './errors.ts';

/** As the API has it, and as gateways do. */
const errorBody = z.object({error: z.union([z.string(), z.object({message: z.string()})])});

type Refused = {
  subject: string;
  asked: Asked;
  response: Response;
  text: string;
  /** Takes the admin key out of whatever the server says. */
  withoutKey: (text: string) => string;
};

/** An answer with a status other than 2xx, as the error that says what to do about it. */
export function failureOf({subject, asked, response, text, withoutKey}: Refused): ApiError {
  const {status} = response;
  const words = serverWords(text, withoutKey);
  const retryAfter = status === 429 ? readRetryAfter(response.headers) : undefined;
  const {reason, next} = meaningOf(status, asked, retryAfter);
  const target = response.headers.get('location');
  const location = status >= 300 && status < 400 && target ? ` and points to ${originOf(target, response.url)}` : '';
  return new ApiError({
    reason,
    subject,
    what: withoutKey(`the server answered ${oneLine(`${status} ${response.statusText}`)}${location}${words}`),
    next,
    asked,
    status,
    ...(retryAfter !== undefined && {retryAfter}),
  });
}

function meaningOf(
  status: number,
  {path}: Asked,
  retryAfter: number | undefined,
): {reason: FailureReason; next: string} {
  if (status === 401) {
    return {
      reason: 'unauthorized',
      next: 'Check the key: it has to be an admin key, which an organization owner makes under Settings → Organization → Admin keys.',
    };
  }
  if (status === 403) {
    return {reason: 'forbidden', next: 'The key may not read this: use an admin key with permission to read usage.'};
  }
  if (status === 404) {
    const isOfProject = path.startsWith('/organization/projects/');
    return {
      reason: 'not-found',
      next: isOfProject ? 'It may have been deleted.' : 'Check the base URL: it usually ends in /v1.',
    };
  }
  if (status === 429) {
    const wait = retryAfter === undefined || retryAfter < 120_000 ? undefined : waitLabel(retryAfter);
    const next =
      wait === undefined ? 'Wait a few minutes, then try again.' : `It asks to wait ${wait}: try again then.`;
    return {reason: 'rate-limited', next};
  }
  if (status === 408 || status >= 500) return {reason: 'server', next: 'Try again in a few minutes.'};
  if (status === 304) {
    return {
      reason: 'rejected',
      next: 'Something with a cache answers in the place of the API: check base URL and proxy.',
    };
  }
  if (status >= 300 && status < 400) {
    return {
      reason: 'redirect',
      next: 'Redirects are not followed, so that the key goes nowhere else: set the base URL.',
    };
  }
  return {reason: 'rejected', next: 'The question was not understood: check filters, dates and the base URL.'};
}

function serverWords(text: string, withoutKey: (text: string) => string): string {
  try {
    return errorWords(JSON.parse(text), withoutKey);
  } catch {
    // Not JSON: a proxy's page. Its status says enough.
    return '';
  }
}

/**
 * The server's own words of an error, on one line and not too long; empty where there are none: markup says nothing to a
 * person. The key goes once they are read (JSON can spell it with escapes) and before they are cut (half a key is too much).
 */
export function errorWords(json: unknown, withoutKey: (text: string) => string = text => text): string {
  const error = errorBody.safeParse(json).data?.error;
  const message = typeof error === 'string' ? error : error?.message;
  if (message === undefined || message.trim() === '') return '';
  const line = oneLine(withoutKey(message.slice(0, 4000))).replace(/\.$/, '');
  return `: “${line.length > 200 ? `${line.slice(0, 200)}…` : line}”`;
}

/** Without line breaks, and without characters that move a terminal's cursor or turn its text round. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}

function originOf(location: string, base: string): string {
  try {
    const {origin, protocol} = new URL(location, base);
    return origin === 'null' ? `an address of ${protocol}` : origin;
  } catch {
    return 'another place';
  }
}

/** `12 minutes`, `3 hours`, and no more than a year of days: what is said to a person of a long wait (ms). */
function waitLabel(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 2 * 3600) return `${Math.ceil(seconds / 60)} minutes`;
  if (seconds < 2 * 86_400) return `${Math.ceil(seconds / 3600)} hours`;
  const days = Math.ceil(seconds / 86_400);
  return days <= 365 ? `${days} days` : 'more than a year';
}

/** The three forms of RFC 9110, 5.6.7. Date.parse alone would make a date of `next 2099` or `-5`. */
const HTTP_DATE =
  /^[A-Z][a-z]{2,8},? (?:\d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT|\d{2}-[A-Z][a-z]{2}-\d{2} [\d:]{8} GMT|[A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4})$/;

/**
 * Milliseconds the `Retry-After` header asks for: seconds or an HTTP date (RFC 9110, 10.2.3). Undefined where it is
 * absent or senseless; a date is measured against the server's own `Date`, so that our clock may be wrong.
 */
export function readRetryAfter(headers: Headers): number | undefined {
  const text = headers.get('retry-after')?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (!HTTP_DATE.test(text)) return undefined;
  // The third form names no zone, and is GMT like the others.
  const until = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  const served = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(until) || Number.isNaN(served) ? undefined : Math.max(0, until - served);
}
