import {Box, Text} from 'ink';
import {formatNumber} from '../../view/format.ts';
import {Frame} from '../components/frame.tsx';
import {Line} from '../components/line.tsx';
import {PromptLines} from '../components/prompt-lines.tsx';
import {useSize} from '../hooks/use-size.ts';
import type {DetailLine} from '../state/details-lines.ts';
import {detailsRoom} from '../state/details-room.ts';
import type {ResultsState} from '../state/results.ts';
import {useTheme} from '../theme.ts';
import type {PlaceProps} from './results.tsx';

/** All fields of a row, and what is known of its key, its project and its user. */
export function DetailsScreen({state, isDemo, keys, message, fields}: PlaceProps) {
  const size = useSize();
  const {glyphs} = useTheme();
  const {details, prompt} = state;
  const {cursor, top, page} = details;
  const {height} = detailsRoom(state, {size, message});
  const lines = page?.lines ?? [];
  return (
    <Frame title={titleOf(state, glyphs.separator)} isDemo={isDemo} keys={keys} message={message}>
      <Box flexDirection="column" flexGrow={1}>
        {Array.from({length: Math.min(height, lines.length - top)}, (_, index) => {
          const at = top + index;
          const line = lines[at];
          return line && <FieldLine key={at} line={line} isCurrent={line.field === cursor} />;
        })}
        {page === undefined && <Line text="No row is left." />}
      </Box>
      {prompt && <PromptLines prompt={prompt} results={state} fields={fields} />}
    </Frame>
  );
}

function FieldLine({line: {text, kind}, isCurrent}: {readonly line: DetailLine; readonly isCurrent: boolean}) {
  const {glyphs} = useTheme();
  if (kind === 'heading') return <Text bold>{` ${text}`}</Text>;
  const isPointed = isCurrent && kind !== 'rest';
  const tone = isCurrent ? 'accent' : kind === 'empty' ? 'dim' : 'plain';
  return <Line text={`${isPointed ? glyphs.pointer : ' '} ${text}`} tone={tone} />;
}

/** `row 12 of 3,732 · 2026-11-16 · completions · field 1 of 34` */
function titleOf({details, rows, table}: ResultsState, separator: string): string {
  const {page, cursor} = details;
  if (!page) return 'row 0 of 0';
  const shown = (wanted: string) => page.fields.find(({name}) => name === wanted)?.shown || [];
  return [
    `row ${formatNumber(table.row + 1)} of ${formatNumber(rows.length)}`,
    ...[shown('date'), shown('endpoint_type')].flat(),
    `field ${cursor + 1} of ${page.fields.length}`,
  ].join(` ${separator} `);
}
