import {BOOLEAN_FIELDS, KNOWN_DIMENSIONS, KNOWN_METRICS} from '../api/endpoints.ts';
import type {Column} from './block.ts';
import {type Day, startOf} from './days.ts';
import {constantOf, copyNumbers, type PackedBlock, type PackedNumbers} from './packed.ts';

/** What the column of that name can be, wherever the rows came from: `RowReader` makes no others. */
const KINDS: ReadonlyMap<string, readonly Column['kind'][]> = new Map<string, readonly Column['kind'][]>([
  ...[...KNOWN_DIMENSIONS].map(name => [name, ['text']] as const),
  ...[...BOOLEAN_FIELDS].map(name => [name, ['text', 'boolean']] as const),
  ...[...KNOWN_METRICS, 'start_time'].map(name => [name, ['number']] as const),
  // Ours, and made of where a block belongs: one that brings its own would say another day than was asked for.
  ['date', []],
  ['endpoint_type', []],
]);

/**
 * Whether rows that were read from a file can be what was once fetched for the day. Bytes that are sealed and decode well
 * may still be somebody's: a row without a moment would be left out, one of another year be counted in this day.
 */
export function isCredible({rowCount, columns, bytes}: PackedBlock, day: Day): boolean {
  for (const {name, kind} of columns.values()) {
    if (KINDS.get(name)?.includes(kind) === false) return false;
  }
  const starts = columns.get('start_time');
  if (rowCount === 0) return true;
  return starts?.kind === 'number' && areOfDay({rowCount, columns, bytes}, starts, day);
}

function areOfDay(block: PackedBlock, column: PackedNumbers, day: Day): boolean {
  const [first, end] = [startOf(day), startOf(day + 1)];
  const constant = constantOf(block.bytes, column);
  // NaN, which stands for "absent", is no moment either.
  if (constant !== undefined) return constant >= first && constant < end;
  const starts = new Float64Array(block.rowCount);
  copyNumbers(block, column, {from: 0, to: block.rowCount}, starts, 0);
  for (const start of starts) {
    if (!(start >= first && start < end)) return false;
  }
  return true;
}
