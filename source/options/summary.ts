import type {Format} from '../export/format.ts';
import {type Arguments, exampleFor} from './arguments.ts';
import type {FlagName} from './flags.ts';
import {type KnownNames, knownDimensions, knownMetrics} from './known-names.ts';
import {nearest, quoted, UsageMistake} from './mistake.ts';
import {type OutputOptions, ownFormatOf, readFormat, refuseExcel} from './output.ts';
import {SUMMARY_FORMATS} from './values.ts';

type SummaryFormat = Format | 'text';

/** What to sum up, and where the result goes. */
export type SummaryQuestion = Omit<OutputOptions, 'output' | 'format'> & {
  /**
   * One dimension, or two: the first one's groups one below the other, those of the second side by side. Either may be
   * one that is not known before the rows are there, and so may the metric.
   */
  readonly by: readonly [first: string] | readonly [first: string, second: string];
  /** Undefined: the first one that there is. */
  readonly metric: string | undefined;
  readonly isComparing: boolean;
  /** A path, or `-` for stdout. */
  readonly output: string;
  /** Undefined: text on a terminal, CSV elsewhere. */
  readonly format: SummaryFormat | undefined;
};

/**
 * Reads --by, --metric, --compare and the output. Slips are refused here, before anything is fetched for them; whether
 * there is a field that no documented name comes near (the API may have a new one) the rows alone can tell.
 */
export function readSummary(given: Arguments): SummaryQuestion {
  const output = given.text('output') ?? '-';
  const format =
    readFormat(given.text('format'), SUMMARY_FORMATS) ??
    (output === '-' ? undefined : /\.txt$/i.test(output) ? 'text' : ownFormatOf(output));
  const excel = given.isGiven('excel');
  if (excel) refuseExcel(format ?? 'csv');
  const by = readBy(given);
  const isComparing = given.isGiven('compare');
  const time = by.find(name => name === 'day' || name === 'hour');
  if (isComparing && time !== undefined) {
    throw new UsageMistake(
      `--compare and --by ${time} exclude each other, since no ${time} is in both periods; write --by project --compare.`,
    );
  }
  return {
    by,
    metric: readMetric(given),
    isComparing,
    output,
    // Who wants CSV for Excel wants CSV, terminal or not.
    format: excel ? 'csv' : format,
    force: given.isGiven('force'),
    excel,
    allColumns: false,
    formulaGuard: !given.isGiven('no-formula-guard'),
  };
}

function readBy(given: Arguments): SummaryQuestion['by'] {
  const words = given.items('by');
  const dimensions = knownDimensions();
  const [first = 'project', second, third] = words.map(word => nameIn(dimensions, 'by', word));
  if (third !== undefined || first === second) {
    throw new UsageMistake(
      `--by takes one dimension or two different ones, for example ${exampleFor('by')}, not ${quoted(words.join(','))}.`,
    );
  }
  return second === undefined ? [first] : [first, second];
}

function readMetric(given: Arguments): string | undefined {
  const word = given.text('metric')?.trim();
  return word === undefined ? undefined : nameIn(knownMetrics(), 'metric', word);
}

function nameIn({names, nameOf}: KnownNames, flag: FlagName, word: string): string {
  const name = nameOf(word);
  if (name !== undefined) return name;
  const meant = nearest(word, names);
  if (meant === undefined && /^(?!sk-)[a-z_][\w.:-]*$/i.test(word)) return word;
  const hint = meant === undefined ? '' : `did you mean --${flag} ${meant}? `;
  throw new UsageMistake(`--${flag} ${quoted(word)} is unknown: ${hint}There are ${names.join(', ')}.`);
}
