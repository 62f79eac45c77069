import {Text} from 'ink';
import {useMemo} from 'react';
import {isoOf} from '../../usage/days.ts';
import type {Outcome} from '../../usage/outcome.ts';
import {counted} from '../../view/counted.ts';
import {formatNumber} from '../../view/format.ts';
import {visibleColumns} from '../../view/layout.ts';
import {Busy} from '../components/busy.tsx';
import type {Fields} from '../components/fields.ts';
import {Frame} from '../components/frame.tsx';
import {Grid} from '../components/grid.tsx';
import {Line, Lines} from '../components/line.tsx';
import {PromptLines} from '../components/prompt-lines.tsx';
import {useSize} from '../hooks/use-size.ts';
import type {Screen} from '../keymap.ts';
import {textWidth} from '../layout.ts';
import {momentLabel, sentenceOf} from '../sentences.ts';
import {isNothing} from '../state/fetching.ts';
import type {Message, ResultsState} from '../state/results.ts';
import {linesAbove, messageLines, noteOf, tableRoom} from '../state/room.ts';
import {type Sums, sumLabel} from '../sums.ts';
import {type Glyphs, useTheme} from '../theme.ts';
import {wrapText} from '../wrap.ts';

/** What every screen of the results is given. */
export type PlaceProps = {
  readonly state: ResultsState;
  readonly isDemo: boolean;
  readonly keys: Screen;
  readonly message: Message | undefined;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly fields: Fields;
};

/** The rows, what is to be said of them, and where the cursor is. */
export function ResultsScreen({state, isDemo, keys, message, now, fields}: PlaceProps) {
  const size = useSize();
  const {glyphs} = useTheme();
  const {outcome, rows, shown, table, sizes, frozen, refetching, prompt} = state;
  const {dataset} = outcome;
  const sums = useMemo<Sums>(() => new WeakMap(), []);
  const room = tableRoom(state, {message, size, glyphs});
  const placed = visibleColumns(table.left, {columns: sizes, frozen, width: room.width});
  const note = noteOf(state, glyphs);
  const sum = sumLabel(shown.columns[table.column], sums);
  // One spinner at a time: while a file is being written, that line has it.
  const isWriting = prompt?.kind === 'export' && prompt.step === 'writing';
  const again = `${refetching?.isStopping ? 'Stopping' : 'Fetching again'}: ${refetchLabel(state)}`;
  const position = [
    `row ${formatNumber(rows.length === 0 ? 0 : table.row + 1)} of ${formatNumber(rows.length)}`,
    `column ${table.column + 1} of ${shown.columns.length}`,
    ...(sum === undefined || rows.length === 0 ? [] : [`sum ${sum}`]),
  ].join(` ${glyphs.separator} `);
  return (
    <Frame title={titleOf(state, now(), glyphs)} isDemo={isDemo} keys={keys}>
      {linesAbove(state, {size, glyphs}).map(({text, tone}) => (
        <Line key={text} text={text} tone={tone} />
      ))}
      {dataset.rowCount === 0 ? (
        <Empty state={state} height={room.height + 1} />
      ) : (
        <Grid dataset={shown} rows={rows} placed={placed} sizes={sizes} table={table} height={room.height} />
      )}
      {note && <Line text={note} tone="warning" />}
      {refetching && (isWriting ? <Line text={`  ${again}`} /> : <Busy text={`${again}; Esc stops`} />)}
      {prompt && <PromptLines prompt={prompt} results={state} fields={fields} />}
      <Lines texts={messageLines(message, size)} tone={message?.tone ?? 'plain'} />
      <Line text={position} />
    </Frame>
  );
}

function titleOf({outcome}: ResultsState, now: number, glyphs: Glyphs): string {
  const {query, dataset, asOf} = outcome;
  return [
    `${isoOf(query.range.first)} ${glyphs.to} ${isoOf(query.range.last)}`,
    endpointsLabel(outcome),
    counted(dataset.rowCount, 'row'),
    ...(asOf === undefined ? [] : [`as of ${momentLabel(asOf, now)}`]),
  ].join(` ${glyphs.separator} `);
}

/** `11 endpoints`, or `9 of 11 endpoints` where some did not come whole. */
function endpointsLabel({query, gaps}: Outcome): string {
  const all = counted(query.endpoints.length, 'endpoint');
  return gaps.length === 0 ? all : `${query.endpoints.length - gaps.length} of ${all}`;
}

function refetchLabel({refetching}: ResultsState): string {
  if (!refetching) return '';
  const all = refetching.query.endpoints;
  const done = all.filter(name => refetching.endpoints.get(name)?.state === 'finished');
  return `${done.length} of ${counted(all.length, 'endpoint')}`;
}

function Empty({state, height}: {readonly state: ResultsState; readonly height: number}) {
  const {query, gaps} = state.outcome;
  const {glyphs} = useTheme();
  const {first, last} = query.range;
  const width = textWidth(useSize());
  const range = `${isoOf(first)} ${glyphs.to} ${isoOf(last)} (UTC)`;
  const error = gaps.find(gap => gap.error)?.error;
  const sentences = isNothing(state.outcome)
    ? [`Nothing of ${range} could be had.`, ...(error ? [sentenceOf(error)] : []), 't shows all errors, r tries again.']
    : [`No usage from ${range}.`, `Asked: ${query.endpoints.join(', ')}.`, 'd chooses other dates.'];
  const lines = sentences.flatMap(sentence => ['', ...wrapText(sentence, width)]);
  return <Text>{Array.from({length: height}, (_, index) => ` ${lines[index] ?? ''}`).join('\n')}</Text>;
}
