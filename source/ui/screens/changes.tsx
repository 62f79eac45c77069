import {isoOf} from '../../usage/days.ts';
import {Busy} from '../components/busy.tsx';
import {Frame, useTitleWidth} from '../components/frame.tsx';
import {Line, Lines} from '../components/line.tsx';
import {SummaryTable} from '../components/summary-table.tsx';
import {useSize} from '../hooks/use-size.ts';
import {listWindow, textWidth} from '../layout.ts';
import {changesLines, layOutChanges} from '../state/changes-lines.ts';
import {changesHeight, changesPosition, changesTitle, notesOf} from '../state/changes-room.ts';
import {levelCursor, levelTable} from '../state/changes-shape.ts';
import type {ChangesTable} from '../state/changes-table.ts';
import type {ResultsState} from '../state/results.ts';
import {taskOf} from '../state/tasks.ts';
import {useTheme} from '../theme.ts';
import {wrapText} from '../wrap.ts';
import type {PlaceProps} from './results.tsx';

/** What changed since the period before: groups, the days of one, the hours of one of those. */
export function ChangesScreen({state, isDemo, keys, message}: PlaceProps) {
  const size = useSize();
  const {glyphs} = useTheme();
  const titleWidth = useTitleWidth(isDemo);
  const table = levelTable(state.changes);
  const height = changesHeight(state, {size, glyphs, message});
  return (
    <Frame title={changesTitle(state, titleWidth, glyphs)} isDemo={isDemo} keys={keys} message={message}>
      {notesOf(state, {size, glyphs, message}).map(({text, tone}) => (
        <Line key={text} text={text} tone={tone} />
      ))}
      {table ? <Table state={state} table={table} height={height} /> : <Waiting state={state} />}
    </Frame>
  );
}

type TableProps = {readonly state: ResultsState; readonly table: ChangesTable; readonly height: number};

function Table({state, table, height}: TableProps) {
  const {glyphs} = useTheme();
  const width = textWidth(useSize());
  const cursor = levelCursor(state.changes);
  const layout = layOutChanges(table, width);
  const {from, to} = listWindow(table.lines.length, cursor, height);
  if (table.lines.length === 0) return <Lines texts={['', ...wrapText(whyEmpty(state), width)]} />;
  const lines = changesLines(table, {from, to}, layout, glyphs);
  return (
    <>
      <SummaryTable table={lines} hasTotal top={from} cursor={cursor} height={height} advice={[]} />
      <Line text={changesPosition(state, cursor, glyphs)} />
    </>
  );
}

function whyEmpty({filters, changes}: ResultsState): string {
  const what = changes.figures?.groups.metric.label ?? 'figures';
  const rest = 'm chooses another metric, Esc goes back.';
  if (filters.length > 0) return `The filters leave no ${what} of either period: ${rest}`;
  return `Neither period has ${what}: ${rest}`;
}

/** What stands where there are no lines: what is waited for, or why there is nothing. */
function Waiting({state}: {readonly state: ResultsState}) {
  const {glyphs} = useTheme();
  const width = textWidth(useSize());
  const {comparison, changes} = state;
  const {group, fetching, figures} = changes;
  if (comparison?.state === 'fetching') {
    const {first, last} = comparison.periods.before;
    return <Busy text={`Fetching ${isoOf(first)} ${glyphs.to} ${isoOf(last)} to compare with; Esc goes back`} />;
  }
  if (group?.day && fetching) return <Busy text={`Fetching the hours of ${isoOf(group.day.day)}; Esc stops`} />;
  // A note says what is being worked out.
  if (taskOf(state, 'place')) return null;
  const why = sentenceFor(comparison, figures?.hours?.why);
  return <Lines texts={['', ...wrapText(why, width)]} />;
}

function sentenceFor(comparison: ResultsState['comparison'], whyNoHours: string | undefined): string {
  if (!comparison) return 'Enter fetches the period before, to compare with.';
  if (comparison.state === 'none') return `${comparison.why}${comparison.mayTryAgain ? ' Enter tries again.' : ''}`;
  return whyNoHours ?? 'Neither period has any figures.';
}
