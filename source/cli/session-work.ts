import {resolve} from 'node:path';
import {foreignEnding, formatOf} from '../export/format.ts';
import {chunksFor} from '../export/formats.ts';
import {expandHome, saveTo} from '../export/save.ts';
import {saveErrors} from '../export/save-error.ts';
import type {SessionOptions} from '../options.ts';
import type {SessionOptions as ScreenOptions} from '../ui/contract.ts';
import type {Connection} from '../usage/connection.ts';
import {connect} from './connect.ts';
import {debugLines} from './debug.ts';
import {openStore} from './open-store.ts';
import {sayerFor} from './said.ts';
import {keepColumns} from './saved-columns.ts';
import type {System} from './system.ts';

type WorkOptions = {
  readonly options: SessionOptions;
  /** The cache's folder; undefined keeps everything in memory. */
  readonly folder: string | undefined;
  readonly onTrouble: (sentence: string) => void;
};

/** What a session does besides drawing: it asks, caches and writes. */
export type SessionWork = Pick<ScreenOptions, 'save' | 'columnChoice'> & {
  connect(account: SessionOptions['account']): Promise<Connection>;
  /** What `--debug` tells of the cache and of so many requests sent. */
  debugLines(requests: number): readonly string[];
  /** Resolves when everything that was to be kept is. */
  settled(): Promise<void>;
};

/**
 * Makes it ready, without reading anything yet. Loaded after the first frame: HTTP client, cache and CSV writer are half
 * of the program, and nobody on the first screen needs them.
 */
export function createWork({options, folder, onTrouble}: WorkOptions, system: System): SessionWork {
  const said = sayerFor(system.environment);
  const say = (sentence: string) => onTrouble(said(sentence));
  const store = openStore(system, folder, say);
  const columns = keepColumns(folder, say, system);
  return {
    connect: account => connect({...options, account, store, allColumns: false}, system),
    async save(path, {dataset, rows}, {force, signal, onProgress}) {
      const ending = foreignEnding(path);
      if (ending !== undefined) throw saveErrors.foreign(path, ending);
      const chunks = chunksFor(formatOf(path), dataset, {rows, onRows: onProgress});
      const place = system.home === undefined ? path : expandHome(path, system.home);
      const saved = await saveTo(place, chunks, {force, signal, user: system.user});
      return {path: resolve(saved.path), rows: rows?.length ?? dataset.rowCount, bytes: saved.bytes};
    },
    columnChoice: columns,
    debugLines: requests => debugLines(store, requests),
    async settled() {
      await columns.settled();
      await store.flush();
    },
  };
}
