import {spawnSync} from 'node:child_process';
import process from 'node:process';
import {stripVTControlCharacters} from 'node:util';
import type {Line} from './table.ts';
import type {Workshop} from './workshop.ts';
import type {Programs} from './year.ts';

const runs = 10;

/** How long the program takes to say something: its version, its help, its first screen. */
export async function measureStart(workshop: Workshop, {cli}: Programs): Promise<readonly Line[]> {
  const folder = workshop.folder();
  const times = async (argv: readonly string[]): Promise<number[]> => {
    await workshop.run(argv, {folder});
    const seconds: number[] = [];
    while (seconds.length < runs) seconds.push((await workshop.run(argv, {folder})).seconds * 1000);
    return seconds;
  };
  return [
    {what: 'node itself, with nothing to do', unit: 'ms', runs: await times(['--eval', '0'])},
    {what: 'openai-usage --version', unit: 'ms', runs: await times([cli, '--version'])},
    {what: 'openai-usage export --help', unit: 'ms', runs: await times([cli, 'export', '--help'])},
    await measurePaint(workshop, cli),
  ];
}

async function measurePaint(workshop: Workshop, cli: string): Promise<Line> {
  const line = {
    what: 'first screen of the session (Dates), 80x24',
    unit: 'ms',
    reach: {bound: 'at most', value: 250},
  } as const;
  // A terminal without a native module: `script` of util-linux; the one of BSD and macOS is another program.
  const version = spawnSync('script', ['--version'], {encoding: 'utf8'});
  if (!version.stdout?.includes('util-linux')) return {...line, runs: [], note: 'needs script(1) of util-linux'};
  const times: number[] = [];
  while (times.length <= runs) {
    const time = await timeOfPaint(workshop, cli);
    if (time === undefined) return {...line, runs: [], note: 'the session drew no "Last 7 days"'};
    times.push(time);
  }
  return {...line, runs: times.slice(1), note: 'the figure is for Node 24'};
}

/** Milliseconds from the moment the shell gives way to the program; undefined where the screen never came. */
function timeOfPaint(workshop: Workshop, cli: string): Promise<number | undefined> {
  const command = `stty rows 24 cols 80; printf started; exec '${process.execPath}' '${cli}' --demo`;
  const child = workshop.start('script', ['-qfc', command, '/dev/null'], {folder: workshop.folder()});
  let started: number | undefined;
  let screen = '';
  return new Promise(resolve => {
    const limit = setTimeout(() => child.kill('SIGKILL'), 10_000);
    let time: number | undefined;
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      screen += text;
      if (started === undefined && screen.includes('started')) started = performance.now();
      if (time !== undefined || started === undefined) return;
      if (!stripVTControlCharacters(screen).includes('Last 7 days')) return;
      time = performance.now() - started;
      // Its terminal goes with it, and the program gets its SIGHUP.
      child.kill('SIGTERM');
    });
    child.on('close', () => {
      clearTimeout(limit);
      resolve(time);
    });
  });
}
