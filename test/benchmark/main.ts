/**
 * `npm run benchmark [-- --json]`: everything that is to be fast, measured in one run on one machine, each line beside
 * its baseline or the figure it is to reach. Bundled into dist/ and started from there; needs six minutes and a machine
 * of its own. npm too writes to standard output, unless it is told not to: `npm run -s benchmark -- --json`.
 */
import {availableParallelism, cpus, loadavg} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {dayOf, isoOf, parseDay} from '../../source/usage/days.ts';
import {measureYear} from './fetching.ts';
import {measureKeys} from './keys.ts';
import {makeLarge} from './large.ts';
import {measureRows} from './memory.ts';
import {measureStart} from './start.ts';
import {type Section, tableJson, tableText} from './table.ts';
import {measureFetchScreen} from './wire.ts';
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
const began = performance.now();
const elapsed = () => Math.round((performance.now() - began) / 1000);
const say = (sentence: string) => process.stderr.write(`${String(elapsed()).padStart(3)} s  ${sentence}\n`);

const programs = {cli: fileURLToPath(new URL('cli.js', import.meta.url)), bundled: workshop.folder()};
const project = fileURLToPath(new URL('..', import.meta.url));
await bundle(['server', 'chain', 'floor', 'loading', 'views'], join(project, 'test/benchmark'), programs.bundled);

// Always the same days, so that two runs compare, unless they are not yet settled by this machine's clock.
const last = Math.min(parseDay('2026-11-17') ?? 0, dayOf(Date.now() / 1000) - 4);
const range = {first: last - 364, last};
const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
  // What else ran here: on two cores a second busy process makes half of the figures below twice as large.
  loadBefore: loadavg()[0] ?? 0,
  range: [isoOf(range.first), isoOf(range.last)],
};

const sections: Section[] = [];
say('Start …');
const lines = await measureStart(workshop, programs, project);
say(`The year ${isoOf(range.first)} → ${isoOf(range.last)}, two minutes …`);
const organization = await startOrganization(workshop, programs, range);
sections.push(...(await measureYear(workshop, programs, organization, range)));
sections.push({title: 'From the command line to …', lines});
say('The fetch screen, half a minute …');
sections.push(await measureFetchScreen(workshop, programs, organization, range));
organization.end();
say('A year of a million rows is made …');
const large = await makeLarge(workshop, programs, range);
for (const part of large.parts) {
  say(`${part.least.toLocaleString('en-US')} rows …`);
  sections.push(await measureRows(workshop, programs, large, part));
}
for (const [columns, rows] of [
  [80, 24],
  [200, 50],
] as const) {
  say(`Keys at ${columns}x${rows}, a minute …`);
  sections.push(await measureKeys(workshop, programs, large, {columns, rows}));
}

if (isJson) {
  process.stdout.write(
    `${JSON.stringify({machine, loadAfter: loadavg()[0] ?? 0, seconds: elapsed(), lines: tableJson(sections)}, null, 2)}\n`,
  );
} else {
  const {cpu, cores, platform, node, loadBefore} = machine;
  const load = [loadBefore, loadavg()[0] ?? 0].map(figure => figure.toFixed(1)).join(', after ');
  process.stdout.write(
    `\n${cpu} · ${cores} cores · ${platform} · Node ${node} · load before ${load}\n\n${tableText(sections)}\n`,
  );
  process.stdout.write(`\nMeasured in ${elapsed()} s.\n`);
}
process.exit();
