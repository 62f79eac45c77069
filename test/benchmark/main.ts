/**
 * `npm run benchmark [-- --json]`: everything of DESIGN section 10 that there is so far, measured in one run on one
 * machine, each line beside its baseline or the figure it is to reach. Bundled into dist/ and started from there.
 */
import {availableParallelism, cpus, loadavg} from 'node:os';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {dayOf, isoOf, parseDay} from '../../source/usage/days.ts';
import {measureYear} from './fetching.ts';
import {measureMillion} from './memory.ts';
import {measureStart} from './start.ts';
import {tableJson, tableText} from './table.ts';
import {bundle, Workshop} from './workshop.ts';
import {startOrganization} from './year.ts';

const [flag, ...rest] = process.argv.slice(2);
const isJson = flag === '--json';
if (rest.length > 0 || (flag !== undefined && !isJson)) {
  process.stderr.write('npm run benchmark [-- --json]\n');
  process.exit(2);
}

const workshop = new Workshop();
process.on('exit', () => workshop.close());
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.on(signal, () => process.exit(code));
}
const say = (sentence: string) => process.stderr.write(`${sentence}\n`);

const programs = {cli: fileURLToPath(new URL('cli.js', import.meta.url)), bundled: workshop.folder()};
const sources = fileURLToPath(new URL('../test/benchmark', import.meta.url));
await bundle(['server', 'chain', 'floor', 'million'], sources, programs.bundled);

// Always the same days, so that two runs compare, unless they are not yet settled by this machine's clock.
const last = Math.min(parseDay('2026-11-17') ?? 0, dayOf(Date.now() / 1000) - 4);
const range = {first: last - 364, last};
const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
  // What else ran here: on two cores a second busy process makes half of the figures below twice as large.
  load: loadavg()[0] ?? 0,
  range: [isoOf(range.first), isoOf(range.last)],
};

const began = performance.now();
say('Start …');
const start = {title: 'From the command line to …', lines: await measureStart(workshop, programs)};
say(`The year ${isoOf(range.first)} → ${isoOf(range.last)}, about a minute and a half …`);
const organization = await startOrganization(workshop, programs, range);
const {sections, cached} = await measureYear(workshop, programs, organization, range);
say('A million rows …');
const million = {title: 'A million rows in memory', lines: await measureMillion(workshop, programs, cached)};
const all = [...sections, start, million];

if (isJson) {
  process.stdout.write(`${JSON.stringify({machine, lines: tableJson(all)}, null, 2)}\n`);
} else {
  const {cpu, cores, platform, node, load} = machine;
  process.stdout.write(
    `\n${cpu} · ${cores} cores · ${platform} · Node ${node} · load before ${load.toFixed(1)}\n\n${tableText(all)}\n`,
  );
  process.stdout.write(`\nMeasured in ${Math.round((performance.now() - began) / 1000)} s.\n`);
}
process.exit();
