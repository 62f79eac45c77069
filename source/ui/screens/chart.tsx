import {Box} from 'ink';
import {Below} from '../components/below.tsx';
import {ChartLines} from '../components/chart-lines.tsx';
import {Frame, useTitleWidth} from '../components/frame.tsx';
import {Line, Lines} from '../components/line.tsx';
import {useSize} from '../hooks/use-size.ts';
import {textWidth} from '../layout.ts';
import {chartPosition, chartTitle, notesLine, sayHere, whyEmpty} from '../state/chart-words.ts';
import {linesAround} from '../state/room.ts';
import {useTheme} from '../theme.ts';
import {wrapText} from '../wrap.ts';
import type {PlaceProps} from './results.tsx';

/** The metric over the days or hours, the groups that make it, and what they come to. */
export function ChartScreen({state, isDemo, keys, message, fields}: PlaceProps) {
  const size = useSize();
  const {glyphs} = useTheme();
  const width = textWidth(size);
  const {drawn, top} = state.chart;
  const {above, room} = linesAround(state, {message, size, glyphs});
  const reasons = whyEmpty(state, glyphs);
  const titleWidth = useTitleWidth(isDemo);
  return (
    <Frame title={chartTitle(state, titleWidth, glyphs)} isDemo={isDemo} keys={keys}>
      {above.map(({text, tone}) => (
        <Line key={text} text={sayHere(text, glyphs)} tone={tone} />
      ))}
      {drawn && reasons.length === 0 ? (
        <>
          <ChartLines lines={drawn.lines} />
          <Box height={drawn.gap} flexShrink={0} />
          <ChartLines lines={drawn.legend} from={top} to={top + drawn.legendHeight} />
          {drawn.hasNote && <Line text={notesLine(state, width, glyphs)} tone="dim" />}
        </>
      ) : (
        <Box height={room.height + 1} flexShrink={0} overflowY="hidden">
          <Lines texts={reasons.flatMap(reason => ['', ...wrapText(reason, width)])} />
        </Box>
      )}
      <Below state={state} message={message} fields={fields} />
      <Line text={drawn && reasons.length === 0 ? chartPosition(drawn.charted, width, glyphs) : ''} />
    </Frame>
  );
}
