import {Box, Text} from 'ink';
import {printableName} from '../../view/printable.ts';
import {columnLine, nameWidth} from '../chooser-lines.ts';
import {Field} from '../components/field.tsx';
import {Frame} from '../components/frame.tsx';
import {Line} from '../components/line.tsx';
import {useSize} from '../hooks/use-size.ts';
import {listWindow, textWidth} from '../layout.ts';
import {type Chooser, chooserHeight, type Item, itemsOf} from '../state/chooser.ts';
import {columnItem, columnNames} from '../state/columns-chooser.ts';
import type {ResultsState} from '../state/results.ts';
import {type Glyphs, useTheme} from '../theme.ts';
import type {PlaceProps} from './results.tsx';

const LABEL = 'Narrow to: ';

/** A list to choose from, in place of the screen it was opened on. */
export function ChooserScreen({
  state,
  chooser,
  isDemo,
  keys,
  message,
  fields,
}: PlaceProps & {readonly chooser: Chooser}) {
  const size = useSize();
  const {glyphs} = useTheme();
  const items = itemsOf(state, chooser);
  const {from, to} = listWindow(items.length, chooser.cursor, chooserHeight(chooser, {size, message}));
  const lineOf = lineMaker(state, chooser, textWidth(size) - 2, glyphs);
  return (
    <Frame title={titleOf(state, chooser, items, glyphs.separator)} isDemo={isDemo} keys={keys} message={message}>
      <Box flexDirection="column" flexGrow={1}>
        {items.slice(from, to).map((item, index) => {
          const isCurrent = from + index === chooser.cursor;
          const text = `${isCurrent ? glyphs.pointer : ' '} ${lineOf(item)}`;
          return <Line key={`${item.name}`} text={text} tone={isCurrent ? 'accent' : 'plain'} />;
        })}
        {items.length === 0 && <Line text={`None with "${printableName(chooser.narrowing)}" in it.`} />}
      </Box>
      {chooser.isNarrowing && (
        <Box>
          <Text>{` ${LABEL}`}</Text>
          <Field value={chooser.narrowing} onChange={fields.onNarrow} width={textWidth(size) - LABEL.length} />
        </Box>
      )}
    </Frame>
  );
}

function lineMaker(state: ResultsState, chooser: Chooser, width: number, glyphs: Glyphs): (item: Item) => string {
  if (chooser.kind === 'choice') return ({label}) => printableName(label);
  const names = nameWidth(columnNames(state), width);
  return ({name = ''}) => columnLine(columnItem(state, name), names, width, glyphs);
}

/** `Columns · 14 of 27 shown`; narrowed, `Columns · with "tokens": 6`. */
function titleOf({shown, outcome}: ResultsState, chooser: Chooser, items: readonly Item[], separator: string): string {
  const {kind, narrowing} = chooser;
  const title = kind === 'columns' ? 'Columns' : printableName(chooser.title);
  const all = kind === 'columns' ? [`${shown.columns.length} of ${outcome.dataset.columns.length} shown`] : [];
  const narrowed = `with "${printableName(narrowing)}": ${items.length}`;
  return [title, ...(narrowing === '' ? all : [narrowed])].join(` ${separator} `);
}
