export type Unit = 's' | 'ms' | '×' | 'requests' | 'rows/s' | 'MiB';

/** One line of the table: what was measured, and the figure it is to reach, if there is one. */
export type Line = {
  readonly what: string;
  readonly unit: Unit;
  /** Every run's figure; the median counts. Empty where nothing could be measured. */
  readonly runs: readonly number[];
  readonly reach?: {readonly bound: 'at least' | 'at most'; readonly value: number};
  /** Whatever a reader needs to judge the figure; for an empty line, why it is empty. */
  readonly note?: string;
};

export type Section = {readonly title: string; readonly lines: readonly Line[]};

export type Verdict = 'ok' | 'missed' | 'not measured' | 'for comparison';

/** The middle one; the mean of the two in the middle where there are as many. NaN for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}

export function verdictOf({runs, reach}: Line): Verdict {
  if (runs.length === 0) return 'not measured';
  if (reach === undefined) return 'for comparison';
  const figure = median(runs);
  return (reach.bound === 'at least' ? figure >= reach.value : figure <= reach.value) ? 'ok' : 'missed';
}

const digits: Readonly<Record<Unit, number>> = {s: 2, ms: 0, '×': 1, requests: 0, 'rows/s': 0, MiB: 0};

function figureOf(value: number, unit: Unit, isSpelled = true): string {
  const decimals = digits[unit];
  const figure = value.toLocaleString('en-US', {minimumFractionDigits: decimals, maximumFractionDigits: decimals});
  return isSpelled ? `${figure} ${unit}` : figure;
}

function cellsOf(line: Line): readonly string[] {
  const {what, unit, runs, reach, note = ''} = line;
  const spread = [Math.min(...runs), Math.max(...runs)].map(value => figureOf(value, unit, false));
  const verdict = verdictOf(line);
  return [
    `  ${what}`,
    runs.length === 0 ? '–' : figureOf(median(runs), unit),
    runs.length < 2 || spread[0] === spread[1] ? '' : `${spread.join('–')} (${runs.length} runs)`,
    reach === undefined ? '' : `${reach.bound} ${figureOf(reach.value, unit)}`,
    verdict === 'for comparison' ? '' : verdict,
    note,
  ];
}

/** The sections as text, all of their columns in line. */
export function tableText(sections: readonly Section[]): string {
  const header = ['', 'median', 'from–to', 'to reach', '', ''];
  const rows = sections.flatMap(({title, lines}) => [[title], ...lines.map(cellsOf)]);
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map(cells => (cells.length === 1 ? 0 : (cells[column]?.length ?? 0)))),
  );
  const isFigure = (column: number) => column > 0 && column < 4;
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
    lines.map(line => ({section: title, ...line, median: median(line.runs), verdict: verdictOf(line)})),
  );
}
