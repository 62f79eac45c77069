import type {EndpointName} from '../api/endpoints.ts';
import type {Gap} from '../usage/outcome.ts';
import type {DirectoryList, DirectoryProgress, EndpointProgress} from '../usage/progress.ts';
import {counted} from '../view/counted.ts';
import {formatNumber} from '../view/format.ts';
import {fitText, widthOf} from '../view/width.ts';
import {listName, sentenceOf} from './sentences.ts';
import type {Tone} from './state/results.ts';
import type {Glyphs} from './theme.ts';

export type FetchLine = {readonly symbol: string; readonly text: string; readonly tone: Tone | 'dim'};

export type FetchLineOptions = {
  readonly nameWidth: number;
  /** Columns for the text, its symbol not counted. */
  readonly width: number;
  /** Unix milliseconds. */
  readonly now: number;
  readonly glyphs: Glyphs;
  /** The spinner's picture of this moment. */
  readonly turning: string;
  /** What is missing in the end. */
  readonly gap?: Gap | undefined;
  readonly isOver: boolean;
};

/** One endpoint on the Fetch screen: bar, days, rows, days from cache, waiting and why, error; the most needed first. */
export function endpointLine(
  name: EndpointName,
  progress: EndpointProgress | undefined,
  options: FetchLineOptions,
): FetchLine {
  const {nameWidth, width, now, glyphs, turning, gap, isOver} = options;
  const {symbol, tone} = signOf(progress, {glyphs, turning, isIncomplete: gap !== undefined});
  const label = fitText(name, Math.min(nameWidth, width), 'left', glyphs.ellipsis);
  if (!progress) return {symbol, tone: 'dim', text: `${label}${isOver ? '  not asked' : ''}`};
  const {daysDone, daysTotal, rows} = progress;
  const days = `${daysDone}/${daysTotal}`.padStart(2 * String(daysTotal).length + 1);
  const note = noteOf(progress, now, gap);
  // Where there is no room for both, what holds things up says more than how far they are.
  if (width < 50) return {symbol, tone, text: `${label}  ${note?.short || days}`};
  const bar = barOf(daysDone, daysTotal, width >= 110 ? 24 : 8, glyphs);
  const start = `${label}  ${bar} ${days} days  ${formatNumber(rows).padStart(7)} rows`;
  const room = width - widthOf(start) - 2;
  const said = !note
    ? ''
    : widthOf(note.long) <= room
      ? note.long
      : widthOf(note.short) <= room
        ? note.short
        : note.long;
  return {symbol, tone, text: said && room > 3 ? `${start}  ${said}` : start};
}

function signOf(
  progress: Pick<EndpointProgress, 'state'> | undefined,
  {glyphs, turning, isIncomplete}: {glyphs: Glyphs; turning: string; isIncomplete: boolean},
): {symbol: string; tone: Tone | 'dim'} {
  if (progress?.state === 'failed') return {symbol: glyphs.failed, tone: 'bad'};
  if (isIncomplete || progress?.state === 'stopped') return {symbol: glyphs.warning, tone: 'warning'};
  if (progress?.state === 'finished') return {symbol: glyphs.done, tone: 'plain'};
  if (progress?.state === 'fetching') return {symbol: turning, tone: 'plain'};
  return {symbol: glyphs.separator, tone: 'dim'};
}

type Note = {readonly long: string; readonly short: string};

function noteOf(progress: EndpointProgress, now: number, gap: Gap | undefined): Note | undefined {
  const {waitingUntil, waitingFor, error, daysCached, daysTotal, state} = progress;
  if (state === 'fetching' && waitingUntil !== undefined && waitingUntil > now) {
    const seconds = `${Math.ceil((waitingUntil - now) / 1000)} s`;
    const why = brief(waitingFor ?? 'waiting');
    const status = /^\d{3}\b/.exec(why)?.[0];
    return {long: `${why}, ${seconds}`, short: status ? `${status}, ${seconds}` : `waits ${seconds}`};
  }
  if (state === 'failed') {
    const why = error && 'what' in error && typeof error.what === 'string' ? error.what : sentenceOf(error ?? 'failed');
    return {long: brief(why), short: 'failed'};
  }
  if (state === 'stopped') return {long: 'stopped', short: 'stopped'};
  if (gap && gap.missing.length > 0) {
    return {long: `${counted(gap.missing.length, 'day')} missing`, short: 'incomplete'};
  }
  if (daysCached === 0) return undefined;
  const cached = daysCached === daysTotal ? 'from cache' : `${formatNumber(daysCached)} from cache`;
  return {long: cached, short: ''};
}

/** `429 Too Many Requests` of `the server answered 429 Too Many Requests: “…”`. */
function brief(what: string): string {
  return sentenceOf(what).replace(/^the server answered (\d{3}.*?)(?:: “.*)?$/, '$1');
}

function barOf(done: number, total: number, width: number, glyphs: Glyphs): string {
  const full = total === 0 ? 0 : Math.floor((done / total) * width);
  return glyphs.barFull.repeat(full) + glyphs.barEmpty.repeat(width - full);
}

/** One list of the directory: how many names it knows, or why not. */
export function listLine(
  list: DirectoryList,
  progress: DirectoryProgress | undefined,
  {glyphs, turning}: {readonly glyphs: Glyphs; readonly turning: string},
): FetchLine {
  const {symbol, tone} = signOf(progress, {glyphs, turning, isIncomplete: false});
  if (!progress) return {symbol, tone, text: listName(list)};
  if (progress.error) return {symbol, tone, text: `${listName(list)}: ${brief(whatOf(progress.error))}`};
  // Nobody was asked how many there are: admin keys are remembered among all keys.
  if (progress.isCached && progress.items === 0) return {symbol, tone, text: listName(list)};
  return {symbol, tone, text: `${formatNumber(progress.items)} ${listName(list)}`};
}

function whatOf(error: Error): string {
  return 'what' in error && typeof error.what === 'string' ? error.what : error.message;
}
