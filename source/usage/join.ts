import {type Block, BlockBuilder, EMPTY_BLOCK, Interners} from './block.ts';
import {valueAt} from './dataset.ts';

/** One block of the rows of all: parts of a day that came on different pages, in the order in which they came. */
export function joinBlocks(blocks: readonly Block[]): Block {
  const [first, ...rest] = blocks;
  if (first === undefined) return EMPTY_BLOCK;
  if (rest.length === 0) return first;
  const builder = new BlockBuilder(new Interners());
  for (const {rowCount, columns} of blocks) {
    for (let row = 0; row < rowCount; row++) {
      builder.startRow();
      for (const column of columns.values()) {
        const value = valueAt(column, row);
        if (typeof value === 'number') builder.number(column.name, value);
        else if (typeof value === 'boolean') builder.boolean(column.name, value);
        else if (value !== undefined) builder.text(column.name, value);
      }
    }
  }
  return builder.finish();
}
