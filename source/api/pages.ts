import {type Bucket, readPage} from './answers.ts';
import type {ApiRequest} from './client.ts';
import {BUCKET_SECONDS, type BucketWidth, type Endpoint} from './endpoints.ts';
import {brokenChain} from './errors.ts';

/** Sends a request and reads the answer; the caller decides about waiting and trying again. */
export type Ask = <Answer>(request: ApiRequest, read: (json: unknown) => Answer) => Promise<Answer>;

/** Unix seconds; `end` is exclusive, as in the API. */
type Span = {readonly start: number; readonly end: number};

export type ChainRequest = {
  readonly endpoint: Endpoint;
  readonly span: Span;
  readonly width: BucketWidth;
  readonly filters: readonly (readonly [string, string])[];
};

/**
 * Gives all buckets of one window to `take`, page after page, as part of reading the answer: a page that `take` cannot
 * read (an `unreadable` ApiError, and nothing taken) is asked for again like any other broken answer. Ends with a `cursor` ApiError where going on would lose or double data:
 * a cursor seen before, `has_more` without a cursor, a bucket outside the window, of another width or one that came
 * already. More pages than the window has buckets end it too: a server whose every cursor is new would be asked for ever.
 */
export async function walkPages(chain: ChainRequest, ask: Ask, take: (buckets: Bucket[]) => void): Promise<void> {
  const {endpoint} = chain;
  const cursors = new Set<string>();
  const starts = new Set<number>();
  let cursor: string | undefined;
  do {
    const request = pageRequest(chain, cursor);
    const page = await ask(request, json => {
      const read = readPage(endpoint.name, json);
      const fresh = newStarts(chain, read.data, starts);
      take(read.data);
      for (const start of fresh) starts.add(start);
      // Not the whole answer: while the next page is on its way, nothing has use for what was read of this one.
      return {has_more: read.has_more, next_page: read.next_page};
    });
    cursor = nextCursor(endpoint.name, page, cursors);
    if (cursors.size > bucketsIn(chain)) throw brokenChain(endpoint.name, 'the server has more pages than buckets');
  } while (cursor !== undefined);
}

function bucketsIn({span, width}: ChainRequest): number {
  return Math.ceil((span.end - span.start) / BUCKET_SECONDS[width]);
}

/**
 * The starts of a page's buckets, which must lie in the window, on the grid of its width, and not have come before: two
 * that overlap would count the same usage twice. One may end early (the last is cut), never late.
 */
function newStarts(
  {endpoint, span, width}: ChainRequest,
  buckets: readonly Bucket[],
  known: ReadonlySet<number>,
): Set<number> {
  const starts = new Set<number>();
  const seconds = BUCKET_SECONDS[width];
  for (const {start_time: start, end_time: end} of buckets) {
    if (start < span.start || start >= span.end) {
      throw brokenChain(endpoint.name, `the server sent a bucket of ${when(start)}, which was not asked for`);
    }
    if ((start - span.start) % seconds !== 0 || end <= start || end > start + seconds) {
      const sent = `a bucket from ${when(start)} to ${when(end)}`;
      throw brokenChain(endpoint.name, `the server sent ${sent}, but was asked for buckets of ${width}`);
    }
    if (known.has(start) || starts.has(start)) {
      throw brokenChain(endpoint.name, `the server sent the bucket of ${when(start)} twice`);
    }
    starts.add(start);
  }
  return starts;
}

function pageRequest(chain: ChainRequest, cursor: string | undefined): ApiRequest {
  const {endpoint, span, width, filters} = chain;
  return {
    subject: endpoint.name,
    path: endpoint.path,
    query: [
      ['start_time', String(span.start)],
      ['end_time', String(span.end)],
      ['bucket_width', width],
      ...endpoint.groupings.map(grouping => ['group_by', grouping] as const),
      ...filters,
      ['limit', String(bucketsIn(chain))],
      ...(cursor === undefined ? [] : [['page', cursor] as const]),
    ],
  };
}

function nextCursor(
  subject: string,
  page: {has_more: boolean; next_page?: string | null | undefined},
  seen: Set<string>,
): string | undefined {
  if (!page.has_more) return undefined;
  if (!page.next_page) throw brokenChain(subject, 'the server says there is more, but not where (no next_page)');
  if (seen.has(page.next_page)) throw brokenChain(subject, 'the server repeats a page it has sent already');
  seen.add(page.next_page);
  return page.next_page;
}

function when(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? `time ${seconds}` : date.toISOString().slice(0, 16).replace('T', ' ');
}
