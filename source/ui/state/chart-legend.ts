import type {Chart} from '../../view/chart.ts';
import type {ChartLine} from '../../view/chart-lines.ts';
import {NAMELESS} from '../../view/group-label.ts';
import {formatMetric, formatShare} from '../../view/metrics.ts';
import {printableName} from '../../view/printable.ts';
import {fitText, widthOf} from '../../view/width.ts';
import type {Charted} from './chart-figures.ts';

/** Between two legend entries on one line. */
const GAP = 4;
const LONGEST = 40;
/** A name cut shorter tells nothing. */
const LEAST_NAME = 9;

type LegendOptions = {readonly width: number; readonly marks: Chart['legend']; readonly ellipsis: string};

/** A line an entry, with its fill, total and share in columns; two side by side where there is room for them. */
export function legendTable({legend, metric}: Charted, {width, marks, ellipsis}: LegendOptions): readonly ChartLine[] {
  const names = legend.map(({label}) => printableName(label));
  const values = legend.map(({value}) => formatMetric(metric, value));
  const shares = legend.map(({share}) => formatShare(share));
  const [valueWidth, shareWidth] = [widest(values), widest(shares)];
  const around = '██ '.length + '  '.length + valueWidth + (shareWidth === 0 ? 0 : shareWidth + 2);
  const nameWidth = Math.max(1, Math.min(widest(names), LONGEST, width - around));
  const entries = legend.map(({series}, index): ChartLine => {
    const value = fitText(values[index] ?? '', valueWidth, 'right');
    const share = shareWidth === 0 ? '' : `  ${fitText(shares[index] ?? '', shareWidth, 'right')}`;
    const name = fitText(names[index] ?? '', nameWidth, 'left', ellipsis);
    return [...fill(series, marks, 2), {text: ` ${name}  ${value}${share}`}];
  });
  const isDouble = entries.length > 1 && 2 * (around + nameWidth) + GAP <= width;
  if (!isDouble) return entries;
  const half = Math.ceil(entries.length / 2);
  return entries.slice(0, half).map((left, row) => [...left, ...besides(entries[half + row], GAP)]);
}

/** Short names beside their fills, as many on a line as fit: for terminals with little room. */
export function legendNames({legend, metric}: Charted, {width, marks, ellipsis}: LegendOptions): readonly ChartLine[] {
  const names = legend.map(({label, value}) =>
    metric.kind === 'share' ? `${printableName(label)} ${formatMetric(metric, value)}` : printableName(label),
  );
  const mark = names.some(name => name.startsWith(NAMELESS)) ? NAMELESS.length : 0;
  const least = Math.min(widest(names), mark + LEAST_NAME + (metric.kind === 'share' ? 6 : 0)) + '█ '.length;
  const perLine = Math.min(names.length, Math.max(1, Math.floor((width + 1) / (least + 1))));
  const nameWidth = Math.min(widest(names), Math.floor((width + 1) / perLine) - 1 - '█ '.length);
  const entries = legend.map(
    ({series}, index): ChartLine => [
      ...fill(series, marks, 1),
      {text: ` ${fitText(names[index] ?? '', nameWidth, 'left', ellipsis)}`},
    ],
  );
  return Array.from({length: Math.ceil(entries.length / perLine)}, (_, line) =>
    entries.slice(line * perLine, (line + 1) * perLine).flatMap((entry, at) => (at === 0 ? entry : besides(entry, 1))),
  );
}

function fill(series: number | undefined, marks: Chart['legend'], width: number): ChartLine {
  if (series === undefined) return [{text: ' '.repeat(width)}];
  return [{text: (marks[series]?.mark ?? ' ').repeat(width), series}];
}

function besides(line: ChartLine | undefined, gap: number): ChartLine {
  return line ? [{text: ' '.repeat(gap)}, ...line] : [];
}

function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, widthOf(text)), 0);
}
