import {Box, Text} from 'ink';
import type {Dataset} from '../../usage/dataset.ts';
import type {ColumnSize} from '../../view/column-sizes.ts';
import type {PlacedColumn} from '../../view/layout.ts';
import type {RowNumbers} from '../../view/rows.ts';
import type {TableState} from '../../view/viewport.ts';
import {type GridOptions, headerLine, rowLine} from '../grid.ts';
import {useTheme} from '../theme.ts';

type GridProps = {
  /** The shown columns. */
  readonly dataset: Dataset;
  readonly rows: RowNumbers;
  readonly placed: readonly PlacedColumn[];
  readonly sizes: readonly ColumnSize[];
  readonly table: TableState;
  /** Rows in sight, the header not counted. */
  readonly height: number;
};

/**
 * The table: one Text per visible row, because an element per cell costs ten times the time of a frame. The cell under
 * the cursor is inverse, and where there may be no inverse video it stands between brackets, in the gaps beside it.
 */
export function Grid({dataset, rows, placed, sizes, table, height}: GridProps) {
  const theme = useTheme();
  const {glyphs} = theme;
  const options: GridOptions = {dataset, placed, aligns: sizes.map(({align}) => align), ellipsis: glyphs.ellipsis};
  const count = Math.min(height, rows.length - table.top);
  return (
    <>
      <Text wrap="truncate" bold>{` ${headerLine(options)}`}</Text>
      {Array.from({length: count}, (_, index) => {
        const at = table.top + index;
        const row = rows[at] ?? 0;
        if (at !== table.row) return <Text key={at} wrap="truncate">{` ${rowLine(options, row).before}`}</Text>;
        const {before, cell, after} = rowLine(options, row, table.column);
        const isFirst = before === '';
        if (theme.isColored) {
          return (
            <Text key={at} wrap="truncate">
              {` ${before}`}
              <Text {...theme.selection}>{cell}</Text>
              {after}
            </Text>
          );
        }
        return (
          <Text key={at} wrap="truncate" {...theme.accent}>
            {`${isFirst ? '' : ` ${before.slice(0, -1)}`}[${cell}]${after.slice(1)}`}
          </Text>
        );
      })}
      <Box height={height - count} />
    </>
  );
}
