/**
 * A process: `node views.js HOME FIRST_DAY LAST_DAY`, over the cache that an export left behind. Asks the rows of those
 * days each question, of our views and in the naive way. Prints a `ViewsReport` as JSON.
 */
import process from 'node:process';
import {loadLarge} from './load.ts';
import {csvOf, rowObjects} from './naive.ts';
import {type Question, questionsFor, unremembered} from './questions.ts';

export type ViewsReport = {
  readonly answers: readonly (Pick<Question, 'what' | 'most' | 'baseline'> & {
    readonly ours: readonly number[];
    readonly theirs: readonly number[];
  })[];
  /** Rows a second. */
  readonly csvRate: number;
};

const [home = '', ...days] = process.argv.slice(2);
const [first = 0, last = 0] = days.map(Number);
const dataset = await loadLarge(home, {first, last});
const questions = questionsFor(dataset);

function timed(times: number, run: () => () => unknown): number[] {
  return Array.from({length: times}, () => {
    const ready = run();
    const started = performance.now();
    ready();
    return performance.now() - started;
  });
}

const ours = questions.map(question =>
  timed(7, () => {
    const fresh = unremembered(dataset);
    return () => question.ours(fresh);
  }),
);
// Only now, so that a million objects are no burden to what is measured above.
const rows = rowObjects(dataset);
const times = dataset.rowCount < 500_000 ? 5 : 1;
const theirs = questions.map(question => timed(times, () => () => question.theirs(rows)));
if (dataset.rowCount < 50_000) {
  for (const {what, agree} of questions) if (!agree(dataset, rows)) throw new Error(`Two answers to: ${what}`);
}
const names = dataset.columns.map(({name}) => name);
const [csvTime = Number.NaN] = timed(1, () => () => Buffer.from(csvOf(rows, names)).length);

const report: ViewsReport = {
  answers: questions.map(({what, most, baseline}, index) => ({
    what,
    most,
    baseline,
    ours: ours[index] ?? [],
    theirs: theirs[index] ?? [],
  })),
  csvRate: (dataset.rowCount / csvTime) * 1000,
};
process.stdout.write(JSON.stringify(report));
