import {components, type Dimension, type Endpoint, type EndpointName, endpointOf} from './catalogue.ts';
import {costsReader} from './costs.ts';
import {addPart, figuresOf, minutesPerDay} from './figures.ts';
import {type Filters, groupsOf, passes} from './groups.ts';
import type {Organization} from './organization.ts';
import {type Stream, streamsOf} from './streams.ts';

/** One result as the API sends it. */
export type Result = Readonly<Record<string, unknown>>;

/** An organization and all it does: what a server answers from, and what a test compares its answers with. */
export type Books = {readonly organization: Organization; readonly streams: readonly Stream[]};

/** What is asked of an endpoint, apart from when. */
export type Question = {readonly groupBy: readonly Dimension[]; readonly filters: Filters};

/**
 * Reads the results of a part of a day: minutes 0 to 1440, `from` included and `to` excluded, as they are known in minute
 * `now`. Each comes as its JSON
 * text: a page of a month is some thousand results of twenty fields, and writing the text at once takes a quarter of
 * the time of building objects for JSON.stringify.
 */
export type Reader = (part: {
  readonly day: number;
  readonly from: number;
  readonly to: number;
  readonly now: number;
}) => string[];

/** `late`: hours that figures may come late, 0 where they are final as soon as they are there. */
export function booksOf(organization: Organization, late = 0): Books {
  return {organization, streams: streamsOf(organization, late)};
}

/** The reader for one question. Groups are made once; of the figures, those of one day are kept for its hours. */
export function readerOf(books: Books, endpoint: Endpoint, question: Question): Reader {
  return endpoint.name === 'costs' ? costsReader(books, endpoint, question) : usageReader(books, endpoint, question);
}

function usageReader(books: Books, endpoint: Endpoint, {groupBy, filters}: Question): Reader {
  const {seed} = books.organization;
  const streams = books.streams.filter(each => each.endpoint === endpoint.name && passes(each.dimensions, filters));
  const groups = groupsOf(streams, endpoint.dimensions, groupBy);
  const heads = groups.values.map(values => JSON.stringify({object: endpoint.object, ...values}).slice(0, -1));
  const metrics = Object.entries(endpoint.metrics).map(
    ([metric, counted]) => [`,"${metric}":`, counted.map(each => components.indexOf(each))] as const,
  );
  const width = components.length;
  const sums = new Float64Array(groups.values.length * width);
  const isUsed = new Uint8Array(groups.values.length);
  let known: {day: number; figures: (readonly number[] | undefined)[]} | undefined;
  return part => {
    if (known?.day !== part.day) {
      known = {day: part.day, figures: streams.map(stream => figuresOf(seed, stream, part.day))};
    }
    sums.fill(0);
    isUsed.fill(0);
    for (const [at, stream] of streams.entries()) {
      const whole = known.figures[at];
      const group = groups.of[at] ?? 0;
      if (whole !== undefined && addPart(sums, group * width, whole, seed, stream, part)) isUsed[group] = 1;
    }
    const results: string[] = [];
    for (const [group, head] of heads.entries()) {
      if (isUsed[group] === 0) continue;
      let text = head;
      for (const [name, counted] of metrics) {
        let sum = 0;
        for (const at of counted) sum += sums[group * width + at] ?? 0;
        text += name + sum;
      }
      results.push(`${text}}`);
    }
    return results;
  };
}

type Period = {
  /** Unix seconds, within one UTC day; `from` included, `to` excluded. */
  readonly from: number;
  readonly to: number;
};

/** All results in a period as known at `now`, cut at the last whole minute: a minute counts when it has passed. */
export function resultsIn(read: Reader, {from, to}: Period, now: number): string[] {
  const day = Math.floor(from / 86_400);
  const minute = (time: number): number => Math.floor((time - day * 86_400) / 60);
  const part = {day, from: minute(from), to: Math.min(minutesPerDay, minute(Math.min(to, now))), now: minute(now)};
  return part.to > part.from ? read(part) : [];
}

/**
 * All rows an endpoint holds for a period within one UTC day, once all are known, grouped by everything the endpoint
 * knows: the truth that tests compare answers with.
 */
export function rowsIn(books: Books, name: EndpointName, period: Period): Result[] {
  const endpoint = endpointOf(name);
  const read = readerOf(books, endpoint, {groupBy: endpoint.dimensions, filters: new Map()});
  return resultsIn(read, period, Number.POSITIVE_INFINITY).map(text => JSON.parse(text));
}
