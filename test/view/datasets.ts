import fc from 'fast-check';
import type {Column} from '../../source/usage/block.ts';
import type {Dataset} from '../../source/usage/dataset.ts';
import {parseDay, type Range, startOf} from '../../source/usage/days.ts';
import {allRows} from '../../source/view/rows.ts';

export type Cells = Readonly<Record<string, string | number | undefined>>;

export const FIRST_DAY = parseDay('2026-10-01') ?? 0;
export const THREE_DAYS: Range = {first: FIRST_DAY, last: FIRST_DAY + 2};

/**
 * A dataset of those rows. Every text has a dictionary entry of its own: equal ones are duplicates, as they may be. What
 * is called like its id is an id that nobody knows.
 */
export function datasetOf(rows: readonly Cells[]): Dataset {
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))];
  return {
    rowCount: rows.length,
    columns: names.map(name => {
      const column = columnOf(
        name,
        rows.map(row => row[name]),
      );
      const idName = idNames.get(name);
      if (idName === undefined || column.kind === 'number') return column;
      const isBareId = Uint8Array.from(column.dictionary, (text, code) => Number(text === rows[code - 1]?.[idName]));
      return {...column, isBareId};
    }),
  };
}

const idNames = new Map([
  ['api_key_name', 'api_key_id'],
  ['project_name', 'project_id'],
  ['user_email', 'user_id'],
]);

function columnOf(name: string, cells: readonly (string | number | undefined)[]): Column {
  if (cells.some(cell => typeof cell === 'number')) {
    return {
      kind: 'number',
      name,
      values: Float64Array.from(cells, cell => (typeof cell === 'number' ? cell : Number.NaN)),
    };
  }
  const texts = cells.map(cell => (typeof cell === 'string' ? cell : ''));
  const codes = Uint32Array.from(cells, (cell, row) => (cell === undefined ? 0 : row + 1));
  return {kind: 'text', name, codes, dictionary: ['', ...texts, 'used by no row']};
}

export const everyRow = (dataset: Dataset) => allRows(dataset.rowCount);

const maybe = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, {nil: undefined});

/** Rows of usage and costs within three days, any cell of which may be absent. */
export const someRows: fc.Arbitrary<Cells[]> = fc.array(
  fc.record({
    start_time: fc.integer({min: 0, max: 71}).map(hour => startOf(FIRST_DAY) + hour * 3600),
    project_id: maybe(fc.constantFrom('proj_1', 'proj_2', 'proj_3')),
    project_name: maybe(fc.constantFrom('Search', 'Chat')),
    model: maybe(fc.constantFrom('gpt-5.4', 'gpt-5.4-mini')),
    line_item: maybe(fc.constantFrom('gpt-5.4, input', 'gpt-5.4-mini', 'credit')),
    currency: fc.constantFrom('usd', 'eur'),
    amount: maybe(fc.integer({min: -1e6, max: 1e9}).map(millionths => millionths / 1e6)),
    input_tokens: maybe(fc.nat(1e6)),
    input_cached_tokens: maybe(fc.nat(1e6)),
    output_tokens: maybe(fc.nat(1e6)),
  }),
  {maxLength: 40},
);

/** Of what is there: NaN is nothing. */
export function sum(values: Iterable<number>): number {
  return [...values].filter(value => !Number.isNaN(value)).reduce((total, value) => total + value, 0);
}
