import {BUCKET_WIDTHS, type BucketWidth} from '../../api/endpoints.ts';
import {
  type Day,
  daysIn,
  isoOf,
  MOST_DAYS,
  parseDay,
  parseMonth,
  presets,
  type Range,
  whyNoDay,
} from '../../usage/days.ts';
import type {Action} from '../keymap.ts';

/** Where the keys go: the list of ranges, one of the two fields, or the bucket width. */
type DatesFocus = 'list' | 'start' | 'end' | 'width';

export type DatesState = {
  readonly today: Day;
  /** The range of the command line. */
  readonly given: Range | undefined;
  readonly cursor: number;
  readonly focus: DatesFocus;
  readonly start: string;
  readonly end: string;
  readonly width: BucketWidth;
  /** Why Enter did not go on; gone with the next key. */
  readonly problem: string | undefined;
};

type DateItem = {readonly label: string; readonly range: Range | undefined};

/** What the two fields come to. `unfinished` is nothing to complain about while someone types. */
export type CustomReading =
  | {readonly state: 'ready'; readonly range: Range; readonly isCut: boolean}
  | {readonly state: 'unfinished'; readonly field: 'start' | 'end'}
  | {readonly state: 'wrong'; readonly field: 'start' | 'end'; readonly sentence: string};

type DatesStep = {readonly dates: DatesState; readonly go?: 'back' | {readonly range: Range}};

/** The screen as it first appears: on the command line's range, or on the last seven days. */
export function startDates(today: Day, given: Range | undefined, width: BucketWidth): DatesState {
  const cursor = given ? 0 : presets(today).findIndex(({name}) => name === 'last-7-days');
  return {today, given, cursor, focus: 'list', start: '', end: '', width, problem: undefined};
}

/** The list: the command line's range, the presets, and last the two fields (without a range of its own). */
export function dateItems({today, given}: Pick<DatesState, 'today' | 'given'>): readonly DateItem[] {
  const first = given ? [{label: 'From the command line', range: given}] : [];
  return [...first, ...presets(today).map(({label, range}) => ({label, range})), {label: 'Custom', range: undefined}];
}

/** Reads the fields: days or months; without an end a month is itself and a day goes on until today. */
export function readCustom({start, end, today}: Pick<DatesState, 'start' | 'end' | 'today'>): CustomReading {
  const from = readField('start', start);
  if (from.state !== 'ready') return from;
  if (from.range.first > today) {
    return {state: 'wrong', field: 'start', sentence: `${start.trim()} lies in the future: there is no usage yet.`};
  }
  const until = readField('end', end);
  if (until.state !== 'ready' && end.trim() !== '') return until;
  const isMonth = from.range.last > from.range.first;
  const last = until.state === 'ready' ? until.range.last : isMonth ? from.range.last : today;
  if (last < from.range.first) return {state: 'wrong', field: 'end', sentence: 'The end lies before the start.'};
  const range = {first: from.range.first, last: Math.min(last, today)};
  if (daysIn(range) > MOST_DAYS) {
    return {state: 'wrong', field: 'start', sentence: 'That is more than ten years: start later.'};
  }
  return {state: 'ready', range, isCut: last > today};
}

function readField(field: 'start' | 'end', text: string): CustomReading {
  const value = text.trim();
  const day = parseDay(value);
  if (day !== undefined) return {state: 'ready', range: {first: day, last: day}, isCut: false};
  const month = parseMonth(value);
  if (month !== undefined) return {state: 'ready', range: month, isCut: false};
  if (/^\d{4}-\d\d(-\d\d)?$/.test(value))
    return {state: 'wrong', field, sentence: `There is no ${value}: ${whyNoDay(value)}.`};
  if (/^(\d{0,4}|\d{4}-\d?|\d{4}-\d\d-\d?)$/.test(value)) return {state: 'unfinished', field};
  return {state: 'wrong', field, sentence: 'A date looks like 2026-10-01, a month like 2026-10.'};
}

/** What an action does here; `go` says whether it leaves the screen, and with which range. */
export function actOnDates(dates: DatesState, action: Action, page: number): DatesStep {
  const items = dateItems(dates);
  const at = (cursor: number): DatesStep => ({
    dates: {...dates, cursor: Math.max(0, Math.min(cursor, items.length - 1))},
  });
  const turn = (by: number): DatesStep => {
    const index = BUCKET_WIDTHS.indexOf(dates.width) + by;
    return {
      dates: {...dates, width: BUCKET_WIDTHS[Math.max(0, Math.min(index, BUCKET_WIDTHS.length - 1))] ?? dates.width},
    };
  };
  const isWidth = dates.focus === 'width';
  switch (action) {
    case 'up':
      return isWidth ? turn(-1) : at(dates.cursor - 1);
    case 'down':
      return isWidth ? turn(1) : at(dates.cursor + 1);
    case 'pageUp':
      return isWidth ? turn(-2) : at(dates.cursor - page);
    case 'pageDown':
      return isWidth ? turn(2) : at(dates.cursor + page);
    case 'first':
      return isWidth ? turn(-2) : at(0);
    case 'last':
      return isWidth ? turn(2) : at(items.length - 1);
    case 'toggle':
      if (isWidth) return {dates: {...dates, width: next(BUCKET_WIDTHS, dates.width, 1)}};
      return items[dates.cursor]?.range ? {dates} : {dates: focusOn(dates, 'start')};
    case 'nextField':
      return {dates: focusOn(dates, next(order, dates.focus, 1))};
    case 'previousField':
      return {dates: focusOn(dates, next(order, dates.focus, -1))};
    case 'back':
      return isWidth ? {dates: focusOn(dates, 'list')} : {dates, go: 'back'};
    case 'leave':
      return {dates: focusOn(dates, 'list')};
    case 'accept':
      return accept(dates);
    default:
      return {dates};
  }
}

const order: readonly DatesFocus[] = ['list', 'start', 'end', 'width'];

function next<Item>(items: readonly Item[], item: Item, by: number): Item {
  return items[(items.indexOf(item) + by + items.length) % items.length] ?? item;
}

function focusOn(dates: DatesState, focus: DatesFocus): DatesState {
  return {...dates, focus, problem: undefined};
}

/** Whoever types into a field means the custom dates; who only passes through it on the way to the width does not. */
export function typeDate(dates: DatesState, field: 'start' | 'end', text: string): DatesState {
  return {...dates, [field]: text, problem: undefined, cursor: dateItems(dates).length - 1};
}

function accept(dates: DatesState): DatesStep {
  const isField = dates.focus === 'start' || dates.focus === 'end';
  const range = isField ? undefined : dateItems(dates)[dates.cursor]?.range;
  if (range) return {dates: {...dates, focus: 'list'}, go: {range}};
  const hasStart = dates.start.trim() !== '';
  if (dates.focus === 'list' && !hasStart) return {dates: focusOn(dates, 'start')};
  const reading = readCustom(dates);
  if (reading.state === 'wrong') return {dates: {...focusOn(dates, reading.field), problem: reading.sentence}};
  if (reading.state === 'unfinished') {
    const example = `${isoOf(dates.today)}, or ${isoOf(dates.today).slice(0, 7)} for a month`;
    return {dates: {...focusOn(dates, reading.field), problem: `Finish the ${reading.field} date: ${example}.`}};
  }
  // Enter after the start goes to the end first, as it does in any form; there it may stay empty.
  if (dates.focus === 'start') return {dates: focusOn(dates, 'end')};
  return {dates: {...dates, focus: 'list'}, go: {range: reading.range}};
}
