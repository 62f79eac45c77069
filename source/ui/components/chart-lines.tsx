import {Text} from 'ink';
import {memo} from 'react';
import type {ChartLine} from '../../view/chart-lines.ts';
import {useTheme} from '../theme.ts';

type ChartLinesProps = {
  readonly lines: readonly ChartLine[];
  readonly from?: number;
  readonly to?: number;
};

/** Lines of a chart or of its legend: one Text each, and inside it one where another colour begins. */
export const ChartLines = memo(function ChartLines({lines, from = 0, to = lines.length}: ChartLinesProps) {
  const {series: styles} = useTheme();
  return Array.from({length: to - from}, (_, index) => {
    const row = from + index;
    return (
      <Text key={row} wrap="truncate">
        {' '}
        {runsOf(lines[row] ?? [], styles.length > 0).map(({x, text, series}) => (
          <Text key={x} {...(series === undefined ? {} : styles[series])}>
            {text}
          </Text>
        ))}
      </Text>
    );
  });
});

type Run = {readonly x: number; text: string; readonly series: number | undefined};

/** What has one colour in one piece; blanks look the same in any, and without colour everything does. */
function runsOf(line: ChartLine, isColored: boolean): readonly Run[] {
  const runs: Run[] = [];
  let x = 0;
  for (const {text, series} of line) {
    const last = runs.at(-1);
    const own = isColored ? series : undefined;
    if (last && (last.series === own || text.trim() === '')) last.text += text;
    else runs.push({x, text, series: own});
    x += text.length;
  }
  return runs;
}
