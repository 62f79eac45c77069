import {setImmediate as nextTurn} from 'node:timers/promises';
import {createClient} from '../../source/api/client.ts';
import type {EndpointName} from '../../source/api/endpoints.ts';
import {startDemoServer} from '../../source/demo/server.ts';
import {type Day, dayOf} from '../../source/usage/days.ts';
import {type Fetched, fetchUsage} from '../../source/usage/fetch.ts';
import {type Outcome, outcomeOf} from '../../source/usage/outcome.ts';
import type {PackedBlock} from '../../source/usage/packed.ts';
import type {Refresh} from '../../source/usage/plan.ts';
import type {Query} from '../../source/usage/query.ts';
import {Store} from '../../source/usage/store.ts';
import {NOON} from '../helpers/manual-clock.ts';

/** Figures of a day grow until so many hours after its end: an hour before it is settled. */
const LATE = 47;
const scale = 0.1;
/** Today and the days whose figures may still grow. */
const SETTLING_DAYS = 4;

export type Came = {readonly fetched: Fetched; readonly outcome: Outcome};
export type Organization = Awaited<ReturnType<typeof startOrganization>>;

/** One demo organization whose clock can be set; sleeping takes no time of it. */
export async function startOrganization() {
  let time = NOON;
  const clock = {now: () => time, sleep: async () => void (await nextTurn())};
  const server = await startDemoServer({now: clock.now, scale, late: LATE, latency: [0, 0]});
  const run = async (store: Store, query: Query, refresh: Refresh, send: typeof fetch, signal: AbortSignal) => {
    const client = createClient({
      baseUrl: server.url,
      key: 'sk-admin-x',
      organization: undefined,
      timeout: 15_000,
      fetch: send,
      now: clock.now,
      userAgent: 'test',
    });
    const fetched = await fetchUsage({
      client,
      store,
      account: 'demo',
      query,
      refresh,
      ceiling: 16,
      clock,
      random: () => 0.5,
      signal,
      onProgress: () => {},
    });
    return {fetched, outcome: await outcomeOf(fetched, {allColumns: false, now: clock.now, signal})};
  };
  return {
    clock,
    run,
    set: (now: number) => {
      time = now;
    },
    close: () => server.close(),
  };
}

/** The same organization once more, to be asked how it was at any moment. */
export class Oracle {
  readonly #organization: Organization;
  readonly #colds = new Map<string, Promise<Came>>();

  constructor(organization: Organization) {
    this.#organization = organization;
  }

  /** The day as the organization showed it at that moment. */
  async blockAt(query: Query, name: EndpointName, day: Day, at: number, now: number): Promise<PackedBlock | undefined> {
    const last = dayOf(at / 1000);
    // Older days no longer changed then, and are asked for as they are now.
    const isPast = at !== now && day > last - SETTLING_DAYS;
    const part = {...query, endpoints: [name], range: {first: last - SETTLING_DAYS + 1, last}};
    const {fetched} = await (isPast ? this.cold(part, at, withoutNames) : this.cold(query, now));
    return fetched.results.find(({endpoint}) => endpoint.name === name)?.days.find(each => each.day === day)?.block;
  }

  /** What a first fetch, by somebody without a cache, would have brought at that moment. */
  cold(query: Query, at: number, send: typeof fetch = fetch): Promise<Came> {
    const key = JSON.stringify([query, at]);
    const known = this.#colds.get(key);
    if (known) return known;
    const before = [...this.#colds.values()].at(-1);
    const run = async (): Promise<Came> => {
      await before;
      this.#organization.set(at);
      const store = new Store({folder: undefined, now: this.#organization.clock.now});
      return this.#organization.run(store, query, 'reuse', send, new AbortController().signal);
    };
    const cold = run();
    this.#colds.set(key, cold);
    return cold;
  }
}

/** For figures alone: lists of users, projects and keys are empty. */
const withoutNames: typeof fetch = async (input, init) => {
  const url = input instanceof Request ? input.url : String(input);
  return /organization\/(usage|costs)/.test(url) ? fetch(input, init) : new Response('{"data":[],"has_more":false}');
};
