/**
 * A program that writes as fast as it can until it is killed, bundled and run by the tests. It prints a line for each
 * thing that is done for good.
 *
 *   kill-child.js cache FOLDER FIRST    days of three months (`day N`), names (`name N`) and the choice of columns
 *   kill-child.js export FOLDER FIRST   versions of one file, replaced with --force (`version N`), and new files (`file N`)
 */
import {join} from 'node:path';
import {keepColumns} from '../../source/cli/saved-columns.ts';
import {saveTo} from '../../source/export/save.ts';
import {Store} from '../../source/usage/store.ts';
import {versionOf} from './killed-files.ts';
import {blockOf, cachedDay, day, SERIES} from './sample-days.ts';

const [job, folder = '', first] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const onTrouble = (sentence: string): void => say(`trouble ${sentence}`);

for (let turn = Number(first); ; turn++) {
  if (job === 'cache') {
    const store = new Store({folder, now: Date.now, onTrouble});
    const its = day('2026-08-01') + ((17 * turn) % 92);
    await store.write(SERIES, [{...cachedDay({iso: '2026-08-01'}), day: its, block: blockOf(300, its, its)}]);
    say(`day ${its}`);
    await store.writeDirectory('demo', known => ({...(typeof known === 'object' && known), [`n${turn}`]: ''}));
    say(`name n${turn}`);
    const widths = {model: 1 + (turn % 1000)};
    await keepColumns(folder, onTrouble).save({hidden: [], shown: [], order: [], widths, frozen: []});
    await store.flush();
  } else {
    await saveTo(join(folder, 'replaced.csv'), versionOf(turn), {force: true});
    say(`version ${turn}`);
    await saveTo(join(folder, `new-${turn}.csv`), versionOf(turn));
    say(`file ${turn}`);
  }
}
