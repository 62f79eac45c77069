import {Box, Text} from 'ink';
import type {SummaryLine, TableLines} from '../state/summary-lines.ts';
import {useTheme} from '../theme.ts';

type SummaryTableProps = {
  /** Undefined where there are no groups. */
  readonly table: TableLines | undefined;
  readonly hasTotal: boolean;
  readonly hasUnaccounted?: boolean;
  /** The group of the first line, and the one under the cursor. */
  readonly top: number;
  readonly cursor: number;
  /** Lines between header and total. */
  readonly height: number;
  /** What is to be said under the groups, wrapped already, where there is room. */
  readonly advice: readonly string[];
};

/**
 * Groups in lines that are made up already, one Text each. What there is to read of the one under the cursor is inverse
 * (bars would show what they leave empty), and where there may be no inverse video it stands between brackets.
 */
export function SummaryTable({
  table,
  hasTotal,
  hasUnaccounted = false,
  top,
  cursor,
  height,
  advice,
}: SummaryTableProps) {
  const theme = useTheme();
  const {header, lines, total, unaccounted = EMPTY} = table ?? NOTHING;
  const said = advice.slice(0, Math.max(0, height - lines.length));
  return (
    <>
      <Text wrap="truncate" bold>{` ${header.text}${header.bars}`}</Text>
      {lines.map((line, index) => {
        const at = top + index;
        return <GroupLine key={at} line={line} isCurrent={at === cursor} />;
      })}
      {said.length > 0 && <Text>{said.map(text => ` ${text}`).join('\n')}</Text>}
      <Box height={height - lines.length - said.length} />
      {hasTotal && (
        <Text wrap="truncate" bold {...(theme.isColored ? theme.accent : {})}>{` ${total.text}${total.bars}`}</Text>
      )}
      {hasUnaccounted && <Text wrap="truncate">{` ${unaccounted.text}${unaccounted.bars}`}</Text>}
    </>
  );
}

const EMPTY: SummaryLine = {text: '', bars: ''};
const NOTHING: TableLines = {header: EMPTY, lines: [], total: EMPTY};

function GroupLine({line, isCurrent}: {readonly line: SummaryLine; readonly isCurrent: boolean}) {
  const theme = useTheme();
  const {text, bars} = line;
  if (!isCurrent) return <Text wrap="truncate">{` ${text}${bars}`}</Text>;
  // The bracket stands in the gap before the bars, and without these in the margin.
  if (!theme.isColored) return <Text wrap="truncate" {...theme.accent}>{`[${text}]${bars.slice(1)}`}</Text>;
  return (
    <Text wrap="truncate">
      {' '}
      <Text {...theme.selection}>{text}</Text>
      {bars}
    </Text>
  );
}
