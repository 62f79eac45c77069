import type {ApiError} from '../api/errors.ts';

/** Retries after the first attempt; waiting out a 429 does not count. */
export const RETRIES = 5;

/** A server that wants us to wait longer than this (ms) fails the endpoint: nobody watches a bar for so long. */
export const LONGEST_RETRY_AFTER = 5 * 60_000;

/**
 * Refusals (429) in a row after which an endpoint is given up, and all of them where none is answered: one to three
 * minutes where the server names no time.
 */
export const REFUSALS = 8;

const longestBackoff = 60_000;

/** Milliseconds to wait before attempt `n` (1 = first retry): 1 s doubling to a minute, with full jitter. */
export function backoff(attempt: number, random: () => number): number {
  return random() * Math.min(longestBackoff, 1000 * 2 ** (attempt - 1));
}

/** Whether the same request may go well the next time: never 400, 401, 403, 404, redirects or broken chains. */
export function isPassing(error: ApiError): boolean {
  return ['server', 'network', 'timeout', 'unreadable'].includes(error.reason);
}
