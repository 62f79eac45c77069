import type {EndpointName} from '../../api/endpoints.ts';
import {dayOf, isoOf, rangeLabel} from '../../usage/days.ts';
import type {Outcome} from '../../usage/outcome.ts';
import {comparable, firstOpenDay, isPerhapsFilling} from '../../view/comparable.ts';
import type {Side} from '../../view/compare.ts';
import {type Headline, headlineOf, headlineText} from '../../view/headline.ts';
import {type Periods, periodsOf} from '../../view/periods.ts';
import {widthOf} from '../../view/width.ts';
import {sentenceOf} from '../sentences.ts';
import type {Glyphs} from '../theme.ts';
import {withoutHours} from './changes-shape.ts';
import {type Fetching, failuresOf, outcomeErrors, startFetching} from './fetching.ts';
import {type ResultsState, withErrors} from './results.ts';
import type {Surroundings} from './step.ts';

/** Both periods, cut to what can be compared. */
export type ReadyComparison = {
  readonly state: 'ready';
  readonly periods: Periods;
  readonly now: Side;
  readonly before: Side;
  /** Endpoints that are not whole in both periods. */
  readonly leftOut: readonly EndpointName[];
  readonly headline: Headline | undefined;
};

/** The period before: being fetched, there, or why there is none. */
export type Comparison =
  | {readonly state: 'fetching'; readonly fetching: Fetching; readonly periods: Periods}
  | ReadyComparison
  | {readonly state: 'none'; readonly why: string; readonly mayTryAgain: boolean};

/** The results with the period before being fetched, or with the reason why it cannot be. */
export function startComparison(
  results: ResultsState,
  {now, nextId, isOffline}: Pick<Surroundings, 'now' | 'nextId' | 'isOffline'>,
): ResultsState {
  const {query} = results.outcome;
  const periods = periodsOf(query.range, firstOpenDay(results.outcome, now));
  if (!periods) return withNone(results, whyNoPeriods(results.outcome, now), false);
  const refresh = isOffline ? 'nothing' : 'reuse';
  const fetching = startFetching(nextId, {...query, range: periods.before}, refresh, now);
  // Hours that are open are those of the rows compared before.
  return {...results, comparison: {state: 'fetching', fetching, periods}, changes: withoutHours(results.changes)};
}

/** The period before has come. What it comes to is worked out here, once, and never while a frame is drawn. */
export function compared(earlier: ResultsState, before: Outcome): ResultsState {
  const {comparison, outcome} = earlier;
  if (comparison?.state !== 'fetching') return earlier;
  const results = withErrors(earlier, outcomeErrors(before));
  const {periods, fetching} = comparison;
  if (before.isStopped) return withNone(results, 'fetching the period before was stopped.', true);
  const both = comparable(outcome, before, periods);
  if (both) {
    const headline = headlineOf(both.now, both.before, periods);
    return {...results, comparison: {state: 'ready', periods, ...both, headline}};
  }
  const [failure] = failuresOf(outcomeErrors(before));
  if (failure) return withNone(results, sentenceOf(failure), true);
  if (isPerhapsFilling(before, periods.before)) {
    return withNone(results, `${rangeLabel(periods.before)} was fetched before all of it was over.`, false);
  }
  const where = fetching.refresh === 'nothing' ? 'in the cache' : 'here';
  return withNone(results, `no endpoint has every day of both periods ${where}.`, false);
}

/** The line colleagues hear about, ` · x` at its end; undefined while there is nothing to tell. */
export function headlineLine({comparison}: ResultsState, width: number, glyphs: Glyphs): string | undefined {
  if (comparison?.state !== 'ready' || !comparison.headline) return undefined;
  const key = ` ${glyphs.separator} x`;
  const text = headlineText(comparison.headline, glyphs, width - widthOf(key));
  return text === '' ? undefined : `${text}${key}`;
}

function withNone(results: ResultsState, why: string, mayTryAgain: boolean): ResultsState {
  return {...results, comparison: {state: 'none', why: `Nothing to compare with: ${why}`, mayTryAgain}};
}

function whyNoPeriods(outcome: Outcome, now: number): string {
  const {first} = outcome.query.range;
  if (first < firstOpenDay(outcome, now)) return 'the period before would begin before 1970.';
  if (first >= dayOf(now / 1000)) return `no day since ${isoOf(first)} is over yet.`;
  return `no day since ${isoOf(first)} was over when it was fetched.`;
}
