import {type Day, isoOf} from '../usage/days.ts';
import type {Gap, Outcome} from '../usage/outcome.ts';
import {clockDifference} from '../view/clock-words.ts';
import {counted} from '../view/counted.ts';
import {listed} from '../view/listed.ts';

const listNames = {
  users: 'users',
  projects: 'projects',
  admin_api_keys: 'admin keys',
  project_api_keys: 'API keys',
} as const;

/** What has to be said of an outcome, a sentence a line: what is missing, and why. Equal reasons are said once. */
export function reportOf({gaps, query, skipped, directoryFailures, clockAhead, isKeyNew}: Outcome): string[] {
  const lines = grouped(gaps, gap => gapReason(gap, isKeyNew)).map(
    ([reason, same]) =>
      `${listed(
        same.map(gap => gap.endpoint),
        'and',
      )}: ${reason}`,
  );
  if (query.width !== '1d' && query.endpoints.includes('costs') && !skipped.includes('costs')) {
    lines.push('costs: the API gives them by day only, so they stay daily.');
  }
  if (skipped.length > 0) {
    const they = skipped.length === 1 ? 'it knows' : 'they know';
    lines.push(`${skipped.join(', ')}: left out, because ${they} nothing of what you filter by.`);
  }
  for (const [reason, lists] of grouped([...directoryFailures], ([, {what, next}]) => `${what}. ${next}`)) {
    lines.push(
      `Names of ${listed(
        lists.map(([list]) => listNames[list]),
        'and',
      )} are missing: ${reason}`,
    );
  }
  if (clockAhead !== undefined) lines.push(clockSentence(clockAhead));
  return lines;
}

/** What is settled goes by the server's clock where ours is ahead; what today is cannot. */
function clockSentence(ahead: number): string {
  const [first = '', ...rest] = clockDifference(ahead);
  const but = ahead > 0 ? 'days that are still to come may be in the range' : 'the range may end too early';
  return `${first.toUpperCase()}${rest.join('')}: ${but}; set the clock right.`;
}

function grouped<Item>(items: readonly Item[], reasonOf: (item: Item) => string): [string, Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const reason = reasonOf(item);
    groups.set(reason, [...(groups.get(reason) ?? []), item]);
  }
  return [...groups];
}

function gapReason({missing, stale, error}: Gap, isKeyNew: boolean): string {
  const parts = [
    missing.length > 0 && `${counted(missing.length, 'day')} missing (${spans(missing)})`,
    stale.length > 0 && `${counted(stale.length, 'day')} as of an earlier fetch (${spans(stale)})`,
  ].filter(part => part !== false);
  const sentences = [
    error && `${error.what}. ${error.next}`,
    parts.length > 0 && `${parts.join(', ')}.`,
    !error &&
      (isKeyNew
        ? 'This key is new to the cache: run once without --offline, so that it can use what earlier keys fetched.'
        : 'The cache does not hold them; run once without --offline.'),
  ];
  return sentences.filter(Boolean).join(' ');
}

/** `2026-10-01 → 2026-10-03, 2026-10-07`, at most four runs of days. */
export function spans(days: readonly Day[]): string {
  const runs: {first: Day; last: Day}[] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && run.last === day - 1) run.last = day;
    else runs.push({first: day, last: day});
  }
  const shown = runs
    .slice(0, 4)
    .map(({first, last}) => (first === last ? isoOf(first) : `${isoOf(first)} → ${isoOf(last)}`));
  return runs.length > 4 ? `${shown.join(', ')}, …` : shown.join(', ');
}
