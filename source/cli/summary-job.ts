import type {Chunk} from '../export/chunks.ts';
import {chunksFor} from '../export/formats.ts';
import type {SummaryOptions} from '../options.ts';
import {dayOf, rangeLabel} from '../usage/days.ts';
import type {Outcome} from '../usage/outcome.ts';
import {type Comparable, comparable, firstOpenDay, isPerhapsFilling} from '../view/comparable.ts';
import {counted} from '../view/counted.ts';
import {headlineText} from '../view/headline.ts';
import {type Periods, periodLabel, periodsOf} from '../view/periods.ts';
import {roundedSentence} from '../view/rounded.ts';
import {allRows} from '../view/rows.ts';
import {type Destination, refuseOutput, writeOutput} from './destination.ts';
import {type FetchJob, hasNothing, runFetchJob} from './fetch-job.ts';
import {type Summary, summarize, summarizeChanges} from './summarize.ts';
import {summaryHeadline} from './summary-headline.ts';
import {chooseMetric, emptyBecause, refuseUnknown} from './summary-question.ts';
import {summaryText} from './summary-text.ts';
import type {System} from './system.ts';

/** Where nobody says how wide it is (a file, a pipe). */
const defaultWidth = 80;

type Comparison = Comparable & {readonly periods: Periods};

/**
 * The figures of the Summary screen without the screen: text on a terminal, data elsewhere. Returns the exit code, with
 * the meanings that it has for an export. Throws a UsageMistake for an output that cannot be written, as far as that is
 * known before, and for a dimension or metric that nobody has; a SaveError later.
 */
export async function runSummary(options: SummaryOptions, system: System): Promise<number> {
  const {output, force, range} = options;
  const destination: Destination = {output, force, user: system.user, ownName: () => output};
  await refuseOutput(destination);

  return runFetchJob(options, system, async job => {
    const {say} = job;
    const outcome = await job.fetch(range);
    if (!options.offline && hasNothing(outcome)) {
      say('Nothing was written: no endpoint could be fetched.');
      return 1;
    }
    const periods = options.isComparing ? periodsToCompare(outcome, system.now(), say) : undefined;
    const before = periods && (await job.fetch(periods.before));
    const comparison = before && periods && compare(outcome, before, periods, say);

    const datasets = [outcome, ...(before ? [before] : [])].map(({dataset}) => dataset);
    const {metric, notice} = chooseMetric(datasets, options.metric);
    refuseUnknown(datasets, options.by);
    const isPartial = outcome.gaps.length > 0 || (before?.gaps.length ?? 0) > 0;
    const because = emptyBecause(datasets, {by: options.by, metric, range, isWhole: !isPartial});
    for (const sentence of [notice, because]) if (sentence !== undefined) say(sentence);
    const question = {by: options.by, metric};
    const {dataset} = outcome;
    const none = new Uint32Array(0);
    const summary =
      comparison === undefined
        ? summarize({dataset, rows: because === undefined ? allRows(dataset.rowCount) : none}, question)
        : because === undefined
          ? summarizeChanges(comparison.now, comparison.before, question)
          : summarizeChanges({...comparison.now, rows: none}, {...comparison.before, rows: none}, question);

    const rounded = roundedSentence(summary.table) ?? roundedSentence(summary.table.totals);
    if (rounded !== undefined) say(rounded);
    const chunks = chunksOf(summary, comparison, options, system);
    const path = await writeOutput(chunks, isPartial, destination, {stdout: system.stdout, signal: job.signal});
    if (path !== undefined) say(`Wrote ${counted(summary.table.rowCount, 'row')} to ${path}`);
    return isPartial ? 3 : 0;
  });
}

/** The days to compare, if a day of the range is over; says which days of the range do not count. */
function periodsToCompare(outcome: Outcome, now: number, say: FetchJob['say']): Periods | undefined {
  const {range} = outcome.query;
  const openDay = firstOpenDay(outcome, now);
  const periods = periodsOf(range, openDay);
  const isLater = openDay < dayOf(now / 1000);
  if (periods === undefined) {
    say(
      `There is nothing to compare: no day of ${rangeLabel(range)} ${isLater ? 'was over when it was fetched' : 'is over'}.`,
    );
  } else if (periods.now.last < range.last) {
    const rest = periodLabel({first: periods.now.last + 1, last: range.last}, '→');
    const over = isLater ? 'were over when they were fetched' : 'are over';
    say(`Only days that ${over} are compared: ${rangeLabel(periods.now)}, without ${rest}.`);
  }
  return periods;
}

function compare(now: Outcome, before: Outcome, periods: Periods, say: FetchJob['say']): Comparison | undefined {
  const sides = comparable(now, before, periods);
  if (sides === undefined && isPerhapsFilling(before, periods.before)) {
    say(`Nothing can be compared: ${rangeLabel(periods.before)} was fetched before all of it was over.`);
  } else if (sides === undefined) say('Nothing can be compared: no endpoint has every day of both periods.');
  else if (sides.leftOut.length > 0) {
    say(`Left out of the comparison, because days are missing: ${sides.leftOut.join(', ')}.`);
  }
  return sides && {...sides, periods};
}

function chunksOf(
  summary: Summary,
  comparison: Comparison | undefined,
  options: SummaryOptions,
  {stdout}: System,
): Iterable<Chunk> {
  const format = options.format ?? (stdout.isTTY ? 'text' : 'csv');
  if (format !== 'text') return chunksFor(format, summary.table, options);
  const width = (options.output === '-' && stdout.columns) || defaultWidth;
  const found = comparison && summaryHeadline(summary, comparison);
  const headline = found && headlineText(found, {to: options.ascii ? '->' : '→'}, width);
  const title = {range: options.range, periods: comparison?.periods, headline};
  return summaryText(summary, title, {width, isAscii: options.ascii}).map(line => `${line}\n`);
}
