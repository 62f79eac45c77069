import {ENDPOINTS, type EndpointName} from '../../source/api/endpoints.ts';
import {BlockBuilder, Interners} from '../../source/usage/block.ts';
import type {Connection, RunOptions} from '../../source/usage/connection.ts';
import type {Dataset} from '../../source/usage/dataset.ts';
import {daysIn, isoOf, parseDay, startOf} from '../../source/usage/days.ts';
import {EMPTY_DIRECTORY, nameLookup} from '../../source/usage/directory.ts';
import type {Gap, Outcome} from '../../source/usage/outcome.ts';
import {pack} from '../../source/usage/pack.ts';
import {NO_FILTERS, type Query} from '../../source/usage/query.ts';
import {assemble} from './assemble.ts';

/** 2026-11-22, 12:03 UTC. */
export const NOON = Date.UTC(2026, 10, 22, 12, 3);

export const TODAY = parseDay('2026-11-22') ?? 0;

export const ALL: readonly EndpointName[] = ENDPOINTS.map(({name}) => name);

export function aQuery(part: Partial<Query> = {}): Query {
  return {endpoints: ALL, range: {first: TODAY - 6, last: TODAY}, width: '1d', filters: NO_FILTERS, ...part};
}

/** So many rows of completions a day: input tokens count up, the model tells the day. */
export function aDataset(query: Query, rowsPerDay: number, model = 'gpt-5.4'): Dataset {
  const interners = new Interners();
  const pieces = Array.from({length: daysIn(query.range)}, (_, index) => {
    const day = query.range.first + index;
    const builder = new BlockBuilder(interners);
    for (let row = 0; row < rowsPerDay; row++) {
      builder.startRow();
      builder.number('start_time', startOf(day));
      builder.number('input_tokens', 1000 * index + row);
      builder.number('output_tokens', 7);
      builder.text('model', `${model}-${isoOf(day).slice(-2)}`);
    }
    return {endpoint: 'completions', width: query.width, block: pack(builder.finish())};
  });
  return assemble(pieces, nameLookup(EMPTY_DIRECTORY), {allColumns: false});
}

export function anOutcome(part: Partial<Outcome> & {rowsPerDay?: number} = {}): Outcome {
  const {rowsPerDay = 10, ...rest} = part;
  const query = part.query ?? aQuery();
  return {
    query,
    dataset: aDataset(query, rowsPerDay),
    directory: EMPTY_DIRECTORY,
    asOf: NOON,
    gaps: [],
    directoryFailures: new Map(),
    skipped: [],
    isStopped: false,
    clockAhead: undefined,
    isKeyNew: false,
    ...rest,
  };
}

export function aGap(endpoint: EndpointName, error?: Gap['error']): Gap {
  return {endpoint, missing: [TODAY], stale: [], error};
}

export type FakeConnection = Connection & {
  /** What was asked, in order. */
  readonly runs: {readonly query: Query; readonly options: RunOptions}[];
  readonly log: string[];
};

/** A connection that answers as told; by default with ten rows a day at once. */
export function fakeConnection(
  run: (query: Query, options: RunOptions) => Promise<Outcome> = async query => anOutcome({query}),
  part: Partial<Connection> = {},
): FakeConnection {
  const runs: {query: Query; options: RunOptions}[] = [];
  const log: string[] = [];
  return {
    isDemo: false,
    label: 'https://api.openai.com/v1',
    async check() {
      log.push('check');
    },
    async run(query, options) {
      runs.push({query, options});
      return run(query, options);
    },
    async measureCache() {
      return {days: 312, bytes: 4_100_000};
    },
    async clearCache() {
      log.push('clear');
      return {days: 312, bytes: 4_100_000};
    },
    async close() {
      log.push('close');
    },
    runs,
    log,
    ...part,
  };
}

/** A promise and its end, for answers that come when a test says so. */
export function deferred<Value>(): {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
} {
  let resolve: (value: Value) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<Value>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return {promise, resolve, reject};
}
