import type {Block, Column} from '../../source/usage/block.ts';
import {valueAt} from '../../source/usage/dataset.ts';
import {copyCodes, copyNumbers, type PackedBlock} from '../../source/usage/packed.ts';

/** The rows of columns, with only those cells that hold something. */
export function rowsOf(table: {
  readonly rowCount: number;
  readonly columns: Iterable<Column>;
}): Record<string, unknown>[] {
  const columns = [...table.columns];
  return Array.from({length: table.rowCount}, (_, row) => {
    const cells = columns.map(column => [column.name, valueAt(column, row)] as const);
    return Object.fromEntries(cells.filter(([, value]) => value !== undefined));
  });
}

/** The block as it was before it was packed. */
export function unpacked(block: PackedBlock): Block {
  const {rowCount} = block;
  const rows = {from: 0, to: rowCount};
  const columns = new Map<string, Column>();
  for (const column of block.columns.values()) {
    const {kind, name} = column;
    if (kind === 'number') {
      const values = new Float64Array(rowCount);
      copyNumbers(block, column, rows, values, 0);
      columns.set(name, {kind, name, values});
    } else {
      const codes = new Uint32Array(rowCount);
      copyCodes(block, column, rows, codes, 0);
      columns.set(name, {kind, name, codes, dictionary: column.dictionary});
    }
  }
  return {rowCount, columns};
}
