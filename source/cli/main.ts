import {asExport, type Options, parseOptions, UsageMistake} from '../options.ts';
import {dayOf} from '../usage/days.ts';
import type {System} from './system.ts';

// All that `cli.ts` needs is loaded at once.
export {isReaderGone} from '../export/stream.ts';
export {createFetch} from './fetch.ts';
export {closedOutput, fileOutput} from './file-output.ts';
export {SIGNAL_EXIT_CODES} from './interrupt.ts';
export {sleep} from './sleep.ts';
export {openTerminal} from './terminal.ts';

/**
 * Runs what the arguments ask for and returns the exit code. Each job is loaded only when it is wanted: an export never
 * loads Ink or React. A person's mistake is one sentence on stderr; only a bug shows its stack.
 */
export async function main(system: System): Promise<number> {
  const say = (line: string) => void system.stderr.write(`${line}\n`);
  try {
    return await run(parseOptions(system.argv, system.environment, dayOf(system.now() / 1000)), system, say);
  } catch (error) {
    const said = (await import('./said.ts')).sayerFor(system.environment);
    if (error instanceof UsageMistake) {
      say(`openai-usage: ${said(error.message)}`);
      return error.exitCode;
    }
    if (error instanceof Error && isExpected(error)) {
      say(`openai-usage: ${said(error.message)}`);
      return 1;
    }
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    say(`openai-usage: this is a bug, please report it: ${stack.split('\n').map(said).join('\n')}`);
    return 1;
  }
}

async function run(options: Options, system: System, say: (line: string) => void): Promise<number> {
  switch (options.command) {
    case 'help': {
      const {help} = await import('../options/help.ts');
      system.stdout.write(`${help(options.topic)}\n`);
      return 0;
    }
    case 'completion': {
      const {completion} = await import('../options/completion.ts');
      system.stdout.write(completion(options.shell));
      return 0;
    }
    case 'version':
      system.stdout.write(`${system.version}\n`);
      return 0;
    case 'cache':
    case 'cache clear':
      return (await import('./cache-job.ts')).runCache(options, system);
    case 'doctor':
      return (await import('./doctor-job.ts')).runDoctor(options, system);
    case 'demo-api':
      return (await import('./demo-api-job.ts')).runDemoApi(options, system);
    case 'export':
      return (await import('./export-job.ts')).runExport(options, system);
    case 'summary':
      return (await import('./summary-job.ts')).runSummary(options, system);
    case 'session': {
      if (!system.stdout.isTTY) {
        const job = asExport(options, system.environment);
        say('Standard output is no terminal: writing CSV there (for the full screen over ssh: ssh -t).');
        return (await import('./export-job.ts')).runExport(job, system);
      }
      if (!system.stdin.isTTY) {
        throw new UsageMistake(
          'the full screen reads keys from a terminal, and standard input is none; run it from a terminal, or write openai-usage export.',
        );
      }
      return (await import('./session-job.ts')).runSessionJob(options, system);
    }
  }
}

/** Failures that are nobody's bug: the API's and the disk's. */
function isExpected(error: Error): boolean {
  return error.name === 'ApiError' || error.name === 'SaveError';
}
