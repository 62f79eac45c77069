import {isoOf, parseDay, type Range, startOf} from '../../source/usage/days.ts';
import type {Outcome} from '../../source/usage/outcome.ts';
import type {Query} from '../../source/usage/query.ts';
import {anOutcome, aQuery} from '../helpers/fake-connection.ts';
import {type Cells, datasetOf} from '../view/datasets.ts';

/** Four days, before which lie four others. The third, 27 October, has the spike. */
export const NOW: Range = rangeOf('2026-10-25', '2026-10-28');
export const BEFORE: Range = rangeOf('2026-10-21', '2026-10-24');
export const SPIKE = NOW.first + 2;

const keys = [
  {id: 'key_1', name: 'gateway', cost: 10, days: [BEFORE, NOW]},
  {id: 'key_2', name: 'backfill', cost: 2, days: [BEFORE, NOW]},
  {id: 'key_3', name: 'fresh', cost: 1, days: [NOW]},
  {id: 'key_4', name: 'evil\x1b[31m\r\n日本語', cost: 0.5, days: [BEFORE]},
];

/** What the organization would answer: by day, and by hour where hours are asked for. */
export function answerTo(query: Query, part: Partial<Outcome> = {}): Outcome {
  const rows: Cells[] = [];
  for (let day = query.range.first; day <= query.range.last; day++) {
    for (const key of keys) {
      if (!key.days.some(({first, last}) => day >= first && day <= last)) continue;
      const factor = key.name === 'backfill' && day === SPIKE ? 75 : 1;
      const who = {api_key_id: key.id, api_key_name: key.name, project_id: 'proj_1', project_name: 'Search'};
      const usage = {...who, endpoint_type: 'completions', model: 'gpt-5.4'};
      if (query.endpoints.includes('completions'))
        rows.push(...(query.width === '1d' ? [day] : hours).map(at => usageAt(at, day, usage, query, factor)));
      if (!query.endpoints.includes('costs')) continue;
      const cost = {start_time: startOf(day), date: isoOf(day), endpoint_type: 'costs', currency: 'usd'};
      rows.push({...cost, ...who, line_item: 'gpt-5.4, input', amount: key.cost * factor});
    }
  }
  return anOutcome({query, dataset: datasetOf(rows), ...part});
}

export const theQuery = aQuery({range: NOW, endpoints: ['completions', 'images', 'costs']});

const hours = [0, 9, 13, 20];

function usageAt(at: number, day: number, usage: Cells, {width}: Query, factor: number): Cells {
  if (width === '1d')
    return {
      ...usage,
      start_time: startOf(day),
      date: isoOf(day),
      input_tokens: 2800 * factor,
      input_cached_tokens: 1400,
    };
  const tokens = (at === 13 ? 1300 : 500) * factor;
  const date = `${isoOf(day)}T${String(at).padStart(2, '0')}:00Z`;
  return {...usage, start_time: startOf(day) + at * 3600, date, input_tokens: tokens};
}

function rangeOf(first: string, last: string): Range {
  return {first: parseDay(first) ?? 0, last: parseDay(last) ?? 0};
}
