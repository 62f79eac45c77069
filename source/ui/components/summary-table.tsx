import {Box, Text} from 'ink';
import {useTheme} from '../theme.ts';

type SummaryTableProps = {
  readonly header: string;
  readonly lines: readonly string[];
  readonly total: string | undefined;
  /** The group of the first line, and the one under the cursor. */
  readonly top: number;
  readonly cursor: number;
  /** Lines between header and total. */
  readonly height: number;
  /** What is to be said under the groups, wrapped already, where there is room. */
  readonly advice: readonly string[];
};

/**
 * Groups in lines that are made up already, one Text each. The one under the cursor is inverse, and where there may be
 * no inverse video it stands between brackets, in the margins.
 */
export function SummaryTable({header, lines, total, top, cursor, height, advice}: SummaryTableProps) {
  const theme = useTheme();
  const said = advice.slice(0, Math.max(0, height - lines.length));
  return (
    <>
      <Text wrap="truncate" bold>{` ${header}`}</Text>
      {lines.map((line, index) => {
        const at = top + index;
        return <GroupLine key={at} line={line} isCurrent={at === cursor} />;
      })}
      {said.length > 0 && <Text>{said.map(text => ` ${text}`).join('\n')}</Text>}
      <Box height={height - lines.length - said.length} />
      {total !== undefined && (
        <Text wrap="truncate" bold {...(theme.isColored ? theme.accent : {})}>{` ${total}`}</Text>
      )}
    </>
  );
}

function GroupLine({line, isCurrent}: {readonly line: string; readonly isCurrent: boolean}) {
  const theme = useTheme();
  if (!isCurrent) return <Text wrap="truncate">{` ${line}`}</Text>;
  if (!theme.isColored) return <Text wrap="truncate" {...theme.accent}>{`[${line}]`}</Text>;
  return (
    <Text wrap="truncate">
      {' '}
      <Text {...theme.selection}>{line}</Text>
    </Text>
  );
}
