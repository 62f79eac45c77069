import {chunksFor} from '../export/formats.ts';
import {defaultOutput, type ExportOptions} from '../options.ts';
import {counted} from '../view/counted.ts';
import {roundedSentence} from '../view/rounded.ts';
import {type Destination, refuseOutput, writeOutput} from './destination.ts';
import {hasNothing, runFetchJob} from './fetch-job.ts';
import type {System} from './system.ts';

/**
 * The whole job without a screen: data to a file or stdout, everything else to stderr. Returns the exit code: 0 all
 * fetched, 1 nothing arrived and nothing written, 3 something is missing, 128 + n ended by a signal.
 * Throws a UsageMistake for an output that cannot be written as far as that is known before, a SaveError later.
 */
export async function runExport(options: ExportOptions, system: System): Promise<number> {
  const {range, format, output, force} = options;
  const demo = options.account.kind === 'demo';
  const ownName = (partial: boolean) => defaultOutput({range, format, demo, partial});
  const destination: Destination = {output, force, user: system.user, ownName};
  await refuseOutput(destination);

  return runFetchJob(options, system, async ({signal, say, fetch}) => {
    const outcome = await fetch(range);
    if (!options.offline && hasNothing(outcome)) {
      say('Nothing was written: no endpoint could be fetched.');
      return 1;
    }
    const rounded = roundedSentence(outcome.dataset);
    if (rounded !== undefined) say(rounded);
    const isPartial = outcome.gaps.length > 0;
    const chunks = chunksFor(format, outcome.dataset, options);
    const path = await writeOutput(chunks, isPartial, destination, {stdout: system.stdout, signal});
    if (path !== undefined) say(`Wrote ${counted(outcome.dataset.rowCount, 'row')} to ${path}`);
    return isPartial ? 3 : 0;
  });
}
