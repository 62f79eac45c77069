import {Text, useAnimation} from 'ink';
import type {EndpointName} from '../../api/endpoints.ts';
import {daysIn, isoOf} from '../../usage/days.ts';
import type {Outcome} from '../../usage/outcome.ts';
import {DIRECTORY_LISTS} from '../../usage/progress.ts';
import {counted} from '../../view/counted.ts';
import {Bordered} from '../components/bordered.tsx';
import {Frame} from '../components/frame.tsx';
import {cutText, Line, styleOf} from '../components/line.tsx';
import {endpointLine, type FetchLine, listLine} from '../fetch-lines.ts';
import {fetchSummary, summaryRows, wantedFirst} from '../fetch-summary.ts';
import {useSize} from '../hooks/use-size.ts';
import {bodyHeight, textWidth} from '../layout.ts';
import {type Fetching, isWhole} from '../state/fetching.ts';
import type {Message} from '../state/results.ts';
import {messageLines} from '../state/room.ts';
import {useTheme} from '../theme.ts';
import {wrapText} from '../wrap.ts';

type FetchScreenProps = {
  readonly state: Fetching;
  readonly isDemo: boolean;
  readonly message: Message | undefined;
  /** Unix milliseconds. */
  readonly now: () => number;
};

/** Milliseconds: a dozen spinners that turn as fast as one alone would send more than all the figures beside them. */
const turn = 400;

/** How far every endpoint and list is; one clock turns all the spinners and counts the waiting down. */
export function FetchScreen({state, isDemo, message, now}: FetchScreenProps) {
  const theme = useTheme();
  const size = useSize();
  const {glyphs} = theme;
  const {query, outcome, endpoints, lists} = state;
  const {frame} = useAnimation({interval: turn, isActive: outcome === undefined});
  const turning = glyphs.spinner.frames[frame % glyphs.spinner.frames.length] ?? '';
  const width = textWidth(size) - 2;
  const moment = now();
  const nameWidth = Math.max(...query.endpoints.map(name => name.length));
  const gaps = new Map(outcome?.gaps.map(gap => [gap.endpoint, gap]));
  const lineOf = (name: EndpointName) => ({
    key: name,
    line: endpointLine(name, endpoints.get(name), {
      nameWidth,
      width,
      now: moment,
      glyphs,
      turning,
      gap: gaps.get(name),
      isOver: outcome !== undefined,
    }),
  });
  const listLines = DIRECTORY_LISTS.map(list => ({
    key: list,
    line: listLine(list, lists.get(list), {glyphs, turning}),
  }));
  // The way out of a failure stands at the end of its sentence.
  const most = size.rows >= 20 ? 3 : 1;
  const summary = fetchSummary(state, moment, glyphs).flatMap(({text, tone}) => {
    const lines = wrapText(text, textWidth(size));
    return (lines.length > most ? [text] : lines).map(line => ({text: line, tone}));
  });
  const table = summaryRows(state);

  const room = bodyHeight(size) - messageLines(message, size).length;
  const names =
    size.columns >= 76 ? [joined(listLines.map(({line}) => line))] : halves(listLines.map(({line}) => line));
  const failedLists = listLines.filter(({line}) => line.tone === 'bad');
  const shownLists = failedLists.length > 0 ? failedLists.map(({line}) => line) : names;
  const tableHeight = table.length > 0 ? 2 * table.length + 3 : 0;
  const least = shownLists.length + summary.length;
  const hasTable = tableHeight > 0 && room >= tableHeight + query.endpoints.length + least;
  const left = room - least - (hasTable ? tableHeight : 0);
  const isRoomy = left >= query.endpoints.length + 2;
  // Lines keep their places as long as all of them fit.
  const isShort = left < query.endpoints.length;
  const shown = (isShort ? wantedFirst(state).slice(0, Math.max(0, left - 1)) : query.endpoints).map(lineOf);
  const hidden = query.endpoints.length - shown.length;
  const draw = (key: string, {symbol, text, tone}: FetchLine) => (
    <Text key={key} wrap="truncate" {...styleOf(tone, theme)}>
      {` ${symbol} ${cutText(text, width, glyphs.ellipsis)}`}
    </Text>
  );
  const title = [
    `${isoOf(query.range.first)} ${glyphs.to} ${isoOf(query.range.last)}`,
    counted(query.endpoints.length, 'endpoint'),
    outcome ? endLabel(outcome) : doingOf(state),
  ].join(` ${glyphs.separator} `);
  return (
    <Frame title={title} isDemo={isDemo} keys={outcome ? 'fetched' : 'fetch'} message={message}>
      {isRoomy && <Text> </Text>}
      {shown.map(({key, line}) => draw(key, line))}
      {hidden > 0 && <Line text={`  and ${hidden} more`} tone="dim" />}
      {isRoomy && <Text> </Text>}
      {shownLists.map(line => draw(line.text, line))}
      {hasTable && <Bordered rows={table} />}
      {summary.map(({text, tone}) => (
        <Line key={text} text={text} tone={tone} />
      ))}
    </Frame>
  );
}

/** With everything here, a million rows still have to be put in order: a third of a second, or more on a slow machine. */
function doingOf({query, endpoints, lists, isStopping}: Fetching): string {
  if (isStopping) return 'stopping';
  const isHere = [...endpoints.values(), ...lists.values()].every(
    ({state}) => state === 'finished' || state === 'failed',
  );
  if (isHere && endpoints.size > 0) return 'putting rows in order';
  return `fetching ${counted(daysIn(query.range), 'day')}`;
}

function endLabel(outcome: Outcome): string {
  if (outcome.isStopped) return 'stopped';
  return isWhole(outcome) ? 'fetched' : 'incomplete';
}

function joined(lines: readonly FetchLine[]): FetchLine {
  const [first] = lines;
  const rest = lines.slice(1).map(({symbol, text}) => `${symbol} ${text}`);
  return {symbol: first?.symbol ?? '', text: [first?.text ?? '', ...rest].join('   '), tone: 'plain'};
}

function halves(lines: readonly FetchLine[]): readonly FetchLine[] {
  return [joined(lines.slice(0, 2)), joined(lines.slice(2))];
}
