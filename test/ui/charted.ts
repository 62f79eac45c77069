import {startOf} from '../../source/usage/days.ts';
import type {Outcome} from '../../source/usage/outcome.ts';
import {anOutcome, aQuery} from '../helpers/fake-connection.ts';
import {type Cells, datasetOf, FIRST_DAY} from '../view/datasets.ts';

/** The first so many days of October, 2026. */
export const octoberQuery = (days: number) => aQuery({range: {first: FIRST_DAY, last: FIRST_DAY + days - 1}});

/** An outcome of those rows of October. */
export function outcomeOf(rows: readonly Cells[], days: number): Outcome {
  return anOutcome({query: octoberQuery(days), dataset: datasetOf(rows)});
}

export const PROJECTS = ['Search', 'Chat', 'Voice', 'Images', 'Batch', 'Labs', 'Intern'];

/** What projects cost day by day: the first most, more each day of the week, and requests that cost nothing. */
export function octoberCosts(days: number, projects: readonly string[] = PROJECTS): Outcome {
  const rows = Array.from({length: days}, (_, day) =>
    projects.flatMap((name, index): Cells[] => {
      const of = {
        start_time: startOf(FIRST_DAY + day),
        date: `2026-10-${String(day + 1).padStart(2, '0')}`,
        project_id: `proj_${index}`,
        project_name: name,
      };
      return [
        {...of, amount: ((day % 7) + 1) * (projects.length - index) * 1.25, currency: 'usd'},
        {...of, num_model_requests: 10 * (index + 1), input_tokens: 100, input_cached_tokens: 10 * index},
      ];
    }),
  );
  return outcomeOf(rows.flat(), days);
}
