import {onTestFinished} from 'vitest';
import {createOrganization} from '../../source/demo/organization.ts';
import {type DemoOptions, type DemoServer, startDemoServer} from '../../source/demo/server.ts';
import {type Books, booksOf} from '../../source/demo/usage.ts';

/** 2026-11-22, 12:03:30 UTC. */
export const noon = Date.UTC(2026, 10, 22, 12, 3, 30);

export const secondsOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 1000;

export const truth = (seed = 1, scale = 1): Books => booksOf(createOrganization(seed, scale));

/** A server without latency, stopped when the test is over. */
export async function serve(options: Partial<DemoOptions> = {}): Promise<DemoServer> {
  const server = await startDemoServer({now: () => noon, latency: [0, 0], ...options});
  onTestFinished(() => server.close());
  return server;
}

export const authorized = {headers: {authorization: 'Bearer any-key'}};

export async function ask(server: DemoServer, path: string): Promise<{status: number; body: Answer}> {
  const response = await fetch(server.url + path, authorized);
  const body: Answer = JSON.parse(await response.text());
  return {status: response.status, body};
}

export type Bucket = {readonly start_time: number; readonly end_time: number; readonly results: readonly Row[]};
export type Row = Readonly<Record<string, unknown>>;

/** Whatever an answer may carry: pages have buckets, lists have items, refusals an error. */
export type Answer = {
  readonly data: readonly (Bucket & {readonly id: string} & Row)[];
  readonly has_more: boolean;
  readonly next_page: string | null;
  readonly last_id: string | null;
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string;
  };
};
