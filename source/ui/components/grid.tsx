import {Box, Text} from 'ink';
import type {Dataset} from '../../usage/dataset.ts';
import type {ColumnSize} from '../../view/column-sizes.ts';
import type {PlacedColumn} from '../../view/layout.ts';
import type {RowNumbers} from '../../view/rows.ts';
import type {SortKey} from '../../view/sort.ts';
import type {TableState} from '../../view/viewport.ts';
import {type GridLine, type GridOptions, headerLine, rowLine, type Segment} from '../grid.ts';
import type {Marks} from '../state/sought.ts';
import {asciiGlyphs, type Glyphs, useTheme} from '../theme.ts';

type GridProps = {
  /** The shown columns. */
  readonly dataset: Dataset;
  readonly rows: RowNumbers;
  readonly placed: readonly PlacedColumn[];
  readonly sizes: readonly ColumnSize[];
  readonly table: TableState;
  /** Rows in sight, the header not counted. */
  readonly height: number;
  readonly sort?: readonly SortKey[];
  readonly marks?: Marks | undefined;
};

/**
 * The table: one Text per visible row, because an element per cell costs ten times the time of a frame. The cell under
 * the cursor is inverse, and where there may be no inverse video it stands between brackets, in the gaps beside it.
 */
export function Grid({dataset, rows, placed, sizes, table, height, sort = [], marks}: GridProps) {
  const theme = useTheme();
  const {glyphs} = theme;
  const options: GridOptions = {
    dataset,
    placed,
    aligns: sizes.map(({align}) => align),
    ellipsis: glyphs.ellipsis,
    marks,
  };
  const count = Math.max(0, Math.min(height, rows.length - table.top));
  return (
    <>
      <Text wrap="truncate" bold>{` ${headerLine(options, name => sortMark(name, sort, glyphs))}`}</Text>
      {Array.from({length: count}, (_, index) => {
        const at = table.top + index;
        const line = rowLine(options, rows[at] ?? 0, at === table.row ? table.column : undefined);
        if (at !== table.row) {
          return (
            <Text key={at} wrap="truncate">
              {' '}
              <Segments segments={line.before} />
            </Text>
          );
        }
        return theme.isColored ? <CursorRow key={at} line={line} /> : <BracketedRow key={at} line={line} />;
      })}
      <Box height={height - count} />
    </>
  );
}

function CursorRow({line: {before, cell, after}}: {readonly line: GridLine}) {
  const {selection} = useTheme();
  return (
    <Text wrap="truncate">
      {' '}
      <Segments segments={before} />
      <Text {...selection}>
        <Segments segments={cell} />
      </Text>
      <Segments segments={after} />
    </Text>
  );
}

function BracketedRow({line: {before, cell, after}}: {readonly line: GridLine}) {
  const {accent} = useTheme();
  const blank = {text: ' ', isMarked: false, from: -1};
  const last = before.at(-1);
  // The gaps beside the cell have no marks: the last piece before it ends with a blank, the first after it begins so.
  const start = last ? [blank, ...before.slice(0, -1), {...last, text: last.text.slice(0, -1)}] : [];
  const [first, ...others] = after;
  const end = first ? [{...first, text: first.text.slice(1)}, ...others] : [];
  return (
    <Text wrap="truncate" {...accent}>
      <Segments segments={start} />
      {'['}
      <Segments segments={cell} />
      {']'}
      <Segments segments={end} />
    </Text>
  );
}

function Segments({segments}: {readonly segments: readonly Segment[]}) {
  const {accent} = useTheme();
  return segments.map(({text, isMarked, from}) =>
    isMarked ? (
      <Text key={from} underline {...accent}>
        {text}
      </Text>
    ) : (
      text
    ),
  );
}

/** `↑` for a sorted column, `↓` for a reversed one, with its rank where there are several. */
function sortMark(name: string, sort: readonly SortKey[], glyphs: Glyphs): string {
  const index = sort.findIndex(({column}) => column === name);
  const key = sort[index];
  if (!key) return '';
  const [up, down] = glyphs === asciiGlyphs ? ['^', 'v'] : [glyphs.up, glyphs.down];
  return `${key.isReversed ? down : up}${sort.length > 1 ? index + 1 : ''}`;
}
