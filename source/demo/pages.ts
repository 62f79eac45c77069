import {type BucketWidth, type Dimension, type Endpoint, pathOf} from './catalogue.ts';
import {Parameters, Refusal} from './parameters.ts';
import {type Books, type Reader, readerOf, resultsIn} from './usage.ts';

/** One page of an answer, whose text is made while it is sent. */
export type Page = {
  /** Counted from 1 along the cursors. */
  readonly number: number;
  /** The cursor that would ask for this very page. */
  readonly cursor: string | null;
  readonly text: Iterable<string>;
};

const seconds: Readonly<Record<BucketWidth, number>> = {'1d': 86_400, '1h': 3600, '1m': 60};
const lastSecond = 253_402_300_799;

type Asked = {
  readonly width: BucketWidth;
  readonly first: number;
  readonly end: number;
  readonly limit: number;
  readonly number: number;
  readonly read: Reader;
};

/**
 * The page of buckets a query asks for at `now` (Unix seconds). Buckets are aligned to their width, the last one is cut
 * at `end_time`, none begins in the future. Throws a Refusal for what the document does not allow.
 */
export function pageOf(books: Books, endpoint: Endpoint, query: URLSearchParams, now: number): Page {
  const {width, first, end, limit, number, read} = asked(books, endpoint, new Parameters(query));
  const step = seconds[width];
  const last = Math.min(end, Math.floor(now / step) * step + step);
  const count = Math.max(0, Math.min(limit, Math.ceil((last - first) / step)));
  const following = first + count * step;
  const next = count > 0 && following < last ? cursorOf(endpoint, width, following, number + 1) : null;
  return {number, cursor: cursorOf(endpoint, width, first, number), text: textOf()};

  function* textOf(): Iterable<string> {
    yield '{"object":"page","data":[';
    for (let at = 0; at < count; at++) {
      const from = first + at * step;
      const to = Math.min(from + step, end);
      const results = resultsIn(read, {from, to}, now).join(',');
      yield `${at === 0 ? '' : ','}{"object":"bucket","start_time":${from},"end_time":${to},"results":[${results}]}`;
    }
    yield `],"has_more":${next !== null},"next_page":${JSON.stringify(next)}}`;
  }
}

function asked(books: Books, endpoint: Endpoint, parameters: Parameters): Asked {
  const filterNames = Object.keys(endpoint.filters);
  const usual = ['start_time', 'end_time', 'bucket_width', 'group_by', 'limit', 'page'];
  parameters.only([...usual, ...filterNames]);
  const start = parameters.integer('start_time', 0, lastSecond);
  if (start === undefined) {
    throw new Refusal(400, "Missing required parameter: 'start_time'.", 'start_time', 'missing_required_parameter');
  }
  const end = parameters.integer('end_time', 0, lastSecond) ?? lastSecond;
  if (end <= start) throw new Refusal(400, "'end_time' must be after 'start_time'.", 'end_time', 'invalid_value');
  const width = widthOf(endpoint, parameters);
  const {usual: usualLimit, most} = endpoint.limits[width] ?? {usual: 1, most: 1};
  const limit = parameters.integer('limit', 1, most) ?? usualLimit;
  const groupBy = parameters.many('group_by', endpoint.dimensions) ?? [];
  const filters = new Map<Dimension, ReadonlySet<string>>();
  for (const [name, {dimension, values}] of Object.entries(endpoint.filters)) {
    const chosen = parameters.many(name, values);
    if (chosen !== undefined) filters.set(dimension, new Set(chosen));
  }
  const cursor = parameters.one('page');
  const aligned = Math.floor(start / seconds[width]) * seconds[width];
  const {first, number} = cursor === undefined ? {first: aligned, number: 1} : placeOf(endpoint, width, cursor);
  const dimensions = endpoint.dimensions.filter(each => groupBy.includes(each));
  return {width, first, end, limit, number, read: readerOf(books, endpoint, {groupBy: dimensions, filters})};
}

function widthOf(endpoint: Endpoint, parameters: Parameters): BucketWidth {
  const given = parameters.one('bucket_width', Object.keys(endpoint.limits)) ?? '1d';
  return given === '1h' || given === '1m' ? given : '1d';
}

const cursorOf = (endpoint: Endpoint, width: BucketWidth, first: number, number: number): string =>
  `page_${Buffer.from([pathOf(endpoint), width, first, number].join(' ')).toString('base64url')}`;

function placeOf(endpoint: Endpoint, width: BucketWidth, cursor: string): {first: number; number: number} {
  const [path, its, first, number] = Buffer.from(cursor.replace(/^page_/, ''), 'base64url')
    .toString()
    .split(' ');
  // A cursor belongs to the query that it came from, as the API's does.
  if (path !== pathOf(endpoint) || its !== width || !/^\d+$/.test(first ?? '') || !/^\d+$/.test(number ?? '')) {
    throw new Refusal(400, `Invalid value: '${cursor}'. This is no cursor of this query.`, 'page', 'invalid_value');
  }
  return {first: Number(first), number: Number(number)};
}
