import type {EndpointName} from '../../api/endpoints.ts';
import {dayOf, isoOf, rangeLabel} from '../../usage/days.ts';
import type {Outcome} from '../../usage/outcome.ts';
import {firstOpenDay, isPerhapsFilling, makingComparable} from '../../view/comparable.ts';
import type {Side} from '../../view/compare.ts';
import {findingHeadline, type Headline, headlineText} from '../../view/headline.ts';
import {type Periods, periodsOf} from '../../view/periods.ts';
import {widthOf} from '../../view/width.ts';
import {stage, type Work} from '../../view/work.ts';
import {sentenceOf} from '../sentences.ts';
import type {Glyphs} from '../theme.ts';
import {withoutHours} from './changes-shape.ts';
import {type Fetching, failuresOf, outcomeErrors, startFetching} from './fetching.ts';
import {type ResultsState, withErrors} from './results.ts';
import type {Surroundings} from './step.ts';
import {type Apply, asked} from './tasks.ts';

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

type FetchingComparison = {readonly state: 'fetching'; readonly fetching: Fetching; readonly periods: Periods};

/** The period before: being fetched, there, or why there is none. */
export type Comparison =
  | FetchingComparison
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
  const {comparison} = earlier;
  if (comparison?.state !== 'fetching') return earlier;
  const results = withErrors(earlier, outcomeErrors(before));
  if (before.isStopped) return withNone(results, 'fetching the period before was stopped.', true);
  return asked(results, {
    of: 'comparison',
    label: 'Comparing',
    wish: [comparison],
    work: () => comparing(results.outcome, before, comparison),
  }).results;
}

function* comparing(outcome: Outcome, before: Outcome, fetched: FetchingComparison): Work<Apply> {
  const {periods, fetching} = fetched;
  const both = yield* stage(makingComparable(outcome, before, periods), 0, 4);
  const headline = both && (yield* stage(findingHeadline(both.now, both.before, periods), 1, 2));
  return current => {
    if (current.comparison !== fetched) return {results: current};
    const ready = both && ({state: 'ready', periods, ...both, headline} as const);
    return {
      results: ready ? {...current, comparison: ready} : withNone(current, ...whyNone(before, periods, fetching)),
    };
  };
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

function whyNone(before: Outcome, periods: Periods, {refresh}: Fetching): readonly [why: string, mayTryAgain: boolean] {
  const [failure] = failuresOf(outcomeErrors(before));
  if (failure) return [sentenceOf(failure), true];
  if (isPerhapsFilling(before, periods.before)) {
    return [`${rangeLabel(periods.before)} was fetched before all of it was over.`, false];
  }
  return [`no endpoint has every day of both periods ${refresh === 'nothing' ? 'in the cache' : 'here'}.`, false];
}

function whyNoPeriods(outcome: Outcome, now: number): string {
  const {first} = outcome.query.range;
  if (first < firstOpenDay(outcome, now)) return 'the period before would begin before 1970.';
  if (first >= dayOf(now / 1000)) return `no day since ${isoOf(first)} is over yet.`;
  return `no day since ${isoOf(first)} was over when it was fetched.`;
}
