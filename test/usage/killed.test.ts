import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync, readdirSync, readFileSync, utimesSync, watch} from 'node:fs';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {describe, expect, test} from 'vitest';
import {keepColumns} from '../../source/cli/saved-columns.ts';
import {saveTo} from '../../source/export/save.ts';
import {daysOf} from '../../source/usage/days.ts';
import {Store} from '../../source/usage/store.ts';
import {readCacheFile} from '../../source/usage/store-file.ts';
import {kindOf} from '../../source/usage/store-key.ts';
import {startDemo} from '../helpers/demo.ts';
import {run, start, temporaryFolder} from '../helpers/program.ts';
import {wholeVersion} from './killed-files.ts';
import {bundledChild} from './run-child.ts';
import {blockOf, cachedDay, day, SERIES, tokensOf} from './sample-days.ts';

/** Numbers from 0 to 1, the same in every run. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

const ours = /^\.openai-usage-[0-9a-f-]+\.tmp$/;

/** Names of what is being written, or was when its program was killed. */
const halvesIn = (places: readonly string[]): string[] =>
  places.flatMap(place => readdirSync(place)).filter(name => ours.test(name) || kindOf(name) === 'temporary');

/** Kills the child when so many steps of writing have been seen in those folders. Returns whether it was in one of them. */
async function killAtStep(steps: number, child: ChildProcess, places: readonly string[]): Promise<boolean> {
  const before = new Set(halvesIn(places));
  let left = steps;
  const watchers = places.map(place =>
    watch(place, (_, name) => {
      const counts = name !== null && (ours.test(name) || kindOf(name) === 'temporary');
      if (counts && --left === 0) child.kill('SIGKILL');
    }),
  );
  await new Promise(resolve => child.on('close', resolve));
  for (const watcher of watchers) watcher.close();
  return halvesIn(places).some(name => !before.has(name));
}

/** Starts a child that writes until it is killed at that step. Returns what it said was done. */
async function killChild(steps: number, arguments_: readonly string[], places: readonly string[]) {
  const child = spawn(process.execPath, arguments_, {stdio: ['ignore', 'pipe', 'inherit']});
  const said: string[] = [];
  createInterface(child.stdout).on('line', line => said.push(line));
  const isInTheMiddle = await killAtStep(steps, child, places);
  expect(child.signalCode, said.join(', ')).toBe('SIGKILL');
  return {said, isInTheMiddle};
}

const doneIn = (said: readonly string[], kind: string): string[] =>
  said.filter(line => line.startsWith(`${kind} `)).map(line => line.slice(kind.length + 1));

describe('killed at any moment,', () => {
  test('a cache has whole files, and all that was ever done in it', async () => {
    const child = await bundledChild('kill-child.ts');
    const summer = {first: day('2026-08-01'), last: day('2026-10-31')};
    const counts = {kills: 0, inTheMiddle: 0, days: 0, names: 0};
    const work = async (number: number, folder: string) => {
      const demo = join(folder, 'demo');
      const storeOf = () => new Store({folder, now: Date.now, onTrouble: sentence => expect.unreachable(sentence)});
      const known = daysOf(summer);
      await storeOf().write(
        SERIES,
        known.map(each => ({...cachedDay({iso: '2026-08-01'}), day: each, block: blockOf(2, each, each)})),
      );
      const names: string[] = [];
      const random = numbers(number);
      for (let kill = 0; kill < 25; kill++) {
        const steps = 1 + Math.floor(60 * random.next().value);
        const {said, isInTheMiddle} = await killChild(
          steps,
          [child, 'cache', folder, `${1000 * kill}`],
          [folder, demo],
        );
        counts.kills++;
        if (isInTheMiddle) counts.inTheMiddle++;
        expect(doneIn(said, 'trouble')).toEqual([]);
        counts.days += doneIn(said, 'day').length;
        names.push(...doneIn(said, 'name'));
        const store = storeOf();
        const found = await store.read(SERIES, summer);
        expect([...found.keys()], `after kill ${kill}`).toEqual(known);
        for (const [each, cached] of found) expect(tokensOf(cached)).toBe(each);
        for (const each of doneIn(said, 'day')) expect(found.get(Number(each))?.block.rowCount).toBe(300);
        expect(store.statistics.diskDamaged).toBe(0);
        expect(Object.keys((await store.readDirectory('demo')) ?? {})).toEqual(expect.arrayContaining(names));
        const choice = await keepColumns(folder, () => {}).load();
        expect(existsSync(join(folder, 'columns.json'))).toBe(choice !== undefined);
      }
      counts.names += names.length;

      // What the dead left is swept away when it is old, by whoever writes next.
      for (const name of halvesIn([demo])) utimesSync(join(demo, name), 1e9, 1e9);
      for (const name of halvesIn([folder])) utimesSync(join(folder, name), 1e9, 1e9);
      await storeOf().write(SERIES, [cachedDay({iso: '2026-08-01', rows: 1})]);
      const store = storeOf();
      await store.write(SERIES, [cachedDay({iso: '2026-08-01', rows: 1})]);
      await store.flush();
      await keepColumns(folder, () => {}).save({hidden: [], shown: [], order: [], widths: {}, frozen: []});
      expect(halvesIn([folder, demo])).toEqual([]);
    };
    await Promise.all([0, 1, 2, 3].map(number => work(number, temporaryFolder())));
    expect(counts.kills).toBe(100);
    // A kill comes a moment after the step that it was meant for.
    expect(counts.inTheMiddle).toBeGreaterThan(40);
    expect(Math.min(counts.days, counts.names)).toBeGreaterThan(50);
  }, 300_000);

  test('an export is the old file or the new one, and a new file is whole or not there', async () => {
    const child = await bundledChild('kill-child.ts');
    const counts = {kills: 0, inTheMiddle: 0, files: 0};
    const work = async (number: number, folder: string) => {
      const random = numbers(100 + number);
      const path = join(folder, 'replaced.csv');
      let least = 0;
      for (let kill = 1; kill <= 18; kill++) {
        const steps = 1 + Math.floor(120 * random.next().value);
        const {said, isInTheMiddle} = await killChild(steps, [child, 'export', folder, `${1000 * kill}`], [folder]);
        counts.kills++;
        if (isInTheMiddle) counts.inTheMiddle++;
        const version = existsSync(path) ? wholeVersion(readFileSync(path, 'utf8')) : 0;
        expect(version, `after kill ${kill}`).toBeGreaterThanOrEqual(
          Math.max(least, ...doneIn(said, 'version').map(Number)),
        );
        least = version ?? 0;
        for (const each of doneIn(said, 'file')) expect(existsSync(join(folder, `new-${each}.csv`))).toBe(true);
      }
      for (const name of readdirSync(folder)) {
        const [, its] = /^new-(\d+)\.csv$/.exec(name) ?? [];
        if (its === undefined) continue;
        counts.files++;
        expect(wholeVersion(readFileSync(join(folder, name), 'utf8'))).toBe(Number(its));
      }
      for (const name of halvesIn([folder])) utimesSync(join(folder, name), 1e9, 1e9);
      await saveTo(join(folder, 'last.csv'), ['x']);
      expect(halvesIn([folder])).toEqual([]);
    };
    await Promise.all([0, 1, 2, 3].map(number => work(number, temporaryFolder())));
    expect(counts.kills).toBe(72);
    expect(counts.inTheMiddle).toBeGreaterThan(40);
    expect(counts.files).toBeGreaterThan(0);
  }, 300_000);

  test('the program itself starts again, and brings the same figures', async () => {
    const folder = temporaryFolder();
    const server = await startDemo({scale: 0.2});
    const environment = {OPENAI_ADMIN_KEY: 'sk-admin-x', OPENAI_BASE_URL: server.url};
    const range = ['--start', '2026-09-10', '--end', '2026-10-31'];
    const output = join(folder, 'usage.csv');
    const job = ['export', ...range, '--cache-dir', join(folder, 'cache'), '--force', '--output', output];
    const first = await run(job, {folder, environment});
    expect(first).toMatchObject({code: 0});
    const whole = readFileSync(output);
    const [account = ''] = readdirSync(join(folder, 'cache'));
    const places = [folder, join(folder, 'cache', account)];
    const random = numbers(7);
    let inTheMiddle = 0;
    for (let kill = 0; kill < 30; kill++) {
      // In every second run everything is fetched and written into the cache again; in the others files are all there is.
      const [how, most] = kill % 2 === 0 ? (['--refresh', 150] as const) : (['--offline', 5] as const);
      const {child, finished} = start([...job, how], {folder, environment});
      if (await killAtStep(1 + Math.floor(most * random.next().value), child, places)) inTheMiddle++;
      const {stderr} = await finished;
      expect(stderr).not.toMatch(/can't be|bug/);
      expect(readFileSync(output).equals(whole), `after kill ${kill}`).toBe(true);
      const files = readdirSync(places[1] ?? '').filter(name => kindOf(name) !== 'temporary');
      for (const name of files) expect(readCacheFile(places[1] ?? '', name), name).toBeTypeOf('object');
    }
    expect(inTheMiddle).toBeGreaterThan(12);
    const last = await run([...job, '--offline'], {folder, environment});
    expect(last).toMatchObject({code: 0});
    expect(readFileSync(output).equals(whole)).toBe(true);
  }, 300_000);
});
