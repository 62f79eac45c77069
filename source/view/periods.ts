import {type Day, isoOf, monthOf, parseMonth, type Range} from '../usage/days.ts';

/** Two ranges to compare: `before` ends directly before `now` begins, and every day of both is over. */
export type Periods = {readonly now: Range; readonly before: Range};

/**
 * What a range is compared with: whole calendar months with as many months before; of any other range its complete
 * days with as many days before, so that today, which is still filling, never makes a false fall. `today` is the first
 * day that is not complete (`firstOpenDay`). Undefined where no day is or the period before would begin before 1970.
 */
export function periodsOf(range: Range, today: Day): Periods | undefined {
  const now = {first: range.first, last: Math.min(range.last, today - 1)};
  if (now.last < now.first) return;
  const months = range.last < today ? monthsIn(range) : 0;
  const first = months > 0 ? monthsBefore(range.first, months) : now.first - (now.last - now.first + 1);
  return first === undefined || first < 0 ? undefined : {now, before: {first, last: now.first - 1}};
}

/** How many whole calendar months the range is, 0 for any other range. */
function monthsIn({first, last}: Range): number {
  if (parseMonth(monthOf(first))?.first !== first || parseMonth(monthOf(last))?.last !== last) return 0;
  return monthNumber(last) - monthNumber(first) + 1;
}

function monthNumber(day: Day): number {
  const [year = 0, month = 0] = monthOf(day).split('-').map(Number);
  return 12 * year + month;
}

/** The first day of the month so many months before the one that begins on `first`; undefined before 1970. */
function monthsBefore(first: Day, months: number): Day | undefined {
  let day: Day | undefined = first;
  for (let month = 0; month < months && day !== undefined; month++) day = parseMonth(monthOf(day - 1))?.first;
  return day;
}

/** `2026-09-01 → 09-30`: the year once, if it is one; in short no year at all. A single day stands alone. */
export function periodLabel({first, last}: Range, to: string, isShort = false): string {
  const from = isoOf(first);
  const until = isoOf(last);
  const isSameYear = from.slice(0, 4) === until.slice(0, 4);
  const start = isShort ? from.slice(5) : from;
  return first === last ? start : `${start} ${to} ${isShort || isSameYear ? until.slice(5) : until}`;
}
