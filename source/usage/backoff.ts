import type {ApiError} from '../api/errors.ts';

/** A server that wants us to wait longer than this (ms) fails the endpoint: nobody watches a bar for so long. */
export const LONGEST_RETRY_AFTER = 5 * 60_000;

/** How often an endpoint has been refused (429) in a row, and since when (Unix milliseconds). */
export type Refusals = {readonly count: number; readonly since: number};

/**
 * Whether waiting longer is no use: refused nine times in a row and for a minute, or for ten minutes however seldom.
 * Waiting out a limit costs nothing, but a limit that never lets anything through is an error that has to be said.
 */
export function isHopeless({count, since}: Refusals, now: number): boolean {
  const lasted = now - since;
  return (count > 8 && lasted >= 60_000) || lasted > 10 * 60_000;
}

const longestBackoff = 60_000;

/** Milliseconds to wait before attempt `n` (1 = first retry): 1 s doubling to a minute, with full jitter. */
export function backoff(attempt: number, random: () => number): number {
  return random() * Math.min(longestBackoff, 1000 * 2 ** (attempt - 1));
}

/**
 * Retries after the first attempt; waiting out a 429 does not count. None where the same request cannot go well the next
 * time: 400, 401, 403, 404, redirects, broken chains, certificates. A host that is not found may be a network that is
 * only just waking up, but is mostly a typing mistake that somebody waits to hear of.
 */
export function retriesFor({reason}: ApiError): number {
  if (['server', 'network', 'timeout', 'unreadable'].includes(reason)) return 5;
  return reason === 'address' ? 2 : 0;
}
