import type {BucketWidth} from '../api/endpoints.ts';

/** A UTC calendar day: days since 1970-01-01, never negative when it comes from `parseDay`. */
export type Day = number;

/** First day to last day, both included. */
export type Range = {readonly first: Day; readonly last: Day};

export type PresetName =
  | 'today'
  | 'yesterday'
  | 'last-7-days'
  | 'last-30-days'
  | 'last-90-days'
  | 'this-month'
  | 'last-month'
  | 'this-year'
  | 'last-12-months';

type Preset = {readonly name: PresetName; readonly label: string; readonly range: Range};

/** UTC knows no leap seconds and no summer time in Unix seconds: every day is this long. */
const secondsPerDay = 86_400;

/** The day in which a moment (Unix seconds) lies. */
export function dayOf(unixSeconds: number): Day {
  return Math.floor(unixSeconds / secondsPerDay);
}

/** The day's first moment, in Unix seconds; `startOf(day + 1)` is its end. */
export function startOf(day: Day): number {
  return day * secondsPerDay;
}

/** `2026-10-01` */
export function isoOf(day: Day): string {
  return new Date(startOf(day) * 1000).toISOString().slice(0, 10);
}

/** The day that `2026-10-01` names, or undefined: nothing but that form, no 30 February, nothing before 1970. */
export function parseDay(text: string): Day | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const day = dayOf(Date.parse(`${text}T00:00:00Z`) / 1000);
  // Date.parse takes 2026-02-30 for 2 March, and 2026-13-01 for NaN: only what comes back as it went in is a date.
  return day >= 0 && isoOf(day) === text ? day : undefined;
}

/** Ten years, a little more: longer than OpenAI has had an API. */
export const MOST_DAYS = 3660;

/** Why `2026-02-29` or `2026-13`, which looks like a date or a month, is none: `February 2026 has 28 days`. */
export function whyNoDay(text: string): string {
  const [year = 0, month = 0] = text.split('-').map(Number);
  if (month < 1 || month > 12) return `there is no month ${text.slice(5, 7)}`;
  if (year < 1970) return 'it lies before 1970';
  const name = new Date(Date.UTC(year, month - 1)).toLocaleString('en-US', {month: 'long', timeZone: 'UTC'});
  return `${name} ${year} has ${new Date(Date.UTC(year, month, 0)).getUTCDate()} days`;
}

/** All days of the month that `2026-10` names, or undefined. */
export function parseMonth(text: string): Range | undefined {
  const first = parseDay(`${text}-01`);
  return first === undefined ? undefined : {first, last: monthStart(first, 1) - 1};
}

/** `2026-10` */
export function monthOf(day: Day): string {
  return isoOf(day).slice(0, 7);
}

/** How many days the range has. */
export function daysIn(range: Range): number {
  return range.last - range.first + 1;
}

/** The days of the range, in order. */
export function daysOf(range: Range): Day[] {
  return Array.from({length: daysIn(range)}, (_, index) => range.first + index);
}

/** What the date column says of a bucket: `2026-10-01`, or `2026-10-01T13:00Z` for hours and minutes. */
export function bucketLabel(unixSeconds: number, width: BucketWidth): string {
  if (width === '1d') return isoOf(dayOf(unixSeconds));
  return `${new Date(unixSeconds * 1000).toISOString().slice(0, 16)}Z`;
}

/** `2026-10-01 → 2026-10-31` */
export function rangeLabel(range: Range): string {
  return `${isoOf(range.first)} → ${isoOf(range.last)}`;
}

/** The ranges that people ask for by name, in the order of the Dates screen. None reaches beyond today. */
export function presets(today: Day): readonly Preset[] {
  return [
    {name: 'today', label: 'Today', range: {first: today, last: today}},
    {name: 'yesterday', label: 'Yesterday', range: {first: today - 1, last: today - 1}},
    {name: 'last-7-days', label: 'Last 7 days', range: lastDays(7, today)},
    {name: 'last-30-days', label: 'Last 30 days', range: lastDays(30, today)},
    {name: 'last-90-days', label: 'Last 90 days', range: lastDays(90, today)},
    {name: 'this-month', label: 'This month', range: {first: monthStart(today, 0), last: today}},
    {name: 'last-month', label: 'Last month', range: {first: monthStart(today, -1), last: monthStart(today, 0) - 1}},
    {name: 'this-year', label: 'This year', range: {first: yearStart(today), last: today}},
    {name: 'last-12-months', label: 'Last 12 months', range: {first: yearBefore(today) + 1, last: today}},
  ];
}

/** The last `count` days, today included. */
export function lastDays(count: number, today: Day): Range {
  return {first: today - count + 1, last: today};
}

/** The first day of the month that lies `months` after the day's own. */
function monthStart(day: Day, months: number): Day {
  const date = new Date(startOf(day) * 1000);
  return dayOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / 1000);
}

function yearStart(day: Day): Day {
  return dayOf(Date.UTC(new Date(startOf(day) * 1000).getUTCFullYear(), 0, 1) / 1000);
}

/** The same date a year earlier; 28 February for 29 February, so that twelve months never miss a day. */
function yearBefore(day: Day): Day {
  const lastOfMonth = monthStart(monthStart(day, -12), 1) - 1;
  const dayOfMonth = day - monthStart(day, 0);
  return Math.min(monthStart(day, -12) + dayOfMonth, lastOfMonth);
}

/** The items in groups, by the month (`2026-10`) of their day, in the order in which the months come. */
export function byMonth<Item>(items: Iterable<Item>, dayOf: (item: Item) => Day): Map<string, Item[]> {
  const months = new Map<string, Item[]>();
  for (const item of items) {
    const month = monthOf(dayOf(item));
    const group = months.get(month);
    if (group === undefined) months.set(month, [item]);
    else group.push(item);
  }
  return months;
}
