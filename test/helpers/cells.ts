import type {Column} from '../../source/usage/block.ts';
import {valueAt} from '../../source/usage/dataset.ts';

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
