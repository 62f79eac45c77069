import type {Column} from '../../source/usage/block.ts';
import type {Dataset} from '../../source/usage/dataset.ts';

type Cell = number | string | undefined;

/** A dataset of these columns: of numbers where one of the cells is a number, of texts where none is. */
export function tableOf(columns: Readonly<Record<string, readonly Cell[]>>): Dataset {
  const made = Object.entries(columns).map(([name, cells]) => columnOf(name, cells));
  return {rowCount: Object.values(columns)[0]?.length ?? 0, columns: made};
}

/** Every text gets a code of its own, also where another cell holds the same: dictionaries may have duplicates. */
function columnOf(name: string, cells: readonly Cell[]): Column {
  if (cells.some(cell => typeof cell === 'number')) {
    return {
      kind: 'number',
      name,
      values: Float64Array.from(cells, cell => (typeof cell === 'number' ? cell : Number.NaN)),
    };
  }
  const codes = Uint32Array.from(cells, (cell, row) => (cell === undefined ? 0 : row + 1));
  return {kind: 'text', name, codes, dictionary: ['', ...cells.map(cell => String(cell ?? 'unused'))]};
}
