import {startOf} from '../../source/usage/days.ts';
import type {Outcome} from '../../source/usage/outcome.ts';
import {anOutcome, TODAY} from '../helpers/fake-connection.ts';
import {type Cells, datasetOf} from '../view/datasets.ts';

const at = (day: number) => ({start_time: startOf(TODAY - 6 + day), date: `2026-11-${16 + day}`});

const cost = (day: number, project: number, item: string, amount: number): Cells => ({
  ...at(day),
  endpoint_type: 'costs',
  ...projects[project],
  line_item: item,
  amount,
  currency: 'usd',
});

const tokens = (day: number, project: number, model: string, input: number): Cells => ({
  ...at(day),
  endpoint_type: 'completions',
  ...projects[project],
  model,
  input_tokens: input,
  output_tokens: 7,
});

const projects = [
  {project_id: 'proj_1', project_name: 'Search'},
  {project_id: 'proj_2', project_name: 'Chat'},
  {project_id: 'proj_3', project_name: '日本語\x1b[31m\u202e\r\n=1+1'},
  {},
] as const;

/** Costs and tokens of a week: three projects, one of a hostile name, and rows of none. */
export const SUMMARY_ROWS: readonly Cells[] = [
  cost(0, 0, 'gpt-5.4, input', 1000.5),
  cost(1, 0, 'gpt-5.4, input', 200.25),
  cost(6, 0, 'gpt-5.4-mini, input', 34),
  cost(0, 1, 'gpt-5.4, input', 300),
  cost(3, 1, 'gpt-5.4-mini, input', 0.0043),
  cost(2, 2, 'gpt-5.4, output', 80),
  cost(5, 2, 'web search', 20.2457),
  cost(4, 3, 'credit', -35),
  tokens(0, 0, 'gpt-5.4', 1_204_511),
  tokens(3, 1, 'gpt-5.4-mini', 88_120),
  tokens(6, 2, 'gpt-5.4', 12),
];

export function summaryOutcome(part: Partial<Outcome> = {}): Outcome {
  return anOutcome({dataset: datasetOf(SUMMARY_ROWS), ...part});
}
