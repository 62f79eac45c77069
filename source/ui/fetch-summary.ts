import type {EndpointName} from '../api/endpoints.ts';
import {counted} from '../view/counted.ts';
import {formatNumber} from '../view/format.ts';
import {durationLabel, listName, sentenceOf, some} from './sentences.ts';
import {errorsOf, type Fetching} from './state/fetching.ts';
import type {Message} from './state/results.ts';
import type {Glyphs} from './theme.ts';

/** The endpoints, those first of which something is to be said: for a terminal that cannot show them all. */
export function wantedFirst({query, endpoints, outcome}: Fetching): readonly EndpointName[] {
  const weight = (name: EndpointName) => {
    const state = endpoints.get(name)?.state;
    if (state === 'failed' || outcome?.gaps.some(({endpoint}) => endpoint === name)) return 0;
    return state === 'fetching' ? 1 : state === 'finished' ? 3 : 2;
  };
  return [...query.endpoints].sort((one, other) => weight(one) - weight(other));
}

/** The lines under the endpoints: elapsed time and requests, and in the end what came of it. */
export function fetchSummary(fetching: Fetching, now: number, {separator}: Glyphs): readonly Message[] {
  const {startedAt, endedAt, outcome, endpoints, lists} = fetching;
  const progresses = [...endpoints.values(), ...lists.values()];
  const requests = progresses.reduce((sum, {requests: sent}) => sum + sent, 0);
  const rows = [...endpoints.values()].reduce((sum, progress) => sum + progress.rows, 0);
  const figures = [durationLabel((endedAt ?? now) - startedAt), counted(requests, 'request'), counted(rows, 'row')];
  const line: Message = {text: figures.join(` ${separator} `), tone: 'plain'};
  if (!outcome) return [line];
  const [error] = errorsOf(fetching);
  const sentence: readonly Message[] = error ? [{text: sentenceOf(error), tone: 'bad'}] : [];
  return [line, ...sentence, {text: outcomeSentence(fetching), tone: 'warning'}];
}

function outcomeSentence({outcome, query}: Fetching): string {
  if (!outcome) return '';
  const {gaps, directoryFailures, isStopped} = outcome;
  const whole = query.endpoints.length - gaps.length;
  const endpoints = `${whole} of ${counted(query.endpoints.length, 'endpoint')} complete`;
  const names =
    directoryFailures.size > 0 ? `; names missing: ${some([...directoryFailures.keys()].map(listName))}` : '';
  return `${isStopped ? 'Stopped. ' : ''}Enter shows what arrived: ${endpoints}${names}.`;
}

/** What the bordered summary says once a fetch ended with failures: one line for each way it can end. */
export function summaryRows({query, endpoints, outcome}: Fetching): readonly Readonly<Record<string, string>>[] {
  if (!outcome || outcome.gaps.length === 0) return [];
  const incomplete = new Set(outcome.gaps.map(({endpoint}) => endpoint));
  const groups = [
    {state: 'complete', names: query.endpoints.filter(name => !incomplete.has(name))},
    {state: 'incomplete', names: query.endpoints.filter(name => incomplete.has(name))},
  ];
  return groups.flatMap(({state, names}) => {
    if (names.length === 0) return [];
    const of = (read: 'daysDone' | 'daysTotal' | 'daysCached' | 'rows' | 'requests') =>
      names.reduce((sum, name) => sum + (endpoints.get(name)?.[read] ?? 0), 0);
    return [
      {
        endpoints: `${names.length} ${state}`,
        days: `${formatNumber(of('daysDone'))} of ${formatNumber(of('daysTotal'))}`,
        'from cache': formatNumber(of('daysCached')),
        rows: formatNumber(of('rows')),
        requests: formatNumber(of('requests')),
      },
    ];
  });
}
