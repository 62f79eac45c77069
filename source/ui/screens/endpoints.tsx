import {Text} from 'ink';
import {type BucketWidth, ENDPOINTS} from '../../api/endpoints.ts';
import {isoOf, type Range} from '../../usage/days.ts';
import {canFilter, type Filters} from '../../usage/query.ts';
import {Frame} from '../components/frame.tsx';
import {Line} from '../components/line.tsx';
import {List} from '../components/list.tsx';
import {useSize} from '../hooks/use-size.ts';
import {bodyHeight} from '../layout.ts';
import {manySentence} from '../sentences.ts';
import {askedNames, type EndpointsState} from '../state/endpoints.ts';
import type {Message} from '../state/results.ts';
import {messageLines} from '../state/room.ts';
import {useTheme} from '../theme.ts';

type EndpointsScreenProps = {
  readonly state: EndpointsState;
  readonly range: Range;
  readonly width: BucketWidth;
  readonly filters: Filters;
  readonly isDemo: boolean;
  readonly message: Message | undefined;
};

/** Which endpoints to ask. */
export function EndpointsScreen({state, range, width, filters, isDemo, message}: EndpointsScreenProps) {
  const {glyphs} = useTheme();
  const size = useSize();
  const {cursor, checked, problem} = state;
  const items = ENDPOINTS.map(endpoint => {
    const box = checked.has(endpoint.name) ? glyphs.checked : glyphs.unchecked;
    return `${box} ${endpoint.name}${canFilter(endpoint, filters) ? '' : ' (knows no such filter: not asked)'}`;
  });
  const room = bodyHeight(size) - messageLines(message, size).length;
  const many = manySentence(range, askedNames(state, filters), width);
  const isRoomy = room >= items.length + 3;
  return (
    <Frame
      title={`${isoOf(range.first)} ${glyphs.to} ${isoOf(range.last)} ${glyphs.separator} Endpoints`}
      isDemo={isDemo}
      keys="endpoints"
      message={message}
    >
      {isRoomy && <Text> </Text>}
      <List items={items} cursor={cursor} height={room - (isRoomy ? 3 : 1)} />
      {isRoomy && <Text> </Text>}
      {problem ? (
        <Line text={problem} tone="bad" />
      ) : many !== undefined ? (
        <Line text={`${checked.size} of ${ENDPOINTS.length} endpoints ${glyphs.separator} ${many}`} tone="warning" />
      ) : (
        <Line text={`${checked.size} of ${ENDPOINTS.length} endpoints checked`} tone="dim" />
      )}
    </Frame>
  );
}
