import type {ApiRequest, Client} from '../api/client.ts';
import {listProjects, type Project} from '../api/directory.ts';
import {ApiError} from '../api/errors.ts';
import type {Ask} from '../api/pages.ts';
import type {Clock, Pace} from './pace.ts';

/** How long rows wait for the projects, in milliseconds: then they are fetched into a cache of their own for now. */
const LONGEST_WAIT = 15_000;

type AheadOptions = {
  readonly client: Client;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

/**
 * The list of projects before its time. `list` gives undefined where it fails or takes too long; `answered` is the
 * answer, or the failure, for whoever asks the same later, so that nothing is asked twice; undefined for what was not.
 */
export function projectsAhead({client, pace, clock, signal}: AheadOptions) {
  const sent = new Map<string, Promise<unknown>>();
  const ask: Ask = async (request, read) => {
    const answer = pace.run({
      lane: 'projects',
      signal,
      async task(inner) {
        const json = await client.get(request, inner);
        // What cannot be read is asked for again, as everywhere.
        read(json);
        return json;
      },
    });
    sent.set(identityOf(request), answer);
    return read(await answer);
  };
  return {
    answered: (request: ApiRequest) => sent.get(identityOf(request)),
    async list(): Promise<readonly Project[] | undefined> {
      const isHere = new AbortController();
      const listed = listProjects(ask).catch(error => {
        if (error instanceof ApiError) return undefined;
        throw error;
      });
      const late = clock.sleep(LONGEST_WAIT, AbortSignal.any([signal, isHere.signal])).then(() => undefined);
      try {
        return await Promise.race([listed, late]);
      } finally {
        isHere.abort();
      }
    },
  };
}

function identityOf({path, query}: ApiRequest): string {
  return JSON.stringify([path, query]);
}
