import {counted} from '../../view/counted.ts';
import type {Group} from '../../view/group.ts';
import {isTime} from '../../view/in-time.ts';
import {formatMetric, formatShare, type Metric} from '../../view/metrics.ts';
import {withTail} from '../../view/points.ts';
import {printable} from '../../view/printable.ts';
import {shareBar, sparkline} from '../../view/spark.ts';
import {isOverlapping, lackWords, type Unaccounted} from '../../view/unaccounted.ts';
import {fitText, widthOf} from '../../view/width.ts';
import {asciiGlyphs, type Glyphs} from '../theme.ts';
import type {Figures} from './summary-figures.ts';

/** A line of the summary: what there is to read, and beside it what there is to see. */
export type SummaryLine = {readonly text: string; readonly bars: string};

/** The summary as text: names of its columns, a line a group in sight, and what they add up to. */
export type TableLines = {
  readonly header: SummaryLine;
  readonly lines: readonly SummaryLine[];
  readonly total: SummaryLine;
  /** The part of it that has no name to go with it. */
  readonly unaccounted?: SummaryLine | undefined;
};

export type LinesOptions = {
  /** The groups in sight, counting from 0. */
  readonly from: number;
  readonly to: number;
  /** Columns between the margins. */
  readonly width: number;
  readonly glyphs: Glyphs;
};

/** Between two columns. */
export const GAP = '  ';

const SHARE_WIDTH = 6;
const LEAST_BAR = 12;
const MOST_BAR = 40;
/** Between the margins of a terminal of 100 columns, and of one of 60. */
const WIDTH_FOR_SPARK = 98;
export const WIDTH_FOR_SHARE = 58;

type Widths = {
  readonly label: number;
  readonly value: number;
  /** 0 where there is no such column. */
  readonly bar: number;
  readonly spark: number;
};

/** The groups with figure, share, bar and course over the range, as far as there is room. */
export function summaryLines(figures: Figures, {from, to, width, glyphs}: LinesOptions): TableLines {
  const {metric, steps, total, groups, labels, unaccounted} = figures;
  const isAscii = glyphs === asciiGlyphs;
  const widths = widthsOf(figures, width);
  const line = (label: string, value: string, share: string, bar: string, spark: string): SummaryLine => ({
    text: [
      fitText(label, widths.label, 'left', glyphs.ellipsis),
      fitText(value, widths.value, 'right', glyphs.ellipsis),
      ...(widths.bar > 0 ? [fitText(share, SHARE_WIDTH, 'right', glyphs.ellipsis)] : []),
    ].join(GAP),
    bars: [
      ...(widths.bar > 0 ? [GAP + fitText(bar, widths.bar)] : []),
      ...(widths.spark > 0 ? [GAP + fitText(spark, widths.spark)] : []),
    ].join(''),
  });
  const lineOf = (group: Group, label: string) => {
    const share = total.value === 0 ? Number.NaN : group.value / total.value;
    const bar = group === total ? '' : shareBar(share, widths.bar, isAscii);
    const spark = widths.spark > 0 ? sparkline(group.steps, widths.spark, isAscii, metric.kind === 'share') : '';
    const value = withTail(formatMetric(metric, group.value), figures.valueTail);
    return line(label, value, formatShare(share), bar, spark);
  };
  return {
    header: line(printable(figures.dimension.label), metricTitle(metric), 'share', '', `per ${steps.unit}`),
    lines: groups.slice(from, to).map((group, index) => lineOf(group, labels[from + index] ?? '')),
    total: lineOf(total, totalLabel(figures)),
    unaccounted: unaccounted && {
      ...lineOf(unaccounted.total, unaccountedLabel(unaccounted)),
      bars: lackText(unaccounted, widths, glyphs),
    },
  };
}

/** Where groups have their bars: what is lacking, as far as there is room. */
function lackText(unaccounted: Unaccounted, {bar, spark}: Widths, {ellipsis}: Glyphs): string {
  const room = bar + (spark > 0 ? GAP.length + spark : 0);
  const words = lackWords(unaccounted).join(', ');
  if (words === '' || bar === 0) return '';
  const full = `${words} (a row may lack several)`;
  return GAP + fitText(isOverlapping(unaccounted) && widthOf(full) <= room ? full : words, room, 'left', ellipsis);
}

export function unaccountedLabel({total}: Unaccounted): string {
  return `unaccounted${GAP}${counted(total.rows, 'row')}`;
}

/** The longest of what stands in the column of names. */
export function namesWidth(figures: Figures): number {
  const {labelWidth, unaccounted} = figures;
  const part = unaccounted ? widthOf(unaccountedLabel(unaccounted)) : 0;
  return Math.max(labelWidth, widthOf(totalLabel(figures)), part);
}

export function totalLabel({groups}: Figures): string {
  return `total${GAP}${counted(groups.length, 'group')}`;
}

/** What the figures are and in what: `cost (USD)`, `tokens in`. */
function metricTitle({kind, name, label, currency}: Metric): string {
  // The others of several currencies have theirs in their label already.
  return kind === 'money' && name === 'cost' && currency ? `${label} (${printable(currency.toUpperCase())})` : label;
}

function widthsOf(figures: Figures, width: number): Widths {
  const {metric, steps, dimension} = figures;
  const value = Math.max(figures.valueWidth, widthOf(metricTitle(metric)));
  const natural = namesWidth(figures);
  // Shares of a share do not add up, so that they say nothing.
  const hasShare = metric.kind !== 'share' && width >= WIDTH_FOR_SHARE;
  // Over the range a day is a single bar: one below the other, the lines tell that already.
  const hasCourse = steps.count > 1 && !isTime(dimension.name);
  const hasSpark = hasCourse && width >= WIDTH_FOR_SPARK;
  const sparkNatural = Math.max(steps.count, `per ${steps.unit}`.length);
  const gaps = GAP.length * (1 + (hasShare ? 2 : 0) + (hasSpark ? 1 : 0));
  const room = width - value - gaps - (hasShare ? SHARE_WIDTH : 0);
  const least = (hasShare ? LEAST_BAR : 0) + (hasSpark ? Math.min(sparkNatural, 2 * LEAST_BAR) : 0);
  const label = Math.max(1, Math.min(natural, room - least));
  const spark = hasSpark ? Math.min(sparkNatural, room - label - (hasShare ? LEAST_BAR : 0)) : 0;
  return {label, value, spark, bar: hasShare ? Math.min(MOST_BAR, room - label - spark) : 0};
}
