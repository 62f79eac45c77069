import fc from 'fast-check';
import type {Chunk} from '../../source/export/chunks.ts';
import type {Column} from '../../source/usage/block.ts';
import type {Dataset} from '../../source/usage/dataset.ts';

export type Cell = number | string | boolean | undefined;

/** A dataset of these columns; a column's kind is that of its first value, and text where it has none. */
export function datasetOf(columns: readonly (readonly [name: string, cells: readonly Cell[]])[]): Dataset {
  return {rowCount: columns[0]?.[1].length ?? 0, columns: columns.map(([name, cells]) => columnOf(name, cells))};
}

function columnOf(name: string, cells: readonly Cell[]): Column {
  const first = cells.find(cell => cell !== undefined);
  if (typeof first === 'number') {
    return {kind: 'number', name, values: Float64Array.from(cells, cell => (typeof cell === 'number' ? cell : NaN))};
  }
  const dictionary = ['', ...new Set(cells.filter(cell => cell !== undefined).map(String))];
  const codes = Uint32Array.from(cells, cell => (cell === undefined ? 0 : dictionary.indexOf(String(cell), 1)));
  return {kind: typeof first === 'boolean' ? 'boolean' : 'text', name, codes, dictionary};
}

/** What a file of these chunks says; each is read while it is good. */
export function textOf(chunks: Iterable<Chunk>): string {
  let text = '';
  for (const chunk of chunks) text += Buffer.from(chunk).toString();
  return text;
}

const nastyPieces = [
  '"',
  '""',
  "'",
  ',',
  ';',
  '\n',
  '\r',
  '\r\n',
  ' ',
  '\t',
  '=',
  '+',
  '-1',
  '@',
  '|',
  '\ufeff',
  'é',
  '漢',
  '🧾',
];

/** Texts that break naive CSV: quotes, delimiters, line ends, edges of spaces, formulas. Whole code points only. */
export const nastyText = fc.oneof(
  fc.array(fc.constantFrom(...nastyPieces), {maxLength: 5}).map(pieces => pieces.join('')),
  fc.string({unit: 'binary', maxLength: 8}),
);

const number = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer(),
  fc.double({noNaN: true, noDefaultInfinity: true}),
  fc.constantFrom(0, -0, 1e21, 1e-7, 2 ** 53, 2 ** 31, -(2 ** 31), Number.MAX_VALUE, Number.MIN_VALUE),
);

const cellsOf = (cell: fc.Arbitrary<Cell>, rowCount: number) =>
  fc.array(fc.option(cell, {nil: undefined}), {minLength: rowCount, maxLength: rowCount});

/** Columns of all kinds, with values missing, under names from outside. */
export const anyColumns = fc.nat({max: 12}).chain(rowCount =>
  fc.uniqueArray(
    fc.tuple(
      fc.oneof(nastyText, fc.constantFrom('__proto__', 'constructor', '7', 'date')).filter(name => name !== ''),
      fc.oneof(cellsOf(nastyText, rowCount), cellsOf(number, rowCount), cellsOf(fc.boolean(), rowCount)),
    ),
    {minLength: 1, maxLength: 5, selector: ([name]) => name},
  ),
);
