import {type Client, createClient} from '../api/client.ts';
import {findEndpoint} from '../api/endpoints.ts';
import {ApiError} from '../api/errors.ts';
import {type Ask, walkPages} from '../api/pages.ts';
import {dayOf, startOf} from '../usage/days.ts';
import type {System} from './system.ts';

/** Where an Admin API is, and how it is asked. */
export type ApiPlace = {
  readonly baseUrl: string;
  readonly key: string;
  readonly organization: string | undefined;
  /** Host and port of the proxy on the way, for messages. */
  readonly proxy: string | undefined;
};

/** The client that every job asks with. `timeout` in seconds. */
export function openClient({baseUrl, key, organization, proxy}: ApiPlace, timeout: number, system: System): Client {
  return createClient({
    baseUrl,
    key,
    organization,
    timeout: timeout * 1000,
    fetch: system.fetch,
    proxy,
    now: system.now,
    userAgent: `openai-usage/${system.version}`,
  });
}

/**
 * One small question of the kind the program is for: it needs the same permission as the rest. Asked once, since
 * somebody waits for the answer; `busy`: the server had no time for it (429), so that a fetch will tell.
 */
export async function checkKey(client: Client, now: number, signal: AbortSignal): Promise<'taken' | 'busy'> {
  const endpoint = findEndpoint('completions');
  if (endpoint === undefined) throw new TypeError('The catalogue has no completions');
  const yesterday = dayOf(now / 1000) - 1;
  const span = {start: startOf(yesterday), end: startOf(yesterday + 1)};
  const ask: Ask = async (request, read) => read(await client.get(request, signal));
  try {
    await walkPages({endpoint, span, width: '1d', filters: []}, ask, () => {});
    return 'taken';
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.reason === 'rate-limited') return 'busy';
    throw error.with({subject: 'admin key'});
  }
}
