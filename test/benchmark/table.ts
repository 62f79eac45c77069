import {mean, median, percentile} from './statistics.ts';

export type Unit = 's' | 'ms' | '×' | 'requests' | 'rows/s' | 'MiB' | 'B' | 'B/s' | 'frames/s';

/** One line of the table: what was measured, what stands beside it, and the figure it is to reach, if there is one. */
export type Line = {
  readonly what: string;
  readonly unit: Unit;
  /** Every run's figure. Empty where nothing could be measured. */
  readonly runs: readonly number[];
  /** What counts of them: the median unless it says otherwise. */
  readonly statistic?: keyof typeof statistics;
  readonly reach?: {readonly bound: 'at least' | 'at most' | 'less than'; readonly value: number};
  /** The same by other means, in the same run. */
  readonly baseline?: {readonly what: string; readonly runs: readonly number[]};
  /** Whatever a reader needs to judge the figure; for an empty line, why it is empty. */
  readonly note?: string;
};

const statistics = {
  median,
  mean,
  p95: (runs: readonly number[]) => percentile(runs, 0.95),
};

export type Section = {readonly title: string; readonly lines: readonly Line[]};

export type Verdict = 'ok' | 'missed' | 'not measured' | 'for comparison';

/** The figure of the runs that counts. */
export function figureOf({runs, statistic = 'median'}: Pick<Line, 'runs' | 'statistic'>): number {
  return statistics[statistic](runs);
}

export function verdictOf(line: Line): Verdict {
  const {runs, reach} = line;
  if (runs.length === 0) return 'not measured';
  if (reach === undefined) return 'for comparison';
  const figure = figureOf(line);
  const isReached = {
    'at least': figure >= reach.value,
    'at most': figure <= reach.value,
    'less than': figure < reach.value,
  }[reach.bound];
  return isReached ? 'ok' : 'missed';
}

const digits: Readonly<Record<Unit, number>> = {
  s: 2,
  ms: 1,
  '×': 2,
  requests: 0,
  'rows/s': 0,
  MiB: 0,
  B: 0,
  'B/s': 0,
  'frames/s': 1,
};

function spelled(value: number, unit: Unit, isWithUnit = true): string {
  // A hundred of whatever needs no fraction.
  const decimals = Math.abs(value) >= 100 ? 0 : digits[unit];
  const figure = value.toLocaleString('en-US', {minimumFractionDigits: decimals, maximumFractionDigits: decimals});
  return isWithUnit ? `${figure} ${unit}` : figure;
}

function cellsOf(line: Line): readonly string[] {
  const {what, unit, runs, reach, baseline, note = ''} = line;
  const spread = [Math.min(...runs), Math.max(...runs)].map(value => spelled(value, unit, false));
  const verdict = verdictOf(line);
  return [
    `  ${what}`,
    runs.length === 0 ? '–' : spelled(figureOf(line), unit),
    runs.length < 2 || spread[0] === spread[1] ? '' : `${spread.join('–')} (${runs.length} runs)`,
    reach === undefined ? '' : `${reach.bound} ${spelled(reach.value, unit)}`,
    verdict === 'for comparison' ? '' : verdict,
    baseline === undefined || baseline.runs.length === 0 ? '' : spelled(figureOf({...line, ...baseline}), unit),
    [baseline?.what, note].filter(text => text).join('; '),
  ];
}

/** The sections as text, all of their columns in line. */
export function tableText(sections: readonly Section[]): string {
  const header = ['', 'figure', 'from–to', 'to reach', '', 'baseline', ''];
  const rows = sections.flatMap(({title, lines}) => [[title], ...lines.map(cellsOf)]);
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map(cells => (cells.length === 1 ? 0 : (cells[column]?.length ?? 0)))),
  );
  const isFigure = (column: number) => [1, 2, 3, 5].includes(column);
  return [header, ...rows]
    .map(cells =>
      cells
        .map((cell, column) =>
          isFigure(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The same for a machine: figures as they were measured, nothing rounded. */
export function tableJson(sections: readonly Section[]): unknown {
  return sections.flatMap(({title, lines}) =>
    lines.map(line => ({
      section: title,
      ...line,
      figure: figureOf(line),
      ...(line.baseline && {baseline: {...line.baseline, figure: figureOf({...line, ...line.baseline})}}),
      verdict: verdictOf(line),
    })),
  );
}
