import {Text} from 'ink';
import {dimensionsOf} from '../../view/dimensions.ts';
import {Below} from '../components/below.tsx';
import {Frame, useTitleWidth} from '../components/frame.tsx';
import {Line} from '../components/line.tsx';
import {SummaryTable} from '../components/summary-table.tsx';
import {useSize} from '../hooks/use-size.ts';
import {dimensionOf} from '../state/lens.ts';
import {pivotLines} from '../state/pivot-lines.ts';
import type {ResultsState} from '../state/results.ts';
import {linesAround} from '../state/room.ts';
import {summaryLines} from '../state/summary-lines.ts';
import {summaryRoom} from '../state/summary-room.ts';
import {dimensionParts, summaryAdvice, summaryPosition, summaryTitle} from '../state/summary-words.ts';
import {useTheme} from '../theme.ts';
import {wrapText} from '../wrap.ts';
import type {PlaceProps} from './results.tsx';

/** What the rows in view add up to: by one dimension, or by two as a pivot. */
export function SummaryScreen({state, isDemo, keys, message, fields}: PlaceProps) {
  const size = useSize();
  const {glyphs} = useTheme();
  const titleWidth = useTitleWidth(isDemo);
  const {figures, cursor, top} = state.summary;
  const {above} = linesAround(state, {size, glyphs, message});
  const {width, height, hasDimensions, hasTotal, hasUnaccounted} = summaryRoom(state, {size, glyphs, message});
  const advice = summaryAdvice(state, glyphs).flatMap(sentence => ['', ...wrapText(sentence, width)]);
  const options = {from: top, to: top + height, width, glyphs};
  const table =
    figures && figures.groups.length > 0
      ? figures.pivot
        ? pivotLines(figures, figures.pivot, options)
        : summaryLines(figures, options)
      : undefined;
  return (
    <Frame title={summaryTitle(state, titleWidth, glyphs)} isDemo={isDemo} keys={keys}>
      {above.map(({text, tone}) => (
        <Line key={text} text={text} tone={tone} />
      ))}
      {hasDimensions && <Dimensions state={state} width={width} />}
      <SummaryTable
        table={table}
        hasTotal={hasTotal}
        hasUnaccounted={hasUnaccounted}
        top={top}
        cursor={cursor}
        height={height}
        advice={advice}
      />
      <Below state={state} message={message} fields={fields} />
      <Line text={summaryPosition(state, {width, glyphs, hasUnaccounted})} />
    </Frame>
  );
}

/** What one can group by, the current one marked: ← → go through them. */
function Dimensions({state, width}: {readonly state: ResultsState; readonly width: number}) {
  const {glyphs, accent, dim} = useTheme();
  const dimensions = dimensionsOf(state.outcome.dataset);
  const index = dimensions.findIndex(({name}) => name === dimensionOf(state)?.name);
  const labels = dimensions.map(({label}) => label);
  const {before, current, after} = dimensionParts(labels, Math.max(0, index), width, glyphs.ellipsis);
  return (
    <Text wrap="truncate">
      <Text {...dim}>{` ${before}`}</Text>
      <Text {...accent}>{current}</Text>
      <Text {...dim}>{after}</Text>
    </Text>
  );
}
