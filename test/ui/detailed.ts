import type {Size} from '../../source/ui/layout.ts';
import type {State} from '../../source/ui/state/shape.ts';
import type {Directory} from '../../source/usage/directory.ts';
import type {Outcome} from '../../source/usage/outcome.ts';
import {anOutcome} from '../helpers/fake-connection.ts';
import {type Cells, datasetOf} from '../view/datasets.ts';
import {showing} from './state/playing.ts';

/** What a shell would act on, were it pasted: colour, bell, a C1 sequence, line ends, a tab. */
export const EVIL = 'a\x1b[31mred\x07\u009b2J\r\nrm -rf ~\n\tb\u2028c';

const march = Date.UTC(2026, 2, 1, 9, 12) / 1000;

export const directory: Directory = {
  users: new Map([['user-1', {id: 'user-1', name: 'Ada Lovelace', email: 'ada@lumen.example'}]]),
  projects: new Map([
    ['proj_1', {id: 'proj_1', name: 'Search', isArchived: false}],
    ['proj_2', {id: 'proj_2', name: 'Old Bot', isArchived: true}],
  ]),
  keys: new Map([
    [
      'key_1',
      {
        id: 'key_1',
        name: 'prod-gateway',
        redactedValue: 'sk-proj-****eYBb',
        createdAt: march,
        lastUsedAt: null,
        owner: {kind: 'user', id: 'user-1', name: 'Ada Lovelace', email: 'ada@lumen.example'},
      },
    ],
    [
      'key_2',
      {
        id: 'key_2',
        name: 'ci',
        redactedValue: null,
        createdAt: 1e300,
        lastUsedAt: march + 60,
        owner: {kind: 'service_account', id: 'svc_1', name: 'ci-bot', email: null},
      },
    ],
  ]),
  fetchedAt: new Map(),
};

const at = {date: '2026-11-16', start_time: Date.UTC(2026, 10, 16) / 1000};

/** A row of completions, one of costs, one whose ids nobody knows, one with a hostile name. */
export const fourRows: readonly Cells[] = [
  {
    ...at,
    endpoint_type: 'completions',
    input_tokens: 1_204_511,
    api_key_id: 'key_1',
    api_key_name: 'prod-gateway',
    project_id: 'proj_1',
    project_name: 'Search',
    model: 'gpt-5.4',
    user_id: 'user-1',
    user_email: 'ada@lumen.example',
  },
  {
    ...at,
    endpoint_type: 'costs',
    api_key_id: 'key_2',
    api_key_name: 'ci',
    project_id: 'proj_2',
    project_name: 'Old Bot',
    amount: -1234.5678,
    currency: 'usd',
    line_item: 'gpt-5.4, input',
    user_id: 'svc_1',
    user_email: 'ci-bot',
  },
  {...at, endpoint_type: 'completions', input_tokens: 7, api_key_id: 'key_9', project_id: 'proj_9', user_id: 'user-9'},
  {...at, endpoint_type: 'completions', model: EVIL, input_tokens: 8},
];

export function rowsOutcome(rows = fourRows, part: Partial<Outcome> = {}): Outcome {
  return anOutcome({dataset: datasetOf(rows), directory, ...part});
}

/** The session once that outcome has arrived, at the table's first cell. */
export const tableOf = (outcome = rowsOutcome(), size?: Size): State => showing(outcome, size);
