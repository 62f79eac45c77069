import {BlockBuilder, type Column, Interners} from '../../source/usage/block.ts';
import type {CachedDay} from '../../source/usage/cache.ts';
import {type Day, parseDay, startOf} from '../../source/usage/days.ts';
import {pack} from '../../source/usage/pack.ts';
import type {PackedBlock} from '../../source/usage/packed.ts';
import type {Series} from '../../source/usage/store-key.ts';
import {unpacked} from '../helpers/cells.ts';

export const HOUR = 3_600_000;

/** 2026-11-22, 12:00 UTC, in Unix milliseconds. */
export const NOON = Date.UTC(2026, 10, 22, 12);

export const SERIES: Series = {
  account: 'demo',
  endpoint: 'completions',
  width: '1d',
  grouping: ['project_id', 'model'],
  filters: [],
};

export function day(iso: string): Day {
  const parsed = parseDay(iso);
  if (parsed === undefined) throw new Error(`${iso} is no day`);
  return parsed;
}

/** A block of `rows` rows of the day, whose figures begin with `tokens`. */
export function blockOf(rows: number, tokens: number, of: Day): PackedBlock {
  const builder = new BlockBuilder(new Interners());
  for (let row = 0; row < rows; row++) {
    builder.startRow();
    builder.number('start_time', startOf(of));
    builder.number('input_tokens', tokens + row);
    builder.text('model', `gpt-${row % 3}`);
    builder.boolean('batch', row % 2 === 0);
  }
  return pack(builder.finish());
}

export type Wish = {
  iso: string;
  fetchedAt?: number;
  hasBucket?: boolean;
  rows?: number;
  tokens?: number;
  block?: PackedBlock;
};

/** A cached day, settled unless something else is wished for. */
export function cachedDay({iso, rows = 2, tokens = 1000, ...wish}: Wish): CachedDay {
  const settledAt = startOf(day(iso) + 1) * 1000 + 48 * HOUR;
  return {day: day(iso), fetchedAt: settledAt, hasBucket: true, block: blockOf(rows, tokens, day(iso)), ...wish};
}

/** What a block says, cell by cell, whatever its forms and dictionaries look like. */
export function rowsOf(block: PackedBlock): Record<string, unknown>[] {
  const columns = [...unpacked(block).columns.values()];
  return Array.from({length: block.rowCount}, (_, row) =>
    Object.fromEntries(columns.map(column => [column.name, cellOf(column, row)])),
  );
}

function cellOf(column: Column, row: number): unknown {
  if (column.kind === 'number') return column.values[row];
  const code = column.codes[row] ?? -1;
  return code === 0 ? undefined : column.dictionary[code];
}

/** The first figure of a day's rows: which copy of the day this is. */
export function tokensOf(cached: CachedDay | undefined): unknown {
  return cached && rowsOf(cached.block)[0]?.['input_tokens'];
}
