import {components} from './catalogue.ts';
import {firstDay} from './organization.ts';
import {hash, unit} from './random.ts';
import type {Stream} from './streams.ts';

export const minutesPerDay = 1440;

/** The spike: 2026-10-27 and 28, in days since 1970-01-01. */
const spikeDays: readonly number[] = [20_753, 20_754];

/** How many of a hundred streams are at work on a weekday and on a weekend, and how much of the usual, by rhythm. */
const rhythms = [
  {weekday: 0.78, weekend: 0.22, rest: 0.2, peak: 10, breadth: 3},
  {weekday: 0.76, weekend: 0.24, rest: 0.25, peak: 17, breadth: 3.5},
  {weekday: 0.94, weekend: 0.9, rest: 0.75, peak: 13, breadth: 30},
  {weekday: 0.7, weekend: 0.5, rest: 0.6, peak: 2.5, breadth: 1.5},
] as const;

/**
 * One curve per rhythm: which share of a day's requests has come when minute m begins, from 0 to exactly 1. Figures of
 * any part of a day are differences on it, so that minutes sum to hours and hours to the day by construction.
 */
const curves: () => readonly Float64Array[] = onceOnly(() =>
  rhythms.map(({peak, breadth}, rhythm) => {
    const curve = new Float64Array(minutesPerDay + 1);
    for (let minute = 0; minute < minutesPerDay; minute++) {
      const distance = (minute / 60 - peak) / breadth;
      const busy = 0.06 + Math.exp(-distance * distance) * (0.5 + unit(77, rhythm, minute));
      curve[minute + 1] = (curve[minute] ?? 0) + busy;
    }
    const whole = curve[minutesPerDay] ?? 1;
    return curve.map(passed => passed / whole);
  }),
);

function onceOnly<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/**
 * A stream's figures of a whole day, by component in the catalogue's order (the first is the number of requests), or
 * undefined where it rests. They depend on the seed, the stream and the day: never on the clock, because a cache
 * keeps settled days for good.
 */
export function figuresOf(seed: number, stream: Stream, day: number): readonly number[] | undefined {
  if (day < stream.from || day > stream.until || day < firstDay) return;
  const rhythm = rhythms[stream.rhythm];
  if (rhythm === undefined) return;
  const rolled = hash(seed ^ stream.id, day);
  // 1970-01-01 was a Thursday.
  const isWeekend = (day + 3) % 7 >= 5;
  const isSpike = stream.spikes && spikeDays.includes(day);
  if (!isSpike && unit(rolled, 1) > (isWeekend ? rhythm.weekend : rhythm.weekday)) return;
  const growth = 2 ** ((day - firstDay - 800) / 500);
  const usual = stream.level * growth * (isWeekend ? rhythm.rest : 1) * (0.6 + 0.8 * unit(rolled, 2));
  const requests = Math.max(1, Math.round(isSpike ? usual * 60 : usual));
  const length = 0.8 + 0.4 * unit(rolled, 3);
  return stream.perRequest.map((each, at) => {
    if (at === 0) return requests;
    // What comes in whole pieces per request (images, searches) stays whole.
    return Number.isInteger(each) ? each * requests : Math.round(each * length * requests);
  });
}

/** How many of a day's requests a stream has made when the minute begins (0 to 1440). */
function requestsUntil(seed: number, stream: Stream, day: number, requests: number, minute: number): number {
  const passed = curves()[stream.rhythm]?.[minute] ?? 0;
  // The fraction spreads the few requests of small streams over the day; it is below 1, so a whole day stays exact.
  return Math.floor(requests * passed + unit(seed ^ stream.id, day, 9));
}

/**
 * Adds a stream's figures of some minutes of a day (`from` included, `to` excluded) to `sums`, as far as they are told of
 * in minute `now`, and says whether there was any request. Tokens arrive with their requests, never without.
 */
export function addPart(
  sums: Float64Array,
  offset: number,
  whole: readonly number[],
  seed: number,
  stream: Stream,
  part: {readonly day: number; readonly from: number; readonly to: number; readonly now: number},
): boolean {
  const requests = whole[0] ?? 0;
  const to = Math.min(part.to, part.now - stream.lag);
  if (to <= part.from) return false;
  const before = part.from === 0 ? 0 : requestsUntil(seed, stream, part.day, requests, part.from);
  const after = to === minutesPerDay ? requests : requestsUntil(seed, stream, part.day, requests, to);
  if (after <= before) return false;
  for (let at = 0; at < components.length; at++) {
    const total = whole[at] ?? 0;
    if (total === 0) continue;
    const share = arrived(total, after, requests) - arrived(total, before, requests);
    sums[offset + at] = (sums[offset + at] ?? 0) + share;
  }
  return true;
}

/** Exact at both ends: nothing after no request, everything after the last. */
const arrived = (total: number, done: number, requests: number): number =>
  done === requests ? total : Math.floor((total / requests) * done);
