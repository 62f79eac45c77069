import {type Day, isoOf} from '../usage/days.ts';
import type {Gap, Outcome} from '../usage/outcome.ts';

const plural = (count: number, word: string) => `${count.toLocaleString('en-US')} ${word}${count === 1 ? '' : 's'}`;

/** What has to be said of an outcome, a sentence a line: what is missing, and why. */
export function reportOf(outcome: Outcome): string[] {
  const lines = outcome.gaps.map(gapLine);
  if (outcome.query.width !== '1d' && outcome.query.endpoints.includes('costs') && !outcome.skipped.includes('costs')) {
    lines.push('costs: the API gives them by day only, so they stay daily.');
  }
  if (outcome.skipped.length > 0) {
    lines.push(
      `${outcome.skipped.join(', ')}: left out, because ${outcome.skipped.length === 1 ? 'it knows' : 'they know'} nothing of what you filter by.`,
    );
  }
  for (const [list, error] of outcome.directoryFailures)
    lines.push(`Names of ${listNames[list]} are missing: ${error.message}`);
  return lines;
}

const listNames = {
  users: 'users',
  projects: 'projects',
  admin_api_keys: 'admin keys',
  project_api_keys: 'API keys',
} as const;

function gapLine({endpoint, missing, stale, error}: Gap): string {
  const parts = [
    missing.length > 0 && `${plural(missing.length, 'day')} missing (${spans(missing)})`,
    stale.length > 0 && `${plural(stale.length, 'day')} as of an earlier fetch (${spans(stale)})`,
  ].filter(Boolean);
  const consequence = parts.length === 0 ? '' : `${parts.join(', ')}. `;
  if (error) return `${error.message.trimEnd()} ${consequence}`.trimEnd();
  return `${endpoint}: ${consequence}The cache does not hold them; run once without --offline.`;
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
