import type {BucketWidth, EndpointName} from '../api/endpoints.ts';
import type {Range} from '../usage/days.ts';
import type {Outcome} from '../usage/outcome.ts';
import {manyRequests} from '../usage/plan.ts';
import type {DirectoryList} from '../usage/progress.ts';
import {clockDifference} from '../view/clock-words.ts';
import {counted, sizeLabel} from '../view/counted.ts';
import {formatNumber} from '../view/format.ts';
import {printable} from '../view/printable.ts';

/** `12:03 UTC`; with its date where that is not today's. Both are Unix milliseconds. */
export function momentLabel(moment: number, now: number): string {
  const iso = new Date(moment).toISOString();
  const date = iso.slice(0, 10);
  const isToday = date === new Date(now).toISOString().slice(0, 10);
  return `${isToday ? '' : `${date} `}${iso.slice(11, 16)} UTC`;
}

/** How much the files of cached days take. Days without any, which somebody else has cleared, are held by us alone. */
export function heldLabel(bytes: number): string {
  return bytes > 0 ? sizeLabel(bytes) : 'in memory';
}

/** `0.4 s`, `12 s`, `2 min 5 s` */
export function durationLabel(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

const listNames: Record<DirectoryList, string> = {
  users: 'users',
  projects: 'projects',
  admin_api_keys: 'admin keys',
  project_api_keys: 'project keys',
};

export function listName(list: DirectoryList): string {
  return listNames[list];
}

const unitsOf: Record<BucketWidth, string> = {'1d': 'days', '1h': 'hours', '1m': 'minutes'};

/** `3,653 requests; hours take 533`, before they are sent; undefined where they are few. */
export function manySentence(range: Range, names: readonly EndpointName[], width: BucketWidth): string | undefined {
  const many = manyRequests(range, names, width);
  return many && `${counted(many.count, 'request')}; ${unitsOf[many.wider]} take ${formatNumber(many.widerCount)}`;
}

/** What is missing from the rows, in one line; undefined when nothing is. */
export function gapSentence(outcome: Outcome, separator: string): string | undefined {
  const {gaps, directoryFailures, skipped, isStopped, query, clockAhead} = outcome;
  const isAsked = (name: EndpointName) => query.endpoints.includes(name) && !skipped.includes(name);
  const incomplete = gaps.map(({endpoint}) => endpoint);
  const parts = [
    isStopped && 'stopped',
    incomplete.length > 0 && `${counted(incomplete.length, 'endpoint')} incomplete: ${some(incomplete)}`,
    directoryFailures.size > 0 && `names missing: ${some([...directoryFailures.keys()].map(listName))}`,
    skipped.length > 0 && `not asked, they know no such filter: ${some(skipped)}`,
    clockAhead !== undefined && clockDifference(clockAhead),
    query.width !== '1d' && isAsked('costs') && 'costs stay daily',
  ].filter(part => part !== false);
  if (parts.length === 0) return undefined;
  const hasErrors = gaps.length > 0 || directoryFailures.size > 0;
  return [...parts, ...(hasErrors ? ['t errors'] : []), ...(gaps.length > 0 ? ['r refetch'] : [])].join(
    ` ${separator} `,
  );
}

/** Three names at most, then how many more. */
export function some(names: readonly (EndpointName | string)[]): string {
  const rest = names.length - 3;
  return rest > 1 ? `${names.slice(0, 3).join(', ')} and ${rest} more` : names.join(', ');
}

/** An error as one harmless line. */
export function sentenceOf(error: unknown): string {
  return printable(error instanceof Error ? error.message : String(error));
}
