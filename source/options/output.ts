import {FORMATS, type Format, foreignEnding, formatOf} from '../export/format.ts';
import {isoOf, type Range} from '../usage/days.ts';
import {listed} from '../view/listed.ts';
import {type Arguments, exampleFor} from './arguments.ts';
import {nearest, quoted, UsageMistake} from './mistake.ts';

/** What to write, and where. */
export type OutputOptions = {
  /** A path, `-` for stdout, or undefined for `defaultOutput`. */
  readonly output: string | undefined;
  readonly format: Format;
  readonly force: boolean;
  /** Byte-order mark and CRLF; CSV only. */
  readonly excel: boolean;
  readonly allColumns: boolean;
  readonly formulaGuard: boolean;
};

/** What an export without flags writes to stdout. */
export const STDOUT_OUTPUT: OutputOptions = {
  output: '-',
  format: 'csv',
  force: false,
  excel: false,
  allColumns: false,
  formulaGuard: true,
};

export function readOutput(given: Arguments): OutputOptions {
  const output = given.text('output');
  const format = readFormat(given.text('format'), FORMATS) ?? ownFormatOf(output);
  if (given.isGiven('excel')) refuseExcel(format);
  return {
    output,
    format,
    force: given.isGiven('force'),
    excel: given.isGiven('excel'),
    allColumns: given.isGiven('all-columns'),
    formulaGuard: !given.isGiven('no-formula-guard'),
  };
}

/** The format of the file's ending. Throws a UsageMistake for one that promises what is not written here. */
export function ownFormatOf(output: string | undefined): Format {
  const ending = output === undefined ? undefined : foreignEnding(output);
  if (ending === undefined) return formatOf(output);
  throw new UsageMistake(
    `--output ${quoted(output ?? '')} ends in ${ending}, which is not written here; write --output usage.csv (--excel for Excel), or name a format: --format csv.`,
  );
}

/** The format that --format names, if it is given. */
export function readFormat<Name extends string>(text: string | undefined, formats: readonly Name[]): Name | undefined {
  if (text === undefined) return undefined;
  const format = formats.find(name => name === text.trim().toLowerCase());
  if (format !== undefined) return format;
  const meant = nearest(text.trim().replace(/^\./, ''), formats);
  const example = meant === undefined ? exampleFor('format') : `--format ${meant}`;
  throw new UsageMistake(`--format must be ${listed(formats, 'or')}, for example ${example}, not ${quoted(text)}.`);
}

/** Throws a UsageMistake where --excel is asked of a format that has nothing to do with Excel. */
export function refuseExcel(format: string): void {
  if (format === 'csv') return;
  throw new UsageMistake(`--excel is for CSV, and this would be ${format}; write --excel --format csv.`);
}

/**
 * `openai_usage_2026-10-01_2026-10-31.csv`; its name says when the data is the demo organization's, not all the rows,
 * or incomplete: `openai_usage_demo_2026-10-01_2026-10-31_summary_partial.csv`.
 */
export function defaultOutput(options: {
  readonly range: Range;
  readonly format: Format;
  readonly demo: boolean;
  readonly partial: boolean;
  /** All rows (the default), those that a filter left, or a summary of them. */
  readonly what?: 'rows' | 'filtered' | 'summary' | 'summary_filtered';
}): string {
  const {range, format, demo, partial, what = 'rows'} = options;
  const about = [demo && 'demo', isoOf(range.first), isoOf(range.last), what !== 'rows' && what, partial && 'partial'];
  return `${['openai_usage', ...about].filter(Boolean).join('_')}.${format}`;
}
