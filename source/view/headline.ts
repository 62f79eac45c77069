import type {Dataset} from '../usage/dataset.ts';
import {type Day, isoOf} from '../usage/days.ts';
import {type Change, comparingBy, type Side} from './compare.ts';
import {readingContributions} from './contributions.ts';
import {groupLabel} from './group-label.ts';
import {formatAxis, formatMetric, type Metric, metricsOf} from './metrics.ts';
import {changeInPercent} from './percent.ts';
import {type Periods, periodLabel} from './periods.ts';
import {printableName} from './printable.ts';
import {keepingRows} from './rows.ts';
import {fitText, widthOf} from './width.ts';
import {finish, stage, type Work} from './work.ts';

/** What a comparison came to, and the group that did most of it. */
export type Headline = {
  readonly metric: Metric;
  readonly periods: Periods;
  readonly total: Change;
  readonly mover: Mover | undefined;
};

type Mover = {readonly dimension: string; readonly change: Change};

/** Where to look for who did it: first what can be acted on. */
const dimensions = ['key', 'project', 'model', 'user', 'endpoint', 'line_item'] as const;

/** The part of the whole change that a key must explain to be named without looking at the other dimensions. */
const enough = 1 / 10;

/** A total that changed by less has no direction: its groups may have moved against one another. */
const still = 0.01;

/** A total that changed by less, measured by what it was before, differs in the last bit of a sum and nothing else. */
const lastBit = 1e-9;

/** The columns that a name may take: names are as long as others make them. */
const longestName = 32;

/**
 * The most telling change: in cost where there is any, else in tokens, else in requests, with the group that moved most
 * in the direction of the total. Undefined where neither side has a figure.
 */
export function headlineOf(now: Side, before: Side, periods: Periods): Headline | undefined {
  return finish(findingHeadline(now, before, periods));
}

/** The same, part by part. */
export function* findingHeadline(now: Side, before: Side, periods: Periods): Work<Headline | undefined> {
  for (const metric of candidates(now.dataset, before.dataset)) {
    const byKey = yield* stage(comparingBy(now, before, 'key', metric), 0, 2);
    if (byKey.changes.length === 0) continue;
    const {total} = byKey;
    const sides = {now, before, metric};
    return {metric, periods, total, mover: yield* stage(findingMover(total, byKey.changes, sides), 1, 2)};
  }
  return undefined;
}

/** The side's rows that have a figure of the metric. */
function* holding({dataset, rows}: Side, metric: Metric): Work<Side> {
  const {values} = yield* readingContributions(dataset, metric);
  return {dataset, rows: yield* keepingRows(rows, row => !Number.isNaN(values[row] ?? Number.NaN))};
}

/** Metrics of either side, the most telling first. Shares do not add up: no group explains a part of their change. */
function candidates(now: Dataset, before: Dataset): readonly Metric[] {
  const present = new Map(metricsOf(now).map(metric => [identity(metric), metric]));
  const past = new Map(metricsOf(before).map(metric => [identity(metric), metric]));
  const onlyPast = [...past].filter(([key]) => !present.has(key));
  return [...present, ...onlyPast]
    .filter(([, {kind}]) => kind !== 'share')
    .map(([key, metric]) => ({metric, rank: rankOf(metric), isInBoth: present.has(key) && past.has(key)}))
    .sort((a, b) => a.rank - b.rank || Number(b.isInBoth) - Number(a.isInBoth))
    .map(({metric}) => metric);
}

/** A currency that is the only one of a side has another metric's name there than where it is one of several. */
function identity({kind, name, currency}: Metric): string {
  return kind === 'money' ? `money ${currency ?? ''}` : name;
}

function rankOf({kind, name}: Metric): number {
  if (kind === 'money') return 0;
  const rank = ['tokens', 'input_tokens', 'output_tokens', 'requests'].indexOf(name);
  return rank === -1 ? 5 : rank + 1;
}

type Sides = {readonly now: Side; readonly before: Side; readonly metric: Metric};

function* findingMover(total: Change, byKey: readonly Change[], {now, before, metric}: Sides): Work<Mover | undefined> {
  let most: Mover | undefined;
  let onlyGroup: Mover | undefined;
  // Of a million rows perhaps a few are costs: the other dimensions, if they are asked at all, look at those alone.
  let holders: readonly [Side, Side] | undefined;
  for (const [index, dimension] of dimensions.entries()) {
    let changes = byKey;
    if (dimension !== 'key') {
      holders ??= [yield* holding(now, metric), yield* holding(before, metric)];
      const comparing = comparingBy(...holders, dimension, metric);
      ({changes} = yield* stage(comparing, index, dimensions.length));
    }
    const change = changes.find(candidate => isMoving(candidate, total));
    if (change === undefined) continue;
    const mover = {dimension, change};
    const size = Math.abs(change.change);
    // That everything is one group is known before: it is said only where nothing else can be.
    if (changes.length === 1) onlyGroup ??= mover;
    else if (dimension === 'key' && size >= enough * Math.abs(total.change)) return mover;
    else if (most === undefined || size > Math.abs(most.change.change)) most = mover;
  }
  return most ?? onlyGroup;
}

/** Whether a group may have done it: it has a name, and moved, and in the direction of the total if that has one. */
function isMoving({id, change}: Change, total: Change): boolean {
  if (id === undefined || change === 0) return false;
  const hasDirection = total.change !== 0 && Math.abs(total.change) >= still * Math.abs(total.before);
  return !hasDirection || Math.sign(change) === Math.sign(total.change);
}

/**
 * `Cost +38 % (+$4,210) against 2026-09-01 → 09-30: key prod-gateway +$3,900`, in at most `width` columns: where room is
 * short the years go first, then the mover's amount, the mover, the period before, the amount. A number is never cut.
 */
export function headlineText(headline: Headline, glyphs: {readonly to: string}, width = Infinity): string {
  const {metric, periods, total, mover} = headline;
  const style = styleOf(glyphs.to);
  const {head, least, link, shortLink} = opening(total, metric, style);
  // Days of another year would be taken for days of this one.
  const hasOneYear = yearOf(periods.before.first) === yearOf(periods.now.last);
  const shortPeriod = periodLabel(periods.before, style.to, hasOneYear);
  const long = `${head}${link}${periodLabel(periods.before, style.to)}`;
  const yearless = `${head}${link}${shortPeriod}`;
  const brief = `${head}${shortLink}${shortPeriod}`;
  const who = mover && `: ${mover.dimension.replaceAll('_', ' ')} ${nameOf(groupLabel(mover.change), style)}`;
  const withMover = mover && [
    `${long}${who} ${signed(metric, mover.change.change)}`,
    `${yearless}${who} ${signed(metric, mover.change.change)}`,
    `${brief}${who} ${signed(metric, mover.change.change)}`,
    `${yearless}${who}`,
    `${brief}${who}`,
  ];
  return [...(withMover ?? [long]), yearless, brief, head, least].find(line => widthOf(line) <= width) ?? '';
}

function yearOf(day: Day): string {
  return isoOf(day).slice(0, 4);
}

type Style = {readonly to: string; readonly times: string; readonly ellipsis: string};

/** A terminal that is shown an arrow of ASCII gets nothing else either. */
function styleOf(to: string): Style {
  return /^[ -~]*$/.test(to) ? {to, times: 'x', ellipsis: '...'} : {to, times: '×', ellipsis: '…'};
}

type Opening = {readonly head: string; readonly least: string; readonly link: string; readonly shortLink: string};

/** The sentence up to the period before: what happened, the least that says it, and how the period is joined on. */
function opening(total: Change, metric: Metric, style: Style): Opening {
  const label = nameOf(metric.label, style);
  const what = label.charAt(0).toUpperCase() + label.slice(1);
  const value = `${what} ${short(metric, total.value)}`;
  const before = short(metric, total.before);
  // Per cent of a credit would mean the opposite of what they say.
  const percent = total.before < 0 ? '' : changeInPercent(total, style.times);
  if (Math.abs(total.change) <= lastBit * Math.abs(total.before)) {
    const head = `${what} unchanged at ${short(metric, total.value)}`;
    return {head, least: value, link: ' against ', shortLink: ' vs '};
  }
  if (percent === '') {
    const link = `, ${total.state === 'new' ? 'nothing' : before} in `;
    return {head: value, least: value, link, shortLink: link};
  }
  if (total.state === 'gone') {
    const link = `, ${before} in `;
    return {head: `${value} (${percent})`, least: value, link, shortLink: link};
  }
  const head = `${what} ${percent} (${signed(metric, total.change)})`;
  return {head, least: `${what} ${percent}`, link: ' against ', shortLink: ' vs '};
}

function signed(metric: Metric, change: number): string {
  return `${change < 0 ? '-' : '+'}${short(metric, Math.abs(change))}`;
}

/** `$4,210`, `1.2M`: nobody reads the last digit of a million tokens in a sentence. */
function short(metric: Metric, value: number): string {
  return metric.kind === 'count' ? formatAxis(metric, value) : formatMetric(metric, value, 'short');
}

function nameOf(name: string, {ellipsis}: Style): string {
  const text = printableName(name);
  return widthOf(text) > longestName ? fitText(text, longestName, 'left', ellipsis).trimEnd() : text;
}
