import {spawnSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import type {KeysOf} from './keys.ts';
import type {Large} from './large.ts';
import {type Size, Terminal} from './terminal.ts';
import type {Workshop} from './workshop.ts';

/** Where VisiData is missing, why nothing stands beside ours. */
export function whyNoVisidata(): string | undefined {
  const {status} = spawnSync('vd', ['--version']);
  return status === 0 ? undefined : 'needs VisiData (vd)';
}

export const VISIDATA_KEYS: KeysOf = ({rows}) => ({
  down: {start: 'gkgh', press: ['j']},
  'down at the edge': {start: `gk${'j'.repeat(rows)}`, press: ['j']},
  'page down': {start: 'gk', press: ['\x1b[6~']},
  right: {start: 'gkgh', press: ['l']},
  sort: {start: 'gkghll', press: ['[', ']']},
});

/** VisiData with the rows loaded. */
export async function startVisidata(workshop: Workshop, {path, rows}: Large['head'], size: Size): Promise<Terminal> {
  const folder = workshop.folder();
  // It asks its site for a message of the day.
  writeFileSync(join(folder, '.visidatarc'), "options.motd_url=''\n");
  const terminal = await Terminal.start(workshop, ['vd', path], {folder, ...size});
  await terminal.until(`${rows} rows`);
  await terminal.settle(1000, 2000);
  return terminal;
}
