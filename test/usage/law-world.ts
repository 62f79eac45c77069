import {join} from 'node:path';
import {expect} from 'vitest';
import {ENDPOINTS, type EndpointName, widthFor} from '../../source/api/endpoints.ts';
import {csvChunks} from '../../source/export/csv.ts';
import {assembling} from '../../source/usage/assemble.ts';
import type {Dataset} from '../../source/usage/dataset.ts';
import {type Day, dayOf, daysOf, type Range, startOf} from '../../source/usage/days.ts';
import {nameLookup} from '../../source/usage/directory.ts';
import type {Fetched} from '../../source/usage/fetch.ts';
import type {PackedBlock} from '../../source/usage/packed.ts';
import {filterParameters, type Query} from '../../source/usage/query.ts';
import {Store} from '../../source/usage/store.ts';
import {inTurns} from '../../source/usage/turns.ts';
import {inTemporaryFolder} from '../helpers/temporary-folder.ts';
import {damageFile} from './law-damage.ts';
import {type Came, Oracle, type Organization, startOrganization} from './law-organization.ts';
import type {Event, Question, Step} from './law-steps.ts';
import {rowsOf} from './sample-days.ts';

/** The law's own words, not the source's: what is settled, and for how long (milliseconds) all else is reused. */
const isSettled = (day: Day, fetchedAt: number): boolean => fetchedAt >= startOf(day + 1) * 1000 + 48 * 3_600_000;
const UNSETTLED_REUSE = 5 * 60_000;

type Counts = {steps: number; fetches: number; days: number; colds: number; stopped: number; failed: number};

/** The organization that is fetched from, and the same one once more, to be asked how it was at any moment. */
export async function startLaws() {
  const [asked, oracle] = await Promise.all([startOrganization(), startOrganization()]);
  const counts: Counts = {steps: 0, fetches: 0, days: 0, colds: 0, stopped: 0, failed: 0};
  return {
    counts,
    async run(start: number, steps: readonly Step[]): Promise<void> {
      await inTemporaryFolder(async folder => {
        const world = new World(asked, oracle, folder, start, counts);
        for (const step of steps) await world.take(step);
        await world.end();
      });
    },
    close: () => Promise.all([asked.close(), oracle.close()]),
  };
}

class World {
  readonly #asked: Organization;
  readonly #was: Oracle;
  readonly #folder: string;
  readonly #counts: Counts;
  #now: number;
  readonly #stores: Store[];
  /** By series and day: at which moments the server has answered for it. */
  readonly #served = new Map<string, Set<number>>();
  /** By series and day: settled, on disk since, and so never to be asked for again. */
  readonly #kept = new Map<string, EndpointName>();
  readonly #troubles: string[] = [];

  constructor(asked: Organization, oracle: Organization, folder: string, start: number, counts: Counts) {
    this.#asked = asked;
    this.#was = new Oracle(oracle);
    this.#folder = folder;
    this.#counts = counts;
    this.#now = start;
    asked.set(start);
    this.#stores = [this.#open(), this.#open()];
  }

  async take(step: Step): Promise<void> {
    this.#counts.steps++;
    switch (step.kind) {
      case 'fetch':
        return this.#fetch(this.#stores[step.process] ?? this.#open(), step.question, step.event);
      case 'both': {
        const [one, other] = step.questions;
        const [its, others] = step.processes.map(process => this.#stores[process] ?? this.#open());
        if (!its || !others) return;
        await Promise.all([this.#fetch(its, one, undefined), this.#fetch(others, other, undefined)]);
        return;
      }
      case 'advance':
        return this.#advance(step.milliseconds);
      case 'restart':
        this.#stores[step.process] = this.#open();
        return;
      case 'clear':
        await this.#stores[step.process]?.clear('demo', {names: false});
        this.#kept.clear();
        return;
      case 'damage':
        this.#damage(step);
        return;
    }
  }

  /** Whatever happened: a program that starts now shows what one without a cache would show. */
  async end(): Promise<void> {
    const everything = {
      back: 0,
      length: 80,
      endpoints: ENDPOINTS.map(({name}) => name).filter(name =>
        /^(completions|images|vector_stores|costs)$/.test(name),
      ),
      width: '1d' as const,
      filters: {projects: [], apiKeys: [], users: [], models: []},
    };
    await this.#fetch(this.#open(), {...everything, refresh: 'unsettled'}, undefined);
    await this.#fetch(this.#open(), {...everything, refresh: 'nothing'}, undefined);
    expect(this.#troubles).toEqual([]);
  }

  #open(): Store {
    return new Store({folder: this.#folder, now: this.#asked.clock.now, onTrouble: text => this.#troubles.push(text)});
  }

  #advance(milliseconds: number): void {
    this.#now += milliseconds;
    this.#asked.set(this.#now);
  }

  async #fetch(store: Store, question: Question, event: Event | undefined): Promise<void> {
    const {endpoints, width, filters, refresh} = question;
    const last = dayOf(this.#now / 1000) - question.back;
    const query: Query = {endpoints, range: {first: last - question.length + 1, last}, width, filters};
    const began = this.#now;
    const stop = new AbortController();
    const sent: Sent = {count: 0, answered: 0, days: []};
    const came = await this.#asked.run(store, query, refresh, this.#sender(query, event, stop, sent), stop.signal);
    this.#counts.fetches++;
    if (refresh === 'nothing') expect(sent.count).toBe(0);
    if (refresh !== 'everything')
      for (const key of sent.days) expect(sent.kept?.has(key) ?? false, `${key} asked again`).toBe(false);
    if (came.outcome.isStopped) this.#counts.stopped++;
    await this.#check(query, refresh, came, began, event);
    this.#keep(query, came.fetched, sent);
  }

  /** Sends requests on, notes what was answered when, and lets happen what is to happen. */
  #sender(query: Query, event: Event | undefined, stop: AbortController, sent: Sent): typeof fetch {
    let hasFailed = false;
    sent.kept = new Set(this.#kept.keys());
    const happen = (when: Event['when'], count: number): void => {
      if (event?.when !== when || event.at !== count) return;
      if (event.what.kind === 'abort') stop.abort();
      if (event.what.kind === 'advance') this.#advance(event.what.milliseconds);
    };
    return async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : String(input));
      const name = ENDPOINTS.find(({path}) => url.pathname.endsWith(`/${path}`))?.name;
      sent.count++;
      happen('sent', sent.count);
      const keys = name ? this.#keysOf(query, name, daysAsked(url)) : [];
      sent.days.push(...keys);
      if (event?.what.kind === 'fail' && event.what.endpoint === name && sent.count >= event.at) {
        const {how} = event.what;
        if (how === 'drop' || (how === 'once' && !hasFailed)) {
          hasFailed = true;
          throw new TypeError('fetch failed');
        }
        if (how !== 'once') return new Response('{"error":{"message":"no"}}', {status: how});
      }
      const response = await fetch(input, init);
      const text = await response.text();
      sent.answered++;
      // The clock may have moved while the answer was made: it is of the moment that its own header names, or a later one.
      for (const key of keys) this.#noteServed(key, Date.parse(response.headers.get('date') ?? ''));
      happen('answered', sent.answered);
      return new Response(text, response);
    };
  }

  #noteServed(key: string, at: number): void {
    const moments = this.#served.get(key) ?? new Set();
    this.#served.set(key, moments.add(at));
  }

  #keysOf({width, filters}: Query, name: EndpointName, days: readonly Day[]): string[] {
    const endpoint = ENDPOINTS.find(each => each.name === name);
    const own = endpoint ? widthFor(endpoint, width) : width;
    return days.map(day => JSON.stringify([name, own, filterParameters(filters), day]));
  }

  /** What was in a file of the endpoint may be asked for again. */
  #damage({damage, file, place}: Extract<Step, {kind: 'damage'}>): void {
    const name = damageFile(join(this.#folder, 'demo'), damage, file, place);
    for (const [key, endpoint] of this.#kept) if (name?.includes(endpoint)) this.#kept.delete(key);
  }

  async #check(
    query: Query,
    refresh: Question['refresh'],
    {fetched, outcome}: Came,
    began: number,
    event: Event | undefined,
  ) {
    const failing = event?.what.kind === 'fail' ? event.what : undefined;
    const pieces = [];
    let isNow = true;
    for (const {endpoint, days, missing, stale, error} of fetched.results) {
      if (failing?.endpoint === endpoint.name && error) this.#counts.failed++;
      else if (!outcome.isStopped) expect(error, endpoint.name).toBeUndefined();
      if (!error && refresh !== 'nothing') expect([missing, stale]).toEqual([[], []]);
      for (const {day, fetchedAt, block} of days) {
        this.#counts.days++;
        const [key = ''] = this.#keysOf(query, endpoint.name, [day]);
        const moments = isSettled(day, fetchedAt)
          ? [this.#now]
          : [...(this.#served.get(key) ?? [])].filter(at => at >= fetchedAt - 1000);
        if (!isSettled(day, fetchedAt)) isNow = false;
        if (!isSettled(day, fetchedAt) && refresh !== 'nothing' && !stale.includes(day)) {
          // What may still change is of this fetch, or of the five minutes before.
          const oldest = refresh === 'reuse' ? began - UNSETTLED_REUSE : began - 1;
          if (event?.what.kind !== 'advance') expect(fetchedAt, key).toBeGreaterThan(oldest);
        }
        const shown = rowsOf(block);
        let equal: PackedBlock | undefined;
        for (const at of moments.sort((a, b) => b - a)) {
          const known = await this.#was.blockAt(query, endpoint.name, day, at, this.#now);
          if (known && isSame(rowsOf(known), shown)) equal = known;
          if (equal) break;
        }
        if (!equal) {
          const known = await this.#was.blockAt(query, endpoint.name, day, moments[0] ?? this.#now, this.#now);
          expect(shown, `${key} of ${new Date(fetchedAt).toISOString()}`).toEqual(known && rowsOf(known));
          throw new Error(`${key} was never served`);
        }
        pieces.push({endpoint: endpoint.name, width: widthFor(endpoint, query.width), block: equal});
      }
    }
    if (outcome.isStopped || outcome.gaps.length > 0) return;
    const cold = await this.#was.cold(query, this.#now);
    const names = nameLookup(cold.fetched.directory);
    const expected = await inTurns(assembling(pieces, names, {allColumns: false}), () => 0);
    expectSame(outcome.dataset, expected);
    // Every day asked for at this very moment, or settled: that is what a cold fetch brings, as a whole.
    if (isNow || (refresh !== 'reuse' && refresh !== 'nothing' && this.#now === began)) {
      this.#counts.colds++;
      expectSame(outcome.dataset, cold.outcome.dataset);
    }
  }

  /** What was settled when it was asked for is on disk from now on; a fetch that was stopped keeps what had arrived, too. */
  #keep(query: Query, {results}: Fetched, sent: Sent): void {
    for (const {endpoint, days} of results) {
      const settled = days.filter(({day, fetchedAt}) => isSettled(day, fetchedAt)).map(({day}) => day);
      for (const key of this.#keysOf(query, endpoint.name, settled)) {
        if (sent.days.includes(key)) this.#kept.set(key, endpoint.name);
      }
    }
  }
}

type Sent = {count: number; answered: number; days: string[]; kept?: ReadonlySet<string>};

function daysAsked(url: URL): Day[] {
  const [start, end] = ['start_time', 'end_time'].map(name => dayOf(Number(url.searchParams.get(name))));
  const range: Range = {first: start ?? 0, last: (end ?? 0) - 1};
  return daysOf(range);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The same columns and the same file, byte by byte. */
function expectSame(shown: Dataset, expected: Dataset): void {
  const kinds = ({columns}: Dataset) => columns.map(({kind, name}) => [kind, name]);
  expect(kinds(shown)).toEqual(kinds(expected));
  expect(bytesOf(shown).equals(bytesOf(expected))).toBe(true);
}

function bytesOf(dataset: Dataset): Buffer {
  return Buffer.concat([...csvChunks(dataset)].map(chunk => Buffer.from(chunk)));
}
