import {join} from 'node:path';
import {saveTo} from '../export/save.ts';
import {COLUMNS_FILE, makeFolder} from '../usage/store-folder.ts';
import {readOwnFile} from '../usage/store-read.ts';
import type {SavedColumns} from '../view/column-choice.ts';

/** A choice of a hundred columns takes some kilobytes; a larger file is none of ours. */
const mostBytes = 65_536;
const mostNames = 1000;
const widestColumn = 1000;

type Keeper = {
  /** What was chosen last; undefined where there is nothing, or nothing that can be trusted. */
  load(): Promise<SavedColumns | undefined>;
  save(saved: SavedColumns): Promise<void>;
  /** Resolves when everything that was to be saved is. */
  settled(): Promise<void>;
};

/**
 * Keeps the choice of columns between sessions: `columns.json` in the cache folder, for its owner alone. Neither
 * rejects: a choice that cannot be kept is told once to `onTrouble`, one that cannot be read is no choice. Without a
 * folder there is nowhere to keep it, which the cache says already. `user`: whose file counts (`Owner`); `home` is never
 * made.
 */
export function keepColumns(
  folder: string | undefined,
  onTrouble: (sentence: string) => void,
  {user, home}: {readonly user?: number | undefined; readonly home?: string | undefined} = {},
): Keeper {
  if (folder === undefined) return {load: async () => undefined, save: async () => {}, settled: async () => {}};
  const path = join(folder, COLUMNS_FILE);
  let isTold = false;
  let latest = Promise.resolve();
  const write = async (saved: SavedColumns) => {
    try {
      makeFolder(folder, home);
      await saveTo(path, [`${JSON.stringify(saved)}\n`], {force: true, user});
    } catch (error) {
      if (isTold) return;
      isTold = true;
      onTrouble(`The column choice could not be kept: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return {
    async load() {
      try {
        const found = readOwnFile(path, {user, folder}, mostBytes);
        return typeof found === 'string' ? undefined : savedColumns(found.toString());
      } catch {
        // Not there, not ours to read, not JSON: the columns are as they are without a choice.
        return undefined;
      }
    },
    // One after another: of two choices in quick succession the later one stays.
    save(saved) {
      latest = latest.then(() => write(saved));
      return latest;
    },
    settled: () => latest,
  };
}

/** @throws SyntaxError where the text is no JSON. */
function savedColumns(text: string): SavedColumns | undefined {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const {hidden, shown, order, widths, frozen}: Partial<Record<keyof SavedColumns, unknown>> = value;
  const isWhole = isNames(hidden) && isNames(shown) && isNames(order) && isNames(frozen) && isWidths(widths);
  return isWhole ? {hidden, shown, order, widths, frozen} : undefined;
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length <= mostNames && value.every(name => typeof name === 'string');
}

function isWidths(value: unknown): value is Readonly<Record<string, number>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const widths: unknown[] = Object.values(value);
  return (
    widths.length <= mostNames &&
    widths.every(width => typeof width === 'number' && Number.isInteger(width) && width >= 1 && width <= widestColumn)
  );
}
