import {
  type Day,
  daysIn,
  isoOf,
  lastDays,
  MOST_DAYS,
  parseDay,
  parseMonth,
  presets,
  type Range,
  whyNoDay,
} from '../usage/days.ts';
import type {Arguments} from './arguments.ts';
import type {FlagName} from './flags.ts';
import {nearest, quoted, UsageMistake} from './mistake.ts';

export type RangeOptions = {
  readonly range: Range;
  /** False for the default range, so that the session may offer another one. */
  readonly isRangeGiven: boolean;
  /** What was changed in what was asked for, one sentence each; for the screen or stderr. */
  readonly notices: readonly string[];
};

/** The range that --start and --end, --last or --range name; the last 7 days without them. */
export function readRange(given: Arguments, today: Day): RangeOptions {
  const ways = (['start', 'end', 'last', 'range'] as const).filter(given.isGiven);
  const [first, second] = ways.filter(name => name !== 'end' || !given.isGiven('start'));
  if (first !== undefined && second !== undefined) {
    throw new UsageMistake(
      `--${first} and --${second} exclude each other; give only --start and --end, or --last 30, or --range last-month.`,
    );
  }
  const {range, notices = []} = readStartAndEnd(given, today) ?? {
    range: readPreset(given, today) ?? lastDays(given.whole('last', 1, MOST_DAYS) ?? 7, today),
  };
  return {range, isRangeGiven: ways.length > 0, notices};
}

function readStartAndEnd(given: Arguments, today: Day): {range: Range; notices?: readonly string[]} | undefined {
  const start = readDays('start', given.text('start'));
  const end = readDays('end', given.text('end'));
  if (start === undefined) {
    if (end === undefined) return undefined;
    throw new UsageMistake('--end needs --start as well, for example --start 2026-10-01 --end 2026-10-31.');
  }
  const first = start.first;
  const last = end?.last ?? today;
  if (first > today) {
    throw new UsageMistake(
      `--start ${isoOf(first)} is in the future; today is ${isoOf(today)} UTC, for example --start ${isoOf(today)}.`,
    );
  }
  if (last < first) {
    throw new UsageMistake(
      `--end ${isoOf(last)} is before --start ${isoOf(first)}; write --start ${isoOf(last)} --end ${isoOf(first)}.`,
    );
  }
  const range = {first, last: Math.min(last, today)};
  if (daysIn(range) > MOST_DAYS) {
    throw new UsageMistake(
      `--start ${isoOf(first)} makes a range of ${daysIn(range)} days, more than ten years; ` +
        `start later, for example --start ${isoOf(range.last - 364)}.`,
    );
  }
  if (last === range.last) return {range};
  return {range, notices: [`--end ${isoOf(last)} is after today; the range ends today, ${isoOf(today)} UTC.`]};
}

/** A date is a range of one day, so that a month can stand for its first day and for its last. */
function readDays(name: FlagName, text: string | undefined): Range | undefined {
  if (text === undefined) return undefined;
  const trimmed = text.trim();
  const day = parseDay(trimmed);
  const days = day === undefined ? parseMonth(trimmed) : {first: day, last: day};
  if (days !== undefined) return days;
  const isDateLike = /^\d{4}-\d{2}(-\d{2})?$/.test(trimmed);
  throw new UsageMistake(
    isDateLike
      ? `--${name} ${trimmed} is no day to ask for, since ${whyNoDay(trimmed)}; write a date like --${name} 2026-10-01.`
      : `--${name} must be a date like --${name} 2026-10-01 or a month like --${name} 2026-10, not ${quoted(text)}.`,
  );
}

function readPreset(given: Arguments, today: Day): Range | undefined {
  const name = given.text('range')?.trim();
  if (name === undefined) return undefined;
  const all = presets(today);
  const found = all.find(preset => preset.name === name);
  if (found !== undefined) return found.range;
  const names = all.map(preset => preset.name);
  const meant = nearest(name, names);
  throw new UsageMistake(
    `--range ${quoted(name)} is unknown: ` +
      (meant === undefined
        ? `there are ${names.join(', ')}, for example --range last-month.`
        : `did you mean --range ${meant}?`),
  );
}
