import {Box, Text} from 'ink';
import {BUCKET_WIDTHS, type BucketWidth, type EndpointName} from '../../api/endpoints.ts';
import {daysIn, isoOf, type Range} from '../../usage/days.ts';
import {counted} from '../../view/counted.ts';
import {printable} from '../../view/printable.ts';
import {fitText} from '../../view/width.ts';
import {Field} from '../components/field.tsx';
import {Frame} from '../components/frame.tsx';
import {Line} from '../components/line.tsx';
import {List} from '../components/list.tsx';
import {useSize} from '../hooks/use-size.ts';
import {bodyHeight} from '../layout.ts';
import {manySentence} from '../sentences.ts';
import {type CustomReading, type DatesState, dateItems, readCustom} from '../state/dates.ts';
import type {Message} from '../state/results.ts';
import {messageLines} from '../state/room.ts';
import {type Glyphs, useTheme} from '../theme.ts';

const widthLabels: Record<BucketWidth, string> = {'1d': 'day', '1h': 'hour', '1m': 'minute'};

type DatesScreenProps = {
  readonly state: DatesState;
  /** The endpoints that will be asked, as far as that is known here. */
  readonly endpoints: readonly EndpointName[];
  readonly isDemo: boolean;
  /** Where the figures come from. */
  readonly label: string | undefined;
  readonly message: Message | undefined;
  readonly onType: (field: 'start' | 'end', text: string) => void;
};

/** Which days, and in buckets of which width. */
export function DatesScreen({state, endpoints, isDemo, label, message, onType}: DatesScreenProps) {
  const size = useSize();
  const {glyphs, accent, warning} = useTheme();
  const {cursor, focus, width} = state;
  const items = dateItems(state);
  const isField = focus === 'start' || focus === 'end';
  const isNarrow = size.columns < 60;
  const labelWidth = isNarrow ? 14 : Math.max(...items.map(({label}) => label.length));
  const labels = items.map(({label, range}) => {
    const dates = range ? shortRange(range, glyphs) : '';
    return `${fitText(label, labelWidth, 'left', glyphs.ellipsis)} ${isNarrow ? dates.replaceAll(' ', '') : ` ${dates}`}`;
  });
  // What is said below the list: the custom dates, what they come to, the bucket width.
  const room = bodyHeight(size) - messageLines(message, size).length;
  const isRoomy = room >= items.length + 6;
  const gap = isRoomy ? <Text> </Text> : undefined;
  const custom = readCustom(state);
  const range = isField ? undefined : items[cursor]?.range;
  const asked = range ?? (custom.state === 'ready' ? custom.range : undefined);
  const many = asked && manySentence(asked, endpoints, width);
  const about = many ?? (endpoints.includes('costs') ? 'costs stay daily' : undefined);
  const said = hint(state, custom, glyphs);
  const until = custom.state === 'ready' ? custom.range.last : state.today;
  const field = (name: 'start' | 'end') => (
    <Field
      value={state[name]}
      onChange={text => onType(name, text)}
      isActive={focus === name}
      width={12}
      placeholder={isoOf(name === 'start' ? state.today - 6 : until)}
    />
  );
  return (
    <Frame
      title={['openai-usage', 'Dates (UTC)', ...(label ? [printable(label)] : [])].join(` ${glyphs.separator} `)}
      isDemo={isDemo}
      keys={isField ? 'dateField' : 'dates'}
      message={message}
    >
      {gap}
      <List items={labels} cursor={cursor} height={room - (isRoomy ? 6 : 3)} isActive={focus === 'list'} />
      {gap}
      <Box>
        <Text {...(isField ? accent : {})}>{isField ? ` ${glyphs.pointer} Start ` : '   Start '}</Text>
        {field('start')}
        <Text> End </Text>
        {field('end')}
      </Box>
      <Line text={`  ${said.text}`} tone={said.tone} />
      {gap}
      <Text wrap="truncate">
        <Text {...(focus === 'width' ? accent : {})}>
          {focus === 'width' ? ` ${glyphs.pointer} ` : '   '}One row a{' '}
        </Text>
        {BUCKET_WIDTHS.map(name => (name === width ? `[${widthLabels[name]}]` : ` ${widthLabels[name]} `)).join('')}
        {about && width !== '1d' && size.columns >= 60 && <Text {...(many ? warning : {})}>{` (${about})`}</Text>}
      </Text>
    </Frame>
  );
}

function shortRange({first, last}: Range, glyphs: Glyphs): string {
  return first === last ? isoOf(first) : `${isoOf(first)} ${glyphs.to} ${isoOf(last)}`;
}

/** What the fields come to. A date that is being typed is no mistake yet. */
function hint(state: DatesState, reading: CustomReading, glyphs: Glyphs): {text: string; tone: 'dim' | 'bad'} {
  if (state.problem) return {text: state.problem, tone: 'bad'};
  if (reading.state === 'wrong') return {text: reading.sentence, tone: 'bad'};
  if (state.start.trim() === '' && state.end.trim() === '') {
    return {text: 'Custom: a day (2026-10-01) or month (2026-10)', tone: 'dim'};
  }
  if (reading.state === 'unfinished') return {text: 'A day (2026-10-01) or month (2026-10)', tone: 'dim'};
  const cut = reading.isCut ? ', to today' : '';
  return {text: `${shortRange(reading.range, glyphs)}: ${counted(daysIn(reading.range), 'day')}${cut}`, tone: 'dim'};
}
