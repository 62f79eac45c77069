import {Text} from 'ink';
import {useMemo} from 'react';
import {isoOf} from '../../usage/days.ts';
import type {Outcome} from '../../usage/outcome.ts';
import {counted} from '../../view/counted.ts';
import {filterLabel} from '../../view/filter.ts';
import {fittedSizes, visibleColumns} from '../../view/layout.ts';
import {periodLabel} from '../../view/periods.ts';
import {widthOf} from '../../view/width.ts';
import {Below} from '../components/below.tsx';
import type {Fields} from '../components/fields.ts';
import {Frame, useTitleWidth} from '../components/frame.tsx';
import {Grid} from '../components/grid.tsx';
import {Line} from '../components/line.tsx';
import {useSize} from '../hooks/use-size.ts';
import type {Screen} from '../keymap.ts';
import {textWidth} from '../layout.ts';
import {positionLine} from '../position-line.ts';
import {momentLabel, sentenceOf} from '../sentences.ts';
import {isNothing} from '../state/fetching.ts';
import type {Message, ResultsState} from '../state/results.ts';
import {linesAround} from '../state/room.ts';
import {markedSearch, marksOf} from '../state/sought.ts';
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
  const {outcome, rows, shown, table, frozen, sort} = state;
  const {dataset} = outcome;
  const {above, room} = linesAround(state, {message, size, glyphs});
  const sizes = fittedSizes(state.sizes, {width: room.width, frozen});
  const placed = visibleColumns(table.left, {columns: sizes, frozen, width: room.width});
  const titleWidth = useTitleWidth(isDemo);
  const search = markedSearch(state);
  const marks = useMemo(() => search && marksOf(search, dataset), [search, dataset]);
  const grid = {dataset: shown, rows, placed, sizes, table, sort, marks};
  return (
    <Frame title={titleOf(state, now(), {width: titleWidth, glyphs})} isDemo={isDemo} keys={keys}>
      {above.map(({text, tone}) => (
        <Line key={text} text={text} tone={tone} />
      ))}
      {dataset.rowCount === 0 ? (
        <Empty sentences={whyEmpty(state, glyphs)} height={room.height + 1} />
      ) : rows.length === 0 ? (
        <>
          <Grid {...grid} height={0} />
          <Empty sentences={whyFiltered(state)} height={room.height} />
        </>
      ) : (
        <Grid {...grid} height={room.height} />
      )}
      <Below state={state} message={message} fields={fields} />
      <Line text={positionLine(state, room.width, glyphs)} />
    </Frame>
  );
}

type TitleRoom = {readonly width: number; readonly glyphs: Glyphs};

/** What is shown, of when: where room is short the year of the last day goes first, then the endpoints. */
function titleOf({outcome}: ResultsState, now: number, {width, glyphs}: TitleRoom): string {
  const {query, dataset, asOf} = outcome;
  const {first, last} = query.range;
  const range = `${isoOf(first)} ${glyphs.to} ${isoOf(last)}`;
  const endpoints = endpointsLabel(outcome);
  const rest = [counted(dataset.rowCount, 'row'), ...(asOf === undefined ? [] : [`as of ${momentLabel(asOf, now)}`])];
  const titles = [
    [range, endpoints, ...rest],
    [periodLabel(query.range, glyphs.to), endpoints, ...rest],
    [periodLabel(query.range, glyphs.to), ...rest],
    [periodLabel(query.range, glyphs.to, true), ...rest],
  ].map(parts => parts.join(` ${glyphs.separator} `));
  return titles.find(title => widthOf(title) <= width) ?? titles.at(-1) ?? '';
}

/** `11 endpoints`, or `9 of 11 endpoints` where some did not come whole. */
function endpointsLabel({query, gaps}: Outcome): string {
  const all = counted(query.endpoints.length, 'endpoint');
  return gaps.length === 0 ? all : `${query.endpoints.length - gaps.length} of ${all}`;
}

function whyEmpty({outcome}: ResultsState, glyphs: Glyphs): readonly string[] {
  const {query, gaps} = outcome;
  const {first, last} = query.range;
  const range = `${isoOf(first)} ${glyphs.to} ${isoOf(last)} (UTC)`;
  const error = gaps.find(gap => gap.error)?.error;
  return isNothing(outcome)
    ? [`Nothing of ${range} could be had.`, ...(error ? [sentenceOf(error)] : []), 't shows all errors, r tries again.']
    : [`No usage from ${range}.`, `Asked: ${query.endpoints.join(', ')}.`, 'd chooses other dates.'];
}

function whyFiltered({outcome, prompt, filters}: ResultsState): readonly string[] {
  const all = counted(outcome.dataset.rowCount, 'row');
  if (prompt?.kind === 'filter') return [`None of the ${all} is like that.`, 'Esc leaves the filters as they were.'];
  const last = filters.at(-1);
  const what = last ? `None of the ${all} passes ${filters.length === 1 ? filterLabel(last) : 'all filters'}.` : '';
  return [what, 'Backspace undoes the last filter, Esc all of them.'];
}

function Empty({sentences, height}: {readonly sentences: readonly string[]; readonly height: number}) {
  const width = textWidth(useSize());
  const texts = sentences.flatMap(sentence => ['', ...wrapText(sentence, width)]);
  // Where there is no room for air, what is said matters more.
  const lines = texts.length > height ? texts.filter(text => text !== '') : texts;
  return <Text>{Array.from({length: height}, (_, index) => ` ${lines[index] ?? ''}`).join('\n')}</Text>;
}
